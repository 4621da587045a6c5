"""What the check upgrades from: the source of an older program, and what a store is compared by before and after."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from db.engine import connect_unmanaged
from db.migrate import HEAD, migrate
from dualcreate_desktop import __version__
from resources.installer import older, store_rows
from resources.installer.trial import Failed
from resources.installer.windows_python import HOME, LOCK, WindowsPython, put_for_checkout

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the check runs on Linux only")

UNIT = (
    "INSERT INTO unit (id, revision, name, short_name, kind, phone, note, extra, sort_key)"
    " VALUES (?1, 'r', ?1, '', '', '', '', '{}', '')"
)


def write(store: Path, statement: str, *values: str) -> None:
    with closing(connect_unmanaged(store)) as connection:
        connection.execute(statement, values)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Of today's schema, with two units."""
    path = tmp_path / "数据 夹" / "office.db"
    path.parent.mkdir()
    migrate(path)
    for name in ("数学学院党委", "物理学院党委"):
        write(path, UNIT, name)
    return path


def test_a_store_is_read_row_by_row_and_what_is_only_searched_is_left_out(store: Path) -> None:
    held = store_rows.read(store)
    assert (held.schema, held.total) == (HEAD, 2)
    names = {table.name for table in held.rows}
    assert {"unit", "branch", "application"} <= names
    assert [name for name in names if name.startswith(store_rows.MADE_ANEW)] == []


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM unit WHERE name = '数学学院党委'",
        "UPDATE unit SET phone = '1' WHERE name = '数学学院党委'",
    ],
)
def test_a_row_that_is_gone_or_another_is_lost(store: Path, change: str) -> None:
    before = store_rows.read(store)
    write(store, change)
    assert store_rows.lost(before, store_rows.read(store, before.rows)) == ["unit"]


def test_a_new_row_and_a_new_column_lose_nothing(store: Path) -> None:
    before = store_rows.read(store)
    write(store, UNIT, "化学学院党委")
    write(store, "ALTER TABLE unit ADD COLUMN seat VARCHAR")
    after = store_rows.read(store, before.rows)
    assert store_rows.lost(before, after) == []
    assert after.total == before.total + 1


def git(clone: Path, *arguments: str) -> str:
    own = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "protocol.file.allow=always")
    return subprocess.run(
        ["git", *own, *arguments], cwd=clone, capture_output=True, check=True, text=True
    ).stdout.strip()


@ON_LINUX
def test_a_commit_that_a_shallow_clone_lacks_is_told_with_the_command_that_fetches_it(tmp_path: Path) -> None:
    origin, clone = tmp_path / "origin", tmp_path / "clone"
    origin.mkdir()
    git(origin, "init", "-q")
    for words in ("旧", "新"):
        (origin / "程序.txt").write_text(words, encoding="utf-8")
        git(origin, "add", ".")
        git(origin, "commit", "-q", "-m", words)
    commit = git(origin, "rev-parse", "HEAD~1")
    git(tmp_path, "clone", "-q", "--depth=1", origin.as_uri(), "clone")
    with pytest.raises(Failed) as told:
        older.put_source(commit, tmp_path / "source", clone)
    program, *command = str(told.value).splitlines()[-1].split()
    assert (program, commit in command) == ("git", True)
    git(clone, *command)
    older.put_source(commit, tmp_path / "source", clone)
    assert (tmp_path / "source" / "程序.txt").read_text("utf-8") == "旧"


@ON_LINUX
def test_the_older_program_is_of_an_earlier_schema_and_its_libraries_are_still_locked(tmp_path: Path) -> None:
    try:
        older.put_source(older.COMMIT, tmp_path, HOME)
    except Failed:
        pytest.skip("this clone does not reach so far back")
    assert f"\nHEAD = {older.SCHEMA}\n" in (tmp_path / "db" / "migrate.py").read_text("utf-8")
    assert older.SCHEMA < HEAD
    lock = (tmp_path / LOCK.name).read_text("utf-8")
    assert "pyinstaller==" in lock
    assert older.missing_packages(lock, LOCK.read_text("utf-8")) == []


def test_an_older_installer_is_lower_than_ours() -> None:
    assert [int(part) for part in older.VERSION.split(".")] < [int(part) for part in __version__.split(".")]


def test_a_library_that_is_locked_no_more_is_missed_and_another_version_is_not() -> None:
    assert older.missing_packages("a-b==1 \\\n    --hash=x\nc.d==2\n", "a-b==3 \\\n    --hash=y\n") == ["c.d"]


@ON_LINUX
def test_an_interpreter_for_another_checkout_finds_the_libraries_of_the_first(tmp_path: Path) -> None:
    made = WindowsPython(tmp_path / "first")
    for name in ("python.exe", "python311._pth", "stdlib/os.py", "Lib/site-packages/library.py"):
        path = made.program.parent / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    program = put_for_checkout(made, tmp_path / "second", tmp_path / "旧版")
    assert sorted(path.name for path in program.parent.iterdir()) == ["python.exe", "python311._pth"]
    places = program.with_name("python311._pth").read_text("utf-8").splitlines()
    named = [Path(place.removeprefix("Z:").replace("\\", "/")) for place in places[:-1]]
    first = made.program.parent
    assert named == [first / "stdlib", program.parent, made.packages, tmp_path / "旧版"]
