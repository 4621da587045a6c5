"""Papers of the sample office, read back: names, copies, codes, figures and the same words in PDF and Word."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest
from sqlalchemy import select

from db.errors import NotAllowed, StaleData, UserError
from db.models import Branch, Printed
from db.vocabulary import ApplicationState
from dualcreate_desktop.office import application_papers, eligibility, printing, results, reviews
from dualcreate_desktop.office.applications import applications_of
from dualcreate_desktop.office.printing import PrintRun
from dualcreate_desktop.office.sample import Loaded
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.papers.codes import LENGTH, PaperKind, grouped, read_code


def pages(path: Path) -> list[str]:
    """The text of each page, without blanks and breaks."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in pdf]
    finally:
        pdf.close()


def printed(office: Office) -> list[Printed]:
    with office.read() as session:
        return list(session.scalars(select(Printed).order_by(Printed.code)))


def printed_forms(office: Office, round_id: str, path: Path, chosen: Sequence[str] | None = None) -> PrintRun:
    return printing.print_file(office, round_id, path, application_papers.forms(chosen))


def test_each_form_is_printed_in_two_copies_with_codes_of_their_own(
    sample_office: Office, loaded: Loaded, tmp_path: Path
) -> None:
    chosen = [loaded.keys[key] for key in ("u1", "b01", "b05")]
    run = printed_forms(sample_office, loaded.round_id, tmp_path / "申报表.pdf", chosen)
    text = pages(run.path)
    assert (run.documents, run.pages) == (6, len(text))
    rows = {row.id: row for row in applications_of(sample_office, loaded.round_id)}
    for application in chosen:
        assert any(rows[application].applicant in page for page in text)
    logged = printed(sample_office)
    assert [
        (item.subject, item.copy) for item in sorted(logged, key=lambda item: (item.subject, item.copy))
    ] == [(application, copy) for application in sorted(chosen) for copy in (1, 2)]
    assert len({item.code for item in logged}) == 6
    for item in logged:
        assert (len(item.code), read_code(item.code).kind, read_code(item.code).copy) == (
            LENGTH,
            PaperKind.APPLICATION,
            item.copy,
        )
        bearing = [page for page in text if "".join(grouped(item.code).split()) in page]
        assert bearing
        assert all(f"第{item.copy}份" in page for page in bearing)


def test_copies_of_an_applicant_stay_together(sample_office: Office, loaded: Loaded, tmp_path: Path) -> None:
    chosen = [loaded.keys[key] for key in ("b01", "b05")]
    run = printed_forms(sample_office, loaded.round_id, tmp_path / "申报表.pdf", chosen)
    text = pages(run.path)
    codes = [item.code for item in printed(sample_office)]
    order = [code for page in text for code in codes if code in page]
    assert list(dict.fromkeys(order)) == codes
    assert order == sorted(order)


def test_a_second_run_takes_new_codes_and_keeps_the_digest(
    sample_office: Office, loaded: Loaded, tmp_path: Path
) -> None:
    for name in ("一.pdf", "二.pdf"):
        printed_forms(sample_office, loaded.round_id, tmp_path / name, [loaded.keys["b01"]])
    logged = printed(sample_office)
    assert len({item.code for item in logged}) == 4
    assert len({item.digest for item in logged}) == 1


def test_a_paper_of_changed_facts_has_another_digest(
    sample_office: Office, loaded: Loaded, tmp_path: Path
) -> None:
    row = next(row for row in applications_of(sample_office, loaded.round_id) if row.id == loaded.keys["b01"])
    printed_forms(sample_office, loaded.round_id, tmp_path / "一.pdf", [row.id])
    with sample_office.change("改成立时间") as session:
        session.get_one(Branch, str(row.branch_id)).founded = "2010-01"
    printed_forms(sample_office, loaded.round_id, tmp_path / "二.pdf", [row.id])
    assert len({item.digest for item in printed(sample_office)}) == 2


def test_the_eligibility_sheet_says_each_verdict_with_its_clause_and_who_confirmed_it(
    sample_office: Office, loaded: Loaded, tmp_path: Path
) -> None:
    application = loaded.keys["b11"]
    job = application_papers.eligibility_sheets([application])
    run = printing.print_file(sample_office, loaded.round_id, tmp_path / "资格审查表.pdf", job)
    text = "".join(pages(run.path))
    assessment = eligibility.assess_round(sample_office, loaded.round_id)[application]
    for finding in assessment.findings:
        assert finding.clause in text
        assert finding.verdict.label in text
    assert "章清和" in text
    assert "化学化工学院党委2021年1月8日批复成立" in text


