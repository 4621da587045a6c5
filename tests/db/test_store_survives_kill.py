"""A process that is killed in mid-change leaves the store as it was, or with the whole change."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from db.engine import Database, connect_unmanaged
from db.history import Actor, change
from db.models import Person, Unit

ROOT = Path(__file__).parents[2]
ROWS = 20_000

IMPORT = """
import sys
from datetime import datetime
from pathlib import Path
from db.engine import Database
from db.history import Actor, change
from db.models import Person, Unit
database = Database(Path(sys.argv[1]))
print("begin", flush=True)
with change(database, "导入", Actor("王小明"), at=datetime(2024, 3, 15)) as session:
    session.get_one(Unit, "u").name = "改名"
    for start in range(0, 20_000, 1_000):
        session.record_new(Person, [{"name": f"教师{start + n}"} for n in range(1_000)])
        print(start + 1_000, flush=True)
    print("commit", flush=True)
print("done", flush=True)
"""

COUNTS = """
SELECT (SELECT count(*) FROM person), (SELECT count(*) FROM change), (SELECT count(*) FROM change_entry),
       (SELECT count(*) FROM search_entry), (SELECT name FROM unit)
"""
BEFORE = (0, 1, 1, 1, "甲")
AFTER = (ROWS, 2, ROWS + 2, ROWS + 1, "改名")


@pytest.fixture
def with_a_unit(store_path: Path, actor: Actor, now: datetime) -> Path:
    database = Database(store_path)
    with change(database, "新增", actor, at=now) as session:
        session.add(Unit(id="u", name="甲"))
    database.close()
    return store_path


def kill_at(path: Path, line: str, wait: float) -> None:
    """Start the import and kill it when it has printed the line, and a moment later."""
    command = [sys.executable, "-c", IMPORT, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for said in process.stdout:
            if said.strip() == line:
                break
        time.sleep(wait)
        process.kill()


def state(path: Path) -> tuple[object, ...]:
    with closing(connect_unmanaged(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return tuple(connection.execute(COUNTS).fetchone())


@pytest.mark.parametrize(
    ("line", "wait"), [("begin", 0.0), ("1000", 0.0), ("7000", 0.01), ("15000", 0.0), ("20000", 0.0)]
)
def test_a_process_killed_in_mid_change_leaves_the_store_as_it_was(
    with_a_unit: Path, line: str, wait: float
) -> None:
    kill_at(with_a_unit, line, wait)
    assert state(with_a_unit) in ({BEFORE, AFTER} if line == "20000" else {BEFORE})


@pytest.mark.parametrize("wait", [0.0, 0.01, 0.03])
def test_a_process_killed_at_the_commit_leaves_all_or_nothing(with_a_unit: Path, wait: float) -> None:
    kill_at(with_a_unit, "commit", wait)
    assert state(with_a_unit) in {BEFORE, AFTER}


def test_what_was_committed_outlives_the_kill_and_the_store_goes_on(
    with_a_unit: Path, actor: Actor, now: datetime
) -> None:
    kill_at(with_a_unit, "done", 0.0)
    assert state(with_a_unit) == AFTER
    database = Database(with_a_unit)
    with change(database, "之后", actor, at=now) as session:
        session.add(Person(name="李四"))
    database.close()
    assert state(with_a_unit)[0] == ROWS + 1
