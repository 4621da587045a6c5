"""Putting a backup back in the place of the store."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from db.engine import Database
from db.errors import StoreError, cause
from db.migrate import check_not_newer
from dualcreate_desktop.office import backup
from dualcreate_desktop.office.lock import StoreLock
from dualcreate_desktop.paths import Paths


def check(chosen: Path) -> None:
    """See whether a backup can be put back, before anything is closed for it.

    Raises:
        StoreError: it is damaged, no store of this program, or of a newer program.
    """
    check_not_newer(chosen)
    backup.verify(chosen)


def put_back(paths: Paths, chosen: Path, *, now: datetime) -> Path | None:
    """Put a backup in the place of the store, which nobody may have open; returns where the former store is kept.

    Whenever this is interrupted, a whole store stands in its place: the former one, or the backup. A store that is
    damaged is kept as the files that it was.

    Raises:
        StoreError: the backup cannot be used, the store is in use, or a file cannot be written; nothing has changed.
    """
    lock = StoreLock(paths.lock, now=now)
    try:
        staged = _staged(paths, chosen)
        kept = _kept_aside(paths, now) if paths.store.exists() else None
        backup.remove_logs(paths.store)
        backup.put_in_place(staged, paths.store)
    except OSError as error:
        raise StoreError(
            f"备份没能恢复：{cause(error)}",
            where=str(paths.data),
            todo="请检查磁盘空间和文件夹权限；原有数据没有改动。",
        ) from error
    finally:
        lock.release()
    return kept


def _staged(paths: Paths, chosen: Path) -> Path:
    """A verified copy of the backup beside the store, to be moved over it in one step."""
    staged = paths.data / "restore.tmp"
    backup.remove_logs(staged)
    shutil.copyfile(chosen, staged)
    check(staged)
    backup.remove_logs(staged)
    return staged


def _kept_aside(paths: Paths, now: datetime) -> Path:
    """The present store as one more backup; opening it also writes its log back into it."""
    try:
        database = Database(paths.store)
        try:
            return backup.back_up(database, paths.backups, now=now, reason="before-restore")
        finally:
            database.close()
    except StoreError:
        return _kept_as_it_is(paths, now)


def _kept_as_it_is(paths: Paths, now: datetime) -> Path:
    kept = paths.backups / f"damaged-{now:%Y%m%d-%H%M%S}.db"
    paths.backups.mkdir(parents=True, exist_ok=True)
    for suffix in ("", "-wal"):
        source = paths.store.with_name(paths.store.name + suffix)
        if source.exists():
            shutil.copyfile(source, kept.with_name(kept.name + suffix))
    return kept
