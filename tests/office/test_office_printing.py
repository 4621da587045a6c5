"""Printing: what goes out is numbered, logged once, and never under a code that stands on another paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from db.errors import NotAllowed, StaleData
from db.models import Printed
from dualcreate_desktop.office import application_papers, journal, printing, progress
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.papers.codes import PaperKind, read_code
from dualcreate_desktop.rules.steps import Verb

Ids = dict[str, str]


def logged(office: Office) -> dict[str, tuple[str, int]]:
    with office.read() as session:
        return {
            code: (subject, copy)
            for code, subject, copy in session.execute(select(Printed.code, Printed.subject, Printed.copy))
        }


def test_nothing_is_logged_until_the_run_goes_out_and_then_each_copy_once(
    office: Office, round_id: str, applied: Ids
) -> None:
    prepared = printing.prepare(office, round_id, application_papers.forms())
    rendered = printing.render(prepared)
    assert logged(office) == {}
    assert len(prepared.documents) == 6
    assert rendered.pages >= 6
    assert rendered.missing == ()
    printing.log_run(office, prepared)
    assert sorted(logged(office).values()) == sorted(
        (key, copy) for key in applied.values() for copy in (1, 2)
    )
    assert printing.log_run(office, prepared) is None, "printed again from the same preview: the same papers"
    for code in logged(office):
        assert read_code(code).kind is PaperKind.APPLICATION
        assert read_code(code).printed == date(2024, 3, 15)
    assert journal.history(office)[0].title == "打印 申报表（6 份）"


def test_a_later_run_takes_other_codes(office: Office, round_id: str, applied: Ids, tmp_path: Path) -> None:
    job = application_papers.forms([applied["教一"]])
    printing.print_file(office, round_id, tmp_path / "一.pdf", job)
    run = printing.print_file(office, round_id, tmp_path / "二.pdf", job)
    assert run.path.read_bytes().startswith(b"%PDF")
    assert run.documents == 2
    assert len(logged(office)) == 4


def test_a_preview_that_was_overtaken_is_refused(office: Office, round_id: str, applied: Ids) -> None:
    one = printing.prepare(office, round_id, application_papers.forms([applied["教一"]]))
    other = printing.prepare(office, round_id, application_papers.forms([applied["教二"]]))
    printing.log_run(office, one)
    with pytest.raises(StaleData, match="请重新预览"):
        printing.log_run(office, other)
    assert {subject for subject, _ in logged(office).values()} == {applied["教一"]}


def test_a_withdrawn_application_is_not_printed_and_nothing_to_print_is_said(
    office: Office, round_id: str, applied: Ids
) -> None:
    progress.take(office, [applied["教一"]], Verb.WITHDRAW, reason="来函")
    with pytest.raises(NotAllowed, match="没有可打印的申报表"):
        printing.prepare(office, round_id, application_papers.forms([applied["教一"]]))
    prepared = printing.prepare(office, round_id, application_papers.recommendations([applied["教二"]]))
    assert [entry["copy"] for entry in prepared.entries] == [1, 2]


def test_several_papers_become_one_word_file(
    office: Office, round_id: str, applied: Ids, tmp_path: Path
) -> None:
    from docx import Document

    prepared = printing.prepare(office, round_id, application_papers.eligibility_sheets())
    path = tmp_path / "输出" / "资格审查表.docx"
    printing.save_word(prepared, path)
    words = "\n".join(cell.text for table in Document(str(path)).tables for cell in table._cells)
    assert words.count("综合意见") == len(applied)


def test_a_character_that_no_font_has_is_named(office: Office, round_id: str, applied: Ids) -> None:
    prepared = printing.prepare(office, round_id, application_papers.forms([applied["教一"]]))
    from dataclasses import replace

    from dualcreate_desktop.papers.content import Note

    odd = replace(prepared.documents[0], blocks=(*prepared.documents[0].blocks, Note("王\U000f0000")))
    assert printing.render(replace(prepared, documents=(odd,))).missing == ("\U000f0000",)
