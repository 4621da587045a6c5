"""Any part of a name, or of its initials, finds it; nothing else does."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from db.engine import Database
from db.history import Actor, change
from db.models import Branch, Person, Unit
from db.pinyin import initials, normalise
from db.search import matches

ALPHABET = "计算机科学数物理学院党支部第一二十重庆㐂𠮷AbＣ１9“”\"'（）()-*:^+|&·、 　"
NAMES = st.text(ALPHABET, min_size=1, max_size=12).filter(str.strip)
LAW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def found(
    database: Database, query: str, model: type[Unit] | type[Branch] | type[Person] = Person
) -> list[str]:
    with database.read() as session:
        condition = matches(model.id, model.__tablename__, query)
        return list(session.scalars(select(model.id).where(condition).order_by(model.id)))


@pytest.fixture(scope="module")
def people(template_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A store whose people the laws bring."""
    database = Database(Path(shutil.copyfile(template_store, tmp_path_factory.mktemp("search") / "s.db")))
    yield database
    database.close()


@LAW
@given(name=NAMES, data=st.data())
def test_any_part_of_a_name_or_of_its_initials_finds_it(
    name: str, data: st.DataObject, people: Database, actor: Actor, now: datetime
) -> None:
    with change(people, "新增", actor, at=now) as session:
        (row_id,) = session.record_new(Person, [{"name": name}])
    for text in (name, initials(name)):
        start = data.draw(st.integers(0, len(text) - 1))
        part = text[start : data.draw(st.integers(start + 1, len(text)))]
        if part.strip():
            assert row_id in found(people, part)
            assert row_id in found(people, part.swapcase())


@LAW
@given(names=st.lists(NAMES, min_size=1, max_size=5), query=st.text(ALPHABET, min_size=1, max_size=3))
def test_what_is_found_contains_the_query(
    names: list[str], query: str, template_store: Path, tmp_path: Path, actor: Actor, now: datetime
) -> None:
    database = Database(Path(shutil.copyfile(template_store, tmp_path / "law.db")))
    try:
        with change(database, "新增", actor, at=now) as session:
            ids = session.record_new(Person, [{"name": name} for name in names])
        wanted = normalise(query)
        holds = {
            i
            for i, name in zip(ids, names, strict=True)
            if wanted in normalise(name) or wanted in initials(name)
        }
        assert set(found(database, query)) == (holds if wanted else set())
    finally:
        database.close()


@pytest.fixture
def stocked(database: Database, actor: Actor, now: datetime) -> Database:
    with change(database, "新增", actor, at=now) as session:
        session.record_new(Unit, [{"id": "u", "name": "计算机学院", "short_name": "计院", "code": "A-01"}])
        session.record_new(Branch, [{"id": "b", "unit_id": "u", "name": "计算机“双创”支部", "kind": ""}])
        session.add(Person(id="p", name='欧阳"明'))
    return database


@pytest.mark.parametrize(
    "query", ["计算机学院", "算", "jsj", "JSJXY", "Ｊｓｊ", "计 算", "计院", "a-0", "A-01", "-"]
)
def test_case_width_and_spaces_do_not_matter_and_each_column_is_searched(
    stocked: Database, query: str
) -> None:
    assert found(stocked, query, Unit) == ["u"]


@pytest.mark.parametrize("query", ["院计", "机院", "院j", "a-01a", "算院", "yjy", "a-02"])
def test_no_phrase_reaches_from_one_value_into_the_next(stocked: Database, query: str) -> None:
    assert found(stocked, query, Unit) == []


@pytest.mark.parametrize("query", ['"', '欧阳"', '"明', 'y"m'])
def test_a_quotation_mark_is_a_character_like_any_other(stocked: Database, query: str) -> None:
    assert found(stocked, query) == ["p"]


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        "*",
        "计*",
        "计 OR 明",
        "NOT 明",
        "body:明",
        "^欧",
        "欧 NEAR 明",
        "(",
        "欧)",
        "';--",
        "\x00",
        "\\",
        "%",
        "_",
    ],
)
def test_operators_are_harmless_and_mean_nothing(stocked: Database, query: str) -> None:
    assert found(stocked, query) == []


def test_only_rows_of_the_asked_table_are_found(stocked: Database) -> None:
    assert (found(stocked, "计算机", Unit), found(stocked, "计算机", Branch), found(stocked, "计算机")) == (
        ["u"],
        ["b"],
        [],
    )


def test_the_index_follows_the_session(stocked: Database, actor: Actor, now: datetime) -> None:
    with change(stocked, "改名", actor, at=now) as session:
        session.get_one(Person, "p").name = "司马亮"
    assert (found(stocked, "欧阳"), found(stocked, "sml")) == ([], ["p"])
    with change(stocked, "删除", actor, at=now) as session:
        session.delete(session.get_one(Person, "p"))
    assert found(stocked, "司马") == []


def test_a_row_of_the_bulk_door_that_is_deleted_in_the_same_change_is_not_found(
    database: Database, actor: Actor, now: datetime
) -> None:
    with change(database, "导入并删除", actor, at=now) as session:
        session.record_new(Person, [{"id": "p", "name": "司马亮"}, {"id": "q", "name": "司马光"}])
        session.delete(session.get_one(Person, "p"))
    with database.read() as read:
        assert read.connection().exec_driver_sql("SELECT row_id FROM search_entry").scalars().all() == ["q"]


def test_twenty_thousand_names_are_indexed(database: Database, actor: Actor, now: datetime) -> None:
    with change(database, "导入", actor, at=now) as session:
        session.record_new(Person, [{"id": f"p{n}", "name": f"教师{n:05d}号"} for n in range(20_000)])
    assert found(database, "12345号") == ["p12345"]
    assert len(found(database, "js0001")) == 10
    with database.read() as read:
        assert (
            read.scalar(select(func.count()).select_from(Person).where(matches(Person.id, "person", "教")))
            == 20_000
        )
