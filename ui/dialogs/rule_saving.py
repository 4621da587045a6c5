"""Before edited rules are saved: what changes, in sentences, how many findings it turns, and why it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from dualcreate_desktop.office.rule_differences import Difference
from dualcreate_desktop.office.rule_editing import VerdictChange
from ui import theme
from ui.dialogs.frame import AskingDialog
from ui.inputs import TEXT_HEIGHT
from ui.pills import Pill
from ui.theme import Tone
from ui.widgets.card import Card, bare_column, label

NO_CONDITION = "没有这一条件"


class RuleSavingDialog(AskingDialog[str]):
    """Shows what saving would change and asks for the reason; writes nothing."""

    def __init__(
        self,
        parent: QWidget | None,
        differences: Sequence[Difference],
        verdicts: Sequence[VerdictChange],
    ) -> None:
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(TEXT_HEIGHT)
        self.reason.setAccessibleName("修改理由")
        self.reason.setPlaceholderText("如：按 3 月 8 日补充通知放宽名额")
        self.effect = label(_effect(verdicts), "section" if verdicts else "muted", wrap=True)
        content = self._content(differences, verdicts)
        super().__init__(parent, "保存批次规则", content, accept_words=f"保存 {len(differences)} 处改动")
        self.resize(760, 560)
        self.reason.setFocus()

    @classmethod
    def ask(
        cls, parent: QWidget | None, differences: Sequence[Difference], verdicts: Sequence[VerdictChange]
    ) -> str | None:
        """The reason; None when it is given up."""
        return cls(parent, differences, verdicts).asked()

    def accept(self) -> None:
        """Close with the reason, unless there is none."""
        text = " ".join(self.reason.toPlainText().split())
        if not text:
            self.tell_problem("请写明修改理由")
            self.reason.setFocus()
            return
        self.answer = text
        super().accept()

    def _content(self, differences: Sequence[Difference], verdicts: Sequence[VerdictChange]) -> QWidget:
        made, column = bare_column()
        column.addWidget(label("修改理由", "muted"))
        column.addWidget(self.reason)
        column.addSpacing(theme.TINY)
        column.addWidget(self.effect)
        for (before, after), count in Counter((one.before, one.after) for one in verdicts).items():
            turned = f"{before or NO_CONDITION} → {after or NO_CONDITION}：{count} 条"
            column.addWidget(label(turned, "muted"))
        column.addWidget(label("以前的核实、打印和排名仍注明当时的规则版本。", "muted", wrap=True))
        column.addSpacing(theme.TINY)
        column.addWidget(label(f"改动 {len(differences)} 处", "section"))
        for difference in differences:
            column.addWidget(_changed(difference))
        column.addStretch()
        return made


def _changed(difference: Difference) -> Card:
    """One rule before and after."""
    card = Card(margin=theme.MEDIUM)
    word, tone = _what(difference)
    head = QHBoxLayout()
    head.setSpacing(theme.SMALL)
    head.addWidget(label(f"{difference.kind}　{difference.name}", "section", elide=True), 1)
    head.addWidget(Pill(word, tone))
    card.body.addLayout(head)
    if difference.before:
        card.body.addWidget(label(f"原来：{difference.before}", "muted", wrap=True))
    if difference.after:
        card.body.addWidget(label(f"现在：{difference.after}", wrap=True))
    return card


def _what(difference: Difference) -> tuple[str, Tone]:
    if not difference.before:
        return "新增", Tone.GOOD
    return ("删除", Tone.BAD) if not difference.after else ("修改", Tone.WARN)


def _effect(verdicts: Sequence[VerdictChange]) -> str:
    if not verdicts:
        return "现有申报的审查意见都不变。"
    applications = len({one.application_id for one in verdicts})
    return f"{applications} 项申报的 {len(verdicts)} 条审查意见会变："
