"""A trouble that leaves no window to show it in, only the frame."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.errors import UserError
from ui.dialogs.frame import FramedDialog
from ui.widgets.card import bare_column, label


class TroubleDialog(FramedDialog):
    """What happened, where, and what to do next.

    Args:
        remedy: what can be done at once, on the primary button; empty when there is nothing.
    """

    def __init__(self, trouble: UserError, remedy: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent, "无法打开", _content(trouble), accept_words=remedy or "知道了")
        self.cancel.setVisible(bool(remedy))
        self.resize(520, 220)

    @classmethod
    def tell(cls, trouble: UserError, remedy: str, parent: QWidget) -> bool:
        """Show the trouble and wait until it is read; whether the remedy is wanted."""
        dialog = cls(trouble, remedy, parent)
        wanted = bool(dialog.exec()) and bool(remedy)
        dialog.deleteLater()
        return wanted


def _content(trouble: UserError) -> QWidget:
    made, column = bare_column()
    column.addWidget(label(trouble.what, "section", wrap=True))
    if trouble.todo:
        column.addWidget(label(trouble.todo, wrap=True))
    if trouble.where:
        column.addWidget(label(trouble.where, "muted", wrap=True))
    column.addStretch()
    return made
