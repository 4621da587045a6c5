"""关于: which program this is, under which licences, where it keeps what, and a report when something is wrong."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from db.errors import UserError
from dualcreate_desktop import PROGRAM, __version__
from dualcreate_desktop.paths import Paths
from ui import theme
from ui.dialogs.files import REPORT, ask_save_path
from ui.dialogs.frame import FramedDialog
from ui.settings import Settings
from ui.widgets.buttons import button
from ui.widgets.card import bare_column, label

LICENCES = theme.RESOURCES.parent / "LICENSE"
"""Ours and those of every part; beside the program's folders, in a checkout and in the built program alike."""

LICENCE_TEXTS = theme.RESOURCES / "licences"
"""The licences word for word: Qt's here, in the built program those of Python and each library beside it."""


class AboutDialog(FramedDialog):
    """Tells what is asked when the office calls for help.

    Args:
        used_by: the school and its office; empty where nobody has said it.
    """

    def __init__(self, parent: QWidget | None, paths: Paths, used_by: str = "") -> None:
        self._paths = paths
        self.licences = _licences()
        self.packed = label("", "note", wrap=True)
        super().__init__(parent, "关于", self._content(used_by), accept_words="知道了")
        self.cancel.hide()
        self.report = button("打包问题报告…", self.choose_report)
        self.foot.insertWidget(0, self.report)
        self.resize(640, 640)

    @classmethod
    def tell(cls, parent: QWidget | None, paths: Paths, used_by: str) -> None:
        """Show it until it is read."""
        dialog = cls(parent, paths, used_by)
        dialog.exec()
        dialog.deleteLater()

    def choose_report(self) -> None:
        """Ask where the report goes, and write it."""
        name = f"问题报告-{datetime.now():%Y%m%d-%H%M}.zip"
        target = ask_save_path(self, Settings(self._paths.data), "打包问题报告", name, REPORT)
        if target is not None:
            self.pack_report(target)

    def pack_report(self, target: Path) -> None:
        """Write the report and say where it is."""
        from dualcreate_desktop.office import problem_report

        try:
            problem_report.pack(self._paths, target, now=datetime.now())
        except UserError as trouble:
            self.tell_problem(str(trouble))
            return
        self.tell_problem("")
        self.packed.setText(f"已打包：{target}。里面没有姓名、电话和任何名册内容，可以发给维护人员。")

    def _content(self, used_by: str) -> QWidget:
        made, column = bare_column()
        column.addWidget(label(f"{PROGRAM} {__version__}", "section"))
        column.addWidget(label("党建“双创”工作的离线桌面程序。数据只在这台电脑上，不联网。", wrap=True))
        if used_by:
            column.addWidget(label("使用单位", "muted"))
            column.addWidget(label(used_by, wrap=True))
        folders = (
            ("数据文件夹", self._paths.shown.data),
            ("备份", self._paths.shown.backups),
            ("日志", self._paths.shown.logs),
        )
        for name, folder in folders:
            column.addLayout(_folder(name, folder))
        column.addLayout(_line(label("各部分的许可", "muted"), "全文", LICENCE_TEXTS, "打开许可全文"))
        column.addWidget(self.licences, 1)
        column.addWidget(self.packed)
        return made


def _folder(name: str, folder: Path) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(label(name, "muted"))
    column.addLayout(_line(label(str(folder), elide=True), "打开", folder, f"打开{name}"))
    return column


def _line(said: QLabel, words: str, folder: Path, spoken: str) -> QHBoxLayout:
    """What is said, and the way into a folder; `spoken` is what a screen reader tells of it."""
    line = QHBoxLayout()
    line.setSpacing(theme.MEDIUM)
    line.addWidget(said, 1)
    url = QUrl.fromLocalFile(str(folder))
    opening = button(words, lambda: QDesktopServices.openUrl(url), link=True)
    opening.setAccessibleName(spoken)
    line.addWidget(opening)
    return line


def _licences() -> QPlainTextEdit:
    shown = QPlainTextEdit(LICENCES.read_text(encoding="utf-8"))
    shown.setReadOnly(True)
    shown.setAccessibleName("各部分的许可")
    shown.setMinimumHeight(180)
    return shown
