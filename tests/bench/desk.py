"""A day's mail: 40 files of all kinds through the whole desk, against libraries that only read the same tables."""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import roster
from figures import in_turn, ratio, seconds

from dualcreate_desktop.intake.containers import Source, open_source
from dualcreate_desktop.intake.sheets import dismiss, read_sheets, unpack_source
from dualcreate_desktop.lists import LIST_KINDS
from dualcreate_desktop.office import receiving
from dualcreate_desktop.office.recognising import recognised

ROUNDS = 5
FILES, ROWS_OF_FILE = 40, 300
Row = Sequence[str | int]


@dataclass(frozen=True, slots=True)
class Sent:
    """One file on its way: as it arrives, and the bare table for the library that only reads."""

    path: Path
    table: bytes
    read: Callable[[bytes], int]


def against_libraries(folder: Path) -> str:
    """Unpack, read, recognise and plan all of them; the peer opens no mail, guesses nothing and compares nothing."""
    office = roster.open_store(folder / "desk")
    roster.add_units(office)
    sent = list(write_mail(folder / "mail"))

    def ours() -> float:
        dismiss()
        return seconds(lambda: look_through(office, [file.path for file in sent]))

    before = peak()
    times = in_turn(ours, lambda: seconds(lambda: [file.read(file.table) for file in sent]), ROUNDS)
    after = peak()
    office.close()
    title = (
        f"{FILES} files of {ROWS_OF_FILE} rows (xlsx, xls, csv, zip in eml): unpack, read, recognise, plan in an office"
        " with its units : openpyxl read-only, xlrd and csv iterating the bare tables"
    )
    told = ratio(title, *times, aim="< 1.0×")
    return (
        f"{told}\n    peak memory of the main process {after:.0f} MB (before {before:.0f} MB)"
        if after
        else told
    )


def look_through(office: roster.Office, paths: Sequence[Path]) -> None:
    """What the desk does with a day's mail; RuntimeError when a row got lost, since less work is no speed."""
    planned = 0
    with office.read() as session:
        for path in paths:
            for item in unpack_source(open_source(path)):
                if not isinstance(item, Source):
                    raise RuntimeError(f"{item.path}: {item.what}")
                for grid, guess in recognised(session, item, read_sheets(item), LIST_KINDS):
                    planned += len(receiving.plan_sheet(office, session, item, grid, guess, None).plan.rows)
    if planned != FILES * ROWS_OF_FILE:
        raise RuntimeError(f"{planned} rows instead of {FILES * ROWS_OF_FILE}")


def write_mail(folder: Path) -> Iterator[Sent]:
    """Of ten files five are xlsx, two xls, one is a csv and two are workbooks in a zip in a mail."""
    folder.mkdir()
    rows = list(roster.rows())
    for number in range(FILES):
        part = [roster.HEADINGS, *rows[number * ROWS_OF_FILE : (number + 1) * ROWS_OF_FILE]]
        yield _KINDS[number % len(_KINDS)](folder, f"党支部名册{number}", part)


def _xlsx(folder: Path, name: str, rows: Sequence[Row]) -> Sent:
    table = _workbook(rows)
    path = folder / f"{name}.xlsx"
    path.write_bytes(table)
    return Sent(path, table, _read_xlsx)


def _xls(folder: Path, name: str, rows: Sequence[Row]) -> Sent:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("名册")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    path = folder / f"{name}.xls"
    book.save(str(path))
    return Sent(path, path.read_bytes(), _read_xls)


def _csv(folder: Path, name: str, rows: Sequence[Row]) -> Sent:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path = folder / f"{name}.csv"
    path.write_bytes(text.getvalue().encode("gb18030"))
    return Sent(path, path.read_bytes(), _read_csv)


def _mail(folder: Path, name: str, rows: Sequence[Row]) -> Sent:
    table, packed, message = _workbook(rows), io.BytesIO(), EmailMessage()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}.xlsx", table)
    message["From"], message["Subject"] = "张三 <zhangsan@example.cn>", name
    message.set_content("见附件")
    message.add_attachment(packed.getvalue(), maintype="application", subtype="zip", filename="附件.zip")
    path = folder / f"{name}.eml"
    path.write_bytes(message.as_bytes())
    return Sent(path, table, _read_xlsx)


_KINDS = (_xlsx, _xls, _xlsx, _mail, _xlsx, _csv, _xlsx, _xls, _xlsx, _mail)


def _workbook(rows: Sequence[Row]) -> bytes:
    from openpyxl import Workbook

    book, out = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet("名册")
    for row in rows:
        sheet.append(row)
    book.save(out)
    return out.getvalue()


def _read_xlsx(table: bytes) -> int:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(table), read_only=True)
    try:
        return sum(1 for _ in book.active.iter_rows(values_only=True))
    finally:
        book.close()


def _read_xls(table: bytes) -> int:
    import xlrd

    sheet = xlrd.open_workbook(file_contents=table).sheet_by_index(0)
    return sum(1 for row in range(sheet.nrows) if sheet.row_values(row))


def _read_csv(table: bytes) -> int:
    return sum(1 for _ in csv.reader(io.StringIO(table.decode("gb18030"))))


def peak() -> float:
    """Megabytes that this process has used at most; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0.0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
