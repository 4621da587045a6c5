"""Values as they were read, put back into what openpyxl wrote: it leaves out the results of formulas, and rounds."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from xml.sax.saxutils import escape

from dualcreate_desktop.intake.grid import Cell, Grid

_FORMULA = re.compile(
    r'<c r="(?P<letters>[A-Z]+)(?P<row>\d+)"(?P<style>(?: s="\d+")?)>'
    r"(?P<formula><f(?:\s[^>]*)?>[^<]*</f>|<f(?:\s[^>]*)?/>)<v\s*(?:/>|></v>)</c>"
)


_NUMBER = re.compile(r'(?P<head><c r="(?P<letters>[A-Z]+)(?P<row>\d+)"[^>]*><v>)(?P<number>[^<]+)(?=</v>)')


def with_values(data: bytes, parts: Mapping[str, Grid], epoch: datetime) -> bytes:
    """The workbook that openpyxl wrote, with the results of formulas and the last digits as they were read.

    Args:
        parts: path of a sheet in the archive → the sheet as it was read.
        epoch: of the workbook's dates.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            grid = parts.get(entry.filename)
            if grid is not None:
                content = _exact(_filled(content.decode(), grid, epoch), grid).encode()
            new.writestr(entry, content)
    return out.getvalue()


def _exact(xml: str, grid: Grid) -> str:
    """openpyxl writes sixteen digits, a float may need seventeen."""

    def number(found: re.Match[str]) -> str:
        value = grid.cell(int(found["row"]) - 1, _column(found["letters"]))
        exact = type(value) is float and float(found["number"]) != value
        return f"{found['head']}{value!r}" if exact else found[0]

    return _NUMBER.sub(number, xml)


def _filled(xml: str, grid: Grid, epoch: datetime) -> str:
    def cell(found: re.Match[str]) -> str:
        place = int(found["row"]) - 1, _column(found["letters"])
        kind, result = _stored(grid.errors.get(place), grid.cell(*place), epoch)
        if not result:
            return found[0]
        head = f'<c r="{found["letters"]}{found["row"]}"{found["style"]}'
        return f"{head}{kind}>{found['formula']}<v>{escape(result)}</v></c>"

    return _FORMULA.sub(cell, xml)


def _stored(error: str | None, value: Cell, epoch: datetime) -> tuple[str, str]:
    """The type attribute and the text of a result; an empty text where there is none."""
    from openpyxl.utils.datetime import to_excel

    if error:
        return ' t="e"', error
    if isinstance(value, bool):
        return ' t="b"', str(int(value))
    if isinstance(value, (int, float)):
        return "", repr(value)
    if isinstance(value, (date, time, timedelta)):
        return "", repr(to_excel(value, epoch))  # type: ignore[no-untyped-call]  # the stubs leave it untyped
    return ' t="str"', value


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1
