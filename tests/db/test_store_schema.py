"""The migrations make what the models say, and the store keeps the rules on which undo relies."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, ForeignKey, Table

from db.engine import Database
from db.migrate import HEAD, MIGRATIONS
from db.models import Base, Record
from db.search import SEARCHED

TABLES = Base.metadata.sorted_tables
RECORDS = [model for model in Record.__subclasses__() if not model.__dict__.get("__abstract__")]
FOREIGN_KEYS = [
    key for table in TABLES for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
]
SCRIPTS = sorted((MIGRATIONS / "versions").glob("*.py"))


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    with database.readers.connect() as opened:
        yield opened


def test_the_models_and_the_migrated_store_are_the_same(connection: Connection) -> None:
    def ours(_object: Any, name: str | None, kind: str, *_rest: object) -> bool:
        return not (kind == "table" and str(name).startswith("search_"))

    options = {"include_object": ours, "compare_type": True, "compare_server_default": True}
    context = MigrationContext.configure(connection, opts=options)
    assert compare_metadata(context, Base.metadata) == []


def test_head_is_the_newest_migration_and_their_number() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    head = ScriptDirectory.from_config(config).get_current_head()
    assert head == f"{HEAD:04d}"
    assert len(SCRIPTS) == HEAD


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_a_migration_imports_nothing_of_ours(script: Path) -> None:
    tree = ast.walk(ast.parse(script.read_text("utf-8")))
    roots = set()
    for node in tree:
        if isinstance(node, ast.Import):
            roots |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            roots.add((node.module or ".").partition(".")[0])
    assert roots <= {"sqlalchemy", "alembic"} | sys.stdlib_module_names


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_foreign_key_acts_by_itself(table: Table, connection: Connection) -> None:
    """CASCADE or SET NULL would change rows behind the recorder's back."""
    stored = connection.exec_driver_sql(f'PRAGMA foreign_key_list("{table.name}")').mappings().all()
    assert len(stored) == len(table.foreign_keys)
    assert {(row["on_delete"], row["on_update"]) for row in stored} <= {("NO ACTION", "NO ACTION")}


@pytest.mark.parametrize("key", FOREIGN_KEYS, ids=lambda key: f"{key.parent.table.name}.{key.parent.name}")
def test_children_are_looked_up_by_an_index(key: ForeignKey, connection: Connection) -> None:
    table, column = key.parent.table.name, key.parent.name
    plan = connection.exec_driver_sql(
        f'EXPLAIN QUERY PLAN SELECT * FROM "{table}" WHERE "{column}" = ?', ("x",)
    )
    (step,) = plan.mappings()
    assert step["detail"].startswith(f"SEARCH {table} USING")
    assert f"({column}=?" in step["detail"]


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__tablename__)
def test_every_record_has_an_identity_and_a_revision(model: type[Record], connection: Connection) -> None:
    columns = connection.exec_driver_sql(f'PRAGMA table_info("{model.__tablename__}")').mappings().all()
    by_name = {column["name"]: column for column in columns}
    assert [name for name, column in by_name.items() if column["pk"]] == ["id"]
    assert by_name["revision"]["notnull"] == 1


def test_every_table_is_a_record_or_is_known_to_be_none() -> None:
    records = {model.__tablename__ for model in RECORDS}
    assert {table.name for table in TABLES} - records == {"change", "change_entry", "setting"}


def test_what_is_searched_exists() -> None:
    for table, columns in SEARCHED.items():
        assert set(columns) <= set(Base.metadata.tables[table].columns.keys())
