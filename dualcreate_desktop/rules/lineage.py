"""沿革: what happened to branches, and what the one that stands today takes over from those before it.

Branches are named by their ids. What a merged or split branch takes over is a visible setting of the round; a branch
that was only renamed, moved or given another secretary stays the same branch.
"""

from __future__ import annotations

from dataclasses import dataclass

from db.vocabulary import Labelled, LineageKind
from dualcreate_desktop.rules.dates import PartialDate


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
    """What a branch takes over from those before it, when they were merged or split."""

    merged_age: InheritAge = InheritAge.ELDEST
    split_age: InheritAge = InheritAge.ELDEST
    merged_grades: InheritGrades = InheritGrades.ALL_HAD
    split_grades: InheritGrades = InheritGrades.ANY_HAD


@dataclass(frozen=True, slots=True)
class Descent:
    """The day from which a branch counts, how that comes about, and the branches whose past is also its own.

    Args:
        founded: None where nobody knows.
        told: Chinese sentences without full stops, the oldest event first.
        ancestors: branches before it of whose grades it takes any; without itself.
    """

    founded: PartialDate | None
    told: tuple[str, ...] = ()
    ancestors: tuple[str, ...] = ()
