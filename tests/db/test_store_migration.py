"""A store is brought to this program's schema, wholly or not at all, and no other file is touched."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from db import migrate as migration
from db import search
from db.engine import APPLICATION_ID, Database, connect_unmanaged
from db.errors import StoreError
from db.migrate import HEAD, check_not_newer, migrate, schema_number
from db.models import Appraisal, Branch, IntakeFile

NEXT = f'''
from alembic import op
import sqlalchemy as sa

revision = "{HEAD + 1:04d}"
down_revision = "{HEAD:04d}"


def upgrade() -> None:
'''


@pytest.fixture
def next_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The place of a migration that a later version may bring."""
    folder = tmp_path / "migrations"
    shutil.copytree(migration.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(migration, "MIGRATIONS", folder)
    monkeypatch.setattr(migration, "HEAD", HEAD + 1)
    return folder / "versions" / f"{HEAD + 1:04d}_next.py"


def schema(path: Path) -> list[object]:
    """All that SQLite says of the schema, and the rows of units and branches."""
    with closing(connect_unmanaged(path)) as connection:
        run = connection.execute
        return [
            run("SELECT * FROM sqlite_schema ORDER BY name").fetchall(),
            run("PRAGMA user_version").fetchall(),
            run("PRAGMA application_id").fetchall(),
            run("SELECT * FROM unit ORDER BY id").fetchall(),
            run("SELECT * FROM branch ORDER BY id").fetchall(),
        ]


@pytest.fixture
def stocked(store_path: Path) -> Path:
    """A store with a unit and its branch."""
    with closing(connect_unmanaged(store_path)) as connection:
        connection.execute(
            "INSERT INTO unit (id, revision, name, short_name, kind, phone, note, extra, sort_key)"
            " VALUES ('u', 'r', '数学学院', '', '', '', '', '{}', '')"
        )
        connection.execute(
            "INSERT INTO branch (id, revision, unit_id, name, kind, phone, note, extra, sort_key)"
            " VALUES ('b', 'r', 'u', '第一党支部', '', '', '', '{}', '')"
        )
    return store_path


def test_a_new_file_becomes_a_store_of_this_program(tmp_path: Path) -> None:
    path = tmp_path / "新 100% #文件夹" / "store.db"
    path.parent.mkdir()
    assert schema_number(path) == 0
    migrate(path)
    assert schema_number(path) == check_not_newer(path) == HEAD
    assert sqlite_header(path) == APPLICATION_ID
    Database(path).close()


def sqlite_header(path: Path) -> int:
    return int.from_bytes(path.read_bytes()[68:72])


def test_an_empty_file_is_a_new_store(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.touch()
    assert check_not_newer(path) == 0


def test_migrating_twice_changes_nothing(store_path: Path) -> None:
    before = store_path.read_bytes()
    migrate(store_path)
    assert store_path.read_bytes() == before


def test_a_newer_store_is_refused_with_the_version_that_is_needed(store_path: Path) -> None:
    with closing(connect_unmanaged(store_path)) as connection:
        connection.execute(f"PRAGMA user_version = {HEAD + 7}")
    before = store_path.read_bytes()
    for open_it in (check_not_newer, migrate):
        with pytest.raises(StoreError, match=f"第 {HEAD + 7} 版，本程序只到第 {HEAD} 版.*请安装新版程序"):
            open_it(store_path)  # type: ignore[operator]  # one returns a number, the other nothing
    assert store_path.read_bytes() == before


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE unit (x)")
        other.commit()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="不是本程序的数据库"):
        migrate(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", ["这不是数据库".encode() * 400, b"PK\x03\x04" + bytes(5_000), b"x"])
def test_what_is_no_database_at_all_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(content)
    with pytest.raises(StoreError, match="不是本程序的数据库"):
        migrate(path)
    assert path.read_bytes() == content


def test_a_folder_that_is_not_there_is_the_users_trouble(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="无法打开数据库文件"):
        migrate(tmp_path / "nowhere" / "store.db")


def test_a_migration_rebuilds_a_parent_without_losing_its_children(
    stocked: Path, next_migration: Path
) -> None:
    next_migration.write_text(
        NEXT
        + '    with op.batch_alter_table("unit", recreate="always") as batch:\n'
        + '        batch.add_column(sa.Column("website", sa.String(), nullable=False, server_default=""))\n'
    )
    migrate(stocked)
    *_, units, branches = schema(stocked)
    assert (len(units), len(branches)) == (1, 1)  # type: ignore[arg-type]  # both are lists
    assert schema_number(stocked) == HEAD + 1


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ('    op.add_column("unit", sa.Column("website", sa.String()))\n    raise ZeroDivisionError\n', ZeroDivisionError),
        (
            '    with op.batch_alter_table("unit") as batch:\n        batch.drop_column("note")\n'
            '    op.execute("INSERT INTO nowhere VALUES (1)")\n',
            Exception,
        ),
        ("    op.execute(\"DELETE FROM unit\")\n", StoreError),
    ],
    ids=["raises", "fails in SQL after a rebuilt table", "leaves a branch without its unit"],
)  # fmt: skip
def test_a_failing_migration_leaves_the_store_as_it_was(
    stocked: Path, next_migration: Path, body: str, error: type[Exception]
) -> None:
    before = schema(stocked)
    next_migration.write_text(NEXT + body)
    with pytest.raises(error):
        migrate(stocked)
    assert schema(stocked) == before


