"""The password of a protected workbook."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from db.errors import UserError
from ui import theme
from ui.dialogs.frame import FramedDialog
from ui.widgets.card import label


class PasswordDialog(FramedDialog):
    """Asks once; the password is tried on the other files of the day, too, and stored nowhere."""

    def __init__(self, parent: QWidget | None, name: str, trouble: UserError) -> None:
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.PasswordEchoOnEdit)
        self.line.setAccessibleName("打开密码")
        super().__init__(parent, "打开加密的文件", self._content(name, trouble), accept_words="打开")
        self.primary.setEnabled(False)
        self.line.textChanged.connect(lambda text: self.primary.setEnabled(bool(text)))
        self.line.setFocus()
        self.resize(460, 240)

    @classmethod
    def ask(cls, parent: QWidget | None, name: str, trouble: UserError) -> str:
        """The password; empty when given up.

        Args:
            name: of the file.
            trouble: why the password is asked for.
        """
        dialog = cls(parent, name, trouble)
        agreed = dialog.exec()
        text = dialog.line.text() if agreed else ""
        dialog.deleteLater()
        return text

    def _content(self, name: str, trouble: UserError) -> QWidget:
        made = QWidget()
        title = label("打开密码", "muted")
        title.setBuddy(self.line)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addWidget(label(name, "section", wrap=True))
        column.addWidget(label(f"{trouble.what}。{trouble.todo.rstrip('。')}。", "muted", wrap=True))
        column.addSpacing(theme.TINY)
        column.addWidget(title)
        column.addWidget(self.line)
        column.addStretch()
        return made
