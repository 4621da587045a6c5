"""One change is one transaction and one record of every row that it touched."""

from __future__ import annotations

import platform
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

from db.engine import Changed, Database
from db.history import Actor, change
from db.models import (
    Application,
    Appraisal,
    Branch,
    Change,
    ChangeEntry,
    Honour,
    IntakeFile,
    Project,
    Record,
    Round,
    Unit,
)
from db.vocabulary import Door, HolderKind


def changes(database: Database) -> list[Change]:
    with database.read() as session:
        return list(session.scalars(select(Change).order_by(Change.n)))


def entries(database: Database) -> list[tuple[str, str, Any, Any]]:
    with database.read() as session:
        found = session.scalars(select(ChangeEntry).order_by(ChangeEntry.n))
        return [(entry.table_name, entry.row_id, entry.before, entry.after) for entry in found]


@pytest.fixture
def unit(database: Database, actor: Actor, now: datetime) -> Unit:
    with change(database, "新增单位", actor, at=now) as session:
        made = Unit(id="u1", name="数学学院", code="01")
        session.add(made)
    return made


def test_a_change_says_who_did_what_when_and_by_which_door(
    database: Database, actor: Actor, now: datetime
) -> None:
    with change(database, "导入 党支部.xlsx", actor, at=now, door=Door.IMPORT) as session:
        session.add(Unit(name="数学学院"))
    (header,) = changes(database)
    assert (header.title, header.actor, header.pc) == ("导入 党支部.xlsx", "王小明", "组织部一号机")
    assert (header.at, header.door, header.undoes) == (now, Door.IMPORT, None)


def test_an_entry_holds_the_row_as_stored_before_and_after(
    database: Database, unit: Unit, actor: Actor, now: datetime
) -> None:
    with change(database, "改名", actor, at=now) as session:
        session.get_one(Unit, unit.id).name = "数学与统计学院"
    (_, _, none, first), (table, row_id, before, after) = entries(database)
    assert none is None
    assert (table, row_id, before) == ("unit", "u1", first)
    assert after == before | {"name": "数学与统计学院", "revision": changes(database)[1].id}


def test_a_deleted_row_leaves_its_last_state_in_the_journal(
    database: Database, unit: Unit, actor: Actor, now: datetime
) -> None:
    with change(database, "删除", actor, at=now) as session:
        session.delete(session.get_one(Unit, unit.id))
    (_, _, _, first), (_, _, before, after) = entries(database)
    assert (before, after) == (first, None)


def test_an_exception_leaves_neither_rows_nor_record(
    database: Database, unit: Unit, actor: Actor, now: datetime
) -> None:
    def fail() -> None:
        with change(database, "出错", actor, at=now) as session:
            session.get_one(Unit, unit.id).name = "改了一半"
            session.flush()
            session.record_new(Unit, [{"name": "物理学院"}])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert len(changes(database)) == len(entries(database)) == 1
    with database.read() as read:
        assert read.scalars(select(Unit.name)).all() == ["数学学院"]


def test_a_broken_reference_is_found_at_commit_and_nothing_is_written(
    database: Database, actor: Actor, now: datetime
) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"), change(database, "孤儿", actor, at=now) as session:
        session.record_new(Branch, [{"name": "第一党支部", "kind": "学生", "unit_id": "nowhere"}])
    assert changes(database) == entries(database) == []


def test_children_may_be_recorded_before_their_parents(
    database: Database, actor: Actor, now: datetime
) -> None:
    with change(database, "导入", actor, at=now) as session:
        session.record_new(Branch, [{"name": "第一党支部", "kind": "学生", "unit_id": "u1"}])
        session.record_new(Unit, [{"id": "u1", "name": "数学学院"}])
    assert session.changed is not None
    assert session.changed.tables == {"unit", "branch"}