def test_a_store_that_somebody_else_writes_is_not_migrated(
    stocked: Path, next_migration: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    next_migration.write_text(NEXT + "    pass\n")
    with closing(connect_unmanaged(stocked)) as other:
        other.execute("BEGIN IMMEDIATE")
        monkeypatch.setattr(migration, "BUSY_MS", 50)
        with pytest.raises(StoreError, match="正被另一个程序占用"):
            migrate(stocked)
    assert schema_number(stocked) == HEAD


@pytest.fixture
def first_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store as the first version of the program made it, with a round under way."""
    path = tmp_path / "first.db"
    folder = tmp_path / "first migrations"
    later = (f"{number:04d}_*.py" for number in range(2, HEAD + 1))
    shutil.copytree(migration.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__", *later))
    with monkeypatch.context() as then:
        then.setattr(migration, "MIGRATIONS", folder)
        then.setattr(migration, "HEAD", 1)
        then.setattr(search, "SEARCHED", {"unit": ("name",)})
        migrate(path)
    with closing(connect_unmanaged(path)) as connection:
        for statement in FIRST_ROWS:
            connection.execute(statement)
    return path


FIRST_ROWS = (
    "INSERT INTO unit (id, revision, name, short_name, kind, phone, note, extra, sort_key)"
    " VALUES ('u', 'r', '数学学院', '', '', '', '', '{}', '')",
    "INSERT INTO branch (id, revision, unit_id, name, kind, planned_end, phone, note, extra, sort_key)"
    " VALUES ('b', 'r', 'u', '第一党支部', 'student', '2024-06', '', '', '{}', '')",
    "INSERT INTO appraisal (id, revision, unit_id, branch_id, year, kind, grade, score, note)"
    " VALUES ('a', 'r', 'u', 'b', 2023, 'branch_work', '好', 945000, '')",
    "INSERT INTO intake_file (id, revision, name, sheet, sha256, list_key, applied_at, summary)"
    " VALUES ('i', 'r', '名册.xlsx', '名册', 'f', 'branches', '2024-03-15 09:00:00.000000', '新增 1')",
    "INSERT INTO round (id, revision, name, preset) VALUES ('o', 'r', '第三批', 'third-batch-2023')",
    "INSERT INTO rule_version (id, revision, round_id, n, toml, sha256) VALUES ('v', 'r', 'o', 1, '', '')",
    "INSERT INTO application"
    " (id, revision, round_id, category, unit_id, branch_id, state, phone, answers, note, state_reason)"
    " VALUES ('p', 'r', 'o', 'branch', 'u', 'b', 'submitted', '', '{}', '', '')",
    "INSERT INTO confirmation (id, revision, application_id, condition, rule_version_id, verdict, reason, by, at)"
    " VALUES ('c', 'r', 'p', 'stable', 'v', 'pass', '', '王敏', '2024-03-18 09:30:00.000000')",
    "INSERT INTO printed (id, revision, code, subject, paper, copy, digest, rule_version_id, printed_at)"
    " VALUES ('t', 'r', '1234', 'p', 'application', 1, 'd', 'v', '2024-03-18 09:30:00.000000')",
)


def test_a_store_of_the_first_version_keeps_its_rows_and_nobody_has_said_what_it_did_not_know(
    first_store: Path,
) -> None:
    tables = ("unit", "branch", "appraisal", "intake_file", "round", "rule_version", "application")
    tables += ("confirmation", "printed")
    before = {name: rows(first_store, name) for name in tables}
    assert schema_number(first_store) == 1
    migrate(first_store)
    assert schema_number(first_store) == HEAD
    for name, stored in before.items():
        for row, now in zip(stored, rows(first_store, name), strict=True):
            assert now == {**dict.fromkeys(now), **row}
    opened = Database(first_store)
    with opened.read() as session:
        branch, appraisal = session.get(Branch, "b"), session.get(Appraisal, "a")
        assert branch is not None
        assert appraisal is not None
        assert (branch.planned_end, branch.planned_reason) == ("2024-06", None)
        assert (str(appraisal.score), appraisal.maximum, appraisal.reported) == ("94.5", None, None)
        found = select(IntakeFile.name).where(search.matches(IntakeFile.id, "intake_file", "mc"))
        assert session.scalars(found).all() == ["名册.xlsx"]  # not searched for by the first version
    opened.close()


def rows(path: Path, table: str) -> list[dict[str, object]]:
    with closing(connect_unmanaged(path)) as connection:
        found = connection.execute(f'SELECT * FROM "{table}"')
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found]
