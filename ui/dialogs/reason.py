"""A step that needs a reason: which one, for whom, and the words that will stand beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ui import theme
from ui.dialogs.frame import AskingDialog
from ui.inputs import TEXT_HEIGHT
from ui.widgets.card import bare_column, label

SHOWN = 8
"""So many names are listed; the rest is told as a number."""
REASON_HEIGHT = 2 * TEXT_HEIGHT
NAME_HEIGHT = 20


class ReasonDialog(AskingDialog[str]):
    """Asks why, and writes nothing.

    Args:
        verb: what will be done, 退回补正.
        names: of those whom it concerns.
        follows: one sentence on what follows; empty when that is plain.
    """

    def __init__(
        self, parent: QWidget | None, verb: str, names: Sequence[str], follows: str, *, text: str = ""
    ) -> None:
        self.reason = QPlainTextEdit(text)
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(REASON_HEIGHT)
        self.reason.setAccessibleName("理由")
        words = f"{verb} {len(names)} 项" if len(names) > 1 else verb
        super().__init__(parent, verb, self._content(names, follows), accept_words=words)
        self.guard(self.reason.textChanged)
        self.resize(520, 320 + NAME_HEIGHT * min(len(names), SHOWN))
        self.reason.setFocus()

    @classmethod
    def ask(
        cls, parent: QWidget | None, verb: str, names: Sequence[str], follows: str = "", *, text: str = ""
    ) -> str | None:
        """The reason; None when it is given up.

        Args:
            text: what is proposed as the reason.
        """
        return cls(parent, verb, names, follows, text=text).asked()

    def accept(self) -> None:
        """Close with the reason, unless there is none."""
        text = self.reason.toPlainText().strip()
        if not text:
            self.tell_problem("请写明理由")
            self.reason.setFocus()
            return
        self.answer = text
        super().accept()

    def _content(self, names: Sequence[str], follows: str) -> QWidget:
        made, column = bare_column()
        rest = f"\n……等 {len(names)} 项" if len(names) > SHOWN else ""
        column.addWidget(label("\n".join(names[:SHOWN]) + rest, "section", wrap=True))
        if follows:
            column.addWidget(label(follows, "muted", wrap=True))
        column.addSpacing(theme.TINY)
        column.addWidget(label("理由", "muted"))
        column.addWidget(self.reason)
        column.addStretch(1)
        return made
