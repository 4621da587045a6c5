"""Whatever is done to the registry, undoing it in reverse restores every row exactly, and redoing brings it again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from db.engine import Database
from db.history import Actor, Writer, change
from db.models import Base, Branch, Person, Post, Record, Unit
from db.search import tokens
from db.undo import undo, undo_plan

POINTING: dict[type[Record], list[tuple[type[Record], Any]]] = {
    Unit: [(Post, Post.unit_id), (Branch, Branch.unit_id), (Person, Person.unit_id)],
    Branch: [(Post, Post.branch_id)],
    Person: [(Post, Post.person_id)],
    Post: [],
}
"""Who points at a row, by which column."""

Step = tuple[str, int, int]
"""What to do, and two numbers that choose among the rows that are there."""

MODELS: tuple[type[Record], ...] = (Unit, Branch, Person, Post)
STEPS = st.tuples(
    st.sampled_from(["add", "bulk", "edit", "move", "swap", "delete"]), st.integers(0, 40), st.integers(0, 40)
)
CHANGES = st.lists(st.lists(STEPS, min_size=1, max_size=5), min_size=1, max_size=6)

LAW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
RECORDS = [table.name for table in Base.metadata.sorted_tables if "revision" in table.columns]

_numbers = count()
_folders = count()


@contextmanager
def fresh(template: Path, folder: Path) -> Iterator[Database]:
    database = Database(Path(shutil.copyfile(template, folder / f"{next(_folders)}.db")))
    try:
        yield database
    finally:
        database.close()


def snapshot(database: Database) -> dict[str, Any]:
    """Every record of every table, and what the search index finds, as stored."""
    with database.read() as session:
        run = session.connection().exec_driver_sql
        rows: dict[str, Any] = {
            name: [dict(row) for row in run(f'SELECT * FROM "{name}" ORDER BY id').mappings()]
            for name in RECORDS
        }
        rows["search_entry"] = sorted(map(tuple, run("SELECT table_name, row_id FROM search_entry")))
        found = "SELECT row_id FROM search_index JOIN search_entry ON n = search_index.rowid WHERE search_index MATCH ?"
        rows["search_index"] = [
            sorted(map(tuple, run(found, (tokens([digit]).split()[0],)))) for digit in "0123456789x"
        ]
        return rows


def some(session: Writer, model: type[Record], number: int) -> Any:
    """A row of the model chosen by a number; None when there is none."""
    rows = session.scalars(select(model).order_by(model.id)).all()
    return rows[number % len(rows)] if rows else None


def new_row(session: Writer, model: type[Record], number: int) -> dict[str, Any] | None:
    """Columns of a row that fits what is there; None when its parent is wanting."""
    name = f"x{next(_numbers)}"
    unit = some(session, Unit, number)
    person = some(session, Person, number)
    if model is Unit:
        return {"name": name, "parent_id": unit.id if unit and number % 2 else None}
    if model is Branch:
        return {"name": name, "kind": "学生", "unit_id": unit.id} if unit else None
    if model is Person:
        return {"name": name, "unit_id": unit.id if unit else None}
    branch = some(session, Branch, number)
    body = {"branch_id": branch.id} if branch else {"unit_id": unit.id if unit else None}
    return {"person_id": person.id, "role": name, **body} if person and unit else None


def perform(session: Writer, step: Step) -> None:
    verb, which, number = step
    model = MODELS[which % len(MODELS)]
    row = some(session, model, number)
    if verb in {"add", "bulk"}:
        values = new_row(session, model, number)
        if values is not None and verb == "add":
            session.add(model(**values))
        elif values is not None:
            session.record_new(model, [values])
    elif row is not None and verb == "edit":
        row.note = f"y{next(_numbers)}"
    elif row is not None and verb == "move" and model in {Branch, Person}:
        row.unit_id = target.id if (target := some(session, Unit, which + number)) else row.unit_id
    elif verb == "swap":
        swap(session, which, number)
    elif row is not None and verb == "delete":
        delete(session, row)


def swap(session: Writer, one: int, other: int) -> None:
    """Two units change names, through a third."""
    first, second = some(session, Unit, one), some(session, Unit, other)
    if first is None or first is second:
        return
    names = first.name, second.name
    for unit, name in ((first, f"z{next(_numbers)}"), (second, names[0]), (first, names[1])):
        unit.name = name
        session.flush()


def delete(session: Writer, row: Any) -> None:
    """Delete a row with all that point at it; units below a unit come to stand alone."""
    session.flush()
    if isinstance(row, Unit):
        for below in session.scalars(select(Unit).where(Unit.parent_id == row.id)).all():
            below.parent_id = None
    for model, column in POINTING[type(row)]:
        for child in session.scalars(select(model).where(column == row.id)).all():
            delete(session, child)
    session.delete(row)
    session.flush()


@LAW
@given(planned=CHANGES)
def test_undoing_all_in_reverse_restores_every_row_and_redoing_brings_all_again(
    planned: list[list[Step]], template_store: Path, tmp_path: Path, actor: Actor, now: datetime
) -> None:
    with fresh(template_store, tmp_path) as database:
        moments = [snapshot(database)]
        done: list[str] = []
        for steps in planned:
            if made := write(database, steps, actor, now):
                done.append(made)
                moments.append(snapshot(database))
        undone: list[str] = []
        for change_id, before in zip(reversed(done), reversed(moments[:-1]), strict=True):
            undone.append(take_back(database, change_id, actor, now))
            assert snapshot(database) == before
        for change_id, after in zip(reversed(undone), moments[1:], strict=True):
            take_back(database, change_id, actor, now)
            assert snapshot(database) == after


def write(database: Database, steps: list[Step], actor: Actor, now: datetime) -> str | None:
    """One change of these steps; None when they changed nothing."""
    with change(database, "操作", actor, at=now) as session:
        for step in steps:
            perform(session, step)
    return None if session.changed is None else session.changed.change_id


def take_back(database: Database, change_id: str, actor: Actor, now: datetime) -> str:
    plan = undo_plan(database, change_id)
    assert plan.kept == ()
    done = undo(database, plan, actor, at=now)
    assert done is not None
    return done.change_id


@LAW
@given(planned=CHANGES, chosen=st.integers(0, 5))
def test_undoing_any_one_change_leaves_no_row_without_its_parent(
    planned: list[list[Step]], chosen: int, template_store: Path, tmp_path: Path, actor: Actor, now: datetime
) -> None:
    kept_its_name = [[step for step in steps if step[0] != "swap"] for steps in planned]
    with fresh(template_store, tmp_path) as database:
        done = [made for steps in kept_its_name if (made := write(database, steps, actor, now))]
        if done:
            plan = undo_plan(database, done[chosen % len(done)])
            before = snapshot(database)
            if plan.restores:
                undo(database, plan, actor, at=now)  # raises when the rows do not fit together
            assert touched(before, snapshot(database)) == {row.row_id for row in plan.restores}


def touched(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """The ids of the rows that differ."""
    return {
        row["id"]
        for name in RECORDS
        for row in before[name] + after[name]
        if (row in before[name]) != (row in after[name])
    }
