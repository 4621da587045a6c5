"""A form for a rule of any kind, made from its slots: records inside records, lists of them, one of several kinds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from db.vocabulary import Labelled
from dualcreate_desktop.office.rule_forms import RuleForms, Shape, Slot, Values, blank, made, values_of
from ui import theme
from ui.form import FieldBox, TitledBox, arranged
from ui.inputs import StillBox, make_input
from ui.rule_inputs import Compound, LinesInput, NumbersInput, TicksInput
from ui.widgets.buttons import button
from ui.widgets.card import label

_ALONE = frozenset({Shape.EITHER, Shape.RECORDS, Shape.TICKS, Shape.LINES})
"""Shapes that take a whole line."""


class Part(QFrame):
    """A frame for what stands inside of something else; it goes into `column`."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("part")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.MEDIUM)


class CompoundBox(TitledBox):
    """The box of what is more than one typed value."""

    def __init__(self, slot: Slot, made: Compound) -> None:
        super().__init__(slot.field, made)
        self.input = made
        made.changed.connect(lambda: self.tell(""))

    def judge(self, *, required: bool) -> bool:
        """Show what is wrong inside; False when it keeps the form from being saved."""
        whole = self.input.judge()
        if whole and required and self.input.peek() is None:
            self.tell(f"“{self.field.label}”不能这样写，请改正")
            return False
        return whole


class RecordForm(Compound):
    """The fields of one record.

    Args:
        values: of the record, see `values_of`; what is not among them is empty.
        only: the names of the fields that are asked; None for all. The others stay as they are.
    """

    def __init__(
        self, forms: RuleForms, kind: type[Any], values: Values, *, only: Sequence[str] | None = None
    ) -> None:
        super().__init__()
        self.kind, self._forms = kind, forms
        self._values = {**blank(kind), **values}
        self._key = str(values.get("key", ""))
        slots = [slot for slot in forms.slots(kind) if only is None or slot.key in only]
        self.boxes: dict[str, FieldBox | CompoundBox] = {slot.key: self._box(slot) for slot in slots}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.MEDIUM)
        for run in _runs(slots):
            boxes = [self.boxes[slot.key] for slot in run]
            if run[0].shape in _ALONE:
                column.addWidget(boxes[0])
            else:
                column.addLayout(arranged(boxes))
        for box in self.boxes.values():
            box.input.changed.connect(self.changed)

    def peek(self) -> Any:
        """The record; None while something is missing or cannot be read."""
        values = self.filled()
        if any(self._is_wanting(box, values[name]) for name, box in self.boxes.items()):
            return None
        return made(self.kind, {**self._values, **values}, key=self._key)

    def filled(self) -> dict[str, Any]:
        """What the boxes hold; None where one is empty or cannot be read."""
        return {name: box_value(box) for name, box in self.boxes.items()}

    def judge(self) -> bool:
        """Show all that is wrong; the first has the keyboard."""
        wrong = [box for box in self.boxes.values() if not box.judge(required=True)]
        if wrong and isinstance(wrong[0], FieldBox):
            wrong[0].input.setFocus(Qt.FocusReason.OtherFocusReason)
        return not wrong

    def tell(self, path: str, trouble: str) -> bool:
        """Show a trouble beside the field that a path names."""
        for name, box in self.boxes.items():
            rest = _rest(path, name)
            if rest is not None:
                if not (rest and isinstance(box, CompoundBox) and box.input.tell(rest, trouble)):
                    box.tell(trouble)
                return True
        return False

    def take_keyboard(self) -> None:
        """Give the keyboard to the first field."""
        for box in list(self.boxes.values())[:1]:
            if isinstance(box, CompoundBox):
                box.input.take_keyboard()
            else:
                box.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self, forms: RuleForms) -> None:
        """Offer the kinds of the bodies that now apply, here and in all that is inside."""
        self._forms = forms
        for ticks in self.findChildren(TicksInput):
            if ticks.slot.of_bodies:
                ticks.offer(forms.bodies(), ticks.peek())

    def _is_wanting(self, box: FieldBox | CompoundBox, value: Any) -> bool:
        if isinstance(box, CompoundBox):
            return value is None
        read = box.input.read()
        return value is None and (box.field.required or read.issue is not None)

    def _box(self, slot: Slot) -> FieldBox | CompoundBox:
        value = self._values.get(slot.key)
        if slot.shape is Shape.PLAIN:
            return FieldBox(slot.field, make_input(slot.field, _typed(value), tick=True))
        return CompoundBox(slot, _compound(self._forms, slot, value))


