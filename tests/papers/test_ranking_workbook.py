from __future__ import annotations

import random
import shutil
import subprocess
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dualcreate_desktop.papers.ranking import RankingRow, RankingSheet, write_ranking

REVIEWERS = tuple(f"评委{number}" for number in range(1, 8))
needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice calculates the formulas"
)


def marks(seed: int, rows: int = 30) -> tuple[RankingRow, ...]:
    chance = random.Random(seed)
    return tuple(
        RankingRow(
            f"第{row}党支部",
            tuple(
                None if chance.random() < 0.2 else Decimal(chance.randint(16000, 20000)) / 200
                for _ in REVIEWERS
            ),
        )
        for row in range(rows)
    )


def mean(row: RankingRow, sheet: RankingSheet) -> Decimal | None:
    given = sorted(mark for mark in row.marks if mark is not None)
    if sheet.drop_from is not None and len(given) >= sheet.drop_from:
        given = given[1:-1]
    step = Decimal(1).scaleb(-sheet.decimals)
    return (sum(given, Decimal(0)) / len(given)).quantize(step, ROUND_HALF_UP) if given else None


def calculated(path: Path) -> Any:
    folder = path.parent / "calculated"
    command = ["soffice", f"-env:UserInstallation=file://{path.parent}/profile", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "xlsx", "--outdir", folder, path], check=True, capture_output=True
    )
    return openpyxl.load_workbook(folder / path.name, data_only=True)


@needs_office
def test_the_formulas_give_our_figures_and_follow_a_changed_mark(tmp_path: Path) -> None:
    sheets = [
        RankingSheet("样板支部", REVIEWERS, (*marks(1), RankingRow("无评分", (None,) * 7)), 5, 2),
        RankingSheet("标杆院级党组织", REVIEWERS, marks(2), None, 0),
    ]
    path = tmp_path / "排名.xlsx"
    write_ranking(path, sheets)
    book = openpyxl.load_workbook(path)
    book["样板支部"]["C3"] = 100
    book.save(path)
    changed = RankingRow(sheets[0].rows[0].applicant, (Decimal(100), *sheets[0].rows[0].marks[1:]))
    sheets[0] = RankingSheet("样板支部", REVIEWERS, (changed, *sheets[0].rows[1:]), 5, 2)
    shown = calculated(path)
    for sheet in sheets:
        means = [mean(row, sheet) for row in sheet.rows]
        for number, (row, expected) in enumerate(zip(sheet.rows, means, strict=True), 3):
            given = [mark for mark in row.marks if mark is not None]
            count, value, spread, rank = (cell.value for cell in shown[sheet.category][number][9:13])
            assert count == len(given)
            if expected is None:
                assert (value, spread, rank) == (None, None, None) or (value, spread, rank) == ("", "", "")
                continue
            assert Decimal(str(value)) == expected
            assert Decimal(str(spread)) == max(given) - min(given)
            assert rank == 1 + sum(other > expected for other in means if other is not None)


def test_the_rule_stands_below_the_figures(tmp_path: Path) -> None:
    path = tmp_path / "排名.xlsx"
    write_ranking(path, [RankingSheet("样板支部", REVIEWERS, marks(1, 2), 5)])
    notes = [cell.value for cell in openpyxl.load_workbook(path).active["A"][4:] if cell.value]
    assert "有效评委满5人时，去掉一个最高分和一个最低分" in notes[0]
    assert "四舍五入" in notes[0]


def test_dropping_needs_three_marks(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="three"):
        write_ranking(tmp_path / "排名.xlsx", [RankingSheet("样板支部", REVIEWERS, (), 2)])
