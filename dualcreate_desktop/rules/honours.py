"""Requirements on honours: enough of them, high enough, held by the right people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from db.vocabulary import HolderKind
from dualcreate_desktop.rules.facts import Facts, HonourFact
from dualcreate_desktop.rules.notice import Reference
from dualcreate_desktop.rules.requirements import Honours
from dualcreate_desktop.rules.terms import LEVELS, at_or_above
from dualcreate_desktop.rules.verdicts import Evidence, Judged, Window, linked, settle, window

_PEOPLE = (HolderKind.SECRETARY, HolderKind.MEMBER)


SHOWN = 20
"""So many honours are told, the newest; a large unit may have hundreds."""


def judge_honours(requirement: Honours, facts: Facts, reference: Reference) -> Judged:
    """Count the honours that surely satisfy it, and those that may; one more never makes it worse."""
    span = window(requirement.period_years, requirement.counted, reference)
    possible = sorted((item for item in facts.honours if _may_count(requirement, item, span)), key=_order)
    sure = [_surely_counts(requirement, item, span) for item in possible]
    has = _least(requirement, [item for item, counts in zip(possible, sure, strict=True) if counts])
    verdict = settle(
        sure=has >= requirement.count, possible=_most(requirement, possible) >= requirement.count
    )
    told = [(item, counts, _told(item)) for item, counts in zip(possible, sure, strict=True)][-SHOWN:]
    return Judged(
        verdict,
        (
            *(text if counts else f"{text}：时间、称号或是否党内荣誉待核实" for _, counts, text in told),
            *_score(requirement, span, len(possible), has),
        ),
        linked(Evidence(text, item.TABLE, item.source) for item, _, text in told),
    )


def _score(requirement: Honours, span: Window, found: int, has: int) -> Iterator[str]:
    """What is to be said beside the honours themselves."""
    if not found:
        yield f"{span} 没有登记符合要求的{LEVELS[requirement.level]}以上表彰"
    if found > SHOWN:
        yield f"另有较早的 {found - SHOWN} 项"
    if found and requirement.count > 1:
        unit = "名" if requirement.distinct_holders else "项"
        yield f"须 {requirement.count} {unit}，已有 {has} {unit}"


def _order(honour: HonourFact) -> tuple[str, ...]:
    return (str(honour.awarded), honour.title, honour.holder, honour.holder_name, honour.source)


def _may_count(requirement: Honours, honour: HonourFact, span: Window) -> bool:
    return (
        honour.holder in requirement.holders
        and at_or_above(honour.level, requirement.level)
        and span.may_hold(honour.awarded)
        and not (requirement.party_only and honour.party is False)
    )


def _surely_counts(requirement: Honours, honour: HonourFact, span: Window) -> bool:
    named = not requirement.titles or any(title in honour.title for title in requirement.titles)
    return named and span.holds(honour.awarded) and not (requirement.party_only and honour.party is None)


def _least(requirement: Honours, honours: Sequence[HonourFact]) -> int:
    """How many there are at least: people without a name may all be one of those that have one."""
    if not requirement.distinct_holders:
        return len(honours)
    return max(len(_named(honours)), min(1, len(honours)))


def _most(requirement: Honours, honours: Sequence[HonourFact]) -> int:
    """How many there are at most: each without a name may be another person."""
    if not requirement.distinct_holders:
        return len(honours)
    return len(_named(honours)) + sum(_nameless(item) for item in honours)


def _named(honours: Sequence[HonourFact]) -> set[tuple[str, str]]:
    """Each holder once; a secretary who is honoured as a member is the same person."""
    return {
        ("" if item.holder in _PEOPLE else item.holder, item.holder_name)
        for item in honours
        if not _nameless(item)
    }


def _nameless(honour: HonourFact) -> bool:
    return honour.holder in _PEOPLE and not honour.holder_name


def _told(honour: HonourFact) -> str:
    level = LEVELS.get(honour.level, honour.level)
    details = (level, honour.holder_name, honour.authority, honour.document)
    return f"{honour.awarded.year} {honour.title}（{'，'.join(filter(None, details))}）"