def test_every_unit_that_applies_gets_its_summary_with_its_applicants(
    sample_office: Office, loaded: Loaded, tmp_path: Path
) -> None:
    job = application_papers.recommendations()
    run = printing.print_file(sample_office, loaded.round_id, tmp_path / "推荐汇总表.pdf", job)
    text = "".join(pages(run.path))
    rows = [
        row
        for row in applications_of(sample_office, loaded.round_id)
        if row.state is not ApplicationState.WITHDRAWN
    ]
    assert run.documents == 2 * len({row.unit_id for row in rows})
    for row in rows:
        assert row.unit_name in text
        assert row.applicant in text
    assert "农业与食品学院" not in text, "its only application was withdrawn"


def test_the_public_notice_says_the_same_in_pdf_and_word(
    sample_office: Office, loaded: Loaded, tmp_path: Path
) -> None:
    run, word = printing.write_public_notice(sample_office, loaded.round_id, tmp_path)
    document = docx.Document(str(word))
    lines = ["".join(paragraph.text.split()) for paragraph in document.paragraphs]
    shown = "".join(pages(run.path))
    wanting = [line for line in lines if line and line not in shown and not _parted(line, shown)]
    assert wanting == []
    selected = [
        row
        for row in applications_of(sample_office, loaded.round_id)
        if row.state is ApplicationState.SELECTED
    ]
    assert len(selected) == 23
    for row in selected:
        assert row.title in shown
        assert row.title in "".join(lines)
    for told in ("2024年4月8日", "4月12日", "5个工作日", "66-1203", "66-1310"):
        assert told in shown


def _parted(line: str, shown: str) -> bool:
    """Whether a page break, with its number, stands inside the line."""
    return any(line[:cut] in shown and line[cut:] in shown for cut in range(8, len(line) - 8))


def test_there_is_no_notice_to_print_before_one_is_out(office: Office, round_id: str, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed, match="本批次还没有发布公示"):
        printing.write_public_notice(office, round_id, tmp_path)


def test_a_round_without_applications_has_nothing_to_print(
    office: Office, round_id: str, tmp_path: Path
) -> None:
    with pytest.raises(NotAllowed, match="没有可打印的申报表"):
        printed_forms(office, round_id, tmp_path / "申报表.pdf")
    assert not (tmp_path / "申报表.pdf").exists()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice calculates the formulas")
def test_the_ranking_workbook_recomputes_to_our_totals_and_places(
    sample_office: Office, loaded: Loaded, tmp_path: Path
) -> None:
    path = tmp_path / "评审排名.xlsx"
    results.write_ranking_workbook(sample_office, loaded.round_id, path)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    folder = tmp_path / "calculated"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder), str(path)],
        check=True,
        capture_output=True,
    )
    book = openpyxl.load_workbook(folder / path.name, data_only=True)
    for item in reviews.review_round(sample_office, loaded.round_id).categories:
        sheet = book[item.category.short_name]
        heads = [cell.value for cell in sheet[2]]
        name, total, place = (heads.index(head) for head in ("申报党组织", "得分", "名次"))
        shown = {
            row[name]: (Decimal(str(row[total])), row[place])
            for row in sheet.iter_rows(min_row=3, max_row=2 + len(item.ranking.rows), values_only=True)
        }
        assert shown == {
            item.rows[row.application].title: (row.total, row.place) for row in item.ranking.rows
        }


def test_a_preview_logs_nothing_and_what_goes_out_is_logged_once(
    sample_office: Office, loaded: Loaded, tmp_path: Path
) -> None:
    job = application_papers.forms([loaded.keys["b01"]])
    rendered = printing.render(printing.prepare(sample_office, loaded.round_id, job))
    assert printed(sample_office) == []
    assert rendered.missing == ()
    printing.log_run(sample_office, rendered.prepared)
    printing.save_pdf(sample_office, rendered, tmp_path / "申报表.pdf")
    assert [item.copy for item in printed(sample_office)] == [1, 2]


def test_two_previews_do_not_go_out_under_the_same_codes(sample_office: Office, loaded: Loaded) -> None:
    first, second = (
        printing.prepare(sample_office, loaded.round_id, application_papers.forms([loaded.keys[key]]))
        for key in ("b01", "b05")
    )
    printing.log_run(sample_office, first)
    with pytest.raises(StaleData, match="编码已被占用"):
        printing.log_run(sample_office, second)
    assert {item.subject for item in printed(sample_office)} == {loaded.keys["b01"]}


def test_a_file_that_cannot_be_written_is_a_sentence_and_logs_nothing(
    sample_office: Office, loaded: Loaded, tmp_path: Path
) -> None:
    (tmp_path / "申报表.pdf").mkdir()
    with pytest.raises(UserError, match=r"申报表\.pdf"):
        printed_forms(sample_office, loaded.round_id, tmp_path / "申报表.pdf", [loaded.keys["b01"]])
    assert printed(sample_office) == []