def test_a_change_that_changes_nothing_is_not_recorded(
    database: Database, unit: Unit, actor: Actor, now: datetime
) -> None:
    heard: list[Changed] = []
    database.listeners.append(heard.append)
    with change(database, "什么也没做", actor, at=now) as session:
        session.get_one(Unit, unit.id).name = "数学学院"
        session.record_new(Unit, [])
    assert session.changed is None
    assert heard == []
    assert len(changes(database)) == 1


def test_a_row_that_came_and_went_within_a_change_is_not_recorded(
    database: Database, actor: Actor, now: datetime
) -> None:
    with change(database, "来去", actor, at=now) as session:
        fleeting = Unit(name="临时")
        session.add(fleeting)
        session.flush()
        session.delete(fleeting)
    assert session.changed is None
    assert changes(database) == []


def test_several_flushes_of_a_row_give_one_entry(
    database: Database, unit: Unit, actor: Actor, now: datetime
) -> None:
    with change(database, "改了又改", actor, at=now) as session:
        row = session.get_one(Unit, unit.id)
        for name in ("甲", "乙", "丙"):
            row.name = name
            session.flush()
    *_, (_, _, before, after) = entries(database)
    assert len(entries(database)) == 2
    assert (before["name"], after["name"]) == ("数学学院", "丙")


def test_a_row_of_the_bulk_door_that_is_edited_in_the_same_change_has_one_entry(
    database: Database, actor: Actor, now: datetime
) -> None:
    with change(database, "导入并修正", actor, at=now) as session:
        first, second, third = session.record_new(Unit, [{"name": "甲"}, {"name": "乙"}, {"name": "丙"}])
        session.get_one(Unit, first).name = "甲甲"
        session.delete(session.get_one(Unit, second))
    recorded = {row_id: (before, after) for _, row_id, before, after in entries(database)}
    assert len(entries(database)) == 2
    assert recorded.keys() == {first, third}
    assert recorded[first][0] is None
    assert recorded[first][1]["name"] == "甲甲"
    assert session.changed is not None
    assert session.changed.rows == 2


def test_what_a_savepoint_took_back_is_not_recorded(
    database: Database, unit: Unit, actor: Actor, now: datetime
) -> None:
    with change(database, "试一试", actor, at=now) as session:
        session.record_new(Unit, [{"id": "u2", "name": "物理学院"}])
        with suppress(LookupError), session.begin_nested():
            session.get_one(Unit, unit.id).name = "改名"
            session.get_one(Unit, "u2").name = "改名二"
            session.record_new(Unit, [{"name": "化学学院"}])
            session.flush()
            raise LookupError
    assert [(row_id, after["name"]) for _, row_id, _, after in entries(database)[1:]] == [("u2", "物理学院")]
    assert session.changed is not None
    assert session.changed.rows == 1


ROWS: list[tuple[type[Record], dict[str, Any]]] = [
    (Unit, {"name": "数学学院", "order_no": 3, "code": None, "extra": {"备注": ["甲", 1, None]}}),
    (Unit, {"name": "物理学院", "note": None}),
    (Branch, {"name": "第一党支部", "kind": "学生", "unit_id": "u0", "founded": "2019-09"}),
    (Appraisal, {"unit_id": "u0", "year": 2023, "kind": "考核", "score": Decimal("-92.5")}),
    (Honour, {"unit_id": "u0", "holder": HolderKind.BRANCH, "title": "先进", "level": "校", "awarded": "2023", "party": True}),
    (Project, {"application_id": "a0", "starts": date(2024, 1, 1), "ends": date(2026, 1, 1)}),
    (IntakeFile, {"name": "a.xlsx", "sheet": "表1", "sha256": "0" * 64, "list_key": "branch", "applied_at": datetime(2024, 3, 15, 9, 0, 30), "summary": ""}),
]  # fmt: skip


@pytest.fixture
def parents(database: Database, actor: Actor, now: datetime) -> None:
    with change(database, "上级", actor, at=now) as session:
        session.add(Unit(id="u0", name="上级"))
        session.add(Round(id="r0", name="第一批", preset="test"))
        session.add(Application(id="a0", round_id="r0", category="unit", unit_id="u0"))