class EitherInput(Compound):
    """A record of one of several kinds: its kind is chosen, and its form follows."""

    def __init__(self, forms: RuleForms, slot: Slot, value: Any) -> None:
        super().__init__()
        self._forms, self._kinds = forms, slot.kinds
        self.kinds = StillBox()
        self.kinds.setAccessibleName(slot.field.label)
        for kind in slot.kinds:
            self.kinds.addItem(kind.label)
        self._holder = Part()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addWidget(self.kinds, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._holder)
        types = [kind.type for kind in slot.kinds]
        place = types.index(type(value)) if value is not None else 0
        self.kinds.setCurrentIndex(place)
        self.form = self._show(place, _values(value))
        self.kinds.currentIndexChanged.connect(self.choose)

    def choose(self, place: int) -> None:
        """Ask for a record of another kind; what fits it stays."""
        before, kind = self.form, self._kinds[place].type
        kept = self._forms.converted(before.peek(), before.filled(), kind, before.kind)
        self.form = self._show(place, kept)
        self.changed.emit()

    def peek(self) -> Any:
        """The record."""
        return self.form.peek()

    def judge(self) -> bool:
        """Show what is wrong inside."""
        return self.form.judge()

    def tell(self, path: str, trouble: str) -> bool:
        """Show a trouble inside the record."""
        return self.form.tell(path, trouble)

    def take_keyboard(self) -> None:
        """Give the keyboard to the choice of the kind."""
        self.kinds.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, place: int, values: Values) -> RecordForm:
        while (item := self._holder.column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        form = RecordForm(self._forms, self._kinds[place].type, values)
        form.changed.connect(self.changed)
        self._holder.column.addWidget(form)
        self._holder.setVisible(bool(form.boxes))
        return form


class RecordsInput(Compound):
    """A list of records of one kind, each with its form; one is added, taken out, moved up or down."""

    def __init__(self, forms: RuleForms, slot: Slot, value: Sequence[Any]) -> None:
        super().__init__()
        self._forms, self._kind = forms, slot.kinds[0]
        self.items: list[ItemPart] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.SMALL)
        self.add = button(f"添加{self._kind.label}", self.add_item, link=True, icon="plus")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addLayout(self._column)
        column.addWidget(self.add, alignment=Qt.AlignmentFlag.AlignLeft)
        for record in value:
            self._append(record)
        self._number()

    def add_item(self) -> None:
        """One more, empty, with the keyboard in it."""
        self._append(None)
        self._number()
        self.items[-1].form.take_keyboard()
        self.changed.emit()

    def remove_item(self, item: ItemPart) -> None:
        """Take one out; the keyboard goes to the next, or to the button that adds one."""
        place = self.items.index(item)
        self.items.remove(item)
        self._column.removeWidget(item)
        item.hide()
        item.deleteLater()
        self._number()
        if place < len(self.items):
            self.items[place].form.take_keyboard()
        else:
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def move_item(self, item: ItemPart, by: int) -> None:
        """Move one up or down."""
        place = self.items.index(item)
        there = place + by
        if 0 <= there < len(self.items):
            self.items.insert(there, self.items.pop(place))
            self._column.removeWidget(item)
            self._column.insertWidget(there, item)
            self._number()
            self.changed.emit()

    def peek(self) -> tuple[Any, ...] | None:
        """The records; None while one of them is not whole."""
        found = tuple(item.form.peek() for item in self.items)
        return None if None in found else found

    def judge(self) -> bool:
        """Show what is wrong inside."""
        judged = [item.form.judge() for item in self.items]
        return all(judged)

    def tell(self, path: str, trouble: str) -> bool:
        """Show a trouble inside the record of a number (``[2].name``) or an entry of a name."""
        for number, item in enumerate(self.items, 1):
            rest = _rest(path, f"[{number}]")
            if rest is not None:
                return item.form.tell(rest, trouble)
        return False

    def take_keyboard(self) -> None:
        """Give the keyboard to the first record, or to the button that adds one."""
        if self.items:
            self.items[0].form.take_keyboard()
        else:
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _append(self, record: Any) -> None:
        item = ItemPart(self, RecordForm(self._forms, self._kind.type, _values(record)))
        item.form.changed.connect(self.changed)
        self.items.append(item)
        self._column.addWidget(item)

    def _number(self) -> None:
        for number, item in enumerate(self.items, 1):
            item.name_it(f"{self._kind.label} {number}", first=number == 1, last=number == len(self.items))


