"""Tables of the window as Excel workbooks."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import load_workbook

from db.errors import UserError
from dualcreate_desktop.fields import Align, Column
from dualcreate_desktop.office.exporting import STEP, export


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    members: int
    phone: str


COLUMNS = (
    Column("name", "党支部", 30),
    Column("members", "党员数", 8, Align.RIGHT),
    Column("phone", "书记电话", 14, text=lambda value: f"{str(value)[:3]}****", hidden=True),
)


class Enough(Exception):
    """The user gave it up."""


def test_the_columns_that_are_shown_go_out_as_they_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "党支部.xlsx"
    assert export(path, "党支部", COLUMNS, [Row("=一支部", 12, "13800001234")]) == 1
    sheet = load_workbook(path).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "党支部"
    assert rows[1] == ("党支部", "党员数", "书记电话")
    assert rows[2] == ("=一支部", 12, "138****"), "a masked number stays masked, a name is no formula"
    assert sheet.cell(3, 1).data_type == "s"


def test_a_long_export_tells_how_far_it_is_and_leaves_nothing_when_given_up(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    def tell(done: int, total: int, _what: str) -> None:
        told.append((done, total))
        if done >= 2 * STEP:
            raise Enough

    rows = [Row(f"{n}支部", n, "") for n in range(5 * STEP)]
    with pytest.raises(Enough):
        export(tmp_path / "党支部.xlsx", "党支部", COLUMNS, rows, tell=tell)
    assert told == [(0, 5 * STEP), (STEP, 5 * STEP), (2 * STEP, 5 * STEP)]
    assert list(tmp_path.iterdir()) == []
    assert gc.isenabled(), "the collector rests only while it writes"


def test_a_folder_that_is_not_there_is_said_in_words(tmp_path: Path) -> None:
    blocked = tmp_path / "文件"
    blocked.write_text("")
    with pytest.raises(UserError):
        export(blocked / "党支部.xlsx", "党支部", COLUMNS, [])
