"""Undo says what it would put back and what it keeps, and then does just that."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from db import search
from db.engine import Changed, Database
from db.errors import NotAllowed, StaleData
from db.history import Actor, Writer, change
from db.models import Branch, Change, LineageEvent, LineagePart, Person, Post, Record, Unit
from db.undo import Kept, UndoPlan, last_undoable, undo, undo_plan
from db.vocabulary import Door, LineageKind, PartRole


class Desk:
    """Somebody who writes, plans and undoes in one store."""

    def __init__(self, database: Database, actor: Actor, now: datetime) -> None:
        self.database, self.actor, self.now = database, actor, now

    def write(self, title: str = "操作") -> Any:
        return change(self.database, title, self.actor, at=self.now)

    def plan(self, change_id: str) -> UndoPlan:
        return undo_plan(self.database, change_id)

    def undo(self, change_id: str) -> Changed:
        done = undo(self.database, self.plan(change_id), self.actor, at=self.now)
        assert done is not None
        return done

    def names(self, model: type[Unit] | type[Branch]) -> set[str]:
        with self.database.read() as session:
            return set(session.scalars(select(model.name)))


@pytest.fixture
def desk(database: Database, actor: Actor, now: datetime) -> Desk:
    return Desk(database, actor, now)


def kept(plan: UndoPlan) -> dict[str, Kept]:
    return {row.row_id: reason for row, reason in plan.kept}


def write(desk: Desk, *rows: Record) -> str:
    with desk.write() as session:
        session.add_all(rows)
    return _id(session)


def edit(desk: Desk, model: type[Unit] | type[Branch], row_id: str, **values: Any) -> str:
    with desk.write() as session:
        for key, value in values.items():
            setattr(session.get_one(model, row_id), key, value)
    return _id(session)


def remove(desk: Desk, *keys: tuple[type[Unit] | type[Branch] | type[Person] | type[Post], str]) -> str:
    with desk.write() as session:
        for key in keys:
            session.delete(session.get_one(*key))
    return _id(session)


def _id(session: Writer) -> str:
    assert session.changed is not None
    return session.changed.change_id


def test_undo_is_a_change_of_its_own_that_names_what_it_takes_back(desk: Desk) -> None:
    with desk.write("新增单位") as session:
        session.add(Unit(name="甲"))
    done = desk.undo(_id(session))
    with desk.database.read() as read:
        header = read.scalars(select(Change).order_by(Change.n.desc())).first()
    assert header is not None
    assert (header.title, header.door, header.undoes) == ("撤销：新增单位", Door.UNDO, _id(session))
    assert (done.tables, done.rows) == ({"unit"}, 1)
    assert desk.names(Unit) == set()


def test_undoing_an_undo_brings_all_again(desk: Desk) -> None:
    first = write(desk, Unit(id="u", name="甲"))
    taken_back = desk.undo(first)
    desk.undo(taken_back.change_id)
    with desk.database.read() as read:
        assert read.get_one(Unit, "u").revision == first


def test_a_change_is_undone_once_and_again_only_after_its_redo(desk: Desk) -> None:
    first = write(desk, Unit(id="u", name="甲"))
    taken_back = desk.undo(first)
    with pytest.raises(NotAllowed, match="已经撤销过"):
        desk.plan(first)
    desk.undo(taken_back.change_id)
    desk.undo(first)
    assert desk.names(Unit) == set()


def test_the_last_undoable_action_is_the_newest_that_is_in_force(desk: Desk) -> None:
    assert last_undoable(desk.database) is None
    first = write(desk, Unit(name="甲"))
    second = write(desk, Unit(name="乙"))
    assert last_undoable(desk.database) == second
    taken_back = desk.undo(second)
    assert last_undoable(desk.database) == first
    desk.undo(taken_back.change_id)
    assert last_undoable(desk.database) == second


def test_an_unknown_change_is_refused(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="找不到这条操作记录"):
        desk.plan("nothing")


def test_rows_that_were_edited_since_are_kept_and_named_and_the_rest_goes_back(desk: Desk) -> None:
    first = write(desk, Unit(id="u1", name="甲"), Unit(id="u2", name="乙"))
    edit(desk, Unit, "u1", note="后来")
    plan = desk.plan(first)
    assert kept(plan) == {"u1": Kept.EDITED}
    assert [row.row_id for row in plan.restores] == ["u2"]
    assert plan.kept[0][0].now is not None
    assert plan.kept[0][0].now["name"] == "甲"
    desk.undo(first)
    assert desk.names(Unit) == {"甲"}


def test_a_row_that_was_deleted_since_is_kept_deleted(desk: Desk) -> None:
    write(desk, Unit(id="u", name="甲"))
    edited = edit(desk, Unit, "u", note="改")
    remove(desk, (Unit, "u"))
    assert kept(desk.plan(edited)) == {"u": Kept.EDITED}


def test_nothing_to_put_back_is_refused(desk: Desk) -> None:
    first = write(desk, Unit(id="u", name="甲"))
    edit(desk, Unit, "u", note="后来")
    with pytest.raises(NotAllowed, match="无法撤销"):
        desk.undo(first)


def test_a_parent_that_later_rows_need_is_kept_with_all_above_it(desk: Desk) -> None:
    first = write(
        desk,
        Unit(id="top", name="党委"),
        Unit(id="u", name="总支", parent_id="top"),
        Branch(id="b", name="第一党支部", kind="", unit_id="u"),
        Unit(id="other", name="无关"),
    )
    write(desk, Person(id="p", name="李四"), Post(id="s", person_id="p", branch_id="b", role="书记"))
    plan = desk.plan(first)
    assert kept(plan) == {"b": Kept.NEEDED, "u": Kept.NEEDED, "top": Kept.NEEDED}
    desk.undo(first)
    assert desk.names(Unit) == {"党委", "总支"}


def test_a_restored_child_whose_parent_is_gone_is_kept_with_all_below_it(desk: Desk) -> None:
    write(desk, Unit(id="u", name="学院"), Unit(id="v", name="别的"))
    write(
        desk,
        Branch(id="b", name="第一党支部", kind="", unit_id="u"),
        Branch(id="c", name="第二党支部", kind="", unit_id="v"),
        Person(id="p", name="李四"),
        Post(id="s", person_id="p", branch_id="b", role="书记"),
    )
    removed = remove(desk, (Post, "s"), (Branch, "b"), (Branch, "c"))
    remove(desk, (Unit, "u"))
    plan = desk.plan(removed)
    assert kept(plan) == {"b": Kept.UNSUPPORTED, "s": Kept.UNSUPPORTED}
    desk.undo(removed)
    assert desk.names(Branch) == {"第二党支部"}


def test_a_move_is_not_undone_when_the_former_parent_is_gone(desk: Desk) -> None:
    write(desk, Unit(id="u", name="旧"), Unit(id="v", name="新"))
    write(desk, Branch(id="b", name="第一党支部", kind="", unit_id="u"))
    moved = edit(desk, Branch, "b", unit_id="v")
    remove(desk, (Unit, "u"))
    assert kept(desk.plan(moved)) == {"b": Kept.UNSUPPORTED}


def test_a_whole_import_goes_and_comes_back_parents_and_children(desk: Desk) -> None:
    with desk.write() as session:
        session.record_new(
            Branch,
            [{"id": f"b{n}", "name": f"第{n}支部", "kind": "", "unit_id": f"u{n % 3}"} for n in range(50)],
        )
        session.record_new(Unit, [{"id": f"u{n}", "name": f"学院{n}"} for n in range(3)])  # fmt: skip
    done = desk.undo(_id(session))
    assert (desk.names(Unit), desk.names(Branch), done.rows) == (set(), set(), 53)
    desk.undo(done.change_id)
    assert (len(desk.names(Unit)), len(desk.names(Branch))) == (3, 50)


def test_names_that_changed_places_change_back(desk: Desk) -> None:
    write(desk, Unit(id="a", name="甲"), Unit(id="b", name="乙"))
    with desk.write() as session:
        first, second = session.get_one(Unit, "a"), session.get_one(Unit, "b")
        for row, name in ((first, "暂"), (second, "甲"), (first, "乙")):
            row.name = name
            session.flush()
    desk.undo(_id(session))
    with desk.database.read() as read:
        assert read.get_one(Unit, "a").name == "甲"
        assert read.get_one(Unit, "b").name == "乙"


def test_a_plan_is_refused_when_a_row_changed_in_the_meantime(desk: Desk) -> None:
    first = write(desk, Unit(id="u1", name="甲"), Unit(id="u2", name="乙"))
    plan = desk.plan(first)
    edit(desk, Unit, "u2", note="后来")
    with pytest.raises(StaleData, match="又有变动"):
        undo(desk.database, plan, desk.actor, at=desk.now)
    assert desk.names(Unit) == {"甲", "乙"}


def test_a_plan_is_refused_when_a_row_came_to_need_its_parent_in_the_meantime(desk: Desk) -> None:
    plan = desk.plan(write(desk, Unit(id="u", name="甲")))
    write(desk, Branch(name="第一党支部", kind="", unit_id="u"))
    with pytest.raises(StaleData):
        undo(desk.database, plan, desk.actor, at=desk.now)
    assert desk.names(Unit) == {"甲"}


def test_a_plan_cannot_be_used_twice(desk: Desk) -> None:
    plan = desk.plan(write(desk, Unit(id="u", name="甲")))
    undo(desk.database, plan, desk.actor, at=desk.now)
    with pytest.raises(StaleData):
        undo(desk.database, plan, desk.actor, at=desk.now)


def test_a_name_that_was_given_to_another_row_since_is_the_users_trouble(desk: Desk) -> None:
    write(desk, Unit(id="u", name="甲"))
    removed = remove(desk, (Unit, "u"))
    write(desk, Unit(id="v", name="甲"))
    with pytest.raises(StaleData, match="同名"):
        desk.undo(removed)


def test_the_search_index_follows_undo_and_redo(desk: Desk) -> None:
    def found(query: str) -> list[str]:
        with desk.database.read() as session:
            return list(session.scalars(select(Unit.id).where(search.matches(Unit.id, "unit", query))))

    write(desk, Unit(id="u", name="数学学院"))
    renamed = edit(desk, Unit, "u", name="物理学院")
    assert (found("数学"), found("wlxy")) == ([], ["u"])
    taken_back = desk.undo(renamed)
    assert (found("数学"), found("wlxy")) == (["u"], [])
    desk.undo(taken_back.change_id)
    assert (found("数学"), found("wlxy")) == ([], ["u"])
    desk.undo(remove(desk, (Unit, "u")))
    assert found("物理") == ["u"]


def test_a_branch_whose_lineage_is_told_stays_until_its_lineage_is_undone(desk: Desk) -> None:
    founded = write(
        desk,
        Unit(id="u", name="数学学院"),
        Branch(id="b", unit_id="u", name="第一党支部", kind="student"),
    )
    renamed = write(
        desk,
        LineageEvent(id="e", kind=LineageKind.RENAMED, occurred="2023-09"),
        LineagePart(id="p", event_id="e", role=PartRole.BEFORE, branch_id="b", unit_id="u", name="原名"),
    )
    assert kept(desk.plan(founded)) == {"u": Kept.NEEDED, "b": Kept.NEEDED}
    desk.undo(renamed)
    desk.undo(founded)
    assert desk.names(Branch) == set()


def test_an_old_name_of_a_branch_is_found_by_its_initials_until_it_is_undone(desk: Desk) -> None:
    renamed = write(
        desk,
        LineageEvent(id="e", kind=LineageKind.RENAMED, occurred="2023-09"),
        LineagePart(id="p", event_id="e", role=PartRole.BEFORE, name="原应用统计系党支部"),
    )
    old_name = select(LineagePart.id).where(search.matches(LineagePart.id, "lineage_part", "yytj"))
    with desk.database.read() as session:
        assert session.scalars(old_name).all() == ["p"]
    desk.undo(renamed)
    with desk.database.read() as session:
        assert session.scalars(old_name).all() == []
