"""Reviews: marks that must not count, totals by hand, a ranking that no order of rows can move."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from db.errors import FileRefused, NotAllowed, StaleData
from db.models import Mark
from db.vocabulary import ConflictState, ProblemKind, RowState
from dualcreate_desktop.office import journal, reviews, rounds, score_sheets
from dualcreate_desktop.office.applications import ApplicationRow, applications_of
from dualcreate_desktop.office.reviews import REVIEWED, ReviewerRow
from dualcreate_desktop.office.sample import Loaded
from dualcreate_desktop.office.score_sheets import ScoreSheet
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.rules.notice_parts import Rubric

Marks = dict[tuple[str, str], dict[str, Decimal]]


class Panel:
    """The sample's panel, as a test asks about it."""

    def __init__(self, office: Office, loaded: Loaded, folder: Path) -> None:
        self.office, self.round_id, self.keys, self.folder = office, loaded.round_id, loaded.keys, folder
        result = reviews.review_round(office, loaded.round_id)
        self.judges = result.reviewers
        self.conflicts = result.conflicts
        self.rubric: Rubric = result.rules.notice.rubric
        self.rows = {row.id: row for row in applications_of(office, loaded.round_id)}

    def judge(self, number: int) -> ReviewerRow:
        return next(judge for judge in self.judges if judge.number == number)

    def row(self, key: str) -> ApplicationRow:
        return self.rows[self.keys[key]]

    def marks(self) -> Marks:
        found: Marks = {}
        with self.office.read() as session:
            for mark in session.scalars(select(Mark)):
                found.setdefault((mark.application_id, mark.reviewer_id), {})[mark.criterion] = mark.points
        return found

    def sheet(self, number: int, marks: Mapping[str, list[object]], *, total: object = "") -> ScoreSheet:
        """What reviewer `number` would send for the applications of these keys."""
        judge = self.judge(number)
        path = self.folder / f"评分表-{number:02}.csv"
        criteria = [f"{item.name}（{item.maximum}分）" for item in self.rubric.criteria]
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["评分表"])
            writer.writerow([f"评委：{judge.name}", f"编号：{number:02}"])
            writer.writerow(["申报党组织", *criteria, "合计", "备注"])
            for key, given in marks.items():
                writer.writerow([self.row(key).title, *given, total, ""])
        return score_sheets.read_score_sheet(self.office, self.round_id, path)

    def lowest(self) -> list[object]:
        return [1 for _ in self.rubric.criteria]


@pytest.fixture
def panel(sample_office: Office, loaded: Loaded, tmp_path: Path) -> Panel:
    return Panel(sample_office, loaded, tmp_path)


def by_hand(panel: Panel, application: str) -> Decimal:
    """The mean of the reviewers' sums without the highest and the lowest where enough marked."""
    marks = panel.marks()
    sums = sorted(
        sum(given.values(), Decimal(0))
        for (marked, judge), given in marks.items()
        if marked == application and panel.conflicts.get((judge, marked)) is not ConflictState.DECLARED
    )
    if panel.rubric.drop_from and len(sums) >= panel.rubric.drop_from:
        sums = sums[1:-1]
    step = Decimal(1).scaleb(-panel.rubric.decimals)
    return (sum(sums, Decimal(0)) / len(sums)).quantize(step, ROUND_HALF_UP)


def test_every_total_is_what_a_hand_calculation_gives(panel: Panel) -> None:
    assert all(criterion.weight == 1 for criterion in panel.rubric.criteria)
    assert panel.rubric.drop_from == 5
    ranked = [
        row
        for item in reviews.review_round(panel.office, panel.round_id).categories
        for row in item.ranking.rows
    ]
    assert len(ranked) == sum(row.state in REVIEWED for row in panel.rows.values())
    assert {row.application: row.total for row in ranked} == {
        row.application: by_hand(panel, row.application) for row in ranked
    }


