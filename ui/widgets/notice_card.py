"""The card of the 公示: where it stands, its period, and what can be done next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from dualcreate_desktop.office.publication import NoticeState, Publication, in_words
from ui import theme
from ui.pills import Pill, tone_of
from ui.widgets.buttons import button
from ui.widgets.card import clear, hairline, label
from ui.widgets.detail_card import UNKNOWN, DetailCard

_NEXT = {
    NoticeState.NO_LIST: "还没有拟入选名单。请先在“评审”中形成拟入选名单。",
    NoticeState.READY: "名单已形成。选定发布日期后，程序按工作日推算公示时间，并编制公示。",
    NoticeState.OVER: "公示期已满，可以确定入选名单。",
    NoticeState.FINAL: "入选名单已确定，入选的申报已立项，见“建设”。",
}


@dataclass(frozen=True, slots=True)
class NoticeActions:
    """What the card's buttons do."""

    preview: Callable[[], object]
    preview_selection: Callable[[], object]


class NoticeCard(DetailCard):
    """Shows the notice of a round."""

    def __init__(self, actions: NoticeActions) -> None:
        self.preview = button("公示文稿…", actions.preview)
        self.selection = button("入选名单文稿…", actions.preview_selection)
        super().__init__((self.preview, self.selection))

    def show_publication(self, shown: Publication | None) -> None:
        """Show where the 公示 stands; None when there is no round."""
        state = shown.state if shown is not None else NoticeState.NO_LIST
        self.preview.setVisible(shown is not None and shown.notice is not None)
        self.selection.setVisible(state is NoticeState.FINAL)
        clear(self.column)
        head = QHBoxLayout()
        head.addWidget(label("公示", "section"))
        head.addStretch()
        head.addWidget(Pill(state.label, tone_of(state)))
        self.column.addLayout(head)
        if shown is not None and shown.notice is not None:
            self._show_notice(shown)
        if words := _next_step(state, shown):
            self.column.addSpacing(theme.TINY)
            self.column.addWidget(hairline())
            self.column.addSpacing(theme.TINY)
            self.column.addWidget(label(words, "muted", wrap=True))
        self.column.addStretch()

    def _show_notice(self, shown: Publication) -> None:
        notice = shown.notice
        assert notice is not None
        issued = notice.issued
        facts = (
            ("公示时间", in_words(notice.period, shown.workdays)),
            ("发布日期", f"{issued.year}年{issued.month}月{issued.day}日"),
            ("落款单位", notice.organ),
            ("受理部门", notice.contacts.replace("；", "\n").replace(";", "\n")),
        )
        for name, text in facts:
            pair = QVBoxLayout()
            pair.setSpacing(2)
            pair.addWidget(label(name, "note"))
            pair.addWidget(label(text or UNKNOWN, wrap=True))
            self.column.addLayout(pair)
        for note in notice.period.notes:
            self.column.addWidget(label(note, "warning", wrap=True))


def _next_step(state: NoticeState, shown: Publication | None) -> str:
    if state in (NoticeState.COMING, NoticeState.RUNNING) and shown is not None and shown.notice is not None:
        last = shown.notice.period.last
        return f"{last.year}年{last.month}月{last.day}日公示期满后，可以确定入选名单。"
    return _NEXT.get(state, "")
