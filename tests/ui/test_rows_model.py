"""The paged model: Qt's own tester watches, every page comes from the store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt

from db.vocabulary import Verdict
from dualcreate_desktop.fields import Align, Column
from dualcreate_desktop.office import registry
from dualcreate_desktop.office.registry import BRANCH_COLUMNS, BranchRow
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import PAGE, Page, TableQuery
from ui.rows_model import KEPT_PAGES, RowsModel

Watch = Callable[[QAbstractItemModel], None]


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    verdict: Verdict


@pytest.fixture
def model(office: Office) -> RowsModel[BranchRow]:
    made = RowsModel(BRANCH_COLUMNS, lambda query: registry.branches(office, query))
    made.load()
    return made


def names(model: RowsModel[BranchRow]) -> list[str]:
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_qt_finds_no_fault_with_the_model_while_it_is_searched_sorted_and_paged(
    model: RowsModel[BranchRow], watch: Watch
) -> None:
    watch(model)
    for search in ("材料", "没有这样的支部", ""):
        model.ask(search=search)
        model.sort(0, Qt.SortOrder.DescendingOrder)
        names(model)


def test_all_rows_are_counted_before_they_are_read(office: Office) -> None:
    asked: list[TableQuery] = []

    def fetch(query: TableQuery) -> Page[BranchRow]:
        asked.append(query)
        return registry.branches(office, query)

    model = RowsModel(BRANCH_COLUMNS, fetch)
    model.load()
    assert model.rowCount() == 450
    assert [query.offset for query in asked] == [0]
    assert model.index(449, 0).data() is not None
    assert [query.offset for query in asked] == [0, 2 * PAGE]


def test_pages_neither_overlap_nor_leave_gaps(model: RowsModel[BranchRow]) -> None:
    shown = names(model)
    assert len(set(shown)) == len(shown) == 450


def test_sorting_is_done_by_the_store_and_can_be_taken_back(model: RowsModel[BranchRow]) -> None:
    natural = names(model)
    members = next(n for n, column in enumerate(BRANCH_COLUMNS) if column.key == "members")
    model.sort(members, Qt.SortOrder.DescendingOrder)
    counts = [model.value_at(model.index(row, members)) for row in range(450)]
    assert counts == sorted(counts, reverse=True)
    model.sort(-1)
    assert names(model) == natural


def test_a_row_that_is_gone_meanwhile_is_blank_and_not_a_fault(model: RowsModel[BranchRow]) -> None:
    assert model.row_at(450) is None
    assert model.row_at(-1) is None


def test_find_tells_where_a_row_stands(model: RowsModel[BranchRow]) -> None:
    wanted = model.row_at(333)
    assert model.find(lambda row: row == wanted) == 333
    assert model.find(lambda row: row.name == "没有这样的支部") is None


def test_memory_stays_small_however_far_one_scrolls() -> None:
    fetched: list[int] = []

    def fetch(query: TableQuery) -> Page[Row]:
        fetched.append(query.offset)
        return Page(tuple(Row(str(query.offset + n), Verdict.PASS) for n in range(PAGE)), 100 * PAGE)

    model = RowsModel((Column("name", "名称"),), fetch)
    model.load()
    for page in range(100):
        assert model.index(page * PAGE, 0).data() == str(page * PAGE)
    assert len(fetched) == 100
    model.index(100 * PAGE - 1, 0).data()
    model.index((100 - KEPT_PAGES) * PAGE, 0).data()
    assert len(fetched) == 100, "what was seen a moment ago is still there"
    model.index(0, 0).data()
    assert len(fetched) == 101, "what was seen long ago is read again"


def test_a_state_is_shown_as_its_word_and_keeps_its_value() -> None:
    model = RowsModel(
        (Column("verdict", "审查", pill=True, align=Align.CENTER),),
        lambda _: Page((Row("甲", Verdict.UNVERIFIED),), 1),
    )
    model.load()
    index = model.index(0, 0)
    assert index.data() == "待核实"
    assert model.value_at(index) is Verdict.UNVERIFIED
    assert index.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignHCenter
