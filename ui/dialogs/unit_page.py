"""One unit in a round: its quota, what is missing, its people and guides, and its order of preference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.errors import NotAllowed, StaleData
from dualcreate_desktop.office import preferences
from dualcreate_desktop.office.preferences import Ordered
from dualcreate_desktop.office.staffing import Strength
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.unit_page import UnitPage
from dualcreate_desktop.rules.quotas import QuotaLine
from ui import theme
from ui.dialogs.frame import FramedDialog
from ui.pills import Pill
from ui.theme import Tone
from ui.widgets.card import label
from ui.widgets.order_list import OrderList

NAMES_SHOWN = 3


class UnitPageDialog(FramedDialog):
    """Tells how a unit stands, and writes its order of preference."""

    def __init__(self, parent: QWidget | None, office: Office, page: UnitPage) -> None:
        self._office, self._page = office, page
        self.orders: dict[str, OrderList] = {
            order.category: _order_list(order) for order in self._page.orders if len(order.rows) > 1
        }
        super().__init__(
            parent, f"本单位申报 {self._page.name}", self._content(), accept_words="保存推荐顺序"
        )
        self.cancel.setText("关闭")
        self.primary.setEnabled(False)
        for made in self.orders.values():
            made.moved.connect(lambda: self.primary.setEnabled(True))
        self.resize(900, 600)
        first = next(iter(self.orders.values()), None)
        (first or self.cancel).setFocus()

    @classmethod
    def show_page(cls, parent: QWidget, office: Office, page: UnitPage) -> None:
        """Show the page until it is closed."""
        dialog = cls(parent, office, page)
        dialog.exec()
        dialog.deleteLater()

    def accept(self) -> None:
        """Write each order that is another, and close."""
        before = {order.category: [row.id for row in order.rows] for order in self._page.orders}
        try:
            for category, made in self.orders.items():
                if made.keys != before[category]:
                    preferences.reorder(self._office, self._page.unit_id, made.keys)
        except (NotAllowed, StaleData) as trouble:
            self.tell_problem(str(trouble))
            return
        super().accept()

    def _content(self) -> QWidget:
        page = self._page
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.HUGE)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(theme.SMALL)
            row.addLayout(column, 1)
        _section(left, "本批次名额", [_quota(name, line) for name, line in page.lines])
        _section(left, "免报", [_line(text) for text in page.exemptions])
        _section(left, "还缺什么", [_line(text) for text in page.missing] or [_line("没有缺的。")])
        staff = [_staff(role, post) for role, post in page.posts]
        _section(left, f"人员配备（{page.year}年）", staff or [_line("没有登记人员配备。")])
        _section(left, "党支部普遍做到", list(self._guides()))
        left.addStretch()
        self._show_orders(right)
        right.addStretch()
        return made

    def _guides(self) -> Iterator[QWidget]:
        for guide in self._page.guides:
            lacking = "、".join(guide.missing[:NAMES_SHOWN])
            more = f"等 {len(guide.missing)} 个" if len(guide.missing) > NAMES_SHOWN else ""
            tone = Tone.GOOD if guide.met == guide.counted else Tone.WARN
            notes = [f"还没有全部达到：{lacking}{more}"] if lacking else []
            if guide.unasked:
                notes.append(f"按全部党支部计，没有申报、没有填写的 {guide.unasked} 个")
            pill = Pill(f"{guide.met}/{guide.counted} 党支部", tone)
            yield _line(f"{guide.name}（{guide.clause}）", pill, "；".join(notes))

    def _show_orders(self, column: QVBoxLayout) -> None:
        """Each category with its order; one that cannot be another is only told."""
        column.addWidget(label("推荐顺序", "section"))
        if self.orders:
            column.addWidget(label("拖动，或按 Alt+↑、Alt+↓ 调整；保存后可以撤销。", "muted", wrap=True))
        for order in self._page.orders:
            column.addWidget(label(order.name, "muted"))
            if order.category in self.orders:
                column.addWidget(self.orders[order.category])
            for row in order.rows if order.category not in self.orders else ():
                column.addWidget(label(row.title, wrap=True))
        if not self._page.orders:
            column.addWidget(label("这个单位还没有申报。", "muted"))


def _order_list(order: Ordered) -> OrderList:
    return OrderList(f"{order.name}推荐顺序", [(row.id, row.title) for row in order.rows])


def _section(column: QVBoxLayout, title: str, lines: Iterable[QWidget]) -> None:
    made = list(lines)
    if made:
        column.addWidget(label(title, "section"))
        for line in made:
            column.addWidget(line)
        column.addSpacing(theme.SMALL)


def _quota(name: str, line: QuotaLine) -> QWidget:
    allowed = "不限名额" if line.allowed is None else f"可报 {line.allowed}"
    obliged = f"，必报 {line.obliged}" if line.obliged else ""
    clause = f"（{line.clause}）" if line.clause else ""
    if line.impossible:
        pill = Pill("无法完成", Tone.WARN)
    elif line.over:
        pill = Pill(f"超 {line.over} 项", Tone.BAD)
    elif line.short:
        pill = Pill(f"还差 {line.short} 项", Tone.WARN)
    else:
        pill = Pill("符合", Tone.GOOD)
    return _line(f"{name}：已报 {line.applied}，{allowed}{obliged}{clause}", pill)


def _staff(role: str, post: Strength) -> QWidget:
    required, actual = ("未填" if number is None else str(number) for number in (post.required, post.actual))
    pill = Pill("不清楚", Tone.CALM)
    if post.short is not None:
        pill = Pill(f"缺 {post.short} 人", Tone.WARN) if post.short else Pill("配齐", Tone.GOOD)
    return _line(f"{role}应配 {required}，实配 {actual}", pill)


def _line(text: str, pill: Pill | None = None, note: str = "") -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.SMALL)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(label(text, wrap=True))
    if note:
        words.addWidget(label(note, "note", wrap=True))
    row.addLayout(words, 1)
    if pill is not None:
        row.addWidget(pill)
    return made
