"""A program that is killed in mid-import leaves the store as it was, and the next start goes on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from db.engine import connect_unmanaged
from dualcreate_desktop.office import registry, registry_writing
from dualcreate_desktop.office.store import Actor, open_office
from dualcreate_desktop.paths import Paths

ROOT = Path(__file__).parents[2]
ROWS = 20_000
KINDS = ("教工", "本科生", "硕士生")

IMPORT = """
import sys
from datetime import datetime
from pathlib import Path
from dualcreate_desktop.office import receiving
from dualcreate_desktop.office.store import Actor, open_office
from dualcreate_desktop.paths import Paths

if __name__ == "__main__":
    office = open_office(Paths(Path(sys.argv[1])), Actor("王小明"), lambda: datetime(2024, 3, 15, 9))
    (reception,) = receiving.read_file(office, Path(sys.argv[2]))
    print("planned", flush=True)
    receiving.apply(office, reception)
    print("done", flush=True)
"""

STATE = (
    "SELECT (SELECT count(*) FROM branch), (SELECT count(*) FROM change), (SELECT count(*) FROM search_entry)"
)


@pytest.fixture(scope="module")
def ready(template_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store of one unit and a list of 20,000 branches for it."""
    folder = tmp_path_factory.mktemp("kill")
    paths = Paths(folder / "store")
    paths.make()
    shutil.copyfile(template_store, paths.store)
    office = open_office(paths, Actor("王小明"))
    with office.change("新增单位") as session:
        registry_writing.insert_units(session, [{"name": "机械工程学院党委"}], today="2024-03-01")
    office.close()
    lines = ["院级党组织,党支部名称,支部类型,成立时间,支部书记"]
    lines += [f"机械工程学院党委,第{n}党支部,{KINDS[n % 3]},2015.6,书记{n}" for n in range(1, ROWS + 1)]
    (folder / "党支部.csv").write_text("\n".join(lines), encoding="utf-8")
    (folder / "import.py").write_text(IMPORT, encoding="utf-8")
    return folder


@contextmanager
def importing(ready: Path, paths: Paths) -> Iterator[subprocess.Popen[str]]:
    """The program, when it has planned and begins to write."""
    paths.make()
    shutil.copyfile(ready / "store" / "office.db", paths.store)
    command = [sys.executable, str(ready / "import.py"), str(paths.data), str(ready / "党支部.csv")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "planned\n"
        yield process
        process.kill()


def rows(paths: Paths) -> tuple[int, int, int]:
    """Branches, changes and entries of the search index, in a store that is sound."""
    with closing(connect_unmanaged(paths.store)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        found: tuple[int, int, int] = connection.execute(STATE).fetchone()
    return found


def wal_reaches(paths: Paths, size: int, process: subprocess.Popen[str]) -> None:
    """Wait until so many bytes of the import stand in the store's log."""
    log = paths.store.with_name("office.db-wal")
    while process.poll() is None and not (log.exists() and log.stat().st_size >= size):
        time.sleep(0.002)


BEFORE = (0, 1, 1)


@pytest.mark.parametrize("megabytes", [1, 12])
def test_an_import_that_is_killed_while_it_writes_leaves_nothing(
    ready: Path, paths: Paths, megabytes: int
) -> None:
    with importing(ready, paths) as process:
        wal_reaches(paths, megabytes * 1_000_000, process)
        assert process.poll() is None
        process.kill()
        process.wait()
    office = open_office(paths, Actor("王小明"))
    assert registry.branches(office).total == 0
    office.close()
    assert rows(paths) == BEFORE


def test_an_import_that_said_it_was_done_is_there_after_the_kill(ready: Path, paths: Paths) -> None:
    with importing(ready, paths) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "done\n"
        process.kill()
        process.wait()
    assert rows(paths) == (ROWS, 2, 2 + 2 * ROWS)  # branches, their secretaries, the unit and the file
