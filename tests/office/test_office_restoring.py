"""A backup is put back whole or not at all, and the former store stays to be had."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from db.engine import connect_unmanaged
from db.errors import StoreError
from db.migrate import HEAD
from dualcreate_desktop.office import backup, registry, registry_writing, restoring
from dualcreate_desktop.office.store import Actor, Office, open_office
from dualcreate_desktop.paths import Paths

ROOT = Path(__file__).parents[2]
LATER = datetime(2024, 3, 20, 10)
KILLS = 12

RESTORE = """
import sys
from datetime import datetime
from pathlib import Path
from dualcreate_desktop.office import restoring
from dualcreate_desktop.paths import Paths
print("begin", flush=True)
restoring.put_back(Paths(Path(sys.argv[1])), Path(sys.argv[2]), now=datetime(2024, 3, 20, 10))
"""


def names(paths: Paths, actor: Actor) -> list[str]:
    opened = open_office(paths, actor, lambda: LATER)
    try:
        return [row.name for row in registry.units(opened).rows]
    finally:
        opened.close()


@pytest.fixture
def saved(office: Office, units: dict[str, str], tmp_path: Path) -> Path:
    """A backup with two units; the store, which is closed now, got a third."""
    made = backup.back_up(office.database, tmp_path / "另存", now=LATER, reason="manual")
    with office.change("新增单位") as session:
        registry_writing.insert_units(session, [{"name": "法学院党委"}], today="2024-03-18")
    office.close()
    return made


def test_a_backup_comes_back_and_the_former_store_is_kept(paths: Paths, actor: Actor, saved: Path) -> None:
    kept = restoring.put_back(paths, saved, now=LATER)
    assert names(paths, actor) == ["机械工程学院党委", "材料科学与工程学院党委"]
    assert kept is not None
    assert backup.counts(kept).units == 3
    restoring.put_back(paths, kept, now=LATER)
    assert "法学院党委" in names(paths, actor)


def test_a_damaged_backup_is_refused_before_anything_is_touched(paths: Paths, saved: Path) -> None:
    before = paths.store.read_bytes()
    content = bytearray(saved.read_bytes())
    content[20_000:60_000] = bytes(40_000)
    saved.write_bytes(content)
    with pytest.raises(StoreError, match="没有通过校验"):
        restoring.put_back(paths, saved, now=LATER)
    assert paths.store.read_bytes() == before


def test_a_backup_of_a_newer_program_is_refused(paths: Paths, saved: Path) -> None:
    connection = connect_unmanaged(saved)
    connection.execute(f"PRAGMA user_version = {HEAD + 1}")
    connection.close()
    with pytest.raises(StoreError, match="请安装新版程序"):
        restoring.put_back(paths, saved, now=LATER)


def test_a_damaged_store_is_kept_as_it_is_and_gives_way_with_its_log(
    paths: Paths, actor: Actor, saved: Path
) -> None:
    with closing(connect_unmanaged(paths.store)) as opened:
        opened.execute("UPDATE unit SET name = name || '（改）'")
        log = paths.store.with_name("office.db-wal")
        left = log.read_bytes()
    paths.store.write_bytes(b"no store any more" * 500)
    log.write_bytes(left)
    kept = restoring.put_back(paths, saved, now=LATER)
    assert kept is not None
    assert kept.read_bytes() == b"no store any more" * 500
    assert kept.with_name(f"{kept.name}-wal").read_bytes() == left
    assert names(paths, actor) == ["机械工程学院党委", "材料科学与工程学院党委"]


def test_a_store_that_is_in_use_is_left_alone(paths: Paths, actor: Actor, saved: Path) -> None:
    opened = open_office(paths, actor, lambda: LATER)
    with pytest.raises(StoreError, match="数据已被打开"):
        restoring.put_back(paths, saved, now=LATER)
    opened.close()


@pytest.mark.skipif(sys.platform != "win32", reason="only Windows refuses to replace an open file")
def test_a_store_that_some_other_program_reads_is_left_as_it_was(
    paths: Paths, actor: Actor, saved: Path
) -> None:
    with paths.store.open("rb"), pytest.raises(StoreError, match=r"备份没能恢复.*原有数据没有改动"):
        restoring.put_back(paths, saved, now=LATER)
    assert len(names(paths, actor)) == 3


def test_killed_at_any_moment_it_leaves_a_whole_store(
    paths: Paths, actor: Actor, saved: Path, tmp_path: Path
) -> None:
    former = shutil.copyfile(paths.store, tmp_path / "former.db")
    chance = random.Random(7)
    found = set()
    for _ in range(KILLS):
        shutil.copyfile(former, paths.store)
        command = [sys.executable, "-c", RESTORE, str(paths.data), str(saved)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(chance.random() * 0.12)
            process.kill()
        backup.verify(paths.store)
        found.add(len(names(paths, actor)))
    assert found <= {2, 3}
