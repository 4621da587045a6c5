"""关于: which program this is, and where it keeps what."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dualcreate_desktop import PROGRAM, __version__
from dualcreate_desktop.paths import Paths
from ui import theme
from ui.dialogs.frame import FramedDialog
from ui.widgets.card import label


class AboutDialog(FramedDialog):
    """Tells and asks nothing.

    Args:
        used_by: the school and its office; empty where nobody has said it.
    """

    def __init__(self, parent: QWidget | None, paths: Paths, used_by: str = "") -> None:
        super().__init__(parent, "关于", _content(paths, used_by), accept_words="知道了")
        self.cancel.hide()
        self.resize(520, 300)

    @classmethod
    def tell(cls, parent: QWidget | None, paths: Paths, used_by: str) -> None:
        """Show it until it is read."""
        dialog = cls(parent, paths, used_by)
        dialog.exec()
        dialog.deleteLater()


def _content(paths: Paths, used_by: str) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.SMALL)
    column.addWidget(label(f"{PROGRAM} {__version__}", "section"))
    column.addWidget(label("党建“双创”工作的离线桌面程序。数据只在这台电脑上，不联网。", wrap=True))
    column.addSpacing(theme.SMALL)
    if used_by:
        column.addWidget(label("使用单位", "muted"))
        column.addWidget(label(used_by, wrap=True))
    for name, folder in (("数据文件夹", paths.data), ("备份", paths.backups), ("日志", paths.logs)):
        column.addWidget(label(name, "muted"))
        column.addWidget(label(str(folder), wrap=True))
    column.addStretch()
    return made
