"""The text of a notice, pasted in; the clauses of the rules follow it."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ui.dialogs.frame import AskingDialog
from ui.widgets.card import bare_column, label


class NoticeTextDialog(AskingDialog[str]):
    """Edits the text and writes nothing."""

    def __init__(self, parent: QWidget | None, text: str) -> None:
        self.text = QPlainTextEdit(text)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(320)
        self.text.setAccessibleName("通知正文")
        self.text.setPlaceholderText("把通知全文粘贴到这里")
        super().__init__(parent, "通知正文", self._content(), accept_words="按这份正文分条")
        self.resize(760, 560)
        self.text.setFocus()

    @classmethod
    def ask(cls, parent: QWidget | None, text: str) -> str | None:
        """The text as the user leaves it; None when it is given up."""
        return cls(parent, text).asked()

    def accept(self) -> None:
        """Close with the text, unless there is none."""
        text = self.text.toPlainText().strip()
        if not text:
            self.tell_problem("请粘贴通知正文")
            return
        self.answer = text
        super().accept()

    def _content(self) -> QWidget:
        made, column = bare_column()
        hint = "按“一、”“（一）”“1.”自动分条。已有规则引用的条款会保留；没有规则的条款在左边标出。"
        column.addWidget(label(hint, "muted", wrap=True))
        column.addWidget(self.text, 1)
        return made
