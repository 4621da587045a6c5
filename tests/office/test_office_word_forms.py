"""Our own printed application form, filled in with Word and sent back, becomes the application it is about."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from db.errors import FileRefused, NotAllowed
from db.vocabulary import RowState
from dualcreate_desktop.office import applications, documents, incoming, rounds, sending_back
from dualcreate_desktop.office.receiving import Answers
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.papers.word import write_word

Ids = dict[str, str]


def printed_form(office: Office, round_id: str, application_id: str, path: Path) -> Path:
    """The form of an application as the office prints it, for editing in Word."""
    with office.read() as session:
        current = rounds.rules(session, round_id)
        row = next(row for row in applications.applications(session, round_id) if row.id == application_id)
        write_word([documents.application_form(current, row)], path)
    return path


@pytest.fixture
def printed(office: Office, applied: Ids, round_id: str, tmp_path: Path) -> Path:
    """The form of 教一."""
    return printed_form(office, round_id, applied["教一"], tmp_path / "申报表.docx")


def fill(path: Path, **answers: str) -> None:
    """Type into the cells to the right of these labels."""
    document = docx.Document(str(path))
    for table in document.tables:
        for row in table.rows:
            for label, cell in zip(row.cells, row.cells[1:], strict=False):
                text = label.text.replace("\n", "")
                if text in answers:
                    cell.text = answers[text]
    document.save(str(path))


@pytest.mark.parametrize("who", ["教一", "教二", "机械学院"])
def test_a_form_that_comes_back_as_it_was_printed_changes_nothing(
    who: str, office: Office, applied: Ids, round_id: str, tmp_path: Path
) -> None:
    path = printed_form(office, round_id, applied[who], tmp_path / "申报表.docx")
    (preview,) = incoming.open_file(office, path, round_id=round_id)
    (row,) = preview.rows()
    assert (preview.kind.key, row.record_id, row.state, row.problems) == (
        "applications",
        applied[who],
        RowState.SAME,
        (),
    )


def test_what_was_filled_in_is_previewed_applied_and_comes_back_as_known(
    office: Office, printed: Path, applied: Ids, round_id: str
) -> None:
    fill(printed, 联系人="钱一帆", 预期成果="形成一批成果\n可推广")
    (preview,) = incoming.open_file(office, printed, round_id=round_id)
    (row,) = preview.rows()
    assert [(change.key, change.after) for change in row.changes] == [
        ("contact", "钱一帆"),
        ("outcomes", "形成一批成果\n可推广"),
    ]
    assert incoming.apply(office, preview) is not None
    (again,) = incoming.open_file(office, printed, round_id=round_id)
    assert again.rows()[0].state is RowState.SAME


def test_what_is_wrong_is_told_by_table_and_row_and_can_be_mended(
    office: Office, printed: Path, round_id: str, tmp_path: Path
) -> None:
    fill(printed, 推荐顺序="第一")
    (preview,) = incoming.open_file(office, printed, round_id=round_id)
    (problem,) = preview.sheet.plan.all_problems
    assert problem.place == "表格 1 第 6 行"
    column = next(column for column in preview.columns if column.field.key == "preference")
    assert column.place is not None
    assert (column.heading, column.where(2)) == ("表格 1 第 6 行  推荐顺序", "表格 1 第 6 行")
    mended = incoming.mend(office, preview, Answers(mends={(1, column.place): "3"}))
    assert [change.key for change in mended.rows()[0].changes] == ["preference"]
    with pytest.raises(NotAllowed, match="不能标注"):
        sending_back.send_back(office, [preview], tmp_path / "修改稿.xlsx")
    mail = sending_back.letter(office, [preview])
    assert "表格 1 第 6 行" in mail.text
    assert "附件" not in mail.text


def test_a_document_without_a_form_says_so(office: Office, round_id: str, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("关于做好申报工作的通知")
    document.save(str(tmp_path / "通知.docx"))
    with pytest.raises(FileRefused, match="没有认出"):
        incoming.open_file(office, tmp_path / "通知.docx", round_id=round_id)
