"""Laws of the intake desk over a real store: apply and undo, twice and once, one file before another."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from db.history import Writer
from db.models import Base
from db.vocabulary import RowState
from dualcreate_desktop.intake.containers import source_of
from dualcreate_desktop.intake.grid import Grid
from dualcreate_desktop.intake.shape import guess_at
from dualcreate_desktop.lists import BRANCHES
from dualcreate_desktop.office import journal, receiving, registry_writing
from dualcreate_desktop.office.receiving import Reception
from dualcreate_desktop.office.store import Changed, Office

Ids = dict[str, str]
Rows = Sequence[tuple[str, ...]]
HEAD = ("院级党组织", "党支部名称", "支部类型", "成立时间", "支部书记", "组织编码", "备注")
JOURNAL = {"change", "change_entry", "setting"}
NAMES = [
    "教工第一党支部",
    "教工一支部",
    "教工第十一党支部",
    "本科生第二党支部",
    "新支部（原教工第一党支部）",
    "合计研究所党支部",
    "",
]

ROW = st.tuples(
    st.sampled_from(["机械学院", "机械工程学院", "外国语学院"]),
    st.sampled_from(NAMES),
    st.sampled_from(["教工", "本科生", "火星"]),
    st.sampled_from(["2019.9", "2019年10月", "下半年", ""]),
    st.sampled_from(["郑七言", "王八斗", ""]),
    st.sampled_from(["", "JX0101", "JX0199"]),
    st.sampled_from(["", "旧名册"]),
)
ROWS = st.lists(ROW, max_size=6)
few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def planned(office: Office, rows: Rows, name: str = "名册.csv") -> Reception:
    grid = Grid("名册", (HEAD, *rows))
    source = source_of(name, repr(rows).encode())
    with office.read() as session:
        return receiving.plan_sheet(office, session, source, grid, guess_at(grid, BRANCHES, (0,)), None)


def take_in(office: Office, rows: Rows, name: str = "名册.csv") -> Changed | None:
    return receiving.apply(office, planned(office, rows, name))


def contents(office: Office, *, without: Sequence[str] = ()) -> dict[str, list[str]]:
    """Every row of every table as stored, but for the journal, which only grows."""
    with office.read() as session:
        return {
            table.name: sorted(
                repr([(key, value) for key, value in row._mapping.items() if key not in without])
                for row in session.execute(select(table))
            )
            for table in Base.metadata.sorted_tables
            if table.name not in JOURNAL
        }


@few
@given(rows=ROWS)
def test_an_import_that_is_undone_leaves_the_store_as_it_was(
    office: Office, branches: Ids, rows: Rows
) -> None:
    before = contents(office)
    changed = take_in(office, rows)
    assert (changed is None) == (contents(office) == before)
    if changed is not None:
        journal.undo(office, changed.change_id)
    assert contents(office) == before


@few
@given(rows=ROWS)
def test_a_file_taken_in_twice_is_taken_in_once(office: Office, branches: Ids, rows: Rows) -> None:
    changed = take_in(office, rows)
    after = contents(office)
    again = planned(office, rows)
    assert not again.plan.counts[RowState.NEW]
    assert not again.plan.counts[RowState.CHANGED]
    assert receiving.apply(office, again) is None
    assert contents(office) == after
    if changed is not None:
        journal.undo(office, changed.change_id)


@few
@given(rows=st.lists(ROW, min_size=1, max_size=6))
def test_the_plan_that_is_shown_is_the_plan_that_is_written(
    office: Office, branches: Ids, rows: Rows
) -> None:
    reception = planned(office, rows)
    counts = dict(reception.plan.counts)
    changed = receiving.apply(office, reception)
    again = planned(office, rows)
    written = counts[RowState.NEW] + counts[RowState.CHANGED]
    assert (changed is not None) == bool(written)
    assert again.plan.counts[RowState.PROBLEM] == counts[RowState.PROBLEM]
    if changed is not None:
        journal.undo(office, changed.change_id)


IDENTITIES = ("id", "revision", "unit_id", "branch_id", "person_id", "sort_key", "n")


@few
@given(first=ROWS, second=ROWS)
def test_files_that_do_not_overlap_may_come_in_any_order(
    office: Office, branches: Ids, first: Rows, second: Rows
) -> None:
    """One file names branches of one unit only, the other those of another, with codes of their own."""
    mine = [("机械学院", *row[1:]) for row in first]
    theirs = [("文学院党委", *row[1:5], row[5].replace("JX", "WX"), row[6]) for row in second]
    with office.change("另一个单位") as session:
        add_unit(session)
    outcomes = []
    for files in ((mine, theirs), (theirs, mine)):
        done = [take_in(office, rows, f"{len(rows)}.csv") for rows in files]
        told = contents(office, without=IDENTITIES)
        outcomes.append({name: rows for name, rows in told.items() if name in ("branch", "alias", "person")})
        for changed in reversed(done):
            if changed is not None:
                journal.undo(office, changed.change_id)
    journal.undo(office, session.changed.change_id)
    assert outcomes[0] == outcomes[1]


def add_unit(session: Writer) -> None:
    registry_writing.insert_units(session, [{"name": "文学院党委"}], today="2024-03-01")
