"""The head, the region and the columns as the user moves them, and as they are remembered."""

from __future__ import annotations

from dataclasses import replace

from dualcreate_desktop.intake.containers import source_of
from dualcreate_desktop.intake.grid import Grid
from dualcreate_desktop.intake.headings import layout_signature
from dualcreate_desktop.intake.known import Known, LearnedMapping, Unit
from dualcreate_desktop.intake.planning import make_plan
from dualcreate_desktop.intake.rows import SkipReason
from dualcreate_desktop.intake.shape import guess_at, guess_by, guess_list
from dualcreate_desktop.lists import BRANCHES, LIST_KINDS

GRID = Grid(
    "表",
    (
        ("2022 年", "", "", ""),
        ("学院", "名头", "性质", "党支部名称"),
        ("机械", "教工第一党支部", "教师", "甲"),
        ("机械", "教工第二党支部", "教师", "乙"),
        ("机械", "教工第三党支部", "教师", "丙"),
    ),
)
KNOWN = Known((Unit("u1", "机械工程学院党委", short_name="机械"),))
MAPPING = LearnedMapping("branches", {"unit": 0, "name": 1, "kind": 2})


def test_a_layout_moved_by_the_user_is_taken_as_it_is() -> None:
    guess = guess_at(GRID, BRANCHES, (1,))
    assert guess.mapping[3] == "name"
    moved = guess_by(
        GRID, BRANCHES, replace(guess.layout, first_row=3, last_row=3, columns={0: "unit", 1: "name"})
    )
    assert (moved.mapping, moved.first_row, moved.last_row) == ({0: "unit", 1: "name"}, 3, 3)
    assert [(h.text, h.key, h.confidence) for h in moved.headings] == [
        ("学院", "unit", 1.0),
        ("名头", "name", 1.0),
        ("性质", "", 0.0),
        ("党支部名称", "", 0.0),
    ]
    plan = make_plan(moved, GRID, KNOWN, source=source_of("a.csv", b"-"))
    assert [(row.row, row.values["name"], row.extra) for row in plan.rows] == [
        (4, "教工第二党支部", {"性质": "教师", "党支部名称": "乙"})
    ]
    assert [(row.row, row.reason) for row in plan.skipped if row.reason is SkipReason.OUTSIDE] == [
        (3, SkipReason.OUTSIDE),
        (5, SkipReason.OUTSIDE),
    ]


def test_another_head_maps_its_own_columns() -> None:
    assert guess_at(GRID, BRANCHES, (0,)).mapping == {}
    assert guess_at(GRID, BRANCHES, ()).first_row == 0


def test_a_layout_that_somebody_matched_needs_no_guess_even_in_the_next_years_file() -> None:
    known = {(layout_signature(guess_at(GRID, BRANCHES, (1,)).headings), "u1"): MAPPING}
    next_year = replace(
        GRID, rows=((), ("2023 年",), *GRID.rows[1:], ("机械", "教工第四党支部", "教师", "丁"))
    )
    guess = guess_list(next_year, LIST_KINDS, sender="u1", mappings=known)
    assert guess is not None
    assert (guess.kind, guess.header_rows, guess.mapping) == (
        BRANCHES,
        (2,),
        {0: "unit", 1: "name", 2: "kind"},
    )
    assert {heading.confidence for heading in guess.headings if heading.key} == {1.0}
    assert guess.last_row == 6


def test_what_one_sender_taught_does_not_bind_another_unless_it_holds_for_everybody() -> None:
    signature = layout_signature(guess_at(GRID, BRANCHES, (1,)).headings)
    other = guess_list(GRID, LIST_KINDS, sender="u2", mappings={(signature, "u1"): MAPPING})
    assert other is not None
    assert other.mapping[3] == "name"
    everybody = guess_list(GRID, LIST_KINDS, sender="u2", mappings={(signature, ""): MAPPING})
    assert everybody is not None
    assert everybody.mapping[1] == "name"


def test_one_column_more_is_another_layout() -> None:
    headings = guess_at(GRID, BRANCHES, (1,)).headings
    assert layout_signature(headings) != layout_signature(headings[1:])
    spaced = [replace(heading, text=f" {heading.text}\n") for heading in headings]
    assert layout_signature(headings) == layout_signature(spaced)
