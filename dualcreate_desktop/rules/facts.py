"""What conditions look at: an applicant's facts, as office gathers them from the registry.

Kinds, grades and levels are the stored values of `lists` (“teacher”, “branch_work”, “好”, “university”).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from db.vocabulary import Applicant, HolderKind, Verdict
from dualcreate_desktop.rules.dates import PartialDate


@dataclass(frozen=True, slots=True)
class AppraisalFact:
    """One appraisal; `grade` is None while it is not given."""

    kind: str
    year: int
    grade: str | None
    score: Decimal | None = None


@dataclass(frozen=True, slots=True)
class HonourFact:
    """One honour; `party` says whether it is a 党内荣誉, None when nobody knows."""

    title: str
    level: str
    awarded: PartialDate
    holder: HolderKind
    holder_name: str = ""
    party: bool | None = None


@dataclass(frozen=True, slots=True)
class IncidentFact:
    """One incident on record."""

    kind: str
    occurred: PartialDate
    description: str = ""


@dataclass(frozen=True, slots=True)
class FailureFact:
    """A project of an earlier batch that did not reach the mark at acceptance."""

    batch: str
    decided: PartialDate


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a named person decided about one condition; overruling what the records say needs a reason."""

    verdict: Verdict
    by: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of one applicant.

    Args:
        kind: of the branch, or of the unit.
        founded: as its lineage gives it, through renaming and reorganisation.
        planned_end: when it is to be dissolved or its students graduate.
        confirmations: by the key of the condition.
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
