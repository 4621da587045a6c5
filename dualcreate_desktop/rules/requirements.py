"""What a condition can ask for, as data: one frozen dataclass for each type of requirement.

`judging` decides them, `sentences` puts them into words; the key ``type`` of a TOML table names one by its TYPE.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from db.vocabulary import HolderKind, Labelled, Verdict
from dualcreate_desktop.rules.records import Positive


class Counting(Labelled):
    """How “近 N 年” is counted back from the reference day."""

    CALENDAR_YEARS = "calendar_years", "按自然年计"
    """from 1 January of the first of the N years that end with the last appraised one, until the reference day"""
    TO_THE_DAY = "to_the_day", "按日计"
    """from the day after the same day N years before, until the reference day"""


class Join(Labelled):
    """How the parts of a group go together; notices are not always clear, so the office sets it."""

    ANY = "any", "满足其一"
    ALL = "all", "全部满足"


@dataclass(frozen=True, slots=True)
class AgeRule:
    """How old applicants of some kinds must be; no kinds: all."""

    label: str
    months: Positive
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MinimumAge:
    """成立满 N 年, counted in whole months at the application's deadline; the first rule of the kind holds."""

    TYPE: ClassVar[str] = "minimum_age"
    ages: tuple[AgeRule, ...]


@dataclass(frozen=True, slots=True)
class StableDuringCycle:
    """No end is planned before the cycle ends; `early_end` is the verdict when one is."""

    TYPE: ClassVar[str] = "stable_during_cycle"
    early_end: Verdict


@dataclass(frozen=True, slots=True)
class GradeCount:
    """At least `times` grades of `grades` in the last `period_years` appraised years, over all `appraisals`."""

    TYPE: ClassVar[str] = "grade_count"
    appraisals: tuple[str, ...]
    grades: tuple[str, ...]
    times: Positive
    period_years: Positive


@dataclass(frozen=True, slots=True)
class ConsecutiveGrades:
    """A grade of `grades` in `years` years running, within the last `period_years` appraised years."""

    TYPE: ClassVar[str] = "consecutive_grades"
    appraisals: tuple[str, ...]
    grades: tuple[str, ...]
    years: Positive
    period_years: Positive


@dataclass(frozen=True, slots=True)
class Honours:
    """At least `count` honours at or above `level`; with `distinct_holders` at least as many people or bodies."""

    TYPE: ClassVar[str] = "honours"
    holders: tuple[HolderKind, ...]
    level: str
    period_years: Positive
    counted: Counting
    count: Positive = 1
    party_only: bool = False
    distinct_holders: bool = False


@dataclass(frozen=True, slots=True)
class NoIncident:
    """No incident of `kinds` (none named: of any) in the last years; a named person must confirm it."""

    TYPE: ClassVar[str] = "no_incident"
    period_years: Positive
    counted: Counting
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoEarlierFailure:
    """No project of an earlier batch was found wanting at acceptance in the last years."""

    TYPE: ClassVar[str] = "no_earlier_failure"
    period_years: Positive
    counted: Counting


@dataclass(frozen=True, slots=True)
class Judgement:
    """What only a person can judge; `points` is what to look at."""

    TYPE: ClassVar[str] = "judgement"
    question: str
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One member of a group."""

    label: str
    requirement: Requirement


@dataclass(frozen=True, slots=True)
class Group:
    """Several requirements joined by AND or OR; groups nest."""

    TYPE: ClassVar[str] = "group"
    join: Join
    parts: tuple[Part, ...]


Requirement = (
    MinimumAge
    | StableDuringCycle
    | GradeCount
    | ConsecutiveGrades
    | Honours
    | NoIncident
    | NoEarlierFailure
    | Judgement
    | Group
)


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a category, as a clause of the notice states it.

    Args:
        key: stable; confirmations cite it, so it is never used again for another condition.
        mandatory: decides the overall verdict; otherwise it is shown for reference only.
        kinds: kinds of branch or unit that it concerns; none named: all. It is 不适用 to others.
    """

    key: str
    category: str
    clause: str
    label: str
    requirement: Requirement
    mandatory: bool = True
    kinds: tuple[str, ...] = ()
