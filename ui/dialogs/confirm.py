"""The one question before something is lost."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ui.dialogs.frame import FramedDialog
from ui.widgets.card import bare_column, label


class ConfirmDialog(FramedDialog):
    """Names what would be lost.

    Args:
        question: one sentence, 删除这条考核评价？
        lost: what goes, a line each.
        accept_words: what the button says it does, 删除.
        undoable: 撤销 can bring it back.
    """

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        question: str,
        lost: Sequence[str],
        accept_words: str,
        *,
        undoable: bool = True,
    ) -> None:
        super().__init__(
            parent, title, _content(question, lost, undoable=undoable), accept_words=accept_words
        )
        self.resize(480, 200)
        self.primary.setFocus()

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        title: str,
        question: str,
        lost: Sequence[str],
        accept_words: str,
        *,
        undoable: bool = True,
    ) -> bool:
        """Whether to go on."""
        return cls(parent, title, question, lost, accept_words, undoable=undoable).agreed()


def _content(question: str, lost: Sequence[str], *, undoable: bool) -> QWidget:
    made, column = bare_column()
    column.addWidget(label(question, "section", wrap=True))
    for line in lost:
        column.addWidget(label(line, wrap=True))
    if undoable:
        column.addWidget(label("可以用“撤销”恢复。", "muted"))
    column.addStretch()
    return made
