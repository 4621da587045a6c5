"""A selection copied in Excel or WPS, as a source like a received file."""

from __future__ import annotations

from db.errors import FileRefused
from dualcreate_desktop.intake.containers import Source, source_of

NAME = "粘贴的内容"


def open_pasted(text: str, html: str = "") -> Source:
    """What stands in the clipboard: its page when that has a table, which keeps merged cells, else its text.

    Args:
        text: cells separated by tabs, those with breaks in quotation marks.
        html: as the clipboard gives it, the whole page or the part that was copied.

    Raises:
        FileRefused: there is neither.
    """
    if "<table" in html.lower():
        return source_of(f"{NAME}.html", f"<html>{html}</html>".encode("utf-8-sig"))
    if not text.strip():
        raise FileRefused("剪贴板里没有表格", todo="请在 Excel 或 WPS 中选中单元格并复制，再回来粘贴")
    return source_of(f"{NAME}.txt", text.encode("utf-8-sig"))
