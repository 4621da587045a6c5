"""Adjusting branches by hand: each order is one change, and undoing it restores every row."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from db.errors import NotAllowed
from db.history import Actor
from db.models import Alias, Base, Branch, Post
from db.vocabulary import LineageKind
from dualcreate_desktop.office import journal, lineages, registry
from dualcreate_desktop.office.reorganising import Order
from dualcreate_desktop.office.store import Office, open_office
from dualcreate_desktop.office.tables import TableQuery
from dualcreate_desktop.paths import Paths
from dualcreate_desktop.rules.dates import PartialDate

Ids = dict[str, str]
K = LineageKind
FIRST, SECOND = "机械工程学院教工第一党支部", "机械工程学院教工第二党支部"
AUTUMN = PartialDate(2023, 9)


def standing(office: Office) -> set[str]:
    return {row.name for row in registry.branches(office).rows}


def test_a_branch_that_is_no_more_leaves_the_list_and_its_posts_end(
    office: Office, units: Ids, branches: Ids
) -> None:
    unit = units["机械学院"]
    members = {row.name: row.members for row in registry.units(office).rows}["机械工程学院党委"]
    changed = lineages.carry_out(office, Order(K.DISSOLVED, unit, AUTUMN, before=(branches[SECOND],)))
    assert changed is not None
    assert changed.title == f"撤销党支部 {SECOND}"
    assert SECOND not in standing(office)
    only_gone = TableQuery(filters={registry.DISSOLVED: frozenset({"yes"})}, limit=None)
    assert [(row.name, row.dissolved) for row in registry.branches(office, only_gone).rows] == [
        (SECOND, "2023-09")
    ]
    (unit_row,) = [row for row in registry.units(office).rows if row.id == unit]
    assert (unit_row.branches, unit_row.members) == (3, members - 12)
    with office.read() as session:
        posts = session.scalars(select(Post).where(Post.branch_id == branches[SECOND])).all()
        assert [post.until for post in posts] == ["2023-09"]


def test_a_moved_branch_stays_itself_under_another_unit(office: Office, units: Ids, branches: Ids) -> None:
    order = Order(
        K.MOVED, units["材料学院"], AUTUMN, before=(branches[FIRST],), after=("材料学院热工党支部",)
    )
    lineages.carry_out(office, order)
    row = registry.branch(office, branches[FIRST])
    assert (row.name, row.unit, row.founded) == ("材料学院热工党支部", "材料学院", "2015-06")
    (told,) = lineages.descent(office, branches[FIRST])
    assert told.sentence == (
        f"2023年9月划转：机械工程学院党委{FIRST} → 材料科学与工程学院党委材料学院热工党支部"
    )
    with pytest.raises(NotAllowed, match="已属于材料科学与工程学院党委"):
        lineages.carry_out(office, replace(order, on=PartialDate(2023, 10)))


def test_an_election_names_the_new_secretary_and_ends_the_former(
    office: Office, units: Ids, branches: Ids
) -> None:
    order = Order(K.REELECTED, units["机械学院"], AUTUMN, before=(branches[FIRST],), secretary="孔文举")
    lineages.carry_out(office, order)
    assert registry.branch(office, branches[FIRST]).secretary == "孔文举"
    (told,) = lineages.descent(office, branches[FIRST])
    assert (told.kind, told.before, told.after) == (K.REELECTED, FIRST, FIRST)


def test_the_line_of_descent_reaches_back_through_every_merger_and_forward_to_what_became_of_it(
    office: Office, units: Ids, branches: Ids
) -> None:
    unit, first, second = units["机械学院"], branches[FIRST], branches[SECOND]
    lineages.carry_out(
        office, Order(K.RENAMED, unit, PartialDate(2021, 3), before=(first,), after=("热工党支部",))
    )
    lineages.carry_out(
        office, Order(K.MERGED, unit, PartialDate(2022, 3), before=(first, second), after=("能源党支部",))
    )
    made = next(row.id for row in registry.branches(office).rows if row.name == "能源党支部")
    lineages.carry_out(
        office, Order(K.SPLIT, unit, PartialDate(2023, 3), before=(made,), after=("能源一支部", "能源二支部"))
    )
    last = next(row.id for row in registry.branches(office).rows if row.name == "能源二支部")
    kinds = [K.SPLIT, K.MERGED, K.RENAMED]
    assert [row.kind for row in lineages.descent(office, last)] == kinds
    assert [row.kind for row in lineages.descent(office, made)] == kinds
    assert [row.kind for row in lineages.descent(office, second)] == [K.SPLIT, K.MERGED]


def test_an_old_name_is_an_alias_only_as_long_as_nobody_else_bears_it(
    office: Office, units: Ids, branches: Ids
) -> None:
    unit = units["机械学院"]
    lineages.carry_out(
        office, Order(K.RENAMED, unit, AUTUMN, before=(branches[FIRST],), after=("热工党支部",))
    )
    with office.read() as session:
        assert session.scalars(select(Alias.text)).all() == [FIRST]
    lineages.carry_out(
        office, Order(K.FOUNDED, unit, PartialDate(2024, 1), after=(FIRST,), branch_kind="teacher")
    )
    with office.read() as session:
        assert session.scalars(select(Alias.text)).all() == []


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"before": ("nobody",)}, "已不在名册中"),
        ({"on": PartialDate(2014, 5)}, "2014年5月早于“.*”的成立时间2015年6月"),
        ({"on": PartialDate(2024, 9)}, "在今天之后"),
        ({"after": ()}, "须写明一个新名称"),
        ({"after": (SECOND,)}, "已有“"),
        ({"unit_id": "nowhere"}, "院级党组织已不在名册中"),
        ({"kind": K.MERGED, "after": ("甲",)}, "两个以上"),
        ({"kind": K.SPLIT, "after": ("甲", "甲")}, "两个以上"),
        ({"kind": K.REELECTED}, "没有写明换届后的书记"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    office: Office, units: Ids, branches: Ids, change: dict[str, Any], why: str
) -> None:
    order = Order(K.RENAMED, units["机械学院"], AUTUMN, before=(branches[FIRST],), after=("甲支部",))
    before = standing(office)
    newest = journal.last_undoable(office)
    with pytest.raises(NotAllowed, match=why):
        lineages.carry_out(office, replace(order, **change))
    assert standing(office) == before
    assert journal.last_undoable(office) == newest


def test_nothing_happens_before_what_happened_last(office: Office, units: Ids, branches: Ids) -> None:
    order = Order(K.RENAMED, units["机械学院"], AUTUMN, before=(branches[FIRST],), after=("甲支部",))
    lineages.carry_out(office, order)
    earlier = replace(order, on=PartialDate(2022, 9), after=("乙支部",))
    with pytest.raises(NotAllowed, match="早于“甲支部”上一次变动的时间2023年9月"):
        lineages.carry_out(office, earlier)


LAW = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
RECORDS = [table.name for table in Base.metadata.sorted_tables if "revision" in table.columns]
ORDERS = st.lists(
    st.tuples(
        st.sampled_from(list(K)),
        st.lists(st.integers(0, 9), max_size=3),
        st.lists(st.integers(0, 7), max_size=3),
    ),
    min_size=1,
    max_size=6,
)
_folders = count()


@contextmanager
def opened(store: Path, folder: Path, actor: Actor, now: datetime) -> Iterator[Office]:
    paths = Paths(folder / f"office{next(_folders)}")
    paths.make()
    shutil.copyfile(store, paths.store)
    office = open_office(paths, actor, lambda: now)
    try:
        yield office
    finally:
        office.close()


def snapshot(office: Office) -> dict[str, Any]:
    with office.read() as session:
        run = session.connection().exec_driver_sql
        return {
            name: [dict(row) for row in run(f'SELECT * FROM "{name}" ORDER BY id').mappings()]
            for name in RECORDS
        }


@LAW
@given(orders=ORDERS)
def test_whatever_is_done_to_branches_undoing_it_in_reverse_restores_every_row(
    orders: list[tuple[LineageKind, list[int], list[int]]],
    office: Office,
    units: Ids,
    branches: Ids,
    tmp_path: Path,
    actor: Actor,
    now: datetime,
) -> None:
    office.database.copy_to(tmp_path / "template.db")
    unit_ids = list(units.values())
    with opened(tmp_path / "template.db", tmp_path, actor, now) as desk:
        moments: list[tuple[str, dict[str, Any]]] = []
        for kind, before, after in orders:
            with desk.read() as session:
                known = session.scalars(select(Branch.id).order_by(Branch.id)).all()
            order = Order(
                kind,
                unit_ids[len(after) % 2],
                AUTUMN,
                before=tuple(dict.fromkeys(known[place % len(known)] for place in before)),
                after=tuple(f"第{place}支部" for place in after),
                branch_kind="teacher",
                secretary="孔文举" if kind in (K.FOUNDED, K.REELECTED) else "",
            )
            then = snapshot(desk)
            try:
                changed = lineages.carry_out(desk, order)
            except NotAllowed:
                assert snapshot(desk) == then
                continue
            assert changed is not None
            moments.append((changed.change_id, then))
        for change_id, then in reversed(moments):
            journal.undo(desk, change_id)
            assert snapshot(desk) == then


def test_branches_of_two_units_merge_under_the_unit_that_is_named(
    office: Office, units: Ids, branches: Ids
) -> None:
    other = "材料科学与工程学院教工第一党支部"
    both = (branches[FIRST], branches[other])
    new = Order(K.MERGED, units["材料学院"], AUTUMN, before=both, after=("先进制造教工党支部",))
    assert lineages.foretell(office, new) == (
        f"“{FIRST}”、“{other}”撤销，合并为新的“先进制造教工党支部”（教师党支部），属于材料科学与工程学院党委",
    )
    lineages.carry_out(office, new)
    made = next(row for row in registry.branches(office).rows if row.name == "先进制造教工党支部")
    assert (made.unit, made.members) == ("材料学院", 35)
    (told,) = lineages.descent(office, made.id)
    assert told.sentence == (
        f"2023年9月合并：机械工程学院党委{FIRST}、材料科学与工程学院党委{other} → "
        "材料科学与工程学院党委先进制造教工党支部"
    )
    journal.undo(office, journal.last_undoable(office) or "")
    assert {registry.branch(office, key).dissolved for key in both} == {None}


def test_a_branch_that_goes_on_in_a_merger_comes_under_the_unit_that_is_named(
    office: Office, units: Ids, branches: Ids
) -> None:
    other = "材料科学与工程学院教工第一党支部"
    before = (branches[FIRST], branches[other])
    order = Order(K.MERGED, units["材料学院"], AUTUMN, before=before, after=(FIRST,))
    assert (
        f"“{FIRST}”继续，由机械工程学院党委转入材料科学与工程学院党委" in lineages.foretell(office, order)[1]
    )
    lineages.carry_out(office, order)
    row = registry.branch(office, branches[FIRST])
    assert (row.unit, row.dissolved, row.founded) == ("材料学院", None, "2015-06")
    assert registry.branch(office, branches[other]).dissolved == "2023-09"
