"""The form of one rule: its sentence changes while it is filled in, and what cannot be is refused beside its field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QVBoxLayout, QWidget

from dualcreate_desktop.office.rule_editing import RuleDraft
from dualcreate_desktop.office.rule_edits import RuleEdit
from ui import theme
from ui.dialogs.frame import AskingDialog
from ui.form import TitledBox
from ui.rule_form import RecordForm, box_value
from ui.widgets.card import Card, bare_column, label

UNFINISHED = "填完后，这里用一句话说出这条规则。"
_NAMES = ("label", "name")
"""Fields in which people repeat what the rule says."""
_FOLLOWED = ("category", "applicant")
"""Fields that say whether units or branches apply."""


class RuleDialog(AskingDialog[RuleDraft]):
    """Edits one rule of a draft and writes nothing.

    Args:
        edit: which rule, new or old, of which draft.
    """

    def __init__(self, parent: QWidget | None, edit: RuleEdit) -> None:
        self._edit = edit
        self.form = RecordForm(edit.forms, edit.kind, edit.values, only=edit.only)
        self.says = label(UNFINISHED, wrap=True)
        words = f"添加{edit.label}" if edit.is_new else "采用修改"
        super().__init__(
            parent, words if edit.is_new else f"修改{edit.label}", self._content(), accept_words=words
        )
        self._area = self._scrolling()
        self._pin(_preview(self.says))
        self.resize(*_size(parent))
        self.form.changed.connect(self._follow)
        for name in _FOLLOWED:
            box = self.form.boxes.get(name)
            if box is not None:
                box.input.changed.connect(self._offer_bodies)
        self._follow()
        self.form.take_keyboard()

    @classmethod
    def ask(cls, parent: QWidget | None, edit: RuleEdit) -> RuleDraft | None:
        """The draft with the rule as the user leaves it; None when it is given up."""
        return cls(parent, edit).asked()

    def accept(self) -> None:
        """Close with the draft, unless the rule cannot be as it is."""
        whole = self.form.judge()
        rule = self.form.peek()
        if not whole or rule is None:
            self.tell_problem("有内容需要改正，已用红字标出")
            self._show_first_trouble()
            return
        draft, wrong = self._edit.tried(rule)
        if wrong:
            self._refuse(wrong)
            return
        self.answer = draft
        super().accept()

    def _refuse(self, wrong: Sequence[tuple[str, str]]) -> None:
        """Each trouble beside its field; at the foot those that belong to none."""
        elsewhere = [reason for path, reason in wrong if not self.form.tell(path, reason)]
        self.tell_problem("；".join(elsewhere) or "这条规则不能成立，原因见红字")
        self._show_first_trouble()

    def _show_first_trouble(self) -> None:
        """Scroll to the first field with red words below it."""
        wrong = [box for box in self.form.findChildren(TitledBox) if box.message]
        for box in wrong[:1]:
            self._area.ensureWidgetVisible(box)

    def _reveal(self) -> None:
        """Whatever has the keyboard is in sight, also where it was just made."""
        now = QApplication.focusWidget()
        if now is not None and self.form.isAncestorOf(now):
            self._area.ensureWidgetVisible(now)

    def _follow(self) -> None:
        rule = self.form.peek()
        self.says.setText(UNFINISHED if rule is None else self._edit.told(rule))
        self.says.setProperty("role", "muted" if rule is None else "")
        self.says.style().unpolish(self.says)
        self.says.style().polish(self.says)
        self.tell_problem("")
        QTimer.singleShot(0, self._reveal)
        for name in _NAMES:
            box = self.form.boxes.get(name)
            if box is not None and rule is not None:
                box.tell(self._edit.outdated(rule), warning=True)

    def _offer_bodies(self) -> None:
        values: dict[str, Any] = {
            name: box_value(self.form.boxes[name]) for name in _FOLLOWED if name in self.form.boxes
        }
        self.form.follow(self._edit.forms_for(values))

    def _scrolling(self) -> QScrollArea:
        area = self.findChild(QScrollArea)
        assert isinstance(area, QScrollArea)
        return area

    def _pin(self, preview: Card) -> None:
        """Keep the sentence in sight above what scrolls."""
        holder = QVBoxLayout()
        holder.setContentsMargins(theme.HUGE, theme.LARGE, theme.HUGE, theme.TINY)
        holder.addWidget(preview)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertLayout(0, holder)

    def _content(self) -> QWidget:
        made, column = bare_column(theme.MEDIUM)
        if self._edit.clause_text:
            column.addWidget(label(f"通知原文：{self._edit.clause_text}", "muted", wrap=True))
        column.addWidget(self.form)
        column.addStretch()
        return made


def _preview(says: QLabel) -> Card:
    """What the rule says."""
    card = Card(name="said", margin=theme.MEDIUM)
    card.body.setSpacing(theme.TINY)
    card.body.addWidget(label("这条规则是说", "note"))
    card.body.addWidget(says)
    return card


def _size(parent: QWidget | None) -> tuple[int, int]:
    """Large, but inside its window."""
    if parent is None:
        return 860, 640
    return min(900, parent.width() - theme.HUGE), min(680, parent.height() - theme.HUGE)
