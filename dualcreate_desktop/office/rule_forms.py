"""What a form asks for a rule, read off its dataclass: one slot for each field, with the choices of the round.

A slot says how a value is given: typed, ticked, one a line, or as further records. `RuleForms` makes slots from type
hints, so that a rule that is added to the notice has its form at once; only its words stand in `rule_labels`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, auto
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints
from uuid import uuid4

from db.vocabulary import Applicant, Labelled
from dualcreate_desktop.fields import Choice, Field, FieldType
from dualcreate_desktop.office.rule_choices import body_choices, choices_of
from dualcreate_desktop.office.rule_labels import kind_label, label_of
from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.notice_parts import Move
from dualcreate_desktop.rules.records import Count

KEY = "key"
"""The field by which the store cites a rule: made by the program, never shown and never used again.

A `Move` names the rule that it moves by it, and asks for it.
"""

Values = Mapping[str, Any]
"""By name of the field, as a form holds them."""

_TYPES: Mapping[Any, FieldType] = {
    str: FieldType.TEXT,
    int: FieldType.INTEGER,
    Decimal: FieldType.DECIMAL,
    date: FieldType.DATE,
    datetime: FieldType.DATETIME,
    bool: FieldType.FLAG,
}
_HINTS: Mapping[FieldType, str] = {
    FieldType.DATE: "如 2024-03-15",
    FieldType.DATETIME: "如 2024-03-15 17:00",
    FieldType.MONEY: "元，如 5000 或 0.5万",
}
_LONG_WORD = 14
"""Characters from which on a label or a choice takes two columns."""
_LONG = frozenset({"question", "consequence", "priority", "asks", "reason", "text"})
_MAY_BE_EMPTY = frozenset({"doc_number", "priority"})


class Shape(Enum):
    """How a value is given."""

    PLAIN = auto()
    """one typed value"""
    TICKS = auto()
    """some of the choices"""
    LINES = auto()
    """texts, one a line"""
    NUMBERS = auto()
    """whole numbers in one line"""
    EITHER = auto()
    """a record, of one of several kinds where there are several"""
    RECORDS = auto()
    """a list of records"""


@dataclass(frozen=True, slots=True)
class Kind:
    """A record that can be made, and what it is called."""

    label: str
    type: type[Any]


@dataclass(frozen=True, slots=True)
class Slot:
    """One value that a form asks for.

    Args:
        field: its label, its type where it is plain, and the choices.
        kinds: of records; the only one for RECORDS.
        of_bodies: the choices are kinds of unit or of branch, as the rule's category says.
    """

    field: Field
    shape: Shape
    kinds: tuple[Kind, ...] = ()
    of_bodies: bool = False

    @property
    def key(self) -> str:
        """The name of the field."""
        return self.field.key


@dataclass(frozen=True, slots=True)
class NumberOf:
    """An entry of a mapping to numbers, as a form lists it."""

    name: str
    number: Count


@dataclass(frozen=True, slots=True)
class WordsOf:
    """An entry of a mapping to words, as a form lists it."""

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextOf:
    """An entry of a mapping to texts, as a form lists it."""

    name: str
    text: str


Entry = NumberOf | WordsOf | TextOf


@dataclass(frozen=True, slots=True)
class RuleForms:
    """The forms of a round's rules.

    Args:
        applicant: who applies in the category of the rule; None where it has none.
    """

    notice: Notice
    applicant: Applicant | None = None

    def slots(self, kind: type[Any]) -> tuple[Slot, ...]:
        """What is asked for a record of a kind, in the order of its declaration."""
        hints = get_type_hints(kind, include_extras=True)
        return tuple(
            self._slot(kind, field, hints[field.name])
            for field in dataclasses.fields(kind)
            if field.name != KEY or kind is Move
        )

    def of(self, applicant: Applicant | None) -> RuleForms:
        """The same for a rule of another category."""
        return replace(self, applicant=applicant)

    def bodies(self) -> tuple[Choice, ...]:
        """The kinds of unit or of branch that such a rule can be limited to."""
        return body_choices(self.applicant)

    def converted(self, record: Any, values: Values, after: type[Any], before: type[Any]) -> Values:
        """What the form of another kind begins with, when the kind of a requirement is changed.

        Args:
            record: the requirement so far; None while it is not whole.
            values: of its form; what both kinds ask for alike is kept.
            after: the other kind; where it holds requirements the one so far becomes its first.
        """
        held = self._held(values, after)
        if held is not None:
            return values_of(held)
        old = {slot.key: slot for slot in self.slots(before)}
        kept: dict[str, Any] = {}
        for slot in self.slots(after):
            if slot == old.get(slot.key) and values.get(slot.key) is not None:
                kept[slot.key] = values[slot.key]
            elif (
                record is not None
                and not _untouched(record)
                and (inside := self._around(slot, record)) is not None
            ):
                kept[slot.key] = inside
        return kept

    def _held(self, values: Values, kind: type[Any]) -> Any:
        """A record of a kind inside the records of a form; None when there is none."""
        lists = (value for value in values.values() if isinstance(value, tuple))
        items = (item for value in lists for item in value if dataclasses.is_dataclass(item))
        inner = (value for item in items for value in values_of(item).values())
        return next((value for value in inner if type(value) is kind), None)

    def _around(self, slot: Slot, record: Any) -> Any:
        """What a slot holds when it holds the record; None when it cannot."""
        if slot.shape is Shape.EITHER and any(type(record) is kind.type for kind in slot.kinds):
            return record
        if slot.shape is not Shape.RECORDS:
            return None
        item = slot.kinds[0].type
        for inner in self.slots(item):
            if inner.shape is Shape.EITHER and any(type(record) is kind.type for kind in inner.kinds):
                return (made(item, {inner.key: record}),)
        return None

    def _slot(self, kind: type[Any], field: dataclasses.Field[Any], hint: Any) -> Slot:
        bare, bounds = _bare(hint)
        choices = choices_of(self.notice, kind, field.name, self.applicant)
        words = label_of(kind, field.name)
        asked = Field(field.name, words.text, hint=words.hint, minimum=bounds, choices=choices or ())
        if get_origin(bare) is tuple:
            return self._list_slot(asked, get_args(bare)[0], ticks=choices is not None)
        if get_origin(bare) is Mapping:
            return Slot(asked, Shape.RECORDS, (_entry_kind(get_args(bare)[1]),))
        if dataclasses.is_dataclass(bare) or get_origin(bare) in (Union, UnionType):
            return Slot(asked, Shape.EITHER, tuple(_kind(one) for one in get_args(bare) or (bare,)))
        return Slot(_typed(asked, bare, needed=_needed(field, bare)), Shape.PLAIN)

    def _list_slot(self, asked: Field, item: Any, *, ticks: bool) -> Slot:
        bare, _ = _bare(item)
        if dataclasses.is_dataclass(bare):
            return Slot(asked, Shape.RECORDS, (_kind(bare),))
        if isinstance(bare, type) and issubclass(bare, Labelled):
            return Slot(replace(asked, choices=_members(bare)), Shape.TICKS)
        if bare is int:
            return Slot(asked, Shape.NUMBERS)
        of_bodies = asked.key == "kinds" and asked.choices == body_choices(self.applicant)
        return Slot(asked, Shape.TICKS if ticks else Shape.LINES, of_bodies=of_bodies)


def blank(kind: type[Any]) -> Values:
    """The values with which the form of a new record begins: what its fields have by default."""
    defaults = {}
    for field in dataclasses.fields(kind):
        if field.default is not dataclasses.MISSING:
            defaults[field.name] = _shown(field.default)
        elif field.default_factory is not dataclasses.MISSING:
            defaults[field.name] = _shown(field.default_factory())
    return defaults


def values_of(record: Any) -> Values:
    """The values of a record, as a form holds them: a mapping as a list of entries."""
    return {field.name: _shown(getattr(record, field.name)) for field in dataclasses.fields(record)}


def made(kind: type[Any], values: Values, *, key: str = "") -> Any:
    """The record of a form's values; what may be empty and is takes its default.

    Args:
        key: of the rule that is edited; a new one where it is empty.
    """
    hints = get_type_hints(kind)
    given: dict[str, Any] = {}
    for field in dataclasses.fields(kind):
        if field.name == KEY and kind is not Move:
            given[KEY] = key or uuid4().hex[:12]
        elif values.get(field.name) is not None:
            given[field.name] = _stored(hints[field.name], values[field.name])
        elif hints[field.name] is str and not _has_default(field):
            given[field.name] = ""
    return kind(**given)


def _untouched(record: Any) -> bool:
    """Whether nothing was filled in yet, where there is something to fill in."""
    values, defaults = values_of(record), blank(type(record))
    return bool(values) and all(
        value in ((), "") or value == defaults.get(name) for name, value in values.items()
    )


def _bare(hint: Any) -> tuple[Any, int | None]:
    """A hint without its bound and without None, and its smallest number."""
    if get_origin(hint) is Annotated:
        inner, bound = get_args(hint)
        return inner, bound.minimum
    if get_origin(hint) in (Union, UnionType):
        present = [one for one in get_args(hint) if one is not NoneType]
        if len(present) == 1:
            return _bare(present[0])
    return hint, None


def _typed(asked: Field, bare: Any, *, needed: bool) -> Field:
    if asked.choices:
        wide = max(len(choice.label) for choice in asked.choices) > _LONG_WORD
        return replace(asked, type=FieldType.CHOICE, required=needed, width=20 if wide else asked.width)
    if isinstance(bare, type) and issubclass(bare, Labelled):
        return replace(asked, type=FieldType.CHOICE, choices=_members(bare), required=needed)
    typed = FieldType.MONEY if asked.key == "fen" else _TYPES[bare]
    if asked.key in _LONG:
        typed = FieldType.LONG_TEXT
    width = 20 if len(asked.label) > _LONG_WORD else asked.width
    width = 40 if asked.key in {"title", "name", "label"} else width
    return replace(asked, type=typed, required=needed, width=width, hint=asked.hint or _HINTS.get(typed, ""))


def _needed(field: dataclasses.Field[Any], bare: Any) -> bool:
    return not _has_default(field) and bare is not bool and field.name not in _MAY_BE_EMPTY


def _has_default(field: dataclasses.Field[Any]) -> bool:
    return field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING


def _kind(record_type: Any) -> Kind:
    return Kind(kind_label(record_type), record_type)


def _entry_kind(value_hint: Any) -> Kind:
    if get_origin(value_hint) is tuple:
        return _kind(WordsOf)
    return _kind(TextOf if value_hint is str else NumberOf)


def _members(words: type[Labelled]) -> tuple[Choice, ...]:
    return tuple(Choice(word.value, word.label) for word in words)


def _shown(value: Any) -> Any:
    if isinstance(value, Mapping):
        return tuple(_entry(name, one) for name, one in value.items())
    return value


def _entry(name: str, value: Any) -> Entry:
    if isinstance(value, tuple):
        return WordsOf(name, value)
    return TextOf(name, value) if isinstance(value, str) else NumberOf(name, value)


def _stored(hint: Any, value: Any) -> Any:
    bare, _ = _bare(hint)
    if get_origin(bare) is Mapping:
        return MappingProxyType({entry.name: _second(entry) for entry in value})
    if get_origin(bare) is tuple:
        item = _bare(get_args(bare)[0])[0]
        return tuple(_word(item, one) for one in value)
    return _word(bare, value)


def _second(entry: Entry) -> Any:
    match entry:
        case NumberOf():
            return entry.number
        case WordsOf():
            return entry.words
        case TextOf():
            return entry.text


def _word(bare: Any, value: Any) -> Any:
    is_word = isinstance(bare, type) and issubclass(bare, Labelled)
    return bare(value) if is_word else value
