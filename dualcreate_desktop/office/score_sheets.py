"""A reviewer's scoring workbook: read like any list, then held against conflicts, completeness and its own sums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import FileRefused, StaleData
from db.models import Mark, Round
from db.vocabulary import ConflictState, Door, ProblemKind, RowState, Severity
from dualcreate_desktop.fields import Field, FieldType, ListKind
from dualcreate_desktop.intake.containers import Source, open_source
from dualcreate_desktop.intake.grid import Grid
from dualcreate_desktop.intake.known import Known, KnownRecord
from dualcreate_desktop.intake.labels import head_values
from dualcreate_desktop.intake.mending import Mends
from dualcreate_desktop.intake.plan import ImportPlan, PlanRow
from dualcreate_desktop.intake.planning import make_plan
from dualcreate_desktop.intake.reading import Problem
from dualcreate_desktop.intake.shape import Guess, guess_list
from dualcreate_desktop.intake.sheets import read_sheets
from dualcreate_desktop.lists.rounds import SCORE_WORDS
from dualcreate_desktop.office.applications import applications
from dualcreate_desktop.office.receiving import (
    NO_ANSWERS,
    Answers,
    Tick,
    answered,
    asking,
    go_on,
    imported_before,
    naming_left_out,
    note_file,
)
from dualcreate_desktop.office.records import Value
from dualcreate_desktop.office.reviews import ReviewerRow, conflicts, enter_marks, reviewers
from dualcreate_desktop.office.rounds import Rules, rules
from dualcreate_desktop.office.store import Changed, Office
from dualcreate_desktop.rules.notice_parts import Criterion, Rubric

ABSTAINED = ("回避", "弃权")
"""Words in the remarks that explain a row without marks."""


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """A reviewer's sheet, planned; a row's `record_id` is its application.

    Args:
        grid: as the reviewer wrote it; `mends` are laid over it.
        answers: of which only mends and rows that are left out concern marks.
        earlier: when a file with the same content was imported before; empty when never.
    """

    round_id: str
    reviewer: ReviewerRow
    source: Source
    grid: Grid
    guess: Guess
    plan: ImportPlan
    earlier: str = ""
    answers: Answers = NO_ANSWERS

    @property
    def mends(self) -> Mends:
        """What is laid over the cells."""
        return self.answers.mends


def criteria_fields(rubric: Rubric) -> tuple[Field, ...]:
    """A field for the marks of each criterion."""
    return tuple(
        Field(
            criterion.key,
            criterion.name,
            FieldType.DECIMAL,
            (criterion_heading(criterion),),
            required=True,
            minimum=0,
            maximum=criterion.maximum,
            decimals=rubric.mark_decimals,
            width=10,
            hint=f"0～{criterion.maximum}",
        )
        for criterion in rubric.criteria
    )


def criterion_heading(criterion: Criterion) -> str:
    """How a scoring sheet names a criterion: 工作基础（30分）."""
    return f"{criterion.name}（{criterion.maximum}分）"


def score_list(rubric: Rubric) -> ListKind:
    """The columns of a scoring workbook: the applicant and a column for each criterion, which may be left empty."""
    criteria = tuple(replace(field, required=False) for field in criteria_fields(rubric))
    return ListKind(
        key="scores",
        label="评分表",
        identity=("applicant",),
        title_words=SCORE_WORDS,
        fields=(
            Field(
                "applicant",
                "申报党组织",
                aliases=("申报单位", "申报对象", "党组织名称"),
                required=True,
                width=30,
            ),
            *criteria,
            Field("total", "合计", FieldType.DECIMAL, ("总分", "得分合计"), width=10),
            Field("note", "备注", FieldType.LONG_TEXT, width=20),
        ),
    )


def read_score_sheet(office: Office, round_id: str, path: Path, *, tick: Tick = go_on) -> ScoreSheet:
    """Read a scoring workbook and plan its marks.

    A row without marks is left out where the reviewer must or does keep out; otherwise it is a problem, as are marks
    for an application that the reviewer must keep out of. A total that its marks contradict is a warning.

    Raises:
        FileRefused: the file cannot be read, is no scoring sheet, or names no reviewer of the round.
    """
    source = open_source(path)
    grids = read_sheets(source, cancelled=asking(tick))
    with office.read() as session:
        kind = score_list(rules(session, round_id).notice.rubric)
        for grid in grids:
            guess = guess_list(grid, (kind,), file_name=source.name)
            if guess is not None:
                return plan_sheet(session, source, grid, guess, round_id)
    raise FileRefused(
        "没有认出评分表",
        where=source.name,
        todo="请确认表头有“申报党组织”和各评分项，或改用程序导出的评分表。",
    )


def plan_sheet(
    session: Session,
    source: Source,
    grid: Grid,
    guess: Guess,
    round_id: str,
    *,
    answers: Answers = NO_ANSWERS,
    tick: Tick = go_on,
) -> ScoreSheet:
    """Plan one scoring sheet, as answered, against the marks as they are now.

    Raises:
        FileRefused: it names no reviewer of the round.
    """
    current = rules(session, round_id)
    head = head_values(grid, guess.header_rows[0])
    reviewer = _marked_reviewer(session, current, guess, source) or _reviewer(
        session, round_id, head, source.name
    )
    known = _known(session, current, reviewer)
    plan = make_plan(guess, answered(grid, guess, answers), known, source=source, tick=tick)
    plan = naming_left_out(_Examiner(session, current, reviewer, plan).examined(), answers)
    before = imported_before(session, source)
    return ScoreSheet(round_id, reviewer, source, grid, guess, plan, before, answers)


def apply(office: Office, sheet: ScoreSheet) -> Changed | None:
    """Write the marks of a planned sheet as one change; None when it has nothing to write.

    Raises:
        StaleData: a mark was entered since the sheet was planned.
        NotAllowed: a conflict was declared since.
    """
    plan = sheet.plan
    if not plan.applicable:
        return None
    with office.change(f"导入 {plan.source_name}（{plan.summary}）", door=Door.IMPORT) as session:
        current = rules(session, sheet.round_id)
        keys = [criterion.key for criterion in current.notice.rubric.criteria]
        stored = _marks(session, sheet.reviewer.id)
        for row in plan.applicable:
            application_id = str(row.record_id)
            if _revision(stored.get(application_id, {})) != row.revision:
                raise StaleData("预览之后评分有变动", where=plan.source_name, todo="请重新预览后再导入。")
            enter_marks(session, current, sheet.reviewer.id, application_id, _points(row, keys))
        note_file(office, session, sheet.source, plan)
    return session.changed


def _marked_reviewer(session: Session, current: Rules, guess: Guess, source: Source) -> ReviewerRow | None:
    """The reviewer whose workbook it is by its mark; None where it has none, or of nobody who is known.

    Raises:
        FileRefused: it belongs to another round.
    """
    if guess.form is None:
        return None
    mark = guess.form.mark
    if mark.round_id != current.round_id and session.get(Round, mark.round_id) is not None:
        raise FileRefused(
            "这是另一批次的评分表", where=source.name, todo="请先在窗口上方切换到它的批次，再导入。"
        )
    return next((judge for judge in reviewers(session, current.round_id) if judge.id == mark.owner_id), None)


def _reviewer(session: Session, round_id: str, head: Mapping[str, str], name: str) -> ReviewerRow:
    """The reviewer whom the head of the sheet names, by name and, where given, number."""
    named = head.get("评委", head.get("评委姓名", head.get("专家", ""))).strip()
    number = "".join(filter(str.isdigit, head.get("编号", head.get("评委编号", ""))))
    for judge in reviewers(session, round_id):
        if judge.name == named and (not number or int(number) == judge.number):
            return judge
    raise FileRefused(
        f"评委“{named or '（未写）'}”不在本批次评委名单中",
        where=name,
        todo="请核对表头的评委姓名和编号，或先登记评委。",
    )


def _known(session: Session, current: Rules, reviewer: ReviewerRow) -> Known:
    """The applications of the round by every way of naming them, with the marks that the reviewer has given."""
    marks = _marks(session, reviewer.id)
    records: dict[tuple[Value, ...], KnownRecord] = {}
    for row in applications(session, current.round_id):
        given = marks.get(row.id, {})
        record = KnownRecord(row.id, _revision(given), {key: mark.points for key, mark in given.items()})
        for name in (
            row.title,
            row.applicant,
            f"{row.unit}{row.applicant}",
            f"{row.unit_name}{row.applicant}",
        ):
            records.setdefault((name,), record)
    return Known(records=records, closed=True)


def _marks(session: Session, reviewer_id: str) -> dict[str, dict[str, Mark]]:
    result: dict[str, dict[str, Mark]] = {}
    for mark in session.scalars(select(Mark).where(Mark.reviewer_id == reviewer_id)):
        result.setdefault(mark.application_id, {})[mark.criterion] = mark
    return result


def _revision(marks: Mapping[str, Mark]) -> str:
    """One token for all marks of an application by one reviewer."""
    return " ".join(f"{key}:{marks[key].revision}" for key in sorted(marks))


def _points(row: PlanRow, keys: list[str]) -> dict[str, Decimal]:
    return {key: Decimal(str(row.values[key])) for key in keys if key in row.values}


def _without_unreckoned_total(row: PlanRow) -> PlanRow:
    """The total only checks the marks; a formula that nothing has reckoned yet checks nothing and is no trouble."""
    kept = (
        problem
        for problem in row.problems
        if (problem.key, problem.kind) != ("total", ProblemKind.NOT_CALCULATED)
    )
    return replace(row, problems=tuple(kept))


class _Examiner:
    """Holds the rows of a plan against what the office knows of the reviewer."""

    def __init__(self, session: Session, current: Rules, reviewer: ReviewerRow, plan: ImportPlan) -> None:
        self.plan = plan
        self.criteria: tuple[Criterion, ...] = current.notice.rubric.criteria
        self.reviewer = reviewer
        known = conflicts(session, current.round_id)
        self.kept_out = {
            application for (judge, application), state in known.items()
            if judge == reviewer.id and state is ConflictState.DECLARED
        }  # fmt: skip
        self.marked = _marks(session, reviewer.id)

    def examined(self) -> ImportPlan:
        """The plan with its rows as they may be written; what a reviewer leaves out is no matter of the sheet."""
        return replace(self.plan, rows=tuple(self._rows()), absent=())

    def _rows(self) -> Iterator[PlanRow]:
        for row in map(_without_unreckoned_total, self.plan.rows):
            given = _points(row, [criterion.key for criterion in self.criteria])
            explained = any(word in str(row.values.get("note", "")) for word in ABSTAINED)
            if not given and not row.problems and (explained or row.record_id in self.kept_out):
                continue
            yield self._examine(row, given)

    def _examine(self, row: PlanRow, given: Mapping[str, Decimal]) -> PlanRow:
        problems = [*row.problems, *self._problems(row, given)]
        changes = tuple(change for change in row.changes if change.key in given)
        if any(problem.is_error for problem in problems):
            state = RowState.PROBLEM
        elif not changes:
            state = RowState.SAME
        else:
            state = RowState.CHANGED if row.record_id in self.marked else RowState.NEW
        return replace(row, state=state, changes=changes, problems=tuple(problems))

    def _problems(self, row: PlanRow, given: Mapping[str, Decimal]) -> Iterator[Problem]:
        if row.state is RowState.PROBLEM:
            return
        if row.record_id in self.kept_out:
            yield self._problem(
                row, ProblemKind.CONFLICT, f"{self.reviewer.name}对这项申报应当回避，评分不能采用"
            )
        elif missing := [criterion.name for criterion in self.criteria if criterion.key not in given]:
            yield self._problem(row, ProblemKind.MISSING, f"缺少评分：{'、'.join(missing)}")
        total = row.values.get("total")
        if len(given) == len(self.criteria) and total is not None and sum(given.values()) != total:
            message = f"合计写作 {total}，各项相加为 {sum(given.values())}；按各项计"
            yield self._problem(row, ProblemKind.INCONSISTENT, message, Severity.WARNING)

    def _problem(
        self, row: PlanRow, kind: ProblemKind, message: str, severity: Severity = Severity.ERROR
    ) -> Problem:
        return Problem(kind, severity, self.plan.sheet, row.row, "", "", message)
