"""From a job to paper: real pages on a real printer driver, which here writes a file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pypdfium2
import pytest
from PySide6.QtCore import QObject, QSize, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QImage, QPainter
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from db.errors import UserError
from dualcreate_desktop.office import actions, application_papers, printing
from dualcreate_desktop.office.printing import Rendered
from dualcreate_desktop.office.sample import Loaded
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import TableQuery
from dualcreate_desktop.papers.content import Paragraph
from ui.background import Cancelled, ImmediateRunner, Progress
from ui.dialogs.print_preview import PrintPreview, ToPdf, ToPrinter
from ui.paper_output import STRIP, OpenPdf, print_pages, strips
from ui.print_desk import PrintDesk
from ui.settings import Settings
from ui.tabs.application_list import ApplicationList
from ui.tabs.list_tab import exported

GREY = QImage.Format.Format_Grayscale8


@pytest.fixture
def rendered(sample_office: Office, loaded: Loaded) -> Rendered:
    """The forms of two applications, two copies of each."""
    chosen = list(loaded.keys.values())[:2]
    return printing.render(printing.prepare(sample_office, loaded.round_id, application_papers.forms(chosen)))


@pytest.fixture
def tab(qtbot: QtBot, sample_office: Office, loaded: Loaded, tmp_path: Path) -> ApplicationList:
    """The tab of the sample's round; its work is done at once."""
    made = ApplicationList(sample_office, Settings(tmp_path))
    qtbot.addWidget(made)
    runner = ImmediateRunner()
    made.work_wanted.connect(lambda work: runner.run(work.title, work.work, work.done, made.refused.emit))
    made.set_round(loaded.round_id)
    return made


class BothSides(QPrinter):
    """Set to both sides of the paper, which the driver that writes a file cannot be."""

    def duplex(self) -> QPrinter.DuplexMode:
        return QPrinter.DuplexMode.DuplexLongSide


def printer_to(path: Path, kind: type[QPrinter] = QPrinter) -> QPrinter:
    printer = kind()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(150)
    return printer


def quiet() -> Progress:
    return Progress(lambda done, total, what: None)


def sizes(path: Path) -> list[tuple[int, int]]:
    document = pypdfium2.PdfDocument(path)
    found = [(round(page.get_width()), round(page.get_height())) for page in document]
    document.close()
    return found


def ink(source: Path | io.BytesIO) -> tuple[int, int, int, int]:
    """Where the ink of the first page begins and ends, in pixels of 144 to an inch."""
    document = pypdfium2.PdfDocument(source)
    grey = document[0].render(scale=2).to_pil().convert("L")
    document.close()
    box: tuple[int, int, int, int] | None = grey.point(lambda light: 255 if light < 128 else 0).getbbox()
    assert box is not None, "there is ink on it"
    return box


def test_every_page_goes_out_and_copies_stay_together(
    qtbot: QtBot, rendered: Rendered, tmp_path: Path
) -> None:
    printer = printer_to(tmp_path / "出.pdf")
    printer.setCopyCount(2)
    assert print_pages(rendered, printer, quiet()) == 2 * rendered.pages
    assert len(sizes(tmp_path / "出.pdf")) == 2 * rendered.pages


def test_a_page_comes_out_at_its_true_size_and_not_blank(
    qtbot: QtBot, rendered: Rendered, tmp_path: Path
) -> None:
    print_pages(rendered, printer_to(tmp_path / "出.pdf"), quiet())
    asked, came = ink(io.BytesIO(rendered.data)), ink(tmp_path / "出.pdf")
    assert all(abs(one - other) <= 2 for one, other in zip(asked, came, strict=True)), "2 of 144 to an inch"


def test_a_page_is_drawn_in_strips_that_are_the_page(qtbot: QtBot, rendered: Rendered) -> None:
    opened = OpenPdf(rendered.data)
    pixels = QSize(1240, 1754)
    whole = opened.document.render(0, pixels)
    drawn = QImage(pixels, QImage.Format.Format_RGB32)
    painter = QPainter(drawn)
    for top, strip in strips(opened.document, 0, pixels):
        assert strip.height() <= STRIP + 1
        painter.drawImage(0, top, strip)
    painter.end()
    white = QImage(pixels, QImage.Format.Format_RGB32)
    white.fill(Qt.GlobalColor.white)
    painter = QPainter(white)
    painter.drawImage(0, 0, whole)
    painter.end()
    opened.close()
    one, other = (bytes(made.convertToFormat(GREY).constBits()) for made in (drawn, white))
    assert max(abs(a - b) for a, b in zip(one, other, strict=True)) <= 1


def test_a_page_that_lies_turns_the_sheet(
    qtbot: QtBot, sample_office: Office, loaded: Loaded, tmp_path: Path
) -> None:
    job = application_papers.recommendations(list(loaded.keys.values())[:1])
    run = printing.render(printing.prepare(sample_office, loaded.round_id, job))
    print_pages(run, printer_to(tmp_path / "横.pdf"), quiet())
    assert all(width > height for width, height in sizes(tmp_path / "横.pdf"))


def test_only_the_chosen_pages_go_out(qtbot: QtBot, rendered: Rendered, tmp_path: Path) -> None:
    printer = printer_to(tmp_path / "出.pdf")
    printer.setFromTo(2, 3)
    assert print_pages(rendered, printer, quiet()) == 2


