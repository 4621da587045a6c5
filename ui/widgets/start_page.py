"""What stands in the window before there is anything: what one can begin with."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from dualcreate_desktop import PROGRAM
from ui import icons, theme
from ui.widgets.buttons import button
from ui.widgets.card import Card, label

CARD_WIDTH = 260

_NOTICE = "选一份通知作底稿，核对时间、名额和条件，就可以开始。"
_SAMPLE = "虚构的学校走完一个批次，可以随意试用，不影响您的数据。"
_BACKUP = "从备份文件恢复以前的数据，恢复前可以先核对。"


class StartPage(QWidget):
    """A card for each way to begin.

    Args:
        new_round: asks for a round.
        open_sample, restore: None where that is not offered.
        skip: goes on to the empty tabs.
        own_unit: asks for the school and its office; it can be done later as well.
    """

    def __init__(
        self,
        new_round: Callable[[], object],
        open_sample: Callable[[], object] | None,
        restore: Callable[[], object] | None,
        skip: Callable[[], object],
        own_unit: Callable[[], object],
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self.new_round = button("新建批次…", new_round, primary=True)
        column = QVBoxLayout(self)
        column.setSpacing(theme.SMALL)
        column.addStretch(2)
        for text, role in ((PROGRAM, "page-title"), ("从哪里开始？", "muted")):
            column.addWidget(label(text, role), alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(theme.LARGE)
        column.addLayout(self._ways(open_sample, restore))
        column.addSpacing(theme.LARGE)
        for words, action in (
            ("还没有通知，先录入名册", skip),
            ("填写学校和组织部信息（可以以后再填）…", own_unit),
        ):
            column.addWidget(button(words, action, link=True), alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def _ways(
        self, open_sample: Callable[[], object] | None, restore: Callable[[], object] | None
    ) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.LARGE)
        row.addStretch()
        row.addWidget(_way("flag", "有了通知", _NOTICE, self.new_round))
        if open_sample is not None:
            row.addWidget(_way("folder-open", "先看一看", _SAMPLE, button("打开示例", open_sample)))
        if restore is not None:
            row.addWidget(_way("undo", "换了电脑或数据坏了", _BACKUP, button("恢复备份…", restore)))
        row.addStretch()
        return row


def _way(icon: str, title: str, text: str, action: QPushButton) -> Card:
    card = Card(margin=theme.HUGE)
    card.setFixedWidth(CARD_WIDTH)
    picture = QLabel()
    picture.setPixmap(icons.pixmap(icon, theme.colours().faint, 28, card.devicePixelRatioF()))
    card.body.addWidget(picture)
    card.body.addWidget(label(title, "section"))
    card.body.addWidget(label(text, "muted", wrap=True))
    card.body.addStretch()
    card.body.addWidget(action)
    return card
