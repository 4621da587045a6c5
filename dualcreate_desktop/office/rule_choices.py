"""What can be chosen in a rule's form: words of the office's lists, and what the draft itself holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from db.vocabulary import Applicant
from dualcreate_desktop.fields import Choice
from dualcreate_desktop.lists.choices import (
    APPRAISAL_KINDS,
    BRANCH_KINDS,
    GRADES,
    HONOUR_LEVELS,
    UNIT_KINDS,
)
from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.notice_parts import OFFICE
from dualcreate_desktop.rules.terms import GROWTH, INCIDENTS, STAFF, TOPICS

Draw = Callable[[Notice, Applicant | None], tuple[Choice, ...]]
"""Makes the choices of a field from the draft and from who applies in the rule's category."""


def choices_of(
    notice: Notice, kind: type[Any], name: str, applicant: Applicant | None
) -> tuple[Choice, ...] | None:
    """What a field of a record can be; None when anything can be typed.

    Args:
        applicant: who applies in the rule's category: kinds are those of units or of branches.
    """
    draw = _DRAWN.get(f"{kind.__name__}.{name}") or _DRAWN.get(name)
    return draw(notice, applicant) if draw else None


def body_choices(applicant: Applicant | None) -> tuple[Choice, ...]:
    """The kinds of unit or of branch; of both where it is not known who applies."""
    if applicant is Applicant.UNIT:
        return UNIT_KINDS
    known = {choice.value for choice in BRANCH_KINDS}
    more = () if applicant else tuple(choice for choice in UNIT_KINDS if choice.value not in known)
    return (*BRANCH_KINDS, *more)


def _listed(choices: tuple[Choice, ...]) -> Draw:
    return lambda _notice, _applicant: choices


def _named(words: Mapping[str, str]) -> Draw:
    return _listed(tuple(Choice(value, word) for value, word in words.items()))


def _keyed(*lists: str) -> Draw:
    """The rules of some lists of the draft, by their keys."""
    return lambda notice, _applicant: tuple(
        Choice(rule.key, rule.name) for name in lists for rule in getattr(notice, name)
    )


def _clauses(notice: Notice, _applicant: Applicant | None) -> tuple[Choice, ...]:
    """The clauses of the notice, as one reads them, and OFFICE."""
    listed = (Choice(key, f"{key}　{heading}", (key,)) for key, heading in notice.all_clauses.items())
    return (*listed, Choice(OFFICE, OFFICE))


def _graded(notice: Notice, _applicant: Applicant | None) -> tuple[Choice, ...]:
    """The grades of the usual scales, and those that the rules name besides."""
    known = {choice.value: choice for choice in GRADES}
    named = _grades((notice.conditions, notice.scales))
    return tuple({**{grade: Choice(grade, grade) for grade in named}, **known}.values())


def _grades(value: Any) -> Iterable[str]:
    if isinstance(value, tuple):
        for item in value:
            yield from _grades(item)
    elif is_dataclass(value) and not isinstance(value, type):
        own = getattr(value, "grades", ())
        yield from (grade for grade in own if isinstance(grade, str))
        yield from filter(None, [getattr(value, "grade", "")])
        for field in fields(value):
            yield from _grades(getattr(value, field.name))


_DRAWN: Mapping[str, Draw] = {
    "appraisals": _listed(APPRAISAL_KINDS),
    "Scale.kind": _listed(APPRAISAL_KINDS),
    "level": _listed(HONOUR_LEVELS),
    "grades": _graded,
    "grade": _graded,
    "WordsOf.name": _graded,
    "WordsOf.words": _graded,
    "kinds": lambda _notice, applicant: body_choices(applicant),
    "NoIncident.kinds": _named(INCIDENTS),
    "Topics.kinds": _named(TOPICS),
    "unit_kinds": _listed(UNIT_KINDS),
    "unit_kind": _listed(UNIT_KINDS),
    "NumberOf.name": _listed(UNIT_KINDS),
    "roles": _named(STAFF),
    "measures": _named(GROWTH),
    "clause": _clauses,
    "cycle_clause": _clauses,
    "organisers_clause": _clauses,
    "supersedes": _clauses,
    "category": _keyed("categories"),
    "stage": _keyed("stages"),
    "application_stage": _keyed("stages"),
    "materials": _keyed("materials"),
    "material": _keyed("materials"),
    "evaluation": _keyed("evaluations"),
    "after": _keyed("evaluations"),
    "OutcomeMinimum.kind": _keyed("outcome_kinds"),
    "departments": _keyed("departments"),
    "guide": _keyed("guides"),
    "Move.key": _keyed("stages", "reports", "evaluations"),
}
"""By name of the field, or of record and field where the name alone is not enough."""
