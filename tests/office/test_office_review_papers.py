"""What is printed of a review, and that a scoring workbook comes back to where it belongs."""

from __future__ import annotations

import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from db.errors import NotAllowed, UserError
from db.vocabulary import ConflictState, RowState
from dualcreate_desktop.office import (
    panel,
    printing,
    results,
    review_papers,
    reviews,
    score_packs,
    score_sheets,
    standings,
)
from dualcreate_desktop.office.sample import Loaded
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.papers.content import Document, texts


def said(document: Document) -> str:
    return "\n".join(texts(document))


def outside(office: Office, loaded: Loaded) -> panel.PanelRow:
    """A reviewer who keeps out of one application of 法学院 and marks the others."""
    return next(row for row in panel.panel(office, loaded.round_id) if row.name == "柳沐川")


def test_a_scoring_workbook_that_was_filled_in_comes_back_to_its_reviewer_and_applications(
    undecided: Office, loaded: Loaded, tmp_path: Path
) -> None:
    judge = outside(undecided, loaded)
    (path,) = review_papers.write_score_workbooks(undecided, loaded.round_id, tmp_path, chosen=[judge.id])
    book = load_workbook(path)
    sheet = book.worksheets[0]
    rows = [row for row in range(4, sheet.max_row) if sheet.cell(row, 2).value]
    free = [row for row in rows if not sheet.cell(row, 4).protection.locked]
    assert (len(rows), len(free)) == (33, judge.expected), "who keeps out of a line cannot mark it"
    for row in free:
        for column, mark in zip(range(4, 8), ("27.5", "26", "18", "17.25"), strict=True):
            sheet.cell(row, column).value = float(mark)
    book.save(path)
    read = score_sheets.read_score_sheet(undecided, loaded.round_id, path)
    assert read.reviewer.id == judge.id
    assert not read.plan.all_problems
    assert {row.state for row in read.plan.rows} == {RowState.CHANGED}
    score_sheets.apply(undecided, read)
    result = reviews.review_round(undecided, loaded.round_id)
    totals = {
        item.total
        for category in result.categories
        for score in category.scores.values()
        for item in score.reviewers
        if item.reviewer == judge.id
    }
    assert totals == {Decimal("88.75")}


def test_a_scoring_workbook_is_known_by_its_marks_whatever_became_of_its_words(
    undecided: Office, loaded: Loaded, tmp_path: Path
) -> None:
    judge = outside(undecided, loaded)
    (path,) = review_papers.write_score_workbooks(undecided, loaded.round_id, tmp_path, chosen=[judge.id])
    book = load_workbook(path)
    sheet = book.worksheets[0]
    sheet.cell(2, 1).value = None
    for row in range(4, sheet.max_row - 1):
        sheet.cell(row, 2).value = "某支部"
    book.save(path)
    read = score_sheets.read_score_sheet(undecided, loaded.round_id, path)
    assert read.reviewer.id == judge.id
    assert {problem.message.split("：")[0] for problem in read.plan.all_problems} == {"缺少评分"}
    assert len({row.record_id for row in read.plan.rows}) == judge.expected


def test_a_scoring_workbook_takes_no_mark_above_its_maximum_and_keeps_its_names(
    undecided: Office, loaded: Loaded, tmp_path: Path
) -> None:
    judge = outside(undecided, loaded)
    (path,) = review_papers.write_score_workbooks(undecided, loaded.round_id, tmp_path, chosen=[judge.id])
    sheet = load_workbook(path).worksheets[0]
    assert sheet.protection.sheet
    assert sheet.cell(4, 2).protection.locked
    bounds = [(rule.formula1, rule.formula2, rule.operator) for rule in sheet.data_validations.dataValidation]
    assert bounds == [("0", most, "between") for most in ("30", "30", "20", "20")]
    assert sheet.cell(5, 8).value == '=IF(COUNT(D5:G5)=4,D5+E5+F5+G5,"")'


def test_workbooks_say_that_their_folder_cannot_be_made(
    undecided: Office, loaded: Loaded, tmp_path: Path
) -> None:
    taken = tmp_path / "评审"
    taken.write_text("a file of that name")
    with pytest.raises(UserError, match="文件没有写成"):
        results.write_ranking_workbook(undecided, loaded.round_id, taken / "排名.xlsx")
    with pytest.raises(UserError, match="文件没有写成"):
        review_papers.write_score_workbooks(undecided, loaded.round_id, taken)


