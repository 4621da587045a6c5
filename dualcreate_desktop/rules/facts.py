"""What conditions look at: an applicant's facts, as office gathers them from the registry.

Kinds, grades and levels are the stored values of `lists` (“teacher”, “branch_work”, “好”, “university”). The `source`
of a fact is the id of the record that says so, in the table that `TABLE` or `table` names; empty where none does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from db.vocabulary import (
    Applicant,
    AppraisalSubject,
    EarlierOutcome,
    EndReason,
    GuideOccasion,
    HolderKind,
    Reply,
    Verdict,
)
from dualcreate_desktop.rules.dates import PartialDate


@dataclass(frozen=True, slots=True)
class ScoredItem:
    """One 突出考核项 of an appraisal, with its points as they were given."""

    name: str
    points: Decimal
    maximum: Decimal | None = None


@dataclass(frozen=True, slots=True)
class AppraisalFact:
    """One appraisal of an assessed year, whenever it was held.

    Args:
        grade: None while it is not given.
        subject: whose work it grades; None where nobody said.
        secretary: name of the secretary then; empty where nobody said.
        elsewhere: of the present secretary, in another body.
        reported: False while its grade is not final.
        parts: the grades of the branches before it, where it stands for them; `every`: all must be good, else any.
    """

    TABLE: ClassVar[str] = "appraisal"
    kind: str
    year: int
    grade: str | None
    score: Decimal | None = None
    source: str = ""
    subject: AppraisalSubject | None = None
    secretary: str = ""
    elsewhere: bool = False
    items: tuple[ScoredItem, ...] = ()
    reported: bool = True
    parts: tuple[AppraisalFact, ...] = ()
    every: bool = False


@dataclass(frozen=True, slots=True)
class HonourFact:
    """One honour; `party` says whether it is a 党内荣誉, None when nobody knows."""

    TABLE: ClassVar[str] = "honour"
    title: str
    level: str
    awarded: PartialDate
    holder: HolderKind
    holder_name: str = ""
    party: bool | None = None
    authority: str = ""
    document: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class IncidentFact:
    """One incident on record.

    Args:
        reported_by: who told of it.
        of_unit: of the unit of a branch, not of the branch itself.
    """

    TABLE: ClassVar[str] = "incident"
    kind: str
    occurred: PartialDate
    description: str = ""
    reported_by: str = ""
    source: str = ""
    of_unit: bool = False


@dataclass(frozen=True, slots=True)
class FailureFact:
    """A project of an earlier batch that did not reach the mark at acceptance, or lost its title.

    Args:
        decided: None where nobody knows when.
        table: “project” of a round in this store, “earlier_result” otherwise.
    """

    batch: str
    decided: PartialDate | None
    outcome: EarlierOutcome = EarlierOutcome.FAILED
    document: str = ""
    source: str = ""
    table: str = "earlier_result"


@dataclass(frozen=True, slots=True)
class DebarmentFact:
    """May not apply from `since` to `until`, both included; None: until it is lifted."""

    TABLE: ClassVar[str] = "debarment"
    since: PartialDate
    until: PartialDate | None
    reason: str
    document: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class StaffingFact:
    """How many of a role a unit should have and has in a year; None where nobody said."""

    TABLE: ClassVar[str] = "staffing"
    role: str
    year: int
    required: int | None
    actual: int | None
    source: str = ""


@dataclass(frozen=True, slots=True)
class GrowthFact:
    """发展党员: how many new members of one measure in a year."""

    TABLE: ClassVar[str] = "growth"
    measure: str
    year: int
    number: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class TopicFact:
    """One 党建课题 or 创新项目; `ended` is None while it runs or where nobody said."""

    TABLE: ClassVar[str] = "topic"
    kind: str
    title: str
    level: str
    started: PartialDate | None = None
    ended: PartialDate | None = None
    number: str = ""
    leader: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class ReplyFact:
    """What a department said of the application (部门联审); `department` is its key in the rules."""

    TABLE: ClassVar[str] = "inquiry_reply"
    department: str
    answer: Reply
    text: str = ""
    document: str = ""
    replied_on: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class GuideFact:
    """How one item of a guide of tasks was answered; `met` is None while it is not."""

    TABLE: ClassVar[str] = "guide_answer"
    guide: str
    item: str
    met: bool | None
    text: str = ""
    occasion: GuideOccasion = GuideOccasion.APPLICATION
    source: str = ""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a named person decided about one condition.

    Args:
        reason: needed to overrule what the records say; of an exception, why it is made (例外说明).
        approver: who approved an exception from what is asked in principle.
    """

    verdict: Verdict
    by: str
    at: datetime
    reason: str = ""
    approver: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of one applicant.

    Args:
        kind: of the branch, or of the unit.
        founded: as its lineage gives it, through renaming and reorganisation.
        descent: how its lineage gives that day, in Chinese sentences.
        planned_end: when it is to be dissolved or merged, or its students graduate.
        planned_reason: which of these; None where nobody said.
        secretary: name of the present one; empty where nobody is recorded.
        secretary_since: when that one took office.
        double_leader: whether the secretary is a 双带头人; None where nobody said.
        confirmations: by the key of the condition.
        source: id of the unit or branch.
    """

    applicant: Applicant
    kind: str
    founded: PartialDate | None = None
    planned_end: PartialDate | None = None
    appraisals: tuple[AppraisalFact, ...] = ()
    honours: tuple[HonourFact, ...] = ()
    incidents: tuple[IncidentFact, ...] = ()
    failures: tuple[FailureFact, ...] = ()
    confirmations: Mapping[str, Confirmation] = field(default_factory=dict)
    descent: tuple[str, ...] = ()
    planned_reason: EndReason | None = None
    secretary: str = ""
    secretary_since: PartialDate | None = None
    double_leader: bool | None = None
    debarments: tuple[DebarmentFact, ...] = ()
    staffing: tuple[StaffingFact, ...] = ()
    growth: tuple[GrowthFact, ...] = ()
    topics: tuple[TopicFact, ...] = ()
    replies: tuple[ReplyFact, ...] = ()
    guide: tuple[GuideFact, ...] = ()
    source: str = ""
