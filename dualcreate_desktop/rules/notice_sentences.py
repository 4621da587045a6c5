"""A round read back: every rule as a sentence under its heading, with its clause and its place in the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.part_sentences import part_sentence
from dualcreate_desktop.rules.sentences import settings
from dualcreate_desktop.rules.supplements import superseded

_LISTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("名额", ("quotas",)),
    ("时间", ("stages",)),
    ("材料", ("materials", "appraisal_tasks")),
    ("部门联审", ("departments",)),
    ("任务指南", ("guides",)),
    ("评审和公示", ("rubric", "decision_steps", "public_notice")),
    ("建设和验收", ("reports", "evaluations", "outcome_kinds", "outcome_minimums")),
    ("经费", ("funding",)),
    ("培训", ("trainings",)),
    ("联系方式和依据", ("contacts", "basis")),
)
"""Heading → the fields of the notice whose rules stand under it; 类别 and conditions come first, category by category."""


@dataclass(frozen=True, slots=True)
class RuleSentence:
    """One rule in plain words.

    Args:
        clause: that asks for it; empty for a setting of the whole round.
        path: of the rule in its file, as :class:`records.Mistake` writes it; empty for a setting.
        superseded_by: title of the later notice in whose favour it no longer holds; empty while it holds.
    """

    text: str
    clause: str
    path: str = ""
    superseded_by: str = ""


def told_notice(notice: Notice) -> tuple[tuple[str, tuple[RuleSentence, ...]], ...]:
    """(heading, its rules) of the whole round in the order of a notice; a heading without rules is left out."""
    parts = ((heading, tuple(lines)) for heading, lines in _headed(notice))
    return tuple((heading, lines) for heading, lines in parts if lines)


def _headed(notice: Notice) -> Iterator[tuple[str, Iterator[RuleSentence]]]:
    yield "类别和周期", _categories(notice)
    for category in notice.categories:
        yield f"{category.short_name}的条件", _conditions(notice, category.key)
    yield "条件的算法", (RuleSentence(text, "") for text in settings(notice))
    yield "考核等次", _told(notice, ("scales",))
    for heading, names in _LISTS:
        yield heading, _told(notice, names)
    yield "后来的通知", _supplements(notice)


def _categories(notice: Notice) -> Iterator[RuleSentence]:
    yield from _told(notice, ("categories",))
    cycle = f"建设周期 {notice.cycle_months} 个月，从 {notice.cycle_starts} 到 {notice.cycle_ends}。"
    yield RuleSentence(cycle, notice.cycle_clause, "cycle_months")
    if notice.organisers:
        others = f"，{'、'.join(notice.co_organisers)}协办" if notice.co_organisers else ""
        text = f"由{'、'.join(notice.organisers)}主办{others}。"
        yield RuleSentence(text, notice.organisers_clause, "organisers")


def _conditions(notice: Notice, category: str) -> Iterator[RuleSentence]:
    for number, condition in enumerate(notice.conditions, 1):
        if condition.category == category:
            yield _line(notice, condition, f"conditions[{number}]")


def _told(notice: Notice, names: tuple[str, ...]) -> Iterator[RuleSentence]:
    for name in names:
        value = getattr(notice, name)
        if isinstance(value, tuple):
            yield from (_line(notice, part, f"{name}[{number}]") for number, part in enumerate(value, 1))
        else:
            yield _line(notice, value, name)


def _supplements(notice: Notice) -> Iterator[RuleSentence]:
    for number, later in enumerate(notice.supplements, 1):
        path = f"supplements[{number}]"
        yield RuleSentence(part_sentence(later, notice), next(iter(later.clauses), ""), path)
        yield from (
            _line(notice, move, f"{path}.moves[{place}]") for place, move in enumerate(later.moves, 1)
        )


def _line(notice: Notice, part: Any, path: str) -> RuleSentence:
    clause = getattr(part, "clause", "")
    return RuleSentence(part_sentence(part, notice), clause, path, superseded(notice).get(clause, ""))
