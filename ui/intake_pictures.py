"""A day's mail for pictures: rows new, changed, unchanged and wrong, as units would send them, and each dialog."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QDialog

from dualcreate_desktop.intake.containers import PasswordNeeded
from dualcreate_desktop.lists import BRANCHES
from dualcreate_desktop.office import choosing, form_packs, laying_out, learning, registry
from dualcreate_desktop.office.registry import BRANCH_KIND_LABELS
from ui.dialogs.candidates import CandidatesDialog
from ui.dialogs.form_pack import FormPackDialog
from ui.dialogs.mail import MailDialog, ReadyMail
from ui.dialogs.memory import MemoryDialog
from ui.dialogs.password import PasswordDialog
from ui.dialogs.replacing import ReplaceDialog, Wrong
from ui.dialogs.send_back import Returned, SendBackDialog
from ui.dialogs.unit_choice import UnitChoiceDialog
from ui.main_window import MainWindow
from ui.widgets.preview_card import RESULT, SHEET

_HEAD = ("院级党组织", "党支部名称", "支部类型", "成立时间", "支部书记", "正式党员")
_Rows = Sequence[Sequence[str]]


def take_in_sample(window: MainWindow) -> None:
    """Show a list of the first unit with what is wrong in view, and beside it a mail with an archive."""
    known = registry.branches(window.office).rows[:3]
    unit = known[0].unit if known else "计算机学院"
    listed = [
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
    wrong = [
        (unit, f"{unit}智能制造平台党支部", "教工", "2019.9", "郑七言", "12"),
        (unit, f"{unit}教工第九十党支部", "中青年", "2020.13", "王百川", "9"),
        (unit, f"{unit}教工党支部", "中青年", "2020.3", "李子木", "二十多"),
        (unit, f"{unit}本科生第九十党支部", "本科生", "2020.3", "李子木", "21"),
    ]
    title = ((f"{unit}党支部信息表",), _HEAD)
    with TemporaryDirectory() as folder:
        path = Path(folder, f"{unit}党支部信息表.csv")
        path.write_bytes(_sheet([*title, *listed, *wrong]))
        new = [
            (unit, f"{unit}{name}党支部", "教工", "2021.3", "", "6")
            for name in ("量子计算中心", "海洋信息平台")
        ]
        mail = Path(folder, "报送材料.eml")
        mail.write_bytes(_mail({"名册.csv": _sheet([*title, *new]), "补充.csv": _sheet([*title, new[0]])}))
        window.tabs.intake.take_in([path, mail])
    show_result(window)


def show_result(window: MainWindow) -> None:
    """What the import would do."""
    window.tabs.intake.card.show_view(RESULT)
    window.tabs.intake.card.table.go_to(4, 4)


def show_sheet(window: MainWindow) -> None:
    """The sheet as it was sent."""
    card = window.tabs.intake.card
    card.show_view(SHEET)
    card.sheet.table.go_to(6, 3)


def _sheet(rows: _Rows) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _mail(files: Mapping[str, bytes]) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "章明远 <zhangmy@example.edu.cn>", "报送党支部信息"
    mail["Date"] = "Fri, 15 Mar 2024 09:12:00 +0800"
    mail.set_content("请查收。")
    mail.add_attachment(archive.getvalue(), maintype="application", subtype="zip", filename="附件.zip")
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="盖章扫描件.pdf")
    return bytes(mail)


def _password_dialog(window: MainWindow) -> QDialog:
    trouble = PasswordNeeded("文件已加密，需要密码", todo="请输入打开密码；不知道密码的，请向报送单位询问")
    return PasswordDialog(window, "物理学院党支部信息表.xlsx", trouble)


def _candidates_dialog(window: MainWindow) -> QDialog:
    preview = window.tabs.intake.items[0].preview
    assert preview is not None
    row = next(row for row in preview.rows() if any(problem.key == "name" for problem in row.problems))
    return CandidatesDialog(window, choosing.question(window.office, preview, row, "name"))


def _replace_dialog(window: MainWindow) -> QDialog:
    labels = tuple(choice.label for choice in BRANCHES.field("kind").choices)
    return ReplaceDialog(window, Wrong(BRANCHES.field("kind"), "中青年", 2, labels, labels[0]))


def _unit_dialog(window: MainWindow) -> QDialog:
    preview = window.tabs.intake.items[0].preview
    assert preview is not None
    units = tuple(preview.names.units.items())
    return UnitChoiceDialog(window, "名册.xlsx", units, preview.sheet.plan.unit)


def _memory_dialog(window: MainWindow) -> QDialog:
    learning.remember_value(window.office, BRANCHES, "kind", "中青年", "教师党支部")
    branch = registry.branches(window.office).rows[0]
    learning.remember_name(window.office, "教工一支", branch.id)
    return MemoryDialog(window, learning.remembered(window.office))


def _send_back_dialog(window: MainWindow) -> QDialog:
    return SendBackDialog(
        window, Returned("机械工程学院党支部信息表.xlsx", 5, 2, ("宏", "迷你图"), rebuilt=False)
    )


def _mail_dialog(window: MainWindow) -> QDialog:
    text = (
        "机械工程学院党委：\n\n　　你单位报送的“党支部信息表.xlsx”有 5 处需要修改，已在附件中标红并加批注。\n"
    )
    mail = ReadyMail("机械工程学院党委", "请修改：党支部信息表.xlsx（5 处）", text)
    told = ["标出了 5 处。把这个文件作为附件，正文粘贴下面的文字。"]
    return MailDialog(window, "退回修改", [mail], told=told, path=Path("党支部信息表（请修改）.xlsx"))


def _forms_dialog(window: MainWindow) -> QDialog:
    office, round_id = window.office, window.rounds.round_id
    return FormPackDialog(
        window, laying_out.kinds(office, round_id), form_packs.units_to_ask(office), round_id
    )


INTAKE_DIALOGS: Mapping[str, Callable[[MainWindow], QDialog]] = {
    "password-dialog": _password_dialog,
    "candidates-dialog": _candidates_dialog,
    "replace-dialog": _replace_dialog,
    "unit-choice-dialog": _unit_dialog,
    "memory-dialog": _memory_dialog,
    "send-back-dialog": _send_back_dialog,
    "mail-dialog": _mail_dialog,
    "form-pack-dialog": _forms_dialog,
}
"""Name of the picture → the dialog."""
