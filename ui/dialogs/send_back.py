"""Before a file goes back to its sender: what is marked in it, until when it is asked back, and what the copy lacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QCheckBox, QWidget

from ui import theme
from ui.dialogs.deadline import until_field, until_of
from ui.dialogs.frame import AskingDialog
from ui.form import FieldForm, Group
from ui.widgets.card import bare_column, label

_UNTIL = until_field("请对方在何时前改好")


@dataclass(frozen=True, slots=True)
class Returned:
    """What is known before it is made.

    Args:
        name: of the file.
        errors, warnings: how many places must be mended, and how many should be looked at.
        losses: what the copy will lack, Chinese nouns.
        rebuilt: the copy will be a new workbook of the values.
        markable: a copy can be made at all; else there is only the mail.
    """

    name: str
    errors: int
    warnings: int
    losses: tuple[str, ...]
    rebuilt: bool
    markable: bool = True


@dataclass(frozen=True, slots=True)
class Request:
    """What was decided."""

    until: date | None
    warnings: bool


class SendBackDialog(AskingDialog[Request]):
    """Asks, and writes nothing."""

    def __init__(self, parent: QWidget | None, known: Returned) -> None:
        self._known = known
        self.fields = FieldForm((Group("", (_UNTIL,)),), {}, {})
        self.warnings = QCheckBox(f"也标出 {known.warnings} 处“请核对”")
        self.warnings.setChecked(not known.errors)
        self.warnings.setEnabled(bool(known.errors))
        self.warnings.setVisible(bool(known.warnings))
        words = "另存修改稿…" if known.markable else "写邮件"
        super().__init__(parent, "退回修改", self._content(), accept_words=words)
        self.fields.focus("until")
        self.resize(600, 400)

    @classmethod
    def ask(cls, parent: QWidget | None, known: Returned) -> Request | None:
        """What is to be made; None when given up."""
        return cls(parent, known).asked()

    def accept(self) -> None:
        """Close with the wish, unless the day is none."""
        values = self.fields.read()
        if values is None:
            self.tell_problem("日期需要改正，已用红字标出")
            return
        self.answer = Request(until_of(values["until"]), self.warnings.isChecked())
        super().accept()

    def _content(self) -> QWidget:
        known = self._known
        made, column = bare_column()
        column.addWidget(label(known.name, "section", wrap=True))
        column.addWidget(label(_told(known), "muted", wrap=True))
        if warning := _lacks(known):
            column.addWidget(label(warning, "warning", wrap=True))
        column.addSpacing(theme.TINY)
        column.addWidget(self.warnings)
        column.addWidget(self.fields)
        column.addStretch()
        return made


def _told(known: Returned) -> str:
    counted = f"有 {known.errors} 处须改正。" if known.errors else ""
    if not known.markable:
        return f"{counted}Word 文档上不能标注；邮件里会逐处写明。"
    return (
        f"{counted}程序在对方的表上把这些格子标红、加批注，并附一张“问题清单”，"
        "再写好邮件文字。对方的原文件不变。"
    )


def _lacks(known: Returned) -> str:
    if known.markable and known.rebuilt:
        return "对方的格式不能直接标注，修改稿是按内容重新生成的 .xlsx，没有原来的版式。"
    if known.losses:
        return f"修改稿里会缺少：{'、'.join(known.losses)}。请在邮件里说明，或请对方在原文件里改。"
    return ""
