"""Backups of the store: copied online, verified, then given their name; the newest ten are kept."""

from __future__ import annotations

import os
import time
from datetime import date, datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from db.engine import Database, connect_unmanaged
from db.errors import StoreError

KEEP = 10
_NAME = "office-%Y%m%d-%H%M%S"


def back_up(database: Database, folder: Path, *, now: datetime, reason: str) -> Path:
    """Make one verified backup and thin out the old ones.

    Args:
        reason: part of the file's name, for example `daily` or `before-migration`.

    Raises:
        StoreError: the copy could not be made or does not verify; no half copy is left.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{now.strftime(_NAME)}-{reason}.db"
    partial = target.with_suffix(".tmp")
    partial.unlink(missing_ok=True)
    try:
        database.copy_to(partial)
        verify(partial)
        _flush(partial)
        _replace(partial, target)
    finally:
        for leftover in (
            partial,
            partial.with_name(partial.name + "-wal"),
            partial.with_name(partial.name + "-shm"),
        ):
            leftover.unlink(missing_ok=True)
    _thin(folder)
    return target


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
        raise StoreError(
            "数据文件没有通过校验",
            where=str(path),
            todo="请检查磁盘；如果是备份，请重新备份，如果是正在使用的数据，请恢复最近一次备份。",
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
    for old in backups(folder)[KEEP:]:
        old.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _replace(source: Path, target: Path) -> None:
    """Rename, waiting for a virus scanner to let go."""
    for attempt in range(10):
        try:
            source.replace(target)
        except PermissionError:
            if attempt == 9:
                raise
            time.sleep(0.2)
        else:
            return
