"""What tells of trouble, and the manual, as they open over a round, for pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QDialog

from db.errors import StoreError
from ui.crash import CrashDialog
from ui.dialogs.manual import ManualDialog
from ui.dialogs.message import TroubleDialog
from ui.main_window import MainWindow

REPORT = """时间：2024-04-16 08:30
程序：0.1.0

Traceback (most recent call last):
  File "ui/tabs/applications.py", line 61, in open_findings
RuntimeError: 示例
"""


def _trouble(_: MainWindow) -> QDialog:
    told = StoreError(
        "数据文件打不开", where="office.db", todo="请从备份恢复；备份每天自动做一次，恢复前会先核对。"
    )
    return TroubleDialog(told, "恢复备份…")


def _manual(window: MainWindow) -> QDialog:
    opened = ManualDialog(window)
    opened.show_page(window.tabs.intake.manual)
    return opened


MESSAGE_DIALOGS: Mapping[str, Callable[[MainWindow], QDialog]] = {
    "crash-dialog": lambda _: CrashDialog(REPORT, Path("日志") / "错误-20240416-083000.txt"),
    "trouble-dialog": _trouble,
    "manual-window": _manual,
}
"""Name of the picture → the dialog."""