class ItemPart(Part):
    """One record of a list: its number, its buttons and its form."""

    def __init__(self, holder: RecordsInput, form: RecordForm) -> None:
        super().__init__()
        self.form = form
        self._title = label("", "note")
        self.up = button("上移", lambda: holder.move_item(self, -1), link=True)
        self.down = button("下移", lambda: holder.move_item(self, 1), link=True)
        self.remove = button("删除", lambda: holder.remove_item(self), link=True)
        head = QHBoxLayout()
        head.setSpacing(theme.TINY)
        head.addWidget(self._title)
        head.addStretch()
        self.column.setSpacing(theme.SMALL)
        self.column.addLayout(head)
        self.column.addWidget(form)
        for one in (self.up, self.down, self.remove):
            head.addWidget(one)

    def name_it(self, title: str, *, first: bool, last: bool) -> None:
        """Show its number; the first goes no further up, the last no further down."""
        self._title.setText(title)
        self.up.setEnabled(not first)
        self.down.setEnabled(not last)
        for one, what in ((self.up, "上移"), (self.down, "下移"), (self.remove, "删除")):
            one.setAccessibleName(f"{what}{title}")


def box_value(box: FieldBox | CompoundBox) -> Any:
    """What a box holds; None where it is empty or cannot be read."""
    return box.input.peek() if isinstance(box, CompoundBox) else box.input.read().value


def _compound(forms: RuleForms, slot: Slot, value: Any) -> Compound:
    match slot.shape:
        case Shape.TICKS:
            return TicksInput(slot, value or ())
        case Shape.LINES:
            return LinesInput(slot, value or ())
        case Shape.NUMBERS:
            return NumbersInput(slot, value or ())
        case Shape.RECORDS:
            return RecordsInput(forms, slot, value or ())
        case _:
            return EitherInput(forms, slot, value)


def _runs(slots: Sequence[Slot]) -> Iterator[list[Slot]]:
    """What stands in one grid: plain fields that follow each other, anything else for itself."""
    run: list[Slot] = []
    for slot in slots:
        if slot.shape in _ALONE:
            if run:
                yield run
            yield [slot]
            run = []
        else:
            run.append(slot)
    if run:
        yield run


def _rest(path: str, step: str) -> str | None:
    """What is left of a path behind its first step; None where it begins with another."""
    rest = path.removeprefix(step)
    if rest == path or (rest and rest[0] not in ".["):
        return None
    return rest.removeprefix(".")


def _values(record: Any) -> Values:
    return {} if record is None else values_of(record)


def _typed(value: Any) -> Any:
    return value.value if isinstance(value, Labelled) else value
