"""One unit's list with everything wrong that a list can have, and the corrected one that it sent next day."""

from __future__ import annotations

from pathlib import Path

from resources.sample.making.books import Row, Sheet, write_xlsx
from resources.sample.making.branches import Branch
from resources.sample.making.expected import Import
from resources.sample.making.notation import written
from resources.sample.making.university import unit_of
from resources.sample.making.world import World

UNIT = "农业与食品学院"
COLUMNS = ("unit", "name", "kind", "founded", "full", "probationary", "secretary", "phone")

SLIPS: dict[int, dict[str, object]] = {
    2: {"kind": None},
    3: {"founded": "2019.13"},
    4: {"probationary": -3},
    5: {"kind": "#N/A"},
    6: {"full": "=18+4"},
    7: {"kind": "科研平台党支部"},
    8: {"full": "三十余人"},
}
"""Row (from 0) → what is wrong in it."""
TAKEN_WITHOUT = (6,)
"""Rows that come in all the same, without the doubtful cell: a formula that was never calculated."""


def write_faulty(folder: Path, world: World) -> list[Import]:
    """The faulty list and its correction."""
    branches = world.of(unit_of(UNIT))
    right = [_row(branch) for branch in branches]
    wrong = [_as_row({**_cells(branch), **SLIPS.get(n, {})}) for n, branch in enumerate(branches)]
    added = [
        right[9],
        _as_row({**_cells(branches[10]), "full": branches[10].full + 5}),
        _as_row({**_cells(branches[1]), "unit": "海洋学院", "name": "教工第一党支部"}),
        _as_row({**_cells(branches[1]), "unit": "附属医院", "name": "护理部党支部"}),
        _as_row({**_cells(branches[1]), "name": None}),
    ]
    faulty, mended = f"{UNIT}党支部信息表.xlsx", f"{UNIT}党支部信息表（更正）.xlsx"
    write_xlsx(folder / faulty, [_sheet([*wrong, *added])])
    write_xlsx(folder / mended, [_sheet(right)])
    problems = {
        "missing": 2, "bad_date": 1, "out_of_range": 1, "error_cell": 1, "not_calculated": 1, "unknown_choice": 1,
        "bad_number": 1, "duplicate_row": 2, "unknown_unit": 1, "ambiguous": 1,
    }  # fmt: skip  # a table of small numbers
    contradicted = 1
    good = len(branches) - len(SLIPS) - contradicted + len(TAKEN_WITHOUT)
    return [
        Import(faulty, "Sheet1", "branches", "2024-03-05T17:05:00", new=good, duplicate=1,
               problem=len(wrong) + len(added) - good - 1, problems=problems, shows="各种错误各一处：请在预览里逐条看"),
        Import(mended, "Sheet1", "branches", "2024-03-06T09:30:00", new=len(branches) - good,
               changed=len(TAKEN_WITHOUT), same=good - len(TAKEN_WITHOUT), shows="次日发来的更正表"),
    ]  # fmt: skip  # one file in two lines


def _cells(branch: Branch) -> dict[str, object]:
    return {
        "unit": UNIT,
        "name": branch.name,
        "kind": branch.kind_word(0),
        "founded": written(branch.founded, "2019.9"),
        "full": branch.full,
        "probationary": branch.probationary,
        "secretary": branch.secretary,
        "phone": branch.phone,
    }


def _as_row(cells: dict[str, object]) -> Row:
    return tuple(cells[key] for key in COLUMNS)


def _row(branch: Branch) -> Row:
    return _as_row(_cells(branch))


def _sheet(rows: list[Row]) -> Sheet:
    return Sheet(
        name="Sheet1",
        title=f"{UNIT}党支部信息表",
        headings=(("序号", "学院", "党支部名称", "支部类型", "成立时间", "正式党员数", "预备党员数", "支部书记", "联系电话"),),
        rows=tuple((n, *row) for n, row in enumerate(rows, start=1)),
        foot=(("填表人：", None, "（签字）"),),
        widths=(6, 18, 34, 18, 14, 12, 12, 10, 12),
    )  # fmt: skip  # one heading row
