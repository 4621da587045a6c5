"""A mail that is ready to be copied into the mail program, and the file that goes with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from ui.dialogs.frame import FramedDialog
from ui.widgets.buttons import button
from ui.widgets.card import bare_column, label


@dataclass(frozen=True, slots=True)
class ReadyMail:
    """One mail.

    Args:
        to: for whom it is; empty when nobody knows.
    """

    to: str
    subject: str
    text: str


class MailDialog(FramedDialog):
    """Shows mails one at a time; 复制 takes the text of the one that is shown.

    Args:
        told: sentences above them: what was made, and what it lacks.
        path: the file that goes with them; None when there is none.
    """

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        mails: Sequence[ReadyMail],
        *,
        told: Sequence[str] = (),
        path: Path | None = None,
    ) -> None:
        self._mails, self._told, self._path = mails, told, path
        self.which = QComboBox()
        self.which.setAccessibleName("发给")
        self.subject = QLineEdit()
        self.subject.setReadOnly(True)
        self.subject.setAccessibleName("主题")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("正文")
        self.copy_subject = button("复制主题", self._copy_subject)
        super().__init__(parent, title, self._content(), accept_words="复制正文")
        self.cancel.setText("关闭")
        self.open_folder = button("打开文件夹", self._open_folder, icon="folder-open")
        self.open_folder.setVisible(path is not None)
        self.foot.insertWidget(self.foot.count() - 2, self.open_folder)
        self.which.addItems([mail.to or "收件单位" for mail in mails])
        self.which.setVisible(len(mails) > 1)
        self.which.currentIndexChanged.connect(self._show)
        self._show(0)
        self.primary.setFocus()
        self.resize(640, 560)

    def accept(self) -> None:
        """Copy the text; the dialog stays, since the file has to be attached, too."""
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self._say("正文已复制，可以粘贴到邮件里了")

    def _copy_subject(self) -> None:
        QGuiApplication.clipboard().setText(self.subject.text())
        self._say("主题已复制")

    def _say(self, words: str) -> None:
        self.problem.setProperty("role", "muted")
        self.problem.style().unpolish(self.problem)
        self.problem.style().polish(self.problem)
        self.tell_problem(words)

    def _show(self, number: int) -> None:
        mail = self._mails[number]
        self.subject.setText(mail.subject)
        self.text.setPlainText(mail.text)

    def _open_folder(self) -> None:
        if self._path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path.parent)))

    def _content(self) -> QWidget:
        made, column = bare_column()
        if self._path is not None:
            column.addWidget(label(self._path.name, "section", wrap=True))
        for line in self._told:
            column.addWidget(label(line, "muted", wrap=True))
        column.addWidget(self.which)
        row = QHBoxLayout()
        row.addWidget(self.subject, 1)
        row.addWidget(self.copy_subject)
        column.addLayout(row)
        column.addWidget(self.text, 1)
        return made
