"""The parts of a round's rules as its dataclass declares them: lists of rules, single rules, and what stands in none."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from dualcreate_desktop.office.rule_labels import kind_label
from dualcreate_desktop.rules.notice import Notice

WORDING = ("clauses", "narrative", "text")
"""Fields of a notice that say what its text is; they are edited as text and not as rules."""


@dataclass(frozen=True, slots=True)
class RuleField:
    """A field of the notice that holds rules: many of a kind, or one.

    Args:
        name: of the field.
        label: what one rule of it is called.
    """

    name: str
    label: str
    kind: type[Any]
    many: bool


@cache
def rule_fields() -> tuple[RuleField, ...]:
    """The fields that hold rules, in the order of the notice."""
    found = []
    hints: dict[str, Any] = get_type_hints(Notice)
    for name, hint in hints.items():
        many = get_origin(hint) is tuple
        kind: Any = get_args(hint)[0] if many else hint
        if isinstance(kind, type) and hasattr(kind, "__dataclass_fields__"):
            found.append(RuleField(name, kind_label(kind), kind, many))
    return tuple(found)


def basic_fields() -> tuple[str, ...]:
    """The fields that stand in no rule: title, batch, days and the like."""
    ruled = {held.name for held in rule_fields()}
    names = (field.name for field in dataclasses.fields(Notice))
    return tuple(name for name in names if name not in {*ruled, *WORDING, "key"})


def name_of(rule: Any) -> str:
    """What a rule is called for short; empty where it has no name."""
    return str(getattr(rule, "name", "") or getattr(rule, "label", "") or getattr(rule, "title", ""))
