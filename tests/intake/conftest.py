"""Workbooks made on the spot, and the way from their bytes to a plan."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence

import openpyxl
import pytest

from dualcreate_desktop.fields import ListKind
from dualcreate_desktop.intake.child import read
from dualcreate_desktop.intake.containers import source_of
from dualcreate_desktop.intake.grid import Grid
from dualcreate_desktop.intake.known import Branch, Known, Learned, Unit
from dualcreate_desktop.intake.plan import ImportPlan
from dualcreate_desktop.intake.planning import make_plan
from dualcreate_desktop.intake.shape import guess_list
from dualcreate_desktop.lists import LIST_KINDS

Table = Iterable[Sequence[object]]


def workbook_bytes(rows: Table, *, merges: Sequence[str] = (), title: str = "名册") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for cells in merges:
        sheet.merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def first_grid(data: bytes, name: str = "名册.xlsx") -> Grid:
    return read(source_of(name, data))[0]


def plan_of(
    rows: Table,
    known: Known | None = None,
    *,
    merges: Sequence[str] = (),
    title: str = "名册",
    name: str = "名册.xlsx",
    lists: Sequence[ListKind] = LIST_KINDS,
    learned: Learned | None = None,
) -> ImportPlan:
    data = workbook_bytes(rows, merges=merges, title=title)
    grid = first_grid(data, name)
    guess = guess_list(grid, lists, file_name=name)
    assert guess is not None
    return make_plan(guess, grid, known or KNOWN, source=source_of(name, data), learned=learned or Learned())


UNITS = (
    Unit("u-jx", "机械工程学院党委", "JX01", "机械学院"),
    Unit("u-cl", "材料科学与工程学院党委", "CL01", "材料学院"),
    Unit("u-tsg", "图书馆直属党支部", "TS01", "图书馆"),
)
BRANCHES = (
    Branch("b-jg1", "机械工程学院教工第一党支部", "u-jx", "JX0101"),
    Branch("b-jg11", "机械工程学院教工第十一党支部", "u-jx", "JX0111"),
    Branch("b-bk1", "机械工程学院本科生第一党支部", "u-jx", "JX0201"),
    Branch("b-ss2", "机械工程学院硕士生第二党支部", "u-jx", "JX0302"),
    Branch("b-cl1", "材料科学与工程学院教工第一党支部", "u-cl", "CL0101"),
)
KNOWN = Known(UNITS, BRANCHES)


@pytest.fixture
def make_workbook() -> Callable[..., bytes]:
    return workbook_bytes


@pytest.fixture
def grid_of() -> Callable[..., Grid]:
    return first_grid


@pytest.fixture
def plan() -> Callable[..., ImportPlan]:
    return plan_of


@pytest.fixture
def known() -> Known:
    return KNOWN
