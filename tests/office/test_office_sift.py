"""Small computed lists: found by part and by initials, filtered, sorted, paged."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualcreate_desktop.office.tables import Page, TableQuery, sift


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    points: int | None = None
    marks: frozenset[str] = frozenset()
    kind: str = "a"


ROWS = (
    Row("机械学院教工第十党支部", 3, frozenset({"late", "open"})),
    Row("机械学院教工第二党支部", None, frozenset({"open"}), "b"),
    Row("外国语学院党委", 7, kind="b"),
)


def names(query: TableQuery) -> list[str]:
    return [row.name for row in found(query).rows]


def found(query: TableQuery) -> Page[Row]:
    return sift(ROWS, query, texts=lambda row: (row.name,))


@pytest.mark.parametrize(
    ("typed", "count"), [("", 3), ("机 械", 2), ("wgy", 1), ("教工第二", 1), ("材料", 0)]
)
def test_a_part_or_its_initials_find_a_row(typed: str, count: int) -> None:
    assert found(TableQuery(typed)).total == count


def test_a_filter_lets_its_values_pass_and_one_element_of_a_set_is_enough() -> None:
    assert names(TableQuery(filters={"kind": frozenset({"b"})})) == [ROWS[1].name, ROWS[2].name]
    assert names(TableQuery(filters={"marks": frozenset({"late", "lost"})})) == [ROWS[0].name]
    assert names(TableQuery(filters={"marks": frozenset({"lost"})})) == []


def test_names_sort_by_pinyin_and_ordinal_and_empty_cells_stand_last_both_ways() -> None:
    assert names(TableQuery(sort="name")) == [ROWS[1].name, ROWS[0].name, ROWS[2].name]
    assert [row.points for row in found(TableQuery(sort="points")).rows] == [3, 7, None]
    assert [row.points for row in found(TableQuery(sort="points", descending=True)).rows] == [7, 3, None]


@given(st.lists(st.integers(0, 5)), st.integers(1, 4), st.booleans())
def test_pages_together_are_the_whole_list(points: list[int], limit: int, descending: bool) -> None:
    rows = [Row(str(place), value) for place, value in enumerate(points)]
    whole = sift(rows, TableQuery(sort="points", descending=descending, limit=None), texts=lambda _: ())
    pieces = [
        row
        for offset in range(0, len(rows) + 1, limit)
        for row in sift(
            rows,
            TableQuery(sort="points", descending=descending, offset=offset, limit=limit),
            texts=lambda _: (),
        ).rows
    ]
    assert tuple(pieces) == whole.rows
    assert whole.total == len(rows)
