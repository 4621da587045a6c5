"""How like a written name is to the branches of one unit, compared with few of them, however many there are.

Two names mean one branch only where role, level, cohort and ordinal agree, so the branches stand in groups of those;
the others are merely shown, the likest first, and are ranked by their whole names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dualcreate_desktop.intake.known import Branch, Unit
from dualcreate_desktop.intake.names import BranchName, normal, parse_branch, unit_core

WORTH_SHOWING = 60.0
"""Of 100; what is less like the name is no candidate."""

ABBREVIATED = 92.0
"""The score of a short form whose characters stand in the full one."""

_NUMERALS = re.compile(r"[0-9a-z一二三四五六七八九十]")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a branch is.

    Args:
        score: from 0 to 100.
        agrees: whether the parts of the names agree: True, False for one left out, None for a difference.
    """

    branch: Branch
    score: float
    agrees: bool | None

    @property
    def rank(self) -> tuple[bool, bool, float]:
        """What agrees wholly first, what differs last, and the likest first."""
        return self.agrees is None, not self.agrees, -self.score


class UnitNames:
    """The names of a unit's branches."""

    def __init__(self, unit: Unit | None, branches: Sequence[Branch]) -> None:
        names = unit.names if unit else ()
        forms = {form for name in names for form in (normal(name), unit_core(name))}
        self._forms = sorted(forms, key=len, reverse=True)
        self._cores = [unit_core(name) for name in names]
        self._branches = branches
        self._plain = [normal(branch.name) for branch in branches]
        self._groups: dict[int | None, dict[BranchName, list[tuple[int, str]]]] = defaultdict(dict)
        for place, branch in enumerate(branches):
            for parts in map(self._parts, branch.names):
                group = BranchName("", parts.role, parts.levels, parts.cohort, parts.ordinal)
                self._groups[parts.ordinal].setdefault(group, []).append((place, parts.stem))

    def likest(self, name: str, most: int) -> list[Likeness]:
        """The branches that a name may mean or is like, the best first, at most so many."""
        agreeing = self._agreeing(self._parts(name))
        alike = [
            Likeness(self._branches[place], score, agrees)
            for place, (score, agrees) in sorted(agreeing.items())
            if score >= WORTH_SHOWING
        ]
        alike.sort(key=lambda each: each.rank)
        if len(alike) < most:
            alike += self._differing(name, most - len(alike), besides=agreeing)
        return alike[:most]

    def _agreeing(self, ours: BranchName) -> dict[int, tuple[float, bool]]:
        """Place of each branch whose parts agree → its best score, and whether they agree wholly."""
        found: dict[int, tuple[float, bool]] = {}
        for group, members in self._near(ours.ordinal):
            agrees = agree(ours, group)
            if agrees is None:
                continue
            for place, stem in members:
                likeness = (stem_score(ours.stem, stem, self._cores), agrees)
                found[place] = max(likeness, found.get(place, likeness))
        return found

    def _near(self, ordinal: int | None) -> Iterator[tuple[BranchName, list[tuple[int, str]]]]:
        """The groups whose ordinal does not contradict this one."""
        for each in {ordinal, None, 0} if ordinal else list(self._groups):
            yield from self._groups.get(each, {}).items()

    def _differing(self, name: str, most: int, besides: dict[int, tuple[float, bool]]) -> list[Likeness]:
        """The likest by their whole names, of those whose parts differ."""
        from rapidfuzz import fuzz, process

        found = process.extract(
            normal(name),
            self._plain,
            scorer=fuzz.ratio,
            processor=None,
            score_cutoff=WORTH_SHOWING,
            limit=most + len(besides),
        )
        differing = [(score, place) for _, score, place in found if place not in besides]
        return [Likeness(self._branches[place], score, None) for score, place in differing[:most]]

    def _parts(self, name: str) -> BranchName:
        """The parts of the name without the unit's own in front, so that 行政管理学院 gives no role."""
        plain = normal(name)
        for form in self._forms:
            if plain.startswith(form):
                return parse_branch(plain.removeprefix(form))
        return parse_branch(plain)


def agree(ours: BranchName, theirs: BranchName) -> bool | None:
    """Whether role, level, cohort and ordinal are the same: False where one leaves some out, None at a difference."""
    if ours.kind == theirs.kind:
        return True
    people = {ours.people, theirs.people}
    same_people = (
        len(people) == 1 or "" in people or ("student" in people and bool(ours.levels or theirs.levels))
    )
    pairs = ((ours.cohort, theirs.cohort), (ours.ordinal, theirs.ordinal))
    return (
        False if same_people and all(one == other or not one or not other for one, other in pairs) else None
    )


def stem_score(ours: str, theirs: str, cores: Sequence[str]) -> float:
    """How alike the remains are, from 0 to 100; a different numeral or letter in them is a different branch.

    Args:
        cores: what tells the unit apart: a remain that stands alone may be its short form.
    """
    from rapidfuzz import fuzz

    if ours == theirs:
        return 100.0
    if _numerals(ours) != _numerals(theirs):
        return 0.0
    if "" in (ours, theirs):
        short = unit_core(ours or theirs)
        return ABBREVIATED if any(abbreviates(short, core) for core in cores) else 0.0
    return fuzz.ratio(ours, theirs)


def abbreviates(short: str, full: str) -> bool:
    """Whether the characters of `short` stand in `full` in their order, beginning with its first."""
    rest = iter(full)
    return bool(short) and full[:1] == short[:1] and all(character in rest for character in short)


@lru_cache(maxsize=65_536)
def _numerals(stem: str) -> tuple[str, ...]:
    return tuple(_NUMERALS.findall(stem))
