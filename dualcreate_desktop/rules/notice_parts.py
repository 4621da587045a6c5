"""The parts of a round's rules: stages, documents, categories, money, evaluations, rubric and the rest.

`notice.Notice` holds them. Money is in 分, marks are Decimal, deadlines local wall time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from db.vocabulary import Applicant, Labelled, ProjectState
from dualcreate_desktop.rules.records import Count, Positive

OFFICE = "办公室自定"
"""The clause of a rule that the notice does not ask for."""

MARK_DECIMALS = 4
"""So many decimals of a mark the store keeps."""


class MaterialOwner(Labelled):
    """Whether a document belongs to each application or is sent once by each unit."""

    APPLICATION = "application", "每项申报"
    UNIT = "unit", "每个院级党组织"


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the round's timetable; `clock_stated`: the notice gives the clock time, otherwise the office does."""

    key: str
    name: str
    clause: str
    deadline: datetime
    opens: date | None = None
    clock_stated: bool = False


@dataclass(frozen=True, slots=True)
class Material:
    """One document asked for, due with its stage.

    Args:
        copies: on paper; 0 when only the file is wanted.
        stamp: of the unit; a branch has none and signs.
        annex: its annex of the notice, empty when the notice names none.
    """

    key: str
    name: str
    clause: str
    stage: str
    owner: MaterialOwner
    copies: Count
    electronic: bool
    stamp: bool
    signature: bool
    annex: str = ""


@dataclass(frozen=True, slots=True)
class Category:
    """A 类别 that units or branches apply in.

    Args:
        target: the number aimed at (“5 个左右”): planned, not selected.
        status: what a selected applicant is called while it builds.
        title: the full title, given after acceptance.
        materials: keys of the documents of one application.
        kinds: kinds of branch or unit that may apply; none named: all.
    """

    key: str
    name: str
    short_name: str
    clause: str
    applicant: Applicant
    target: Positive
    status: str
    title: str
    materials: tuple[str, ...]
    kinds: tuple[str, ...] = ()

    def admits(self, applicant: Applicant, kind: str) -> bool:
        """Whether a unit or branch of that kind may apply in it."""
        return applicant is self.applicant and (not self.kinds or kind in self.kinds)


@dataclass(frozen=True, slots=True)
class AppraisalTask:
    """An appraisal that units hold in this round, with the earlier model branches to be looked at again."""

    key: str
    name: str
    clause: str
    year: Positive
    appraisals: tuple[str, ...]
    material: str
    focus: tuple[str, ...] = ()
    earlier_models: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A report that each project hands in, as a basis of an evaluation."""

    key: str
    name: str
    clause: str
    deadline: datetime
    evaluation: str


@dataclass(frozen=True, slots=True)
class EvaluationGrade:
    """A grade of an evaluation: whether it passes, the project's state after it, and what follows."""

    name: str
    passes: bool
    leads_to: ProjectState
    consequence: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """中期评估 or 验收: by when the office grades and publishes, and the grades there are."""

    key: str
    name: str
    clause: str
    deadline: date
    grades: tuple[EvaluationGrade, ...]
    published: date | None = None

    def grade(self, name: str) -> EvaluationGrade:
        """The grade of that name; KeyError when there is none."""
        return {grade.name: grade for grade in self.grades}[name]


@dataclass(frozen=True, slots=True)
class Instalment:
    """One payment in 分; `after` is the evaluation that must be passed first, empty for none."""

    key: str
    name: str
    clause: str
    fen: Positive
    due: date
    after: str = ""


@dataclass(frozen=True, slots=True)
class Funding:
    """The money of each project of a category, in 分: the instalments make up `fen`."""

    category: str
    clause: str
    fen: Positive
    instalments: tuple[Instalment, ...]


@dataclass(frozen=True, slots=True)
class OutcomeKind:
    """A form of outcome; the notices name six, “包括但不限于”."""

    key: str
    name: str
    clause: str