def test_the_ranking_does_not_depend_on_the_order_in_which_marks_came(panel: Panel) -> None:
    before = [item.ranking for item in reviews.review_round(panel.office, panel.round_id).categories]
    marks = panel.marks()
    with panel.office.change("清空评分") as session:
        for mark in session.scalars(select(Mark)).all():
            session.delete(mark)
    with panel.office.change("倒序重录") as session:
        current = rounds.rules(session, panel.round_id)
        for application, judge in sorted(marks, reverse=True):
            reviews.enter_marks(session, current, judge, application, marks[application, judge])
    assert [item.ranking for item in reviews.review_round(panel.office, panel.round_id).categories] == before


def test_those_that_share_a_place_stand_as_in_the_list_of_applications(panel: Panel) -> None:
    listed = list(panel.rows)
    shared = [
        [row.application for row in item.ranking.rows if row.total == total]
        for item in reviews.review_round(panel.office, panel.round_id).categories
        for total in {row.total for row in item.ranking.rows if row.tied}
    ]
    assert len(shared) > 1
    assert shared == [sorted(tied, key=listed.index) for tied in shared]


def test_a_reviewer_of_the_applicants_unit_must_keep_out(panel: Panel) -> None:
    own = {
        (judge.id, row.id)
        for judge in panel.judges
        for row in panel.rows.values()
        if judge.unit_id == row.unit_id and row.state in REVIEWED
    }
    assert len(own) >= 5
    assert {panel.conflicts.get(pair) for pair in own} == {ConflictState.DECLARED}
    judge, application = next(iter(own))
    for state in (ConflictState.NONE, ConflictState.NOT_ASKED):
        with pytest.raises(NotAllowed, match="属于申报单位，应当回避"):
            reviews.declare(panel.office, judge, [application], state)


def test_a_declared_conflict_shuts_out_marks_that_were_given(panel: Panel) -> None:
    key = "b05"
    judge = panel.judge(6)
    reviews.declare(panel.office, judge.id, [panel.keys[key]], ConflictState.DECLARED, reason="师生关系")
    (score,) = (
        item.scores[panel.keys[key]]
        for item in reviews.review_round(panel.office, panel.round_id).categories
        if panel.keys[key] in item.scores
    )
    assert judge.id in score.excluded
    assert judge.id not in {item.reviewer for item in score.reviewers}


def test_marks_for_the_own_unit_are_a_problem_and_not_written(panel: Panel) -> None:
    before = panel.marks()
    kept_out = next(
        key
        for key, application in panel.keys.items()
        if panel.conflicts.get((panel.judge(1).id, application)) is ConflictState.DECLARED
    )
    sheet = panel.sheet(1, {kept_out: panel.lowest()})
    assert [problem.kind for problem in sheet.plan.all_problems] == [ProblemKind.CONFLICT]
    assert "应当回避，评分不能采用" in sheet.plan.all_problems[0].message
    assert score_sheets.apply(panel.office, sheet) is None
    assert panel.marks() == before
    with panel.office.change("补录") as session:
        current = rounds.rules(session, panel.round_id)
        with pytest.raises(NotAllowed, match="应当回避"):
            reviews.enter_marks(session, current, panel.judge(1).id, panel.keys[kept_out], {})


def test_a_mark_is_no_finer_than_the_total(panel: Panel) -> None:
    assert panel.rubric.decimals == 2
    (application, judge), given = next(iter(panel.marks().items()))
    with panel.office.change("补录") as session:
        current = rounds.rules(session, panel.round_id)
        reviews.enter_marks(session, current, judge, application, {key: Decimal("9.25") for key in given})
        with pytest.raises(NotAllowed, match="最多保留 2 位"):
            reviews.enter_marks(
                session, current, judge, application, {key: Decimal("9.125") for key in given}
            )


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        (999, ProblemKind.OUT_OF_RANGE),
        (-1, ProblemKind.OUT_OF_RANGE),
        ("", ProblemKind.MISSING),
        ("优", ProblemKind.BAD_NUMBER),
        ("20.125", ProblemKind.BAD_NUMBER),
    ],
)
def test_a_mark_that_cannot_count_keeps_its_row_out_and_the_others_come_in(
    panel: Panel, first: object, kind: ProblemKind
) -> None:
    bad = [first, *panel.lowest()[1:]]
    sheet = panel.sheet(6, {"b05": bad, "b06": panel.lowest()})
    states = [row.state for row in sheet.plan.rows]
    assert states == [RowState.PROBLEM, RowState.CHANGED]
    assert kind in {problem.kind for problem in sheet.plan.all_problems if problem.row == 4}
    before = panel.marks()
    score_sheets.apply(panel.office, sheet)
    after = panel.marks()
    judge = panel.judge(6).id
    assert after[panel.keys["b05"], judge] == before[panel.keys["b05"], judge]
    assert set(after[panel.keys["b06"], judge].values()) == {Decimal(1)}


