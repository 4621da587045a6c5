"""Sheets of our own making inside a workbook that came back: recognised by their marks, never guessed at."""

from __future__ import annotations

from dualcreate_desktop.intake.grid import Grid
from dualcreate_desktop.lists.form_marks import OwnSheet


def why_skipped(grid: Grid) -> str:
    """Why a sheet is not read as a list, a Chinese sentence; empty for a sheet of the sender's."""
    cell = grid.cell(0, 0)
    sheet = OwnSheet.marked(cell) if isinstance(cell, str) else None
    return "" if sheet is None else f"“{grid.name}”是本程序加上的{sheet.label}，不是要导入的表"