@dataclass(frozen=True, slots=True)
class OutcomeMinimum:
    """The least that each project must show at an evaluation (one of the “四个一”)."""

    key: str
    name: str
    clause: str
    count: Positive
    measure: str
    kind: str
    evaluation: str


@dataclass(frozen=True, slots=True)
class Training:
    """A class for secretaries; `places` a year, 0 when not limited."""

    key: str
    name: str
    clause: str
    places: Count
    years: tuple[Positive, ...]
    priority: str
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the rubric: marks from 0 to `maximum`, counted `weight` times."""

    key: str
    name: str
    maximum: Decimal
    weight: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Rubric:
    """How reviewers mark.

    Args:
        decimals: of a total; rounded half up.
        drop_from: the highest and the lowest reviewer's total are left out when at least so many count; 0: never.
        reserve_percent: of the target, rounded up, that a reserve list holds beyond it.
    """

    clause: str
    criteria: tuple[Criterion, ...]
    decimals: Count
    drop_from: Count
    reserve_percent: Count

    @property
    def mark_decimals(self) -> int:
        """The decimals that a mark may have: those of the total, since finer marks would be rounded away unseen."""
        return min(self.decimals, MARK_DECIMALS)


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to turn to, as letters and the 公示 print it."""

    name: str
    clause: str
    place: str = ""
    phone: str = ""
    email: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class BasisDocument:
    """A document that the notice rests on (依据文件)."""

    title: str
    clause: str
    doc_number: str = ""


@dataclass(frozen=True, slots=True)
class Department:
    """A department that is asked about every applicant (部门联审); `asks` is what it answers for."""

    key: str
    name: str
    clause: str
    asks: str


@dataclass(frozen=True, slots=True)
class GuideItem:
    """One point of a guide, answered as met or not."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class GuideList:
    """A checklist of a category (重点任务指南, 五个到位, 七个有力), answered at application, plan and acceptance.

    Args:
        source_note: where the items come from when no notice gives them; such a guide is marked 待核对.
        every_branch: a unit sums it up over all of its branches (“所属党支部普遍做到”), not over those that apply.
    """

    key: str
    category: str
    name: str
    clause: str
    items: tuple[GuideItem, ...]
    source_note: str = ""
    every_branch: bool = False


@dataclass(frozen=True, slots=True)
class PublicNoticeRule:
    """公示: how many working days, and whether the day of issue is one of them."""

    clause: str
    workdays: Positive
    issue_day_counts: bool


@dataclass(frozen=True, slots=True)
class DecisionStep:
    """A step from marks to the final list; their order in the file is their order."""

    key: str
    name: str
    clause: str


class SupplementKind(Labelled):
    """Why a later notice was sent."""

    ADDITION = "addition", "补充通知"
    POSTPONEMENT = "postponement", "延期通知"
    ACCEPTANCE = "acceptance", "验收通知"


class Dated(Labelled):
    """The lists of a notice whose days a later notice can move."""

    STAGE = "stages", "阶段"
    REPORT = "reports", "报告"
    EVALUATION = "evaluations", "评估"


@dataclass(frozen=True, slots=True)
class Move:
    """A new deadline of one stage, report or evaluation; `opens` moves the first day of a stage too."""

    of: Dated
    key: str
    clause: str
    deadline: datetime
    opens: date | None = None


@dataclass(frozen=True, slots=True)
class Supplement:
    """A later notice of the same round: it adds clauses, takes the place of earlier ones and moves days.

    Args:
        clauses: id (``补1·一``) → heading or gist; rules cite them like those of the first notice.
        supersedes: ids of the earlier clauses that no longer hold.
        text: its wording, empty when the office does not keep it here.
    """

    key: str
    kind: SupplementKind
    title: str
    clauses: Mapping[str, str]
    doc_number: str = ""
    issued: date | None = None
    supersedes: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip of the pen in the notice: tolerated, and shown."""

    clause: str
    found: str
    meant: str
