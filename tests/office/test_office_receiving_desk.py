"""The receiving desk: unit papers, scanned codes, slips."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from db.errors import NotAllowed, UserError
from db.vocabulary import PaperState
from dualcreate_desktop.office import application_forms, application_papers, printing, receipts
from dualcreate_desktop.office.receipts import Arrival, Paper
from dualcreate_desktop.office.rounds import rules
from dualcreate_desktop.office.scanning import scanned
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.papers.content import texts

Ids = dict[str, str]
IN_TIME = datetime(2024, 3, 15, 17, 0)


def unit_paper(office: Office, round_id: str, unit_id: str) -> Paper:
    with office.read() as session:
        return receipts.unit_papers(session, rules(session, round_id))[unit_id]


def printed_codes(office: Office, round_id: str, job: printing.Job) -> list[str]:
    prepared = printing.prepare(office, round_id, job)
    printing.log_run(office, prepared)
    return [str(entry["code"]) for entry in prepared.entries]


def test_what_a_unit_sends_once_is_received_by_unit(
    office: Office, round_id: str, units: Ids, applied: Ids
) -> None:
    own = units["机械学院"]
    assert unit_paper(office, round_id, own).state is PaperState.MISSING
    arrivals = [Arrival(None, "recommendation", copy, IN_TIME, "张三", unit_id=own) for copy in (1, 2)]
    receipts.receive(office, round_id, arrivals)
    assert unit_paper(office, round_id, own).label == "还差 1 份", "the appraisal results are owed still"
    assert unit_paper(office, round_id, units["材料学院"]).state is PaperState.MISSING
    with pytest.raises(NotAllowed, match=r"这一份已于 2024-03-15 17:00 由王小明收下（推荐汇总表 第1份）"):
        receipts.receive(office, round_id, arrivals[:1])


def test_a_unit_that_is_not_there_or_a_document_of_an_application_is_refused(
    office: Office, round_id: str, units: Ids
) -> None:
    with pytest.raises(NotAllowed, match="不在名册中"):
        receipts.receive(office, round_id, [Arrival(None, "recommendation", 1, IN_TIME, unit_id="0" * 32)])
    with pytest.raises(NotAllowed, match="不需要这份材料"):
        receipts.receive(
            office, round_id, [Arrival(None, "branch_form", 1, IN_TIME, unit_id=units["机械学院"])]
        )


def test_a_scanned_form_names_its_application_and_copy(office: Office, round_id: str, applied: Ids) -> None:
    codes = printed_codes(office, round_id, application_papers.forms([applied["教一"]]))
    found = [scanned(office, round_id, code) for code in codes]
    assert [(item.application_id, item.material, item.copy) for item in found] == [
        (applied["教一"], "branch_form", 1),
        (applied["教一"], "branch_form", 2),
    ]
    assert not any(item.outdated for item in found)


def test_a_form_that_was_changed_after_printing_is_noticed(
    office: Office, round_id: str, applied: Ids
) -> None:
    (code, _) = printed_codes(office, round_id, application_papers.forms([applied["教一"]]))
    form = application_forms.form(office, applied["教一"])
    changed = application_forms.Form(form.record_id, form.revision, {**form.values, "goals": "新的目标"})
    application_forms.save(office, round_id, changed)
    assert scanned(office, round_id, code).outdated


def test_a_scanned_summary_names_its_unit(office: Office, round_id: str, units: Ids, applied: Ids) -> None:
    codes = printed_codes(office, round_id, application_papers.recommendations())
    item = scanned(office, round_id, codes[1])
    assert (item.unit_id, item.application_id, item.copy) == (units["机械学院"], None, 2)


@pytest.mark.parametrize("typed", ["", "12", "0324031500001010", "扫描"])
def test_what_is_no_code_of_ours_is_said(office: Office, round_id: str, typed: str) -> None:
    with pytest.raises(UserError):
        scanned(office, round_id, typed)


def test_other_papers_and_undone_prints_are_not_received(office: Office, round_id: str, applied: Ids) -> None:
    (sheet,) = printed_codes(office, round_id, application_papers.eligibility_sheets([applied["教一"]]))
    with pytest.raises(UserError, match="不是须收回的材料"):
        scanned(office, round_id, sheet)
    unlogged = printing.prepare(office, round_id, application_papers.forms([applied["教二"]]))
    with pytest.raises(NotAllowed, match="没有打印过"):
        scanned(office, round_id, str(unlogged.entries[0]["code"]))


def test_a_slip_tells_what_came_and_what_is_owed(
    office: Office, round_id: str, units: Ids, applied: Ids, tmp_path: Path
) -> None:
    with pytest.raises(NotAllowed, match="没有可打印的收件回执"):
        printing.prepare(office, round_id, application_papers.receipt_slips([applied["教一"]]))
    late = Arrival(applied["教一"], "branch_support", 1, datetime(2024, 3, 16, 9, 5), "李四", "印刷厂停电")
    receipts.receive(office, round_id, [Arrival(applied["教一"], "branch_form", 1, IN_TIME, "张三"), late])
    prepared = printing.prepare(office, round_id, application_papers.receipt_slips([applied["教一"]]))
    words = texts(prepared.documents[0])
    for expected in ("2024年3月16日 09:05", "逾期：印刷厂停电", "1份", "机械工程学院党委"):
        assert expected in words
    assert any("还差 2 份" in word for word in words)
    assert any("张三、李四" in word for word in words)
    assert printing.render(prepared).pages == 1


def test_a_slip_of_a_whole_unit_names_each_applicant(
    office: Office, round_id: str, units: Ids, applied: Ids
) -> None:
    receipts.receive(office, round_id, [Arrival(applied["教一"], "branch_form", 1, IN_TIME, "张三")])
    prepared = printing.prepare(office, round_id, application_papers.receipt_slips())
    (document,) = prepared.documents
    words = texts(document)
    assert "机械工程学院教工第一党支部：样板支部申报表" in words
    assert "机械工程学院党委等 3 项申报" in words
    assert printing.render(prepared).pages == 2, (
        "a long list takes a sheet for the office and one for the bringer"
    )
