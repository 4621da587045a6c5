"""收纸质材料: which copies of which documents came, when, and who brought them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from db.errors import UserError
from dualcreate_desktop.fields import Field, FieldType
from dualcreate_desktop.office.application_desk import Desk, Sender
from dualcreate_desktop.office.receipts import ELECTRONIC, Arrival, Awaited
from dualcreate_desktop.office.scanning import Scanned, scanned
from dualcreate_desktop.office.store import Office
from ui import theme
from ui.dialogs.frame import AskingDialog
from ui.inputs import LineInput
from ui.turns import Turns
from ui.widgets.buttons import button
from ui.widgets.card import bare_column, label

TITLE = "收纸质材料"

AT = Field("at", "收到时间", FieldType.DATETIME, required=True, hint="如 2024-03-15 16:40")

TICK_WIDTH = 120
"""Room for 第1份 03-15, so that the copies of all documents stand in columns."""

SENDERS = 12
"""More than fill the dialog: so many are made before it is shown, the others a dozen at a time behind them."""

Key = tuple[str, str | None, str, int]
"""Unit, application (None for what a unit sends once), material and copy."""


@dataclass(frozen=True, slots=True)
class Received:
    """What the user says has come.

    Args:
        slip: whether a 回执 is to be printed.
    """

    arrivals: tuple[Arrival, ...]
    slip: bool


class ScanField(QLineEdit):
    """Takes what a scanner types, Enter at its end; the input method is off, or it would swallow the digits.

    Signals:
        scanned: the typed text.
    """

    scanned = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setPlaceholderText("扫描或输入二维码下方的 16 位数字，回车")
        self.setAccessibleName("材料编码")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ends a code and closes no dialog; without a code it does what it does elsewhere."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.text().strip():
            self.scanned.emit(self.text())
            self.selectAll()
            event.accept()
        else:
            super().keyPressEvent(event)


class ReceivingDialog(AskingDialog[Received]):
    """Ticks the copies of one unit; a scanned copy of another unit adds that unit."""

    def __init__(self, parent: QWidget | None, office: Office, desk: Desk, unit_id: str | None) -> None:
        self._office, self._desk = office, desk
        self.ticks: dict[Key, QCheckBox] = {}
        self._awaited: dict[Key, Awaited] = {}
        self._units: set[str] = set()
        self._below: list[Turns] = []
        self.scan = ScanField()
        self.told = label("", "muted", wrap=True)
        self.everything = button("全部勾上", self.tick_all, link=True)
        self.at = LineInput(AT, f"{office.clock():%Y-%m-%d %H:%M}")
        self.at.setAccessibleName(AT.label)
        self.brought_by = QLineEdit()
        self.brought_by.setAccessibleName("送件人")
        self.late_title = label("逾期原因", "muted")
        self.late = QLineEdit()
        self.late.setAccessibleName("逾期原因")
        self.slip = QCheckBox("收下后打印回执")
        super().__init__(parent, TITLE, self._content(), accept_words="收下")
        self.resize(760, 600)
        if unit_id is not None:
            self._add_unit(unit_id)
        self.scan.scanned.connect(self.take_code)
        self.at.textChanged.connect(lambda _: self._on_changed())
        self.late.textChanged.connect(lambda _: self._on_changed())
        self._show_state()
        self.scan.setFocus()

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        office: Office,
        desk: Desk,
        unit_id: str | None,
        *,
        problem: str = "",
    ) -> Received | None:
        """What has come, by the user's word; None when nothing is to be written.

        Args:
            problem: why an earlier answer was refused.
        """
        dialog = cls(parent, office, desk, unit_id)
        dialog.tell_problem(problem)
        return dialog.asked()

    def take_code(self, typed: str) -> None:
        """Tick the copy that bears a code, and say whose it is or why not."""
        self.tell_problem("")
        try:
            found = scanned(self._office, self._desk.rules.round_id, typed)
        except UserError as trouble:
            self.told.setText("")
            self.tell_problem(str(trouble))
            return
        self._make_all()
        self._add_unit(found.unit_id)
        self._make_all()
        key = (found.unit_id, found.application_id, found.material, found.copy)
        tick = self.ticks.get(key)
        if tick is None:
            self.tell_problem("这份材料不在应收之列。请核对申报是否已撤回。")
            return
        came = not tick.isEnabled()
        tick.setChecked(True)
        self.told.setText(self._sentence(found, self._awaited[key], came=came))

    def tick_all(self) -> None:
        """All paper that is still awaited of the shown units has come; files come by mail, each by itself."""
        self._make_all()
        self._tick_these(self.ticks)

    def _tick_these(self, keys: Iterable[Key]) -> None:
        for key in keys:
            if self._awaited[key].copy != ELECTRONIC:
                self.ticks[key].setChecked(True)

    def accept(self) -> None:
        """Close with what is ticked, unless something is wanting."""
        at, problem = self._time(), ""
        if at is None:
            problem = "收到时间写作 2024-03-15 16:40"
        elif not self._chosen():
            problem = "还没有勾选收到的材料"
        elif self._late(at) and not self.late.text().strip():
            problem = "有材料已过截止时间，请填写逾期原因"
            self.late.setFocus()
        if problem or at is None:
            self.tell_problem(problem)
            return
        self.answer = Received(tuple(self._arrivals(at)), self.slip.isChecked())
        super().accept()

    def _chosen(self) -> list[Key]:
        return [key for key, tick in self.ticks.items() if tick.isEnabled() and tick.isChecked()]

    def _late(self, at: datetime) -> list[Key]:
        return [key for key in self._chosen() if at > self._awaited[key].deadline]

    def _time(self) -> datetime | None:
        value = self.at.read().value
        return value if isinstance(value, datetime) else None

    def _arrivals(self, at: datetime) -> Iterator[Arrival]:
        """A reason belongs only to what is late."""
        late = set(self._late(at))
        for key in self._chosen():
            unit_id, application_id, material, copy = key
            reason = self.late.text().strip() if key in late else ""
            by = self.brought_by.text().strip()
            yield Arrival(application_id, material, copy, at, by, reason, unit_id=unit_id)

    def _sentence(self, found: Scanned, item: Awaited, *, came: bool) -> str:
        row = self._desk.rows.get(found.application_id or "")
        owner = row.title if row else self._desk.quotas[found.unit_id].unit
        words = f"{owner} {item.name} 第{item.copy}份"
        if came and item.received_at is not None:
            words = f"{words}：已于 {item.received_at:%Y-%m-%d %H:%M} 收过"
        return f"{words}。打印后内容有改动，请核对是否最新一版。" if found.outdated else words

    def _on_changed(self) -> None:
        """What was wanting may be there now; the answer is looked at anew when it is given."""
        self.tell_problem("")
        self._show_state()

    def _show_state(self) -> None:
        """The button says how many copies; the reason is asked for where something is late."""
        count = len(self._chosen())
        self.primary.setText(f"收下 {count} 份" if count else "收下")
        self.everything.setEnabled(
            any(
                tick.isEnabled() and not tick.isChecked() and self._awaited[key].copy != ELECTRONIC
                for key, tick in self.ticks.items()
            )
        )
        at = self._time()
        late = at is not None and bool(self._late(at))
        self.late.setVisible(late)
        self.late_title.setVisible(late)

    def _add_unit(self, unit_id: str) -> None:
        if unit_id in self._units:
            return
        self._units.add(unit_id)
        senders = self._desk.senders(unit_id)
        self._add_senders(senders[:SENDERS])
        others = range(SENDERS, len(senders), SENDERS)
        if others:
            pieces = [partial(self._add_senders, senders[place : place + SENDERS]) for place in others]
            self._below.append(Turns(pieces, self))
            self._below[-1].begin()

    def _make_all(self) -> None:
        """Make at once what stands below and may be asked for now."""
        while self._below:
            self._below.pop().finish()

    def _add_senders(self, senders: Sequence[Sender]) -> None:
        """On a ground of their own: it is laid out once, before it is seen, and not again when others follow."""
        ground, column = bare_column()
        for sender in senders:
            grid = self._grid(sender)
            column.addLayout(self._heading(sender))
            column.addLayout(grid)
        self._senders.addWidget(ground)
        self._show_state()

    def _heading(self, sender: Sender) -> QHBoxLayout:
        """Whose paper it is, and a link that ticks all of it where something is still to come."""
        row = QHBoxLayout()
        row.addWidget(label(sender.title, "section", wrap=True), 1)
        keys = [
            (sender.unit_id, sender.application_id, item.material, item.copy) for item in sender.paper.items
        ]
        if sender.paper.missing:
            link = button("勾上这一家", lambda: self._tick_these(keys), link=True)
            link.setAccessibleName(f"勾上{sender.title}的全部材料")
            row.addWidget(link)
        return row

    def _grid(self, sender: Sender) -> QGridLayout:
        """One line a document, one box a copy, the file last; what came is ticked already and cannot be changed."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.LARGE)
        grid.setVerticalSpacing(theme.SMALL)
        grid.setColumnStretch(0, 1)
        last = max((item.copies for item in sender.paper.items), default=0) + 1
        for copy in range(1, last + 1):
            grid.setColumnMinimumWidth(copy, TICK_WIDTH)
        listed = (*sender.paper.items, *sender.paper.files)
        rows = {material: row for row, material in enumerate(dict.fromkeys(item.material for item in listed))}
        for material, name in {item.material: item.name for item in listed}.items():
            grid.addWidget(label(name, wrap=True), rows[material], 0)
        for item in listed:
            grid.addWidget(self._tick(sender, item), rows[item.material], item.copy or last)
        return grid

    def _tick(self, sender: Sender, item: Awaited) -> QCheckBox:
        key = (sender.unit_id, sender.application_id, item.material, item.copy)
        tick = QCheckBox(item.label)
        tick.setAccessibleName(f"{sender.title} {item.name} {item.label}")
        if item.received_at is not None:
            tick.setText(f"{item.label} {item.received_at:%m-%d}")
            tick.setToolTip(f"{item.received_at:%Y-%m-%d %H:%M} 由{item.received_by}收下")
            tick.setChecked(True)
            tick.setEnabled(False)
        tick.toggled.connect(lambda _: self._on_changed())
        self.ticks[key], self._awaited[key] = tick, item
        return tick

    def _content(self) -> QWidget:
        made, column = bare_column()
        column.addWidget(self.scan)
        below = QHBoxLayout()
        below.addWidget(self.told, 1)
        below.addWidget(self.everything)
        column.addLayout(below)
        self._senders = QVBoxLayout()
        self._senders.setSpacing(theme.SMALL)
        column.addLayout(self._senders)
        column.addSpacing(theme.SMALL)
        column.addLayout(self._facts())
        column.addWidget(self.slip)
        column.addStretch()
        return made

    def _facts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.LARGE)
        grid.setVerticalSpacing(theme.TINY)
        inputs = ((label(AT.label, "muted"), self.at), (label("送件人", "muted"), self.brought_by))
        for column, (title, made) in enumerate(inputs):
            title.setBuddy(made)
            grid.addWidget(title, 0, column)
            grid.addWidget(made, 1, column)
        self.late_title.setBuddy(self.late)
        grid.addWidget(self.late_title, 2, 0)
        grid.addWidget(self.late, 3, 0, 1, 2)
        return grid
