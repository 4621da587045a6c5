"""Opening the store: one program at a time, never a newer store, backed up, and every refusal a sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Timer

import pytest

import dualcreate_desktop.office.store as store_module
from db.engine import connect_unmanaged
from db.errors import StoreError
from db.migrate import HEAD
from dualcreate_desktop.office import backup, registry, registry_writing, restoring
from dualcreate_desktop.office.store import Actor, Office, open_office
from dualcreate_desktop.paths import PORTABLE_FOLDER, PORTABLE_MARK, Paths, find_paths, program_folder

ROOT = Path(__file__).parents[2]
NOON = datetime(2024, 3, 15, 12, 0)

HOLD = """
import sys, time
from datetime import datetime
from pathlib import Path
from dualcreate_desktop.office.store import Actor, open_office
from dualcreate_desktop.paths import Paths
office = open_office(Paths(Path(sys.argv[1])), Actor("谢亦川"), lambda: datetime(2024, 3, 15, 9, 0))
print("open", flush=True)
time.sleep(60)
"""


@contextmanager
def held_by_another_process(paths: Paths) -> Iterator[subprocess.Popen[str]]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", HOLD, str(paths.data)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_fresh_folder_becomes_a_store_with_its_backup_of_the_day(paths: Paths, actor: Actor) -> None:
    office = open_office(paths, actor, lambda: NOON)
    assert registry.units(office).total == 0
    office.close()
    assert [path.name for path in backup.backups(paths.backups)] == ["office-20240315-120000-daily.db"]
    assert not list(paths.data.glob("office.db-*")), "the log is written back at the end"


def test_a_second_program_is_told_who_has_it_open_since_when_and_where(paths: Paths, actor: Actor) -> None:
    with held_by_another_process(paths) as other:
        with pytest.raises(StoreError) as refused:
            open_office(paths, actor, lambda: NOON)
        said = str(refused.value)
        assert "数据已被打开：" in said
        assert "于 2024-03-15 09:00 在" in said
        assert str(paths.data) in said
        assert "请切换到已打开的窗口" in said
        other.kill()
        other.wait()
    open_office(paths, actor, lambda: NOON).close()


def test_the_same_program_cannot_open_a_store_twice_and_trying_lets_nobody_in(
    office: Office, paths: Paths, actor: Actor
) -> None:
    for _ in range(2):
        with pytest.raises(StoreError, match="数据已被打开"):
            open_office(paths, actor, lambda: NOON)


def test_an_empty_or_garbled_lock_file_locks_nobody_out(paths: Paths, actor: Actor) -> None:
    paths.make()
    for left in (b"", b"\xff{", b"[1]"):
        paths.lock.write_bytes(left)
        open_office(paths, actor, lambda: NOON).close()


def test_a_failed_opening_lets_go_of_the_lock(paths: Paths, actor: Actor) -> None:
    paths.make()
    paths.store.write_bytes(b"no store at all, but long enough to be looked at" * 100)
    with pytest.raises(StoreError, match="不是本程序的数据库"):
        open_office(paths, actor, lambda: NOON)
    paths.store.unlink()
    open_office(paths, actor, lambda: NOON).close()


def test_a_newer_store_is_refused_and_left_as_it_was(office: Office, paths: Paths, actor: Actor) -> None:
    office.close()
    with closing(connect_unmanaged(paths.store)) as connection:
        connection.execute(f"PRAGMA user_version = {HEAD + 1}")
    before = paths.store.read_bytes()
    with pytest.raises(StoreError, match=f"数据结构第 {HEAD + 1} 版，本程序只到第 {HEAD} 版"):
        open_office(paths, actor, lambda: NOON)
    assert paths.store.read_bytes() == before


def test_an_earlier_store_is_backed_up_before_it_is_migrated(
    office: Office, paths: Paths, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.close()
    migrated: list[list[str]] = []

    def migrate(_path: Path) -> None:
        migrated.append([path.name for path in backup.backups(paths.backups)])

    monkeypatch.setattr(store_module, "HEAD", HEAD + 1)
    monkeypatch.setattr(store_module, "migrate", migrate)
    open_office(paths, actor, lambda: NOON).close()
    assert migrated == [["office-20240315-120000-before-migration.db", "office-20240315-090000-daily.db"]]


@pytest.mark.parametrize("left", [None, b""])
def test_a_lost_store_whose_backups_are_there_is_not_begun_anew_without_a_word(
    paths: Paths, actor: Actor, left: bytes | None
) -> None:
    open_office(paths, actor, lambda: NOON).close()
    paths.store.unlink()
    if left is not None:
        paths.store.write_bytes(left)
    with pytest.raises(StoreError, match=r"备份还在.*请用“恢复备份”恢复.*从头开始"):
        open_office(paths, actor, lambda: NOON)
    restoring.put_back(paths, backup.backups(paths.backups)[0], now=NOON)
    open_office(paths, actor, lambda: NOON).close()


def test_a_store_that_a_first_start_could_not_fill_is_begun_anew(paths: Paths, actor: Actor) -> None:
    paths.make()
    paths.store.touch()
    open_office(paths, actor, lambda: NOON).close()
    assert backup.counts(paths.store).newest == 0


def test_there_is_one_backup_a_day(paths: Paths, actor: Actor) -> None:
    for hour in (9, 15):
        open_office(paths, actor, lambda hour=hour: datetime(2024, 3, 1, hour)).close()
    assert [path.name for path in backup.backups(paths.backups)] == ["office-20240301-090000-daily.db"]


def test_the_older_backups_are_the_fewer_stay(office: Office, paths: Paths, tmp_path: Path) -> None:
    folder = tmp_path / "备份"
    folder.mkdir()
    last = datetime(2025, 6, 30, 18)
    for hours in range(6, 24 * 500, 6):
        (folder / f"office-{last - timedelta(hours=hours):%Y%m%d-%H%M%S}-timer.db").touch()
    (folder / "office-很重要.db").touch()
    backup.back_up(office.database, folder, now=last, reason="manual")
    made = [row.at for row in backup.described(folder)]
    assert [at for at in made if last - at <= timedelta(days=2)] == [
        last - timedelta(hours=hours) for hours in range(0, 49, 6)
    ]
    days = {at.date() for at in made}
    assert {last.date() - timedelta(days=days) for days in range(12)} <= days, "one for each of twelve days"
    assert len({(at.year, at.month) for at in made}) == 12
    assert len(made) < 40
    assert (folder / "office-很重要.db").exists(), "what somebody named by hand is not ours to remove"


def test_an_older_backup_that_cannot_be_removed_keeps_no_newer_from_being_made(
    office: Office, paths: Paths
) -> None:
    (paths.backups / "office-20230101-090000-manual.db").mkdir(parents=True)  # no unlink takes it away
    later, last = (paths.backups / f"office-20230101-{hour}0000-manual.db" for hour in (10, 11))
    later.touch()
    last.touch()
    assert office.back_up("manual").exists()
    assert (later.exists(), last.exists()) == (False, True), "the others are thinned out all the same"


def test_nothing_is_backed_up_twice_without_a_change(office: Office, units: dict[str, str]) -> None:
    made = office.back_up_if_changed("timer")
    assert made is not None
    assert office.back_up_if_changed("exit") is None
    assert backup.counts(made) == backup.counts(office.paths.store)
    assert (backup.counts(made).units, backup.counts(made).newest) == (2, 1)


def test_a_newest_backup_that_is_damaged_does_not_stand_for_what_was_done(
    office: Office, paths: Paths, units: dict[str, str]
) -> None:
    made = office.back_up("manual")
    assert office.back_up_if_changed("timer") is None
    made.write_bytes(made.read_bytes()[:5_000])
    again = replace(office, clock=lambda: NOON + timedelta(hours=1)).back_up_if_changed("timer")
    assert again is not None
    assert backup.counts(again).newest == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody take away a file that is open")
def test_what_was_done_is_asked_of_the_open_store_and_not_of_its_file(
    office: Office, paths: Paths, units: dict[str, str]
) -> None:
    office.back_up("manual")
    paths.store.unlink()
    assert office.back_up_if_changed("timer") is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody take away a file that is open")
def test_leaving_backs_up_what_was_done_though_the_file_was_taken_away(
    office: Office, paths: Paths, units: dict[str, str]
) -> None:
    shutil.rmtree(paths.data)
    office.leave()
    (kept,) = backup.backups(paths.backups)
    assert backup.counts(kept).units == len(units)
    assert not paths.store.exists()


def test_a_backup_holds_what_the_store_held(
    office: Office, paths: Paths, units: dict[str, str], tmp_path: Path
) -> None:
    made = backup.back_up(office.database, paths.backups, now=NOON, reason="test")
    restored = replace(paths, data=tmp_path / "恢复")
    restored.make()
    made.rename(restored.store)
    again = open_office(restored, office.actor, lambda: NOON)
    assert {row.id for row in registry.units(again).rows} == set(units.values())
    again.close()


def test_a_damaged_backup_does_not_pass(office: Office, paths: Paths, units: dict[str, str]) -> None:
    made = backup.back_up(office.database, paths.backups, now=NOON, reason="test")
    backup.verify(made)
    content = bytearray(made.read_bytes())
    content[20_000:60_000] = bytes(40_000)
    made.write_bytes(content)
    with pytest.raises(StoreError):
        backup.verify(made)


def test_a_backup_waits_for_a_scanner_that_holds_the_file(office: Office, paths: Paths) -> None:
    """Windows refuses to rename over a file that somebody has open."""
    former = paths.backups / "office-20240315-120000-test.db"
    former.write_bytes(b"an unfinished one of that name")
    held = former.open("rb")
    with closing(held):
        scanned = Timer(0.3, held.close)
        scanned.start()
        made = backup.back_up(office.database, paths.backups, now=NOON, reason="test")
        scanned.join()
    assert made == former
    backup.verify(made)


def test_a_backup_that_cannot_be_made_keeps_nobody_from_work(
    paths: Paths, actor: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    paths.make()
    (paths.backups / "office-20240315-120000-daily.tmp").mkdir()
    office = open_office(paths, actor, lambda: NOON)
    with office.change("照常工作") as session:
        registry_writing.insert_units(session, [{"name": "机械工程学院党委"}], today="2024-03-15")
    assert registry.units(office).total == 1
    with pytest.raises(StoreError, match=r"备份没能写出：.*数据没有改动"):
        office.back_up("daily")
    office.close()
    assert "daily backup failed" in caplog.text
    assert backup.backups(paths.backups) == []


@pytest.mark.skipif(
    sys.platform == "win32" or not Path("/dev/full").exists(),
    reason="only Linux has a disk that is always full",
)
def test_a_disk_too_full_for_the_lock_is_a_sentence(paths: Paths, actor: Actor) -> None:
    paths.make()
    paths.lock.symlink_to("/dev/full")
    with pytest.raises(StoreError, match="数据文件夹不可写：磁盘空间不足"):
        open_office(paths, actor)


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path, actor: Actor) -> None:
    (tmp_path / "文件").write_text("", encoding="utf-8")
    with pytest.raises(
        StoreError,
        match=r"无法建立数据文件夹：(路径中有一段是文件|磁盘或文件夹不存在|同名).*请检查文件夹权限；便携版",
    ):
        open_office(Paths(tmp_path / "文件" / "数据"), actor)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps permissions in another way")
def test_a_read_only_folder_is_a_sentence(paths: Paths) -> None:
    """Run as nobody, since root may write everywhere."""
    paths.make()
    for folder in (paths.data, *paths.data.iterdir()):
        folder.chmod(0o555)
    script = (
        "import os, sys; from pathlib import Path\n"
        "from db.errors import StoreError\n"
        "from dualcreate_desktop.office.store import Actor, open_office\n"
        "from dualcreate_desktop.paths import Paths\n"
        "os.getuid() == 0 and os.setuid(65534)\n"
        "try: open_office(Paths(Path(sys.argv[1])), Actor('王小明'))\n"
        "except StoreError as error: print(error)\n"
    )
    for above in (paths.data.parent, *paths.data.parents):
        if above.owner() == paths.data.owner() and above.stat().st_mode & 0o007 == 0:
            above.chmod(0o755)
    done = subprocess.run(
        [sys.executable, "-c", script, str(paths.data)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert "数据文件夹不可写：没有权限" in done.stdout
    assert "复制到可以写入的磁盘上再打开，或用 --data 指定其他文件夹。" in done.stdout


def test_the_given_folder_wins(tmp_path: Path) -> None:
    assert find_paths(tmp_path).data == tmp_path.resolve()


def test_a_marked_program_keeps_its_data_beside_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "DualCreate.exe"))
    assert program_folder() == tmp_path
    assert find_paths().data != tmp_path / PORTABLE_FOLDER
    (tmp_path / PORTABLE_MARK).touch()
    assert find_paths().data == tmp_path / PORTABLE_FOLDER


@pytest.mark.skipif(sys.platform == "win32", reason="the profile is elsewhere on Windows")
def test_an_installed_program_keeps_its_data_in_the_users_profile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert find_paths().data == tmp_path / "dualcreate"
