"""Papers as PDF, one file for one document or for a whole print run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

from dualcreate_desktop.fields import Align
from dualcreate_desktop.papers.codes import draw_code, grouped
from dualcreate_desktop.papers.content import Document, Face
from dualcreate_desktop.papers.layout import LAYOUTS, MM, Layout, Style
from dualcreate_desktop.papers.pages import Page, paginate
from dualcreate_desktop.papers.saving import save_whole
from dualcreate_desktop.papers.setting import set_words

CODE_SIDE = 20 * MM
"""Side of the QR code; 20 mm are read at 150 dpi, rotated or blurred."""
CODE_EDGE = 7 * MM
"""From the code to the upper edge of the sheet."""
CODE_STYLE = Style(Face.SONG, 7.5, 9, align=Align.RIGHT, justified=False)
COPY_STYLE = Style(Face.HEI, 12, 16, justified=False)
FOOT_STYLE = Style(Face.SONG, 9, 12, justified=False)
PAGE_STYLE = replace(FOOT_STYLE, align=Align.RIGHT)
NUMBER_STYLE = Style(Face.SONG, 14, 14, justified=False)
NUMBER_BELOW = 7 * MM
"""From the type area to the upper edge of the page number (GB/T 9704, 7.5)."""
FOOT_ABOVE = 10 * MM
"""From the lower edge of the sheet to the foot of a form."""

Progress = Callable[[int, int], None]
"""Told after every document: how many of how many are done. What it raises stops the work."""


def write_pdf(documents: Sequence[Document], path: Path, *, progress: Progress | None = None) -> int:
    """Write documents, one after the other, into one PDF file, whole or not at all.

    Returns:
        how many pages there are.

    Raises:
        UserError: the file cannot be written.
    """
    data, parts = pdf_bytes(documents, progress=progress)
    save_whole(path, lambda unfinished: unfinished.write_bytes(data))
    return sum(parts)


def pdf_bytes(
    documents: Sequence[Document], *, progress: Progress | None = None
) -> tuple[bytes, tuple[int, ...]]:
    """The PDF file in memory, for the preview, and how many pages each document has."""
    from reportlab.pdfgen.canvas import Canvas

    stream = BytesIO()
    canvas: Any = Canvas(stream, pageCompression=1)
    canvas.setTitle(documents[0].title if documents else "")
    canvas.setCreator("党建双创工作台")
    parts = []
    for number, document in enumerate(documents, 1):
        parts.append(_draw_document(canvas, document))
        if progress is not None:
            progress(number, len(documents))
    canvas.save()
    return stream.getvalue(), tuple(parts)


def _draw_document(canvas: Any, document: Document) -> int:
    """Draw all pages; how many there are."""
    layout = LAYOUTS[document.paper]
    pages = paginate(document)
    canvas.setPageSize(layout.page)
    for number, page in enumerate(pages, 1):
        _draw_page(canvas, page, document, layout)
        _draw_foot(canvas, document, layout, number, len(pages))
        canvas.showPage()
    return len(pages)


def _draw_page(canvas: Any, page: Page, document: Document, layout: Layout) -> None:
    left = layout.margins[3] * MM
    top = layout.page[1] - layout.top(coded=bool(document.code))
    for down, piece in page.pieces:
        piece.draw(canvas, left, top - down)
    if document.code:
        _draw_code(canvas, document.code, layout)
    if document.copy is not None:
        edge = layout.page[1] - CODE_EDGE
        _draw_line(canvas, document.copy.label, COPY_STYLE, left, edge, layout.width)


def _draw_code(canvas: Any, code: str, layout: Layout) -> None:
    """The QR code at the upper right, its digits below."""
    right = layout.page[0] - layout.margins[1] * MM
    top = layout.page[1] - CODE_EDGE
    draw_code(canvas, code, right - CODE_SIDE, top, CODE_SIDE)
    _draw_line(canvas, grouped(code), CODE_STYLE, right - 2 * CODE_SIDE, top - CODE_SIDE, 2 * CODE_SIDE)


def _draw_foot(canvas: Any, document: Document, layout: Layout, number: int, total: int) -> None:
    left = layout.margins[3] * MM
    if not layout.dashes:
        top = FOOT_ABOVE + FOOT_STYLE.pitch
        _draw_line(canvas, document.footer, FOOT_STYLE, left, top, layout.width)
        _draw_line(canvas, f"第{number}页 共{total}页", PAGE_STYLE, left, top, layout.width)
        return
    top = layout.margins[2] * MM - NUMBER_BELOW
    room = layout.width - 2 * NUMBER_STYLE.size
    style = replace(NUMBER_STYLE, align=Align.RIGHT if number % 2 else Align.LEFT)
    _draw_line(canvas, f"— {number} —", style, left + style.size, top, room)


def _draw_line(canvas: Any, text: str, style: Style, left: float, top: float, width: float) -> None:
    out = canvas.beginText()
    set_words(text, style, width).draw(out, left, top)
    canvas.drawText(out)
