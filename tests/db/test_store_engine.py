"""One writer, many readers, and every trouble of the disk told in the user's words."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlcipher3 import dbapi2

from db import engine
from db.engine import Database, connect_unmanaged
from db.errors import StoreError
from db.history import Actor, change
from db.models import Unit

ROOT = Path(__file__).parents[2]

on_posix = pytest.mark.skipif(sys.platform == "win32", reason="limits and other users are set the POSIX way")


def names(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(Unit.name).order_by(Unit.name)))


def add(database: Database, actor: Actor, now: datetime, *units: str) -> None:
    with change(database, "新增", actor, at=now) as session:
        session.record_new(Unit, [{"name": name} for name in units])


def integrity(path: Path) -> str:
    with closing(connect_unmanaged(path)) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


def run_script(script: str, *arguments: Path | str) -> str:
    """Run a program of its own in this project; returns what it printed."""
    command = [sys.executable, "-c", script, *map(str, arguments)]
    done = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "secure_delete": 1,
    "temp_store": 2,
    "busy_timeout": engine.BUSY_MS,
}


@pytest.mark.parametrize(("pragma", "value"), [*PRAGMAS.items(), ("query_only", None)])
def test_both_engines_are_set_up_as_intended(database: Database, pragma: str, value: object) -> None:
    def stands(of: Engine) -> object:
        with of.connect() as connection:
            return connection.exec_driver_sql(f"PRAGMA {pragma}").scalar()

    expected = (0, 1) if pragma == "query_only" else (value, value)
    assert (stands(database.writer), stands(database.readers)) == expected


def test_a_reader_cannot_write(database: Database) -> None:
    with database.read() as session, pytest.raises(StoreError):
        session.connection().exec_driver_sql("DELETE FROM unit")


def test_a_reader_sees_one_moment_while_a_writer_writes_and_commits(
    database: Database, actor: Actor, now: datetime
) -> None:
    add(database, actor, now, "甲")
    with database.read() as reader:
        with change(database, "新增", actor, at=now) as session:
            session.add(Unit(name="乙"))
            session.flush()
            assert reader.scalars(select(Unit.name)).all() == ["甲"]
            assert names(database) == ["甲"]
        assert reader.scalars(select(Unit.name)).all() == ["甲"]
    assert names(database) == ["乙", "甲"]


def test_two_threads_write_one_after_the_other(database: Database, actor: Actor, now: datetime) -> None:
    def write(name: str) -> None:
        for n in range(5):
            add(database, actor, now, f"{name}{n}")

    threads = [threading.Thread(target=write, args=(name,)) for name in "甲乙丙"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(names(database)) == 15


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch, store_path: Path) -> Iterator[Database]:
    """A store that waits for other programs but a moment."""
    monkeypatch.setattr(engine, "BUSY_MS", 50)
    opened = Database(store_path)
    yield opened
    opened.close()


HOLD = """
import sys
from db.engine import connect_unmanaged
from pathlib import Path
connection = connect_unmanaged(Path(sys.argv[1]))
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


def test_another_program_that_writes_is_the_users_trouble(
    impatient: Database, actor: Actor, now: datetime
) -> None:
    command = [sys.executable, "-c", HOLD, str(impatient.path)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(StoreError, match=r"数据库正被另一个程序占用.*没有写入任何内容"):
            add(impatient, actor, now, "甲")
        with pytest.raises(StoreError), impatient.write():
            pytest.fail("a writer must have the store from its first moment")
        assert names(impatient) == []
        other.communicate()
    add(impatient, actor, now, "甲")
    assert names(impatient) == ["甲"]


def test_a_full_disk_is_the_users_trouble_and_loses_nothing(
    database: Database, actor: Actor, now: datetime
) -> None:
    add(database, actor, now, "甲")
    with database.writer.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 5}")
    with pytest.raises(StoreError, match=r"磁盘空间不足.*原有数据完好"):
        add(database, actor, now, *(f"单位{n}" for n in range(5_000)))
    assert names(database) == ["甲"]
    with database.writer.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    add(database, actor, now, "乙")
    assert names(database) == ["乙", "甲"]
    assert integrity(database.path) == "ok"


FILL = """
import resource, sys
from datetime import datetime
from pathlib import Path
from db.engine import Database
from db.errors import StoreError
from db.history import Actor, change
from db.models import Unit
database = Database(Path(sys.argv[1]))
size = database.path.stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 100_000, size + 100_000))
try:
    with change(database, "导入", Actor("王小明"), at=datetime(2024, 3, 15)) as session:
        for start in range(0, 100_000, 1_000):
            session.record_new(Unit, [{"name": f"单位{start + n}"} for n in range(1_000)])
except StoreError as error:
    print(error)
with change(database, "再来", Actor("王小明"), at=datetime(2024, 3, 15)) as session:
    session.add(Unit(name="乙"))
"""


@on_posix
def test_a_write_that_the_system_refuses_is_the_users_trouble_and_loses_nothing(store_path: Path) -> None:
    assert "读写数据库时磁盘出错" in run_script(FILL, store_path)
    database = Database(store_path)
    assert names(database) == ["乙"]
    database.close()
    assert integrity(store_path) == "ok"


READ_ONLY = """
import os, sys
from datetime import datetime
from pathlib import Path
from db.engine import Database
from db.errors import StoreError
from db.history import Actor, change
from db.migrate import check_not_newer, migrate
from db.models import Unit
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    database = Database(Path(sys.argv[1]))
    with change(database, "新增", Actor("王小明"), at=datetime(2024, 3, 15)) as session:
        session.add(Unit(name="甲"))
except StoreError as error:
    print(error)
"""


