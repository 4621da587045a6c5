"""Backups of the store: copied online, verified, then given their name; the older, the fewer are kept."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlcipher3 import dbapi2

from db.engine import Database, connect_unmanaged
from db.errors import StoreError, cause
from db.models import Change

ENDING = ".db"

_NAME = "office-%Y%m%d-%H%M%S"
_STAMP_LENGTH = len("office-20240315-090000")

KEEP_ALL = timedelta(days=2)
"""Every backup stays that is at most so much older than the newest."""

_KEEP_BY = (("%Y%m%d", 12), ("%G-%V", 10), ("%Y%m", 12))
"""Of older ones the newest of each of the last 12 days, 10 weeks and 12 months that have any."""

_REASONS: Mapping[str, str] = {
    "daily": "每日备份",
    "timer": "定时备份",
    "exit": "退出时备份",
    "manual": "手动备份",
    "before-migration": "升级数据结构前",
    "before-restore": "恢复备份前",
}
"""What the office calls the reason that stands in a file's name."""

_COUNTED = (
    "SELECT (SELECT count(*) FROM unit), (SELECT count(*) FROM branch), (SELECT count(*) FROM application)"
)
_NEWEST = "SELECT n, at FROM change ORDER BY n DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup, as its file tells without being opened; `size` in bytes."""

    path: Path
    at: datetime
    reason: str
    size: int


@dataclass(frozen=True, slots=True)
class Counts:
    """What a store holds: enough to tell two of them apart.

    Args:
        newest: number of the newest action, 0 when there is none.
        last: when that was.
    """

    units: int
    branches: int
    applications: int
    newest: int
    last: datetime | None


def back_up(database: Database, folder: Path, *, now: datetime, reason: str) -> Path:
    """Make one verified backup and thin out the old ones.

    Args:
        reason: part of the file's name, for example `daily` or `before-migration`.

    Raises:
        StoreError: the copy could not be made or does not verify; no half copy is left.
    """
    target = folder / f"{now.strftime(_NAME)}-{reason}.db"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(database, target)
    except OSError as error:
        raise StoreError(
            f"备份没能写出：{cause(error)}",
            where=str(folder),
            todo="请检查磁盘空间和文件夹权限后再试；数据没有改动。",
        ) from error
    _thin(folder)
    return target


def _write(database: Database, target: Path) -> None:
    partial = target.with_suffix(".tmp")
    partial.unlink(missing_ok=True)
    try:
        database.copy_to(partial)
        verify(partial)
        put_in_place(partial, target)
    finally:
        partial.unlink(missing_ok=True)
        remove_logs(partial)


def back_up_if_changed(database: Database, folder: Path, *, now: datetime, reason: str) -> Path | None:
    """`back_up`, unless the newest backup is sound and holds the newest action already; then None."""
    known = backups(folder)
    if known and _ends_with(known[0], _newest_action(database)):
        return None
    return back_up(database, folder, now=now, reason=reason)


def _newest_action(database: Database) -> int:
    """Asked of the open store and not of its file, which somebody may have moved away meanwhile."""
    with database.read() as session:
        return session.scalar(select(func.max(Change.n))) or 0


def _ends_with(path: Path, newest: int) -> bool:
    try:
        return counts(path).newest == newest
    except StoreError:
        return False


def described(folder: Path) -> tuple[Backup, ...]:
    """The backups of a folder as a list shows them, the newest first."""
    return tuple(
        Backup(path, at, _REASONS.get(path.stem[_STAMP_LENGTH + 1 :], "备份"), path.stat().st_size)
        for path in backups(folder)
        if (at := _made_at(path)) is not None
    )


def described_file(path: Path) -> Backup:
    """A backup that stands elsewhere, as a list shows it.

    Raises:
        StoreError: the file is not there.
    """
    try:
        known = path.stat()
    except OSError as error:
        raise StoreError(
            "备份文件打不开", where=str(path), todo="请确认文件还在，或另选一份备份。"
        ) from error
    return Backup(path, datetime.fromtimestamp(known.st_mtime), path.name, known.st_size)


def counts(path: Path) -> Counts:
    """What a store or a backup holds.

    Raises:
        StoreError: the file is damaged or no store.
    """
    connection = connect_unmanaged(path)
    try:
        units, branches, applications = connection.execute(_COUNTED).fetchone()
        newest, last = connection.execute(_NEWEST).fetchone() or (0, None)
    except dbapi2.DatabaseError as error:
        raise _unsound(path) from error
    finally:
        connection.close()
    return Counts(units, branches, applications, newest, datetime.fromisoformat(last) if last else None)


def backups(folder: Path) -> list[Path]:
    """The backups of a folder, the newest first."""
    return sorted(folder.glob("office-*.db"), reverse=True)


def is_due(folder: Path, today: date) -> bool:
    """Whether there is no backup of this day yet."""
    return not any(path.name.startswith(f"office-{today:%Y%m%d}") for path in backups(folder))


def verify(path: Path) -> None:
    """Check a store or a copy of it as SQLite checks itself.

    Raises:
        StoreError: the file is damaged or no store.
    """
    if not _is_sound(path):
        raise _unsound(path)


def put_in_place(source: Path, target: Path) -> None:
    """Write a finished file out to the disk and give it its name, waiting for a virus scanner to let go."""
    with source.open("rb+") as file:
        os.fsync(file.fileno())
    for attempt in range(10):
        try:
            source.replace(target)
        except PermissionError:
            if attempt == 9:
                raise
            time.sleep(0.2)
        else:
            return


def remove_logs(path: Path) -> None:
    """Remove what SQLite keeps beside a store that nobody has open: the log of another store would be read into it."""
    for suffix in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _unsound(path: Path) -> StoreError:
    return StoreError(
        "数据文件没有通过校验",
        where=str(path),
        todo="请检查磁盘；如果是备份，请改用另一份，如果是正在使用的数据，请恢复最近一次备份。",
    )


def _is_sound(path: Path) -> bool:
    connection = connect_unmanaged(path)
    try:
        (answer,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    except dbapi2.DatabaseError:
        return False
    finally:
        connection.close()
    return answer == "ok" and broken is None


def _thin(folder: Path) -> None:
    known = backups(folder)
    dated = {path: at for path in known if (at := _made_at(path)) is not None}
    for old in set(dated) - _kept(dated):
        with suppress(OSError):  # one that a scanner holds open goes next time
            old.unlink(missing_ok=True)


def _kept(dated: Mapping[Path, datetime]) -> set[Path]:
    """Which stay: all of the last days, then one for each day, week and month."""
    newest_first = sorted(dated, key=lambda path: dated[path], reverse=True)
    kept = {path for path in newest_first if dated[newest_first[0]] - dated[path] <= KEEP_ALL}
    for period, count in _KEEP_BY:
        kept |= set(_newest_of_each(((dated[path].strftime(period), path) for path in newest_first), count))
    return kept


def _newest_of_each(newest_first: Iterable[tuple[str, Path]], count: int) -> list[Path]:
    found: dict[str, Path] = {}
    for period, path in newest_first:
        found.setdefault(period, path)
    return list(found.values())[:count]


def _made_at(path: Path) -> datetime | None:
    """When a backup was made, by its name; None for a file that was named by somebody else."""
    try:
        return datetime.strptime(path.name[:_STAMP_LENGTH], _NAME)
    except ValueError:
        return None
