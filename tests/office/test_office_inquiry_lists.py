"""征求意见名单 goes to a department as a workbook; filled in, it comes back like every list: preview, apply, undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from db.errors import NotAllowed
from db.vocabulary import Reply, RowState, Verdict
from dualcreate_desktop.office import (
    eligibility,
    inquiries,
    inquiry_letters,
    inquiry_lists,
    journal,
    receiving,
)
from dualcreate_desktop.office.receiving import Reception
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.papers.entry_form import HEAD, MARKS

Ids = dict[str, str]
Filled = Callable[[dict[int, dict[str, object]]], Path]


@pytest.fixture
def letter(office: Office, round_id: str, applied: Ids) -> str:
    """纪委 is asked about all three applications, 宣传部 too; the id of the first letter."""
    numbers = {"discipline": "组函〔2024〕3号", "publicity": ""}
    inquiry_letters.prepare_letters(
        office, round_id, numbers, issued=date(2024, 3, 18), due=date(2024, 3, 25)
    )
    return inquiry_letters.letters(inquiries.replies(office, round_id))[0].id


@pytest.fixture
def filled(office: Office, letter: str, tmp_path: Path) -> Filled:
    """Write the list and fill in cells as a department does: row from 0 → field key → value."""

    def fill(cells: dict[int, dict[str, object]]) -> Path:
        path = tmp_path / "纪委答复.xlsx"
        inquiry_lists.write_reply_form(office, letter, path)
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[0]
        for row, values in cells.items():
            for key, value in values.items():
                sheet.cell(HEAD + 1 + row, column(sheet, key)).value = value
        book.save(path)
        return path

    return fill


def column(sheet: Worksheet, key: str) -> int:
    return next(cell.column for cell in sheet[MARKS] if cell.value == key)


def read(office: Office, path: Path, round_id: str | None = None) -> Reception:
    (reception,) = receiving.read_file(office, path, round_id=round_id)
    return reception


def answers(office: Office, round_id: str, department: str) -> dict[str, tuple[Reply, str, str]]:
    rows = inquiries.replies(office, round_id)
    return {
        row.applicant: (row.answer, row.text, row.document) for row in rows if row.department == department
    }


def test_the_list_of_a_letter_names_who_is_asked_about_and_offers_the_two_answers(
    office: Office, letter: str, tmp_path: Path
) -> None:
    assert inquiry_lists.reply_form_name(office, letter) == "征求意见名单（纪委办公室）.xlsx"
    path = tmp_path / "名单.xlsx"
    assert inquiry_lists.write_reply_form(office, letter, path) == 3
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet["A1"].value == "第三批征求意见名单"
    assert sheet["A2"].value == "答复部门（盖章）：纪委办公室　　　　请于2024年3月25日前反馈"
    named = [sheet.cell(HEAD + 1 + row, column(sheet, "branch")).value for row in range(3)]
    assert named == ["机械工程学院党委", "机械工程学院教工第一党支部", "机械工程学院教工第二党支部"]
    assert sheet.cell(HEAD + 1, column(sheet, "department")).value == "纪委办公室"
    assert sheet.cell(HEAD + 1, column(sheet, "department")).protection.locked
    assert not sheet.cell(HEAD + 1, column(sheet, "answer")).protection.locked


def test_a_list_that_comes_back_empty_answers_nothing(office: Office, filled: Filled) -> None:
    plan = read(office, filled({})).plan
    assert [(row.state, row.problems) for row in plan.rows] == [(RowState.SAME, ())] * 3


def test_a_filled_list_becomes_the_replies_in_one_change_that_can_be_undone(
    office: Office, round_id: str, applied: Ids, filled: Filled
) -> None:
    said = {"document": "校纪函〔2024〕9号", "replied_on": "2024-03-22"}
    path = filled(
        {
            0: {"answer": "无异议", **said},
            1: {"answer": "没有意见", **said},
            2: {"answer": "有情况", "text": "2023年6月有信访在核查", **said},
        }
    )
    receiving.apply(office, read(office, path))
    assert answers(office, round_id, "纪委办公室") == {
        "机械工程学院党委": (Reply.CLEAR, "", "校纪函〔2024〕9号"),
        "机械工程学院教工第一党支部": (Reply.CLEAR, "", "校纪函〔2024〕9号"),
        "机械工程学院教工第二党支部": (Reply.CONCERN, "2023年6月有信访在核查", "校纪函〔2024〕9号"),
    }
    assert {answer for answer, _, _ in answers(office, round_id, "党委宣传部").values()} == {Reply.SILENT}
    found = eligibility.assess_round(office, round_id)[applied["教二"]].finding("branch_incidents")
    assert found.verdict is Verdict.FAIL
    assert {row.state for row in read(office, path).plan.rows} == {RowState.SAME}
    journal.undo(office, journal.last_undoable(office) or "")
    assert {answer for answer, _, _ in answers(office, round_id, "纪委办公室").values()} == {Reply.SILENT}


def test_a_concern_that_is_cleared_loses_its_text(
    office: Office, round_id: str, filled: Filled, letter: str, applied: Ids
) -> None:
    concern = inquiries.Answer(Reply.CONCERN, "在核查", "校纪函〔2024〕9号")
    inquiries.record_replies(office, letter, {applied["教一"]: concern})
    receiving.apply(office, read(office, filled({1: {"answer": "无异议", "text": None}})))
    assert answers(office, round_id, "纪委办公室")["机械工程学院教工第一党支部"] == (
        Reply.CLEAR,
        "",
        "校纪函〔2024〕9号",
    )


def test_what_cannot_be_taken_for_an_answer_is_a_problem_in_its_place(office: Office, filled: Filled) -> None:
    plan = read(
        office,
        filled({0: {"answer": "有情况"}, 1: {"document": "校纪函〔2024〕9号"}, 2: {"answer": "待查"}}),
    ).plan
    told = [(row.state, [(problem.key, problem.message) for problem in row.problems]) for row in plan.rows]
    assert told[0] == (RowState.PROBLEM, [("text", "答复为“有情况”，须写明时间、事由和处理结果")])
    assert told[1] == (
        RowState.PROBLEM,
        [("answer", "写了情况、文号或日期，没有写“无异议”还是“有情况”")],
    )
    assert told[2][1][0][0] == "answer"
    assert "待查" in told[2][1][0][1]


def test_a_list_that_a_department_typed_itself_is_known_by_its_names(
    office: Office, round_id: str, letter: str, send: Callable[..., Path]
) -> None:
    path = send(
        [
            ["党委宣传部征求意见名单"],
            ["序号", "部门", "申报党组织", "类别", "书记", "意见", "情况说明"],
            [1, "党委宣传部", "机械工程学院党委", "标杆院级党组织", "", "无异议", ""],
            [2, "", "机械工程学院教工第一党支部", "样板支部", "赵喆", "无意见", ""],
            [3, "", "机械工程学院研究生第一党支部", "样板支部", "李四维", "无意见", ""],
        ],
        "宣传部.csv",
    )
    reception = read(office, path, round_id)
    assert reception.plan.list_key == "inquiry_replies"
    assert [row.state for row in reception.plan.rows] == [
        RowState.CHANGED,
        RowState.CHANGED,
        RowState.PROBLEM,
    ]
    assert "没有就这项申报向该部门征求过意见" in reception.plan.rows[2].problems[0].message
    receiving.apply(office, reception)
    told = answers(office, round_id, "党委宣传部")
    assert [answer for answer, _, _ in told.values()] == [Reply.CLEAR, Reply.CLEAR, Reply.SILENT]


def test_the_list_of_a_letter_that_is_gone_is_refused(office: Office, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed, match="已不存在"):
        inquiry_lists.write_reply_form(office, "0" * 32, tmp_path / "名单.xlsx")
