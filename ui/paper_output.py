"""A PDF on a printer: page by page, every copy by our own loop, so that copies stay together on any printer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions
from PySide6.QtPrintSupport import QPrinter

from db.errors import UserError
from dualcreate_desktop.office.printing import Rendered
from ui.background import Progress

POINTS_PER_INCH = 72
ENOUGH_DPI = 300
"""A finer picture of a page only makes a larger job: hair lines and codes are sharp at this."""

STRIP = 440
"""Rows of pixels that are drawn at once: the window waits until such a call of Qt is done."""


class OpenPdf:
    """A PDF file in memory, open as long as it is used."""

    def __init__(self, data: bytes) -> None:
        self._buffer = QBuffer()
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document = QPdfDocument(None)  # type: ignore[call-overload]  # the stub wants a parent; Qt does not
        self.document.load(self._buffer)

    def close(self) -> None:
        """Let go of the document before its data."""
        self.document.close()
        self._buffer.close()


BOTH_SIDES = (QPrinter.DuplexMode.DuplexLongSide, QPrinter.DuplexMode.DuplexShortSide)

BLANK = -1
"""Stands for the back of a sheet that stays empty."""


def print_pages(rendered: Rendered, printer: QPrinter, progress: Progress) -> int:
    """Print a run with the printer's range and number of copies; returns how many pages went out.

    On both sides of the paper each document begins on a sheet of its own.

    May run in any thread, as long as nobody else uses the printer.

    Raises:
        UserError: the printer takes no job.
        Cancelled: the user gave it up; what the printer has already may still come out.
    """
    opened = OpenPdf(rendered.data)
    try:
        pages = list(_sides(rendered.parts, _range(printer, rendered.pages), printer.duplex() in BOTH_SIDES))
        pages *= printer.copyCount()
        printer.setCopyCount(1)
        while pages[-1] == BLANK:
            pages.pop()
        _Press(opened.document, printer).run(pages, progress)
        return sum(page != BLANK for page in pages)
    finally:
        opened.close()


def _range(printer: QPrinter, count: int) -> range:
    """The chosen pages from 0; a range that is not set means all."""
    first, last = printer.fromPage() or 1, printer.toPage() or count
    return range(first - 1, min(last, count))


def _sides(parts: Sequence[int], chosen: range, both: bool) -> Iterator[int]:
    """The chosen pages, on both sides of the paper with the empty back of a document that ends on a front."""
    first = 0
    for count in parts:
        pages = [page for page in range(first, first + count) if page in chosen]
        yield from pages
        if both and len(pages) % 2:
            yield BLANK
        first += count


class _Press:
    """Draws page after page."""

    def __init__(self, document: QPdfDocument, printer: QPrinter) -> None:
        self._document, self._printer = document, printer

    def run(self, pages: list[int], progress: Progress) -> None:
        """Draw these pages as one job."""
        self._printer.setFullPage(True)
        self._turn(pages[0])
        painter = QPainter()
        if not painter.begin(self._printer):
            raise UserError("打印机没有接受打印任务", todo="请检查打印机是否已连接、有纸，再重新打印。")
        done = False
        try:
            for number, page in enumerate(pages):
                progress.step(number, len(pages), "正在打印")
                if number:
                    self._turn(page)
                    self._printer.newPage()
                if page != BLANK:
                    self._draw(painter, page)
            done = True
        finally:
            painter.end()
            if not done:
                self._printer.abort()

    def _turn(self, page: int) -> None:
        """Turn the sheet as the page lies; the back of one lies as its front."""
        if page == BLANK:
            return
        size = self._document.pagePointSize(page)
        lies = size.width() > size.height()
        self._printer.setPageOrientation(
            QPageLayout.Orientation.Landscape if lies else QPageLayout.Orientation.Portrait
        )

    def _draw(self, painter: QPainter, page: int) -> None:
        """A page at its true size, from the corner of the sheet."""
        size = self._document.pagePointSize(page)
        dpi = min(self._printer.resolution(), ENOUGH_DPI)
        pixels = QSize(
            round(size.width() * dpi / POINTS_PER_INCH), round(size.height() * dpi / POINTS_PER_INCH)
        )
        width = size.width() * self._printer.resolution() / POINTS_PER_INCH
        height = size.height() * self._printer.resolution() / POINTS_PER_INCH / pixels.height()
        for top, strip in strips(self._document, page, pixels):
            painter.drawImage(QRectF(0, top * height, width, strip.height() * height), strip)


def strips(document: QPdfDocument, page: int, pixels: QSize) -> Iterator[tuple[int, QImage]]:
    """A page of so many pixels in strips from top to bottom, each with the number of its first row.

    Each has the first row of the next, too, so that no line is left between them on a printer of another resolution.
    """
    for top in range(0, pixels.height(), STRIP):
        rows = min(STRIP + 1, pixels.height() - top)
        part = QPdfDocumentRenderOptions()
        part.setScaledSize(pixels)
        part.setScaledClipRect(QRect(0, top, pixels.width() + 1, rows + 1))  # Qt scales by its last pixel
        yield top, _lean(document.render(page, QSize(pixels.width(), rows), part))


def _lean(picture: QImage) -> QImage:
    """A strip on white, as a grey picture where it has no colour: a quarter of the job."""
    paper = QImage(picture.size(), QImage.Format.Format_RGB32)
    paper.fill(Qt.GlobalColor.white)
    painter = QPainter(paper)
    painter.drawImage(0, 0, picture)
    painter.end()
    return paper.convertToFormat(QImage.Format.Format_Grayscale8) if paper.allGray() else paper
