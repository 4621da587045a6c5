"""Any rule of a round as a plain Chinese sentence, generated from its data."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from db.vocabulary import Labelled
from dualcreate_desktop.office.rule_choices import choices_of
from dualcreate_desktop.office.rule_labels import label_of
from dualcreate_desktop.office.rule_parts import name_of
from dualcreate_desktop.rules.lineage import LineageRules
from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.part_sentences import part_sentence
from dualcreate_desktop.rules.projects import yuan
from dualcreate_desktop.rules.requirements import Condition
from dualcreate_desktop.rules.sentences import lineage_sentences, sentence

_APART = frozenset({"key", "clause", "name", "label", "title", "text"})
"""Fields that stand beside the sentence: they are not said again."""


def told(notice: Notice, rule: Any) -> str:
    """What a rule says, with its full stop.

    Where the rule refers to what the draft has not (any more) it is told field by field.
    """
    if isinstance(rule, LineageRules):
        return "".join(lineage_sentences(rule))
    try:
        if isinstance(rule, Condition):
            return sentence(rule, notice)
        return part_sentence(rule, notice)
    except (KeyError, ValueError, TypeError):
        return f"{'；'.join(_parts(notice, rule)) or name_of(rule)}。"


def _parts(notice: Notice, record: Any) -> Iterator[str]:
    """Each field that is set, with its label; what is nested in brackets."""
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if field.name in _APART or value in (None, "", (), False) or _is_rules(record, value):
            continue
        label = label_of(type(record), field.name).text
        yield label if value is True else f"{label} {_value(notice, type(record), field.name, value)}"


def _is_rules(record: Any, value: Any) -> bool:
    """Whether it is a list of a whole notice, whose rules have sentences of their own."""
    return isinstance(record, Notice) and (
        isinstance(value, (tuple, Mapping)) or dataclasses.is_dataclass(value)
    )


def _value(notice: Notice, kind: type[Any], name: str, value: Any) -> str:
    if isinstance(value, tuple):
        return "、".join(_value(notice, kind, name, item) for item in value)
    if isinstance(value, Mapping):
        return "、".join(f"{key} {_value(notice, kind, name, one)}" for key, one in value.items())
    if dataclasses.is_dataclass(value):
        own = getattr(value, "name", "") or getattr(value, "label", "")
        return f"{own}（{'，'.join(_parts(notice, value))}）"
    return _word(notice, kind, name, value)


def _word(notice: Notice, kind: type[Any], name: str, value: Any) -> str:
    if isinstance(value, Labelled):
        return value.label
    if name == "fen":
        return yuan(value)
    if isinstance(value, datetime):
        return f"{value.year}年{value.month}月{value.day}日 {value:%H:%M}"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, Decimal):
        return f"{value:f}"
    known = {choice.value: choice.label for choice in choices_of(notice, kind, name, None) or ()}
    return known.get(value, str(value))
