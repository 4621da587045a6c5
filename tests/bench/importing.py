"""An import from file to committed change, against openpyxl only reading the same file."""

from __future__ import annotations

import shutil
from pathlib import Path

import roster
from figures import in_turn, ratio, seconds

from dualcreate_desktop.office import receiving

ROUNDS = 5


def against_openpyxl(workbook: Path, folder: Path, filled: Path) -> str:
    """Read, plan and apply with history in an office that has its units; the last store stays as `filled`."""
    prepared = folder / "prepared"
    office = roster.open_store(prepared)
    roster.add_units(office)
    office.close()

    def ours() -> float:
        shutil.rmtree(filled, ignore_errors=True)
        shutil.copytree(prepared, filled)
        return import_time(workbook, filled)

    times = in_turn(ours, lambda: seconds(lambda: read_by_openpyxl(workbook)), ROUNDS)
    title = (
        f"Import of {roster.ROWS:,} branches × {len(roster.HEADINGS)} columns, read → plan → apply with history"
        " : openpyxl read-only iterating the same file in this process"
    )
    return ratio(title, *times, aim="< 1.0×")


def import_time(workbook: Path, data: Path) -> float:
    """Seconds from the file to the committed change, the reading process included."""
    office = roster.open_store(data)
    try:
        return seconds(lambda: import_all(office, workbook))
    finally:
        office.close()


def import_all(office: roster.Office, workbook: Path) -> None:
    """What the intake desk does; RuntimeError when a row stayed out, since less work is no speed."""
    (reception,) = receiving.read_file(office, workbook)
    changed = receiving.apply(office, reception)
    if changed is None or len(reception.plan.applicable) != roster.ROWS:
        raise RuntimeError(f"not everything was imported: {reception.plan.summary}")


def read_by_openpyxl(workbook: Path) -> int:
    """Every value of every row, as openpyxl's documentation advises for large files; the number of rows."""
    from openpyxl import load_workbook

    book = load_workbook(workbook, read_only=True)
    try:
        return sum(1 for _ in book.active.iter_rows(values_only=True))
    finally:
        book.close()
