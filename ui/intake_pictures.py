"""A received file for pictures: one row each of new, changed, unchanged and wrong, as a unit would send it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QDialog

from dualcreate_desktop.intake.containers import PasswordNeeded
from dualcreate_desktop.office import registry
from dualcreate_desktop.office.registry import BRANCH_KIND_LABELS
from ui.dialogs.password import PasswordDialog
from ui.main_window import MainWindow

_HEAD = ("院级党组织", "党支部名称", "支部类型", "成立时间", "支部书记", "正式党员")


def take_in_sample(window: MainWindow) -> None:
    """Show the preview of a list of the first unit, with what is wrong in view."""
    known = registry.branches(window.office).rows[:3]
    unit = known[0].unit if known else "计算机学院"
    rows = [
        (
            unit,
            row.name,
            BRANCH_KIND_LABELS[row.kind],
            row.founded or "",
            row.secretary if place else "周岚清",
            "8",
        )
        for place, row in enumerate(known)
    ]
    rows += [
        (unit, f"{unit}智能制造平台党支部", "教工", "2019.9", "郑七言", "12"),
        (unit, f"{unit}教工第九十党支部", "教功", "2020.13", "王百川", "9"),
        (unit, f"{unit}本科生第九十党支部", "本科生", "2020.3", "李子木", "二十多"),
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{unit}党支部信息表.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([(f"{unit}党支部信息表",), _HEAD, *rows])
        window.tabs.intake.take_in([path])
    window.tabs.intake.card.table.go_to(4, 4)


def _password_dialog(window: MainWindow) -> QDialog:
    trouble = PasswordNeeded("文件已加密，需要密码", todo="请输入打开密码；不知道密码的，请向报送单位询问")
    return PasswordDialog(window, "物理学院党支部信息表.xlsx", trouble)


INTAKE_DIALOGS: Mapping[str, Callable[[MainWindow], QDialog]] = {"password-dialog": _password_dialog}
"""Name of the picture → the dialog."""
