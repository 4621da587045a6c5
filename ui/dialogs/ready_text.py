"""A ready text to be copied into the office's mail program."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from dualcreate_desktop.papers.mails import Mail
from ui.dialogs.frame import FramedDialog
from ui.widgets.card import bare_column, label


class ReadyTextDialog(FramedDialog):
    """Shows a subject and a text, which may be mended here, and copies them."""

    def __init__(self, parent: QWidget | None, title: str, mail: Mail) -> None:
        self.subject = QLineEdit(mail.subject)
        self.subject.setAccessibleName("主题")
        self.text = QPlainTextEdit(mail.text)
        self.text.setAccessibleName("正文")
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(280)
        super().__init__(parent, title, self._content(), accept_words="复制正文")
        self.cancel.setText("关闭")
        self.resize(640, 520)
        self.primary.setFocus()

    def accept(self) -> None:
        """Put the text on the clipboard; the dialog stays, since the subject may be wanted, too."""
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.primary.setText("已复制")

    def _content(self) -> QWidget:
        made, column = bare_column()
        for words, widget in (("主题", self.subject), ("正文", self.text)):
            column.addWidget(label(words, "muted"))
            column.addWidget(widget)
        return made