def test_the_school_stands_at_the_head_of_workbooks_as_it_does_on_paper(
    undecided: Office, loaded: Loaded, tmp_path: Path
) -> None:
    results.write_ranking_workbook(undecided, loaded.round_id, tmp_path / "排名.xlsx")
    review_papers.write_score_workbooks(undecided, loaded.round_id, tmp_path)
    for path in (tmp_path / "排名.xlsx", *tmp_path.glob("评分表-*.xlsx")):
        for sheet in load_workbook(path):
            if sheet.sheet_state == "visible":
                assert sheet["A1"].value.startswith("江州大学第三批"), path.name


def test_a_paper_sheet_strikes_out_what_its_reviewer_keeps_out_of(undecided: Office, loaded: Loaded) -> None:
    prepared = printing.prepare(undecided, loaded.round_id, review_papers.score_sheets())
    assert len(prepared.documents) == 7
    first = said(prepared.documents[0])
    assert "评委：岑彦野　　编号：01" in first
    assert first.count("回避") == 4 + 1, "four lines and the note"
    assert len({document.code for document in prepared.documents}) == 7


def test_the_ranking_on_paper_says_what_the_window_says(undecided: Office, loaded: Loaded) -> None:
    (document,) = printing.prepare(undecided, loaded.round_id, review_papers.ranking()).documents
    text = said(document)
    rows = standings.rank_rows(reviews.review_round(undecided, loaded.round_id))
    assert len(rows) == 33
    assert all(row.title in text and str(row.total) in text for row in rows)
    assert "(95.25)" in text, "a dropped mark stands in brackets"
    assert text.count("同分跨线") == 4


def test_the_list_of_the_selected_is_a_letter_without_a_code(sample_office: Office, loaded: Loaded) -> None:
    prepared = printing.prepare(sample_office, loaded.round_id, review_papers.selection(loaded.round_id))
    (document,) = prepared.documents
    assert document.code == ""
    assert prepared.originals == (document,), "it can be edited in Word"
    text = said(document)
    assert "江州大学第三批新时代党建“双创”培育创建单位入选名单" in text.replace("\n", "")
    assert "（3个）" in text
    assert "（20个）" in text
    assert "2024年4月16日" in text
    assert "物理学院党委" not in text


def test_there_is_no_list_of_the_selected_before_it_is_decided(undecided: Office, loaded: Loaded) -> None:
    with pytest.raises(NotAllowed, match="还没有确定入选名单"):
        printing.prepare(undecided, loaded.round_id, review_papers.selection(loaded.round_id))


def test_without_reviewers_there_are_no_sheets(undecided: Office, loaded: Loaded) -> None:
    for row in panel.panel(undecided, loaded.round_id):
        panel.remove_reviewer(undecided, row.id)
    with pytest.raises(NotAllowed, match="还没有评委"):
        printing.prepare(undecided, loaded.round_id, review_papers.score_sheets())
    assert standings.rank_rows(reviews.review_round(undecided, loaded.round_id)) == (), "nothing is ranked"


def test_what_the_panel_counts_follows_from_conflicts_and_marks(undecided: Office, loaded: Loaded) -> None:
    judge = outside(undecided, loaded)
    free = [
        row
        for row in panel.conflict_rows(undecided, loaded.round_id, judge.id)
        if row.state is not ConflictState.DECLARED
    ]
    reviews.declare(undecided, judge.id, [free[0].id], ConflictState.DECLARED, reason="亲属")
    after = outside(undecided, loaded)
    assert (after.kept_out, after.expected, after.given) == (
        judge.kept_out + 1,
        judge.expected - 1,
        judge.given - 1,
    ), "marks of an application that one keeps out of do not count"
    reviews.declare(undecided, judge.id, [free[0].id], ConflictState.NOT_ASKED)
    assert outside(undecided, loaded).not_asked == judge.not_asked + 1


def test_scoring_workbooks_are_packed_with_a_mail_for_each_reviewer(
    undecided: Office, loaded: Loaded, tmp_path: Path
) -> None:
    judge = outside(undecided, loaded)
    pack = score_packs.make_score_pack(
        undecided, loaded.round_id, tmp_path / "评分表.zip", until=date(2024, 4, 10)
    )
    assert len(pack.forms) == 7
    form = next(form for form in pack.forms if form.unit_id == judge.id)
    assert (form.unit, form.rows) == (judge.name, judge.expected)
    with zipfile.ZipFile(pack.path) as archive:
        archive.extractall(tmp_path)
    mail = (tmp_path / form.file).with_name("邮件.txt").read_text("utf-8-sig")
    assert mail.startswith("主题：请为申报评分\n\n柳沐川老师：")
    assert f"为 {judge.expected} 项申报评分" in mail
    assert "2024年4月10日前" in mail
    read = score_sheets.read_score_sheet(undecided, loaded.round_id, tmp_path / form.file)
    assert read.reviewer.id == judge.id