@pytest.fixture
def shared_folder() -> Iterator[Path]:
    """A folder that any user may reach, as pytest's own is not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@on_posix
@pytest.mark.parametrize("was_open", [False, True], ids=["a migrated store", "a store that was in use"])
def test_a_folder_that_must_not_be_written_is_the_users_trouble(
    shared_folder: Path, store_path: Path, was_open: bool
) -> None:
    if was_open:
        Database(store_path).close()
    path = Path(shutil.copy(store_path, shared_folder / "store.db"))
    path.chmod(0o444)
    shared_folder.chmod(0o555)
    before = path.read_bytes()
    said = run_script(READ_ONLY, path)
    assert "数据库所在位置不可写" in said or "无法打开数据库文件" in said
    assert str(path) in said
    assert path.read_bytes() == before


def test_a_damaged_header_is_the_users_trouble_at_once_and_the_file_is_let_go(store_path: Path) -> None:
    content = bytearray(store_path.read_bytes())
    content[:16] = b"SQLite-Format-4!"
    store_path.write_bytes(content)
    with pytest.raises(StoreError, match=r"不是本程序的数据库，或已加密、已损坏.*恢复备份"):
        Database(store_path)
    assert store_path.read_bytes() == content
    assert sorted(store_path.parent.iterdir()) == [store_path]


def test_a_damaged_page_is_the_users_trouble_when_it_is_read(
    store_path: Path, database: Database, actor: Actor, now: datetime
) -> None:
    add(database, actor, now, *(f"单位{n}" for n in range(2_000)))
    database.close()
    with closing(connect_unmanaged(store_path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'unit'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    content = bytearray(store_path.read_bytes())
    content[size * (page - 1) : size * page] = b"\xff" * size
    store_path.write_bytes(content)
    damaged = Database(store_path)
    with damaged.read() as session, pytest.raises(StoreError, match="数据库文件已损坏"):
        session.scalars(select(Unit)).all()
    damaged.close()


def test_a_folder_that_is_not_there_is_the_users_trouble(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="无法打开数据库文件"):
        Database(tmp_path / "nowhere" / "store.db")


def test_what_is_our_bug_is_not_made_the_users_trouble(database: Database) -> None:
    with database.read() as session, pytest.raises(Exception, match="no such table") as caught:
        session.connection().exec_driver_sql("SELECT * FROM nowhere")
    assert not isinstance(caught.value, StoreError)


def test_a_copy_is_made_while_a_write_is_open_and_holds_what_was_committed(
    database: Database, actor: Actor, now: datetime, tmp_path: Path
) -> None:
    add(database, actor, now, "甲")
    target = tmp_path / "copy.db"
    with change(database, "新增", actor, at=now) as session:
        session.record_new(Unit, [{"name": f"单位{n}"} for n in range(3_000)])
        database.copy_to(target)
    copy = Database(target)
    assert names(copy) == ["甲"]
    copy.close()
    assert integrity(target) == "ok"


def test_a_copy_that_takes_too_long_is_given_up(
    database: Database, actor: Actor, now: datetime, tmp_path: Path
) -> None:
    with change(database, "新增", actor, at=now) as session:
        session.record_new(Unit, [{"name": f"单位{n}", "note": "长" * 200_000} for n in range(30)])
    with pytest.raises(StoreError, match=r"备份超时.*页没有复制"):
        database.copy_to(tmp_path / "copy.db", seconds=0)
    assert len(names(database)) == 30


def test_a_copy_to_where_nothing_can_be_written_is_the_users_trouble(
    database: Database, tmp_path: Path
) -> None:
    with pytest.raises(StoreError, match=r"无法打开数据库文件.*nowhere"):
        database.copy_to(tmp_path / "nowhere" / "copy.db")


def test_looking_at_a_file_that_is_not_there_does_not_make_it(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"无法打开数据库文件.*gone\.db"):
        connect_unmanaged(tmp_path / "gone.db")
    assert list(tmp_path.iterdir()) == []


COPY = """
import resource, sys
from pathlib import Path
from db.engine import Database
from db.errors import StoreError
database = Database(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    database.copy_to(Path(sys.argv[2]))
except StoreError as error:
    print(error)
"""


@on_posix
def test_a_copy_that_the_system_stops_half_way_is_the_users_trouble(store_path: Path, tmp_path: Path) -> None:
    """The driver gives such an error no code."""
    said = run_script(COPY, store_path, tmp_path / "copy.db")
    assert "读写数据库时磁盘出错" in said
    assert "copy.db" in said


def test_what_sqlite_only_says_is_known_as_what_it_gives_a_code(tmp_path: Path) -> None:
    told = engine.trouble(dbapi2.OperationalError("database or disk is full"), tmp_path)
    assert "磁盘空间不足" in str(told)
    assert engine.trouble(dbapi2.OperationalError("no such table: unit"), tmp_path) is None


def test_closing_leaves_one_file_that_any_tool_reads(database: Database, actor: Actor, now: datetime) -> None:
    add(database, actor, now, "甲")
    assert names(database) == ["甲"]
    assert database.path.with_name("store.db-wal").exists()
    database.close()
    assert sorted(database.path.parent.iterdir()) == [database.path]
    with closing(sqlite3.connect(database.path)) as other:
        assert other.execute("SELECT name FROM unit").fetchall() == [("甲",)]


def test_closing_twice_is_harmless(database: Database) -> None:
    database.close()
    database.close()