def test_a_total_that_its_marks_contradict_is_told_and_the_marks_count(panel: Panel) -> None:
    sheet = panel.sheet(6, {"b05": panel.lowest()}, total=88)
    (problem,) = sheet.plan.all_problems
    assert (problem.kind, problem.is_error) == (ProblemKind.INCONSISTENT, False)
    assert "合计写作 88，各项相加为" in problem.message
    assert [row.state for row in sheet.plan.rows] == [RowState.CHANGED]


def test_a_corrected_sheet_changes_the_total_at_once_and_undo_brings_it_back(panel: Panel) -> None:
    before = reviews.review_round(panel.office, panel.round_id)
    changed = score_sheets.apply(panel.office, panel.sheet(6, {"b05": panel.lowest()}))
    assert changed is not None
    after = reviews.review_round(panel.office, panel.round_id)
    (row,) = (
        row for item in after.categories for row in item.ranking.rows if row.application == panel.keys["b05"]
    )
    assert row.total == by_hand(panel, panel.keys["b05"])
    assert after.categories != before.categories
    journal.undo(panel.office, changed.change_id)
    assert reviews.review_round(panel.office, panel.round_id).categories == before.categories


def test_the_same_sheet_again_changes_nothing(panel: Panel) -> None:
    score_sheets.apply(panel.office, panel.sheet(6, {"b05": panel.lowest()}))
    again = panel.sheet(6, {"b05": panel.lowest()})
    assert [row.state for row in again.plan.rows] == [RowState.SAME]
    assert score_sheets.apply(panel.office, again) is None


def test_a_sheet_planned_before_a_mark_was_changed_is_refused(panel: Panel) -> None:
    sheet = panel.sheet(6, {"b05": panel.lowest()})
    score_sheets.apply(panel.office, panel.sheet(6, {"b05": [2 for _ in panel.rubric.criteria]}))
    with pytest.raises(StaleData, match="预览之后评分有变动"):
        score_sheets.apply(panel.office, sheet)


def test_an_applicant_who_is_not_in_the_round_is_a_problem(panel: Panel) -> None:
    sheet = panel.sheet(6, {"b05": panel.lowest()})
    path = panel.folder / "评分表-06.csv"
    path.write_text(path.read_text("utf-8-sig").replace(panel.row("b05").title, "某学院某党支部"), "utf-8")
    again = score_sheets.read_score_sheet(panel.office, panel.round_id, path)
    assert sheet.plan.all_problems == ()
    assert [problem.kind for problem in again.plan.all_problems] == [ProblemKind.UNKNOWN_BRANCH]


def test_a_sheet_of_nobody_in_the_panel_is_refused(panel: Panel) -> None:
    panel.sheet(6, {"b05": panel.lowest()})
    path = panel.folder / "评分表-06.csv"
    path.write_text(path.read_text("utf-8-sig").replace(panel.judge(6).name, "路人甲"), "utf-8")
    with pytest.raises(FileRefused, match="评委“路人甲”不在本批次评委名单中"):
        score_sheets.read_score_sheet(panel.office, panel.round_id, path)


def test_a_file_that_is_no_score_sheet_is_refused(panel: Panel, send: Callable[..., Path]) -> None:
    with pytest.raises(FileRefused, match="没有认出评分表"):
        score_sheets.read_score_sheet(
            panel.office, panel.round_id, send([("通知",), ("请查收",)], "通知.csv")
        )
