"""What a condition can ask for, as data: one frozen dataclass for each type of requirement.

`judging` decides them, `sentences` puts them into words, `labels` names their fields; the key ``type`` of a TOML table
names one by its TYPE.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from db.vocabulary import HolderKind, Labelled, Verdict
from dualcreate_desktop.rules.records import Positive


class Force(Labelled):
    """How much a condition binds."""

    HARD = "hard", "硬性"
    """missed: 不通过; a named person can only say why the records are wrong"""
    IN_PRINCIPLE = "in_principle", "原则上"
    """missed: 不通过, unless an exception is explained and approved"""
    REFERENCE = "reference", "供参考"
    """shown; it decides nothing"""


class Counting(Labelled):
    """How “近 N 年” is counted back from the day to which the round reckons."""

    CALENDAR_YEARS = "calendar_years", "按自然年计"
    """from 1 January of the first of the N years that end with the last appraised one, until that day"""
    TO_THE_DAY = "to_the_day", "按日计"
    """from the day after the same day N years before, until that day"""


class Join(Labelled):
    """How the parts of a group go together; notices are not always clear, so the office sets it."""

    ANY = "any", "满足其一"
    ALL = "all", "全部满足"


class Follows(Labelled):
    """Whose grades count after the secretary changed."""

    BODY = "body", "随党组织"
    """what the unit or branch was given, whoever was its secretary"""
    SECRETARY = "secretary", "随书记"
    """what the present secretary was given, in whichever body"""


class Adding(Labelled):
    """How grades of several kinds of appraisal are counted."""

    TOGETHER = "together", "各类合并计算"
    ONCE_A_YEAR = "once_a_year", "各类合并计算，同一年度只计一次"
    EACH = "each", "各类分别计算，任一类满足即可"


@dataclass(frozen=True, slots=True)
class AgeRule:
    """How old applicants of some kinds must be; no kinds: all."""

    label: str
    months: Positive
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MinimumAge:
    """成立满 N 年, counted in whole months to the round's 年限截止日; the first rule of the kind holds."""

    TYPE: ClassVar[str] = "minimum_age"
    ages: tuple[AgeRule, ...]


@dataclass(frozen=True, slots=True)
class StableDuringCycle:
    """No end is planned before the cycle ends.

    Args:
        early_end: the verdict on a dissolution or merger planned earlier.
        graduation: the verdict when it is that its students graduate.
    """

    TYPE: ClassVar[str] = "stable_during_cycle"
    early_end: Verdict
    graduation: Verdict = Verdict.UNVERIFIED


@dataclass(frozen=True, slots=True)
class GradeCount:
    """At least `times` grades of `grades` in the last `period_years` assessed years.

    Args:
        equivalents: the round's 相应等次 of each grade count as well.
        exempt_young: a year in which the applicant was too young to be appraised is 不适用, not missed.
    """

    TYPE: ClassVar[str] = "grade_count"
    appraisals: tuple[str, ...]
    grades: tuple[str, ...]
    times: Positive
    period_years: Positive
    follows: Follows = Follows.BODY
    adding: Adding = Adding.TOGETHER
    equivalents: bool = False
    exempt_young: bool = True


@dataclass(frozen=True, slots=True)
class ConsecutiveGrades:
    """A grade of `grades` in `years` years running, within the last `period_years` assessed years.

    Args:
        adding: of several kinds, whether a year is good by any of them, or the run must be of one kind.
        equivalents: the round's 相应等次 of each grade count as well.
        exempt_young: a year in which the applicant was too young to be appraised is 不适用, not missed.
    """

    TYPE: ClassVar[str] = "consecutive_grades"
    appraisals: tuple[str, ...]
    grades: tuple[str, ...]
    years: Positive
    period_years: Positive
    follows: Follows = Follows.BODY
    adding: Adding = Adding.TOGETHER
    equivalents: bool = False
    exempt_young: bool = True


@dataclass(frozen=True, slots=True)
class Honours:
    """At least `count` honours at or above `level`.

    Args:
        party_only: only 党内荣誉.
        distinct_holders: “多名”: `count` is of different people or bodies.
        titles: what the notice names; an honour whose title has none of these words is left to a person.
    """

    TYPE: ClassVar[str] = "honours"
    holders: tuple[HolderKind, ...]
    level: str
    period_years: Positive
    counted: Counting
    count: Positive = 1
    party_only: bool = False
    distinct_holders: bool = False
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoIncident:
    """No incident of `kinds` (none named: of any) in the last years.

    With `departments` it is 通过 when each of them has answered 无异议; otherwise a named person must confirm it.

    Args:
        of_unit: what happened in the unit of a branch (“支部所在单位人员”) is 待核实: whether it concerns the branch.
    """

    TYPE: ClassVar[str] = "no_incident"
    period_years: Positive
    counted: Counting
    kinds: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    of_unit: bool = False


@dataclass(frozen=True, slots=True)
class NoDebarment:
    """On the round's 年限截止日 no debarment is in force."""

    TYPE: ClassVar[str] = "no_debarment"


@dataclass(frozen=True, slots=True)
class Departments:
    """部门联审: each of `departments` has answered 无异议."""

    TYPE: ClassVar[str] = "departments"
    departments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoEarlierFailure:
    """No project of an earlier batch was found wanting at acceptance in the last years."""

    TYPE: ClassVar[str] = "no_earlier_failure"
    period_years: Positive
    counted: Counting


@dataclass(frozen=True, slots=True)
class Staffing:
    """配齐: of each of `roles` the unit has at least as many as it should have."""

    TYPE: ClassVar[str] = "staffing"
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DoubleLeader:
    """The secretary is a 双带头人."""

    TYPE: ClassVar[str] = "double_leader"


@dataclass(frozen=True, slots=True)
class MemberGrowth:
    """发展党员: of each of `measures` at least `count` new members in the last `period_years` assessed years."""

    TYPE: ClassVar[str] = "member_growth"
    measures: tuple[str, ...]
    count: Positive
    period_years: Positive


@dataclass(frozen=True, slots=True)
class Topics:
    """At least `count` 党建课题 or 创新项目 at or above `level` that ran in the last years; no kinds: of any."""

    TYPE: ClassVar[str] = "topics"
    level: str
    period_years: Positive
    counted: Counting
    count: Positive = 1
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guide:
    """重点任务指南: each item of the round's guide of that key is answered as met."""

    TYPE: ClassVar[str] = "guide"
    guide: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What only a person can judge; `points` is what to look at."""

    TYPE: ClassVar[str] = "judgement"
    question: str
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExemptYoung:
    """豁免: what is asked does not apply to an applicant younger than `months` whole months."""

    TYPE: ClassVar[str] = "exempt_young"
    months: Positive
    requirement: Requirement


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
    | NoDebarment
    | Departments
    | NoEarlierFailure
    | Staffing
    | DoubleLeader
    | MemberGrowth
    | Topics
    | Guide
    | Judgement
    | ExemptYoung
    | Group
)


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a category, as a clause of the notice states it.

    Args:
        key: stable; confirmations cite it, so it is never used again for another condition.
        kinds: kinds of branch or unit that it concerns; none named: all. It is 不适用 to others.
    """

    key: str
    category: str
    clause: str
    label: str
    requirement: Requirement
    force: Force = Force.HARD
    kinds: tuple[str, ...] = ()