@pytest.mark.parametrize(("model", "row"), ROWS)
@pytest.mark.usefixtures("parents")
def test_the_bulk_door_stores_and_records_exactly_what_the_session_does(
    database: Database, actor: Actor, now: datetime, model: type[Record], row: dict[str, Any]
) -> None:
    with change(database, "成批", actor, at=now) as session:
        session.record_new(model, [row | {"id": "x"}])
    with change(database, "删除", actor, at=now) as session:
        session.delete(session.get_one(model, "x"))
    with change(database, "逐条", actor, at=now) as session:
        session.add(model(**row, id="x"))
    (_, _, none, bulk), (_, _, deleted, _), (_, _, nothing, single) = entries(database)[-3:]
    assert none is nothing is None
    assert bulk == deleted
    assert bulk | {"revision": ""} == single | {"revision": ""}


def test_a_misspelt_column_is_refused_by_the_bulk_door(
    database: Database, actor: Actor, now: datetime
) -> None:
    with (
        pytest.raises(TypeError, match="unit has no column nmae"),
        change(database, "错字", actor, at=now) as session,
    ):
        session.record_new(Unit, [{"name": "甲"}, {"nmae": "乙"}])


@pytest.mark.parametrize(
    "statement",
    [
        update(Unit).values(note="x"),
        delete(Unit),
        delete(Unit).where(Unit.name == "数学学院"),
        insert(Unit).values(name="x"),
        update(Unit.__table__).values(note="x"),
    ],
)
def test_statements_that_would_pass_the_recorder_by_are_refused(
    database: Database, unit: Unit, actor: Actor, now: datetime, statement: Any
) -> None:
    with (
        pytest.raises(RuntimeError, match="not be recorded"),
        change(database, "绕过", actor, at=now) as session,
    ):
        session.execute(statement)
    assert len(entries(database)) == 1


def test_a_change_inside_a_change_is_refused_and_undoes_the_outer_one(
    database: Database, actor: Actor, now: datetime
) -> None:
    def nest() -> None:
        with change(database, "外", actor, at=now) as outer:
            outer.add(Unit(name="甲"))
            with change(database, "内", actor, at=now):
                pass

    with pytest.raises(RuntimeError, match="already writing"):
        nest()
    assert changes(database) == []
    with change(database, "之后", actor, at=now) as after:
        after.add(Unit(name="乙"))
    assert [header.title for header in changes(database)] == ["之后"]


def test_a_listener_hears_once_and_only_after_the_commit(
    database: Database, actor: Actor, now: datetime
) -> None:
    heard: list[tuple[Changed, list[str]]] = []

    def listen(done: Changed) -> None:
        with database.read() as session:
            heard.append((done, list(session.scalars(select(Unit.name)))))

    database.listeners.append(listen)
    with change(database, "新增", actor, at=now) as session:
        session.add_all([Unit(name="甲"), Unit(name="乙")])
        session.flush()
        assert heard == []
    ((done, names),) = heard
    assert done == Changed(session.change_id, "新增", frozenset({"unit"}), 2) == session.changed
    assert sorted(names) == ["乙", "甲"]
    with suppress(ZeroDivisionError), change(database, "出错", actor, at=now) as session:
        session.add(Unit(name="丙"))
        raise ZeroDivisionError
    assert len(heard) == 1


def test_every_written_row_carries_the_change_as_its_revision(
    database: Database, unit: Unit, actor: Actor, now: datetime
) -> None:
    with change(database, "改", actor, at=now) as session:
        session.get_one(Unit, unit.id).note = "改"
        session.add(Unit(name="甲"))
        session.record_new(Unit, [{"name": "乙"}])
    with database.read() as read:
        assert set(read.scalars(select(Unit.revision))) == {session.change_id}


def test_an_actor_without_a_pc_is_at_this_one() -> None:
    assert Actor("王小明").pc == platform.node()
