"""What an edit changes in a round's rules: each rule that is new, gone or different, in sentences."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dualcreate_desktop.office.rule_labels import kind_label, label_of
from dualcreate_desktop.office.rule_parts import name_of, rule_fields
from dualcreate_desktop.office.rule_sentences import told
from dualcreate_desktop.rules.notice import Notice


@dataclass(frozen=True, slots=True)
class Difference:
    """What was done to one rule; `before` is empty where it is new, `after` where it is gone."""

    kind: str
    name: str
    before: str
    after: str


def differences(before: Notice, after: Notice) -> tuple[Difference, ...]:
    """What the later rules change against the earlier ones, in the order of the rules."""
    return tuple(_differences(before, after))


def _differences(before: Notice, after: Notice) -> Iterator[Difference]:
    yield from _plain_differences(before, after)
    for held in rule_fields():
        name = held.name
        old, new = getattr(before, name), getattr(after, name)
        if old == new:
            continue
        kind = kind_label(held.kind)
        if held.many:
            yield from _list_differences(kind, before, after, name)
        else:
            yield _changed(kind, before, after, old, new)


def _plain_differences(before: Notice, after: Notice) -> Iterator[Difference]:
    ruled = {held.name for held in rule_fields()}
    for field in dataclasses.fields(Notice):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if field.name not in ruled and old != new:
            label = label_of(Notice, field.name).text
            yield Difference(kind_label(Notice), label, _text(old), _text(new))


def _text(value: Any) -> str:
    """A value of the basics, as a difference shows it."""
    if isinstance(value, Mapping):
        return "；".join(f"{key} {_text(one)}" for key, one in value.items())
    if isinstance(value, tuple):
        return "；".join(_text(one) for one in value)
    return "" if value is None else str(value)


def _list_differences(kind: str, before: Notice, after: Notice, name: str) -> Iterator[Difference]:
    old, new = _keyed(getattr(before, name)), _keyed(getattr(after, name))
    for key, rule in old.items():
        if key not in new:
            yield Difference(kind, name_of(rule), told(before, rule), "")
        elif new[key] != rule:
            yield _changed(kind, before, after, rule, new[key])
    for key, rule in new.items():
        if key not in old:
            yield Difference(kind, name_of(rule), "", told(after, rule))
    kept = [key for key in old if key in new]
    if kept != [key for key in new if key in old]:
        yield Difference(
            kind, "次序", "、".join(map(name_of, old.values())), "、".join(map(name_of, new.values()))
        )


def _changed(kind: str, before: Notice, after: Notice, old: Any, new: Any) -> Difference:
    """The two sentences; where they are the same, the fields that differ."""
    said, says = told(before, old), told(after, new)
    if said == says:
        said, says = _fields_text(old, new), _fields_text(new, old)
    return Difference(kind, name_of(new), said, says)


def _fields_text(rule: Any, other: Any) -> str:
    """The values of a rule that another one has not, with their labels."""
    fields = (field.name for field in dataclasses.fields(rule))
    return "；".join(
        f"{label_of(type(rule), name).text}：{_text(getattr(rule, name)) or '空'}"
        for name in fields
        if name != "key" and getattr(rule, name) != getattr(other, name)
    )


def _keyed(rules: tuple[Any, ...]) -> dict[Any, Any]:
    """Rules by what identifies them: their key, else what they are with how often that came before."""
    counted: Counter[Any] = Counter()
    keyed = {}
    for rule in rules:
        own = getattr(rule, "key", None) or (getattr(rule, "category", ""), name_of(rule))
        counted[own] += 1
        keyed[own, counted[own]] = rule
    return keyed
