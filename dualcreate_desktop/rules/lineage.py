"""沿革: what happened to branches, and what the one that stands today takes over from those before it.

Branches are named by their ids. What a merged or split branch takes over is a visible setting of the round; a branch
that was only renamed, moved or given another secretary stays the same branch.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.vocabulary import Labelled, LineageKind
from dualcreate_desktop.rules.dates import PartialDate
from dualcreate_desktop.rules.facts import AppraisalFact


class InheritAge(Labelled):
    """From which day the age of a branch counts that came of others."""

    ELDEST = "eldest", "从成立最早的原支部算起"
    YOUNGEST = "youngest", "从成立最晚的原支部算起"
    ANEW = "anew", "从调整之日重新算起"


class InheritGrades(Labelled):
    """Which grades of the branches before it count for a branch that came of them."""

    ALL_HAD = "all_had", "各原支部当年都达到的才算"
    ANY_HAD = "any_had", "任一原支部当年达到的就算"
    NONE = "none", "原支部的等次不算"


@dataclass(frozen=True, slots=True)
class LineageEvent:
    """One thing that happened: the branches `before` it, and those `after` it.

    Args:
        planned: announced, not yet done; it gives nobody an age.
        source: id of its record.
    """

    kind: LineageKind
    on: PartialDate
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    planned: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class LineageRules:
    """What a branch takes over from those before it, when they were merged or split.

    Args:
        honours: what the branches before it were honoured for counts as its own.
        incidents: what happened in the branches before it is held against it.
    """

    merged_age: InheritAge = InheritAge.ELDEST
    split_age: InheritAge = InheritAge.ELDEST
    merged_grades: InheritGrades = InheritGrades.ALL_HAD
    split_grades: InheritGrades = InheritGrades.ANY_HAD
    honours: bool = True
    incidents: bool = True


@dataclass(frozen=True, slots=True)
class Descent:
    """The day from which a branch counts, and how that comes about.

    Args:
        founded: None where nobody knows.
        told: Chinese sentences without full stops, the oldest event first.
    """

    founded: PartialDate | None
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lineage:
    """All events of a registry, ready to be asked about one branch after the other; :func:`lineage_of` makes it.

    Args:
        came: branch → the events after which it stood, the oldest first, each with its place among all.
        plans: branch → the days on which it is announced to be merged, split or dissolved, the earliest first.
        names: branch → what it is called in a sentence.
    """

    rules: LineageRules
    came: Mapping[str, Sequence[tuple[int, LineageEvent]]]
    plans: Mapping[str, Sequence[PartialDate]]
    names: Mapping[str, str]

    def descent(self, branch: str, founded: Mapping[str, PartialDate | None]) -> Descent:
        """From which day a branch counts; never earlier than the oldest of those it came of.

        Args:
            founded: branch → the day on record, of the branch and of those before it.
        """
        return _descent(self, founded, branch, _NOW)

    def ancestors(self, branch: str) -> tuple[str, ...]:
        """The branches that this one came of, however far back, without itself."""
        met: set[str] = set()
        waiting = [branch]
        while waiting:
            reached = {other for _, event in self.came.get(waiting.pop(), ()) for other in event.before}
            waiting += reached - met
            met |= reached
        return tuple(sorted(met - {branch}))

    def planned_end(self, branch: str) -> PartialDate | None:
        """When it is announced to be merged, split or dissolved; None when it is not."""
        return next(iter(self.plans.get(branch, ())), None)

    def appraisals(
        self,
        branch: str,
        recorded: Mapping[str, Sequence[AppraisalFact]],
        founded: Mapping[str, PartialDate | None],
    ) -> tuple[AppraisalFact, ...]:
        """The grades that count for a branch: its own, and for the years before it those of the branches it came of.

        Args:
            recorded: branch → its appraisals, of the branch and of those before it.
            founded: likewise, the day on record.
        """
        if branch not in self.came:
            return tuple(recorded.get(branch, ()))
        family = (branch, *self.ancestors(branch))
        asked = sorted({(item.year, item.kind) for member in family for item in recorded.get(member, ())})
        past = _Past(self, recorded, founded)
        return tuple(fact for year, kind in asked for fact in past.grades(branch, year, kind, _NOW))


def lineage_of(
    events: Iterable[LineageEvent], rules: LineageRules, names: Mapping[str, str] | None = None
) -> Lineage:
    """Put the events in the order of their days, whatever order they are read in."""
    came: dict[str, list[tuple[int, LineageEvent]]] = {}
    plans: dict[str, list[PartialDate]] = {}
    for place, event in enumerate(sorted(events, key=_order)):
        if not event.planned:
            for branch in event.after:
                came.setdefault(branch, []).append((place, event))
        elif event.kind in _ENDS:
            for branch in event.before:
                plans.setdefault(branch, []).append(event.on)
    return Lineage(rules, came, plans, names or {})


_NOW = sys.maxsize
_ENDS = (LineageKind.MERGED, LineageKind.SPLIT, LineageKind.DISSOLVED)


def _order(event: LineageEvent) -> tuple[date, date, str, tuple[str, ...], tuple[str, ...]]:
    return (event.on.earliest, event.on.latest, event.kind, event.before, event.after)


def _made_by(lineage: Lineage, branch: str, until: int) -> tuple[int, LineageEvent] | None:
    """The last event before a place that made the branch out of others; None when it never was another."""
    for place, event in reversed(lineage.came.get(branch, ())):
        joined = event.kind in (LineageKind.MERGED, LineageKind.SPLIT)
        if place < until and event.before and (joined or branch not in event.before):
            return place, event
    return None


def _descent(lineage: Lineage, founded: Mapping[str, PartialDate | None], branch: str, until: int) -> Descent:
    own = founded.get(branch)
    made = _made_by(lineage, branch, until)
    if made is None:
        return Descent(own or _founding(lineage, branch, until))
    place, event = made
    before = [_descent(lineage, founded, other, place) for other in sorted(set(event.before))]
    known = [(item.founded, item.told) for item in before if item.founded is not None]
    rule = _age_rule(lineage.rules, event.kind)
    if rule is InheritAge.ANEW:
        return Descent(_not_before(event.on, known), (_told(lineage, event, rule),))
    if not known or (rule is InheritAge.YOUNGEST and len(known) < len(before)):
        return Descent(None if known else own, (_told(lineage, event, rule),))
    day, told = (max if rule is InheritAge.YOUNGEST else min)(known, key=_age)
    return Descent(day, (*told, _told(lineage, event, rule)))


def _founding(lineage: Lineage, branch: str, until: int) -> PartialDate | None:
    """The day of the event that founded it, where its own record has none."""
    events = (event for place, event in lineage.came.get(branch, ()) if place < until)
    return next((event.on for event in events if event.kind is LineageKind.FOUNDED), None)


def _age(known: tuple[PartialDate, tuple[str, ...]]) -> tuple[date, date, tuple[str, ...]]:
    day, told = known
    return (day.earliest, day.latest, told)


def _not_before(day: PartialDate, known: Sequence[tuple[PartialDate, tuple[str, ...]]]) -> PartialDate:
    """The day of an event, but never one before all of those that went into it."""
    oldest = min((before for before, _ in known), key=lambda before: before.earliest, default=day)
    return day if day.earliest >= oldest.earliest else oldest


def _age_rule(rules: LineageRules, kind: LineageKind) -> InheritAge:
    if kind is LineageKind.MERGED:
        return rules.merged_age
    return rules.split_age if kind is LineageKind.SPLIT else InheritAge.ELDEST


def _told(lineage: Lineage, event: LineageEvent, rule: InheritAge) -> str:
    names = "、".join(lineage.names.get(other, "一个未登记名称的支部") for other in event.before)
    how = {LineageKind.MERGED: "合并而成", LineageKind.SPLIT: "拆分而成"}.get(event.kind)
    said = f"{how}，{rule.label}" if how else f"{event.kind.label}而来，年限接着算"
    return f"{event.on.chinese}由{names}{said}"


@dataclass(frozen=True, slots=True)
class _Past:
    """The grades of a family of branches."""

    lineage: Lineage
    recorded: Mapping[str, Sequence[AppraisalFact]]
    founded: Mapping[str, PartialDate | None]

    def grades(self, branch: str, year: int, kind: str, until: int) -> tuple[AppraisalFact, ...]:
        """What a branch was graded in a year: of those before it when it had not yet been made."""
        own = tuple(item for item in self.recorded.get(branch, ()) if (item.year, item.kind) == (year, kind))
        made = _made_by(self.lineage, branch, until)
        if made is None or year >= made[1].on.year or (own and branch not in made[1].before):
            return own
        place, event = made
        rule = _grade_rule(self.lineage.rules, event.kind)
        if rule is InheritGrades.NONE:
            return ()
        existed = [other for other in sorted(set(event.before)) if self._existed(other, year, place)]
        found = [self.grades(other, year, kind, place) for other in existed]
        if not any(found):
            return ()
        parts = tuple(fact for facts in found for fact in facts or (AppraisalFact(kind, year, None),))
        if len(parts) == 1:
            return parts
        return (AppraisalFact(kind, year, None, parts=parts, every=rule is InheritGrades.ALL_HAD),)

    def _existed(self, branch: str, year: int, until: int) -> bool:
        """Whether it may have been appraised in a year: it stood on the first day, or nobody knows since when."""
        day = _descent(self.lineage, self.founded, branch, until).founded
        appraised = any(item.year == year for item in self.recorded.get(branch, ()))
        return appraised or day is None or day.earliest <= date(year, 1, 1)


def _grade_rule(rules: LineageRules, kind: LineageKind) -> InheritGrades:
    if kind is LineageKind.MERGED:
        return rules.merged_grades
    return rules.split_grades if kind is LineageKind.SPLIT else InheritGrades.ANY_HAD