def test_on_both_sides_each_document_begins_on_a_sheet_of_its_own(
    qtbot: QtBot, rendered: Rendered, tmp_path: Path
) -> None:
    odd = replace(rendered, parts=(3, 1, *rendered.parts[2:]))
    assert odd.pages == rendered.pages == 8
    for kind, blank in ((QPrinter, []), (BothSides, [3, 5, 13, 15])):
        printer = printer_to(tmp_path / "出.pdf", kind)
        printer.setCopyCount(2)
        assert print_pages(odd, printer, quiet()) == 16, "an empty back is no page"
        document = pypdfium2.PdfDocument(tmp_path / "出.pdf")
        light = [page.render(scale=0.2).to_pil().convert("L").getextrema()[0] for page in document]
        document.close()
        assert [number for number, darkest in enumerate(light) if darkest == 255] == blank


def test_printing_stops_when_it_is_given_up(qtbot: QtBot, rendered: Rendered, tmp_path: Path) -> None:
    unwanted = quiet()
    unwanted.cancel()
    with pytest.raises(Cancelled):
        print_pages(rendered, printer_to(tmp_path / "出.pdf"), unwanted)


@pytest.mark.qt_log_ignore("QPainter::begin")  # Qt's own word on the refusal, which is what is tested
def test_a_printer_that_takes_no_job_is_said(qtbot: QtBot, rendered: Rendered, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="打印机没有接受打印任务"):
        print_pages(rendered, printer_to(tmp_path / "没有这个文件夹" / "出.pdf"), quiet())


def test_what_was_printed_or_saved_is_in_the_journal_once(
    qtbot: QtBot, tab: ApplicationList, rendered: Rendered, tmp_path: Path
) -> None:
    desk = PrintDesk(tab, Settings(tmp_path))
    desk.send(rendered, ToPrinter(printer_to(tmp_path / "出.pdf")))
    assert actions.actions(tab.office, TableQuery()).rows[0].title == "打印 申报表（4 份）"
    with qtbot.waitSignal(tab.offered) as offered:
        desk.send(rendered, ToPdf(tmp_path / "申报表.pdf"))
    assert offered.args[0].text == f"已另存 {rendered.pages} 页：申报表.pdf"
    assert len(sizes(tmp_path / "申报表.pdf")) == rendered.pages
    titles = [row.title for row in actions.actions(tab.office, TableQuery()).rows]
    assert sum("申报表（4 份）" in title for title in titles) == 1, "one run, one entry"


def test_a_preview_that_was_overtaken_is_refused_in_words(
    qtbot: QtBot, tab: ApplicationList, rendered: Rendered, loaded: Loaded, tmp_path: Path
) -> None:
    other = application_papers.forms(list(loaded.keys.values())[2:3])
    printing.print_file(tab.office, loaded.round_id, tmp_path / "别的.pdf", other)
    with qtbot.waitSignal(tab.refused) as refused:
        PrintDesk(tab, Settings(tmp_path)).send(rendered, ToPdf(tmp_path / "申报表.pdf"))
    assert "请重新预览" in str(refused.args[0])


def test_a_missing_glyph_is_named_before_printing(qtbot: QtBot, rendered: Rendered, tmp_path: Path) -> None:
    prepared = rendered.prepared
    named = replace(prepared.documents[0], blocks=(Paragraph("书记：张𰻝"),))
    run = printing.render(replace(prepared, documents=(named,)))
    dialog = PrintPreview(None, Settings(tmp_path), run)
    qtbot.addWidget(dialog)
    dialog.show()
    texts = [made.text() for made in dialog.findChildren(type(dialog.problem))]
    assert any("𰻝（U+30EDD）" in text and "〓" in text for text in texts)
    dialog.reject()


class Program(QObject):
    """The user's own program; notes what it is to open."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Path] = []

    @Slot(QUrl)
    def open(self, file: QUrl) -> None:
        """Note the file."""
        self.opened.append(Path(file.toLocalFile()))


@pytest.fixture
def program() -> Iterator[Program]:
    """Whatever the window hands to the desktop."""
    made = Program()
    QDesktopServices.setUrlHandler("file", made, "open")
    yield made
    QDesktopServices.unsetUrlHandler("file")


def test_the_word_version_opens_in_the_users_program_and_can_be_edited(
    qtbot: QtBot, tab: ApplicationList, rendered: Rendered, program: Program, tmp_path: Path
) -> None:
    dialog = PrintPreview(None, Settings(tmp_path), rendered)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.mouseClick(dialog.word, Qt.MouseButton.LeftButton)
    assert dialog.answer is not None
    with qtbot.waitSignal(tab.offered) as offered:
        PrintDesk(tab, Settings(tmp_path)).send(rendered, dialog.answer)
    (path,) = program.opened
    assert path.suffix == ".docx"
    assert any("申报表" in line.text for line in docx.Document(str(path)).paragraphs)
    assert offered.args[0].text == f"正在打开：{path.name}"
    offered.args[0].follow()
    assert program.opened[-1] == path.parent


def test_an_exported_list_opens_in_the_users_program(program: Program, tmp_path: Path) -> None:
    exported(tmp_path / "党支部.xlsx", 3, "个").follow()
    assert program.opened == [tmp_path / "党支部.xlsx"]
