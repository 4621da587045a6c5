"""部门联审: a letter to each department at once, printed, answered in one go, chased, and the evidence of the veto."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import docx
import pypdfium2
import pytest

from db.errors import NotAllowed
from db.vocabulary import Reply, Verdict
from dualcreate_desktop.office import (
    application_papers,
    eligibility,
    inquiries,
    inquiry_letters,
    journal,
    own_unit,
    printing,
    progress,
    registry,
    rounds,
)
from dualcreate_desktop.office.inquiries import Answer
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.papers.content import Closing
from dualcreate_desktop.rules.dates import PartialDate
from dualcreate_desktop.rules.notice_parts import Contact
from dualcreate_desktop.rules.record_writing import dump_record
from dualcreate_desktop.rules.steps import Verb

Ids = dict[str, str]
ALL = ("discipline", "publicity", "students", "security")
ISSUED, DUE = date(2024, 3, 18), date(2024, 3, 25)


def pages(path: Path) -> list[str]:
    pdf = pypdfium2.PdfDocument(path)
    try:
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in pdf]
    finally:
        pdf.close()


@pytest.fixture
def asked(office: Office, round_id: str, applied: Ids) -> Office:
    """All four departments are asked about all three applications."""
    numbers = {key: f"组函〔2024〕{place}号" for place, key in enumerate(ALL, 3)}
    inquiry_letters.prepare_letters(office, round_id, numbers, issued=ISSUED, due=DUE)
    return office


def test_all_departments_are_asked_at_once_and_nobody_twice(
    asked: Office, round_id: str, applied: Ids
) -> None:
    letters = inquiry_letters.letters(inquiries.replies(asked, round_id))
    assert [letter.department for letter in letters] == [
        "纪委办公室",
        "党委宣传部",
        "党委学生工作部",
        "党委保卫部",
    ]
    assert {(letter.total, letter.silent, letter.document[-2:]) for letter in letters} == {
        (3, 3, f"{number}号") for number in range(3, 7)
    }
    assert all(not item.applications for item in inquiry_letters.proposal(asked, round_id).departments)
    with pytest.raises(NotAllowed, match="没有要征求意见的申报"):
        inquiry_letters.prepare_letters(asked, round_id, dict.fromkeys(ALL, ""), issued=ISSUED, due=DUE)
    journal.undo(asked, journal.last_undoable(asked) or "")
    assert not inquiries.replies(asked, round_id)


def test_a_withdrawn_application_is_not_asked_about_and_days_must_follow_each_other(
    office: Office, round_id: str, applied: Ids
) -> None:
    progress.take(office, [applied["教二"]], Verb.WITHDRAW, reason="支部放弃")
    asked = inquiry_letters.proposal(office, round_id)
    assert all(applied["教二"] not in item.applications for item in asked.departments)
    with pytest.raises(NotAllowed, match="早于发函日期"):
        inquiry_letters.prepare_letters(
            office, round_id, {"discipline": ""}, issued=date(2024, 3, 18), due=date(2024, 3, 17)
        )


def test_a_reply_is_proposed_for_the_fifth_working_day(office: Office, round_id: str, applied: Ids) -> None:
    desk = replace(office, clock=lambda: datetime(2024, 4, 1, 9))
    assert inquiry_letters.proposal(desk, round_id).due == date(2024, 4, 9), (
        "清明节 is no working day, nor a weekend"
    )


def test_replies_become_the_evidence_of_the_veto(asked: Office, round_id: str, applied: Ids) -> None:
    rows = inquiries.replies(asked, round_id)
    clear = Answer(Reply.CLEAR, document="校纪函〔2024〕9号", replied_on=date(2024, 3, 22))
    inquiries.record(asked, {row.id: clear for row in rows})
    exception = next(row for row in rows if row.application_id == applied["教二"])
    inquiries.record(
        asked, {exception.id: Answer(Reply.CONCERN, "2023年6月有信访在核查", "校纪函〔2024〕9号")}
    )
    found = eligibility.assess_round(asked, round_id)
    assert found[applied["教一"]].finding("branch_incidents").verdict is Verdict.PASS
    vetoed = found[applied["教二"]].finding("branch_incidents")
    assert vetoed.verdict is Verdict.FAIL
    assert any("2023年6月有信访在核查" in text for text in vetoed.evidence)
    assert exception.id in {link.record_id for link in vetoed.links}
    with pytest.raises(NotAllowed, match="须写明情况"):
        inquiries.record(asked, {exception.id: Answer(Reply.CONCERN)})


def test_a_letter_tells_where_the_notice_says_that_the_office_is_unless_the_office_says_it(
    asked: Office, round_id: str, tmp_path: Path
) -> None:
    current = rounds.rules_of(asked, round_id)
    named = Contact("党委组织部", "办公室自定", "行政楼A203", "0571-3985533", "zzb@jiangzhou.example")
    rounds.edit_rules(asked, round_id, dump_record(replace(current.written, contacts=(named,))), "规则.toml")
    form = own_unit.form(asked)
    own_unit.save(asked, replace(form, values={**form.values, "phone": "0571-00000000"}))
    prepared = printing.prepare(asked, round_id, inquiry_letters.letter_papers())
    first = pages(printing.save_pdf(asked, printing.render(prepared), tmp_path / "函.pdf").path)[0]
    assert "联系电话：0571-00000000；地点：行政楼A203；电子邮箱：zzb@jiangzhou.example。" in first


def test_letters_are_printed_with_their_list_number_and_signature(
    asked: Office, round_id: str, tmp_path: Path
) -> None:
    form = own_unit.form(asked)
    values = {
        "school": "江州大学",
        "organ": "中共江州大学委员会组织部",
        "phone": "0571-00000000",
        "mailbox": "zzb@jiangzhou.example",
    }
    own_unit.save(asked, replace(form, values=values))
    prepared = printing.prepare(asked, round_id, inquiry_letters.letter_papers())
    assert len(prepared.documents) == 4
    run = printing.save_pdf(asked, printing.render(prepared), tmp_path / "函.pdf")
    told = pages(run.path)
    assert len(told) == 8, "each letter is one page, its list another"
    for words in (
        "组函〔2024〕3号",
        "纪委办公室：",
        "2024年3月25日前",
        "中共江州大学委员会组织部",
        "0571-00000000",
        "《基层党支部工作考核评价办法（试行）》（党委发〔2021〕123号）",
    ):
        assert words in told[0]
    assert "机械工程学院教工第一党支部" in told[1]
    assert "征求意见名单" in told[1]
    printing.save_word(prepared, tmp_path / "函.docx")
    written = docx.Document(str(tmp_path / "函.docx"))
    assert len(written.tables) == 4
    assert [len(table.rows) for table in written.tables] == [4] * 4


def test_silence_is_chased_with_what_was_not_replied_to(asked: Office, round_id: str, applied: Ids) -> None:
    later = replace(asked, clock=lambda: datetime(2024, 3, 27, 9))
    rows = inquiries.replies(later, round_id)
    assert all(row.late for row in rows)
    silent = rows[0]
    others = {row.id: Answer(Reply.CLEAR) for row in rows if row.inquiry_id == silent.inquiry_id}
    others.pop(silent.id)
    inquiries.record(later, others)
    mail = inquiry_letters.reminder(later, round_id, silent.inquiry_id)
    assert silent.applicant in mail.text
    assert "下列 1 项" in mail.text
    job = inquiry_letters.reminder_papers([silent.inquiry_id], date(2024, 3, 27))
    (paper,) = printing.prepare(later, round_id, job).documents
    (closing,) = [block for block in paper.blocks if isinstance(block, Closing)]
    assert closing.date == "2024年3月27日"
    inquiries.record(later, {silent.id: Answer(Reply.CLEAR)})
    with pytest.raises(NotAllowed, match="不用催办"):
        inquiry_letters.reminder(later, round_id, silent.inquiry_id)


def test_the_sheet_prints_force_exception_approver_and_replies(
    asked: Office, branches: Ids, round_id: str, applied: Ids, tmp_path: Path
) -> None:
    rows = inquiries.replies(asked, round_id)
    own = next(row for row in rows if row.application_id == applied["教一"])
    inquiries.record(
        asked, {own.id: Answer(Reply.CONCERN, "有一件信访", "校纪函〔2024〕9号", date(2024, 3, 22))}
    )
    form = registry.branch_form(asked, branches["机械工程学院教工第一党支部"])
    registry.save_branch(asked, replace(form, values={**form.values, "founded": PartialDate(2023, 3)}))
    eligibility.confirm(
        asked, applied["教一"], "branch_age", Verdict.PASS, reason="学院新建，学校同意", approver="章书记"
    )
    path = tmp_path / "审查表.pdf"
    printing.print_file(asked, round_id, path, application_papers.eligibility_sheets([applied["教一"]]))
    text = "".join(pages(path))
    for words in ("硬性", "原则上", "例外通过", "学院新建，学校同意", "批准：章书记", "批准人："):
        assert words in text
    for words in ("部门联审", "有情况：有一件信访", "校纪函〔2024〕9号", "2024-03-22", "未复"):
        assert words in text
