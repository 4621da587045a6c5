"""Opening and closing the office's store, and who works at it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from db.engine import Changed, Database
from db.errors import StoreError
from db.history import Actor, Writer, change
from db.migrate import HEAD, check_not_newer, migrate
from db.vocabulary import Door
from dualcreate_desktop.office import backup
from dualcreate_desktop.office.lock import StoreLock
from dualcreate_desktop.paths import Paths

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
"""Tells local wall time; injected, so that a test and the sample can say what day it is."""

__all__ = ["Actor", "Changed", "Clock", "Office", "Seat", "has_data", "open_office"]


@dataclass(slots=True)
class Seat:
    """Who sits at this PC: the one thing of an open office that changes, since people take turns at it."""

    actor: Actor


@dataclass(frozen=True, slots=True)
class Office:
    """An open store, who works at it, and the clock on the wall: what every desk needs."""

    database: Database
    seat: Seat
    clock: Clock
    paths: Paths
    lock: StoreLock

    @property
    def actor(self) -> Actor:
        """Who sits here now."""
        return self.seat.actor

    def read(self) -> AbstractContextManager[Session]:
        """A session that sees one moment of the store."""
        return self.database.read()

    def change(self, title: str, *, door: Door = Door.WINDOW) -> AbstractContextManager[Writer]:
        """Write as one user action; see `db.history.change`."""
        return change(self.database, title, self.actor, at=self.clock(), door=door)

    def back_up(self, reason: str) -> Path:
        """Make a backup now; its file.

        Raises:
            StoreError: the copy could not be made or does not verify.
        """
        return backup.back_up(self.database, self.paths.backups, now=self.clock(), reason=reason)

    def back_up_if_changed(self, reason: str) -> Path | None:
        """Make a backup when something was written since the newest one; its file, None when nothing was.

        Raises:
            StoreError: the copy could not be made or does not verify.
        """
        return backup.back_up_if_changed(self.database, self.paths.backups, now=self.clock(), reason=reason)

    def back_up_of_the_day(self) -> None:
        """Make the first backup of a day; a failing one must not keep the office from its work, and is logged."""
        if not backup.is_due(self.paths.backups, self.clock().date()):
            return
        try:
            self.back_up("daily")
        except StoreError:
            log.exception("daily backup failed")

    def leave(self) -> None:
        """Back up what was done, and close. A failing backup keeps nobody here; it is logged."""
        try:
            self.back_up_if_changed("exit")
        except StoreError:
            log.exception("backup at exit failed")
        self.close()

    def close(self) -> None:
        """Close the store and let the next program in."""
        self.database.close()
        self.lock.release()


def open_office(paths: Paths, actor: Actor, clock: Clock = datetime.now, *, backs_up: bool = True) -> Office:
    """Open the store of a data folder, made or migrated where needed.

    A store of an earlier schema is backed up before it is migrated; once a day there is a backup of the day.

    Args:
        backs_up: make the backup of the day at once; the window does it when it stands.

    Raises:
        StoreError: another program has it, a newer program wrote it, it is lost while its backups are there, or it
            cannot be read or written.
    """
    paths.make()
    lock = StoreLock(paths.lock, now=clock())
    try:
        _bring_up_to_date(paths, clock)
        database = Database(paths.store)
    except BaseException:
        lock.release()
        raise
    office = Office(database, Seat(actor), clock, paths, lock)
    if backs_up:
        office.back_up_of_the_day()
    return office


def _stored_schema(paths: Paths) -> int:
    """The schema of the store of a data folder; 0 where there is none yet, or a first start could not fill it.

    Raises:
        StoreError: it is gone or empty while its backups are there, a newer program wrote it, or it cannot be read.
    """
    number = check_not_newer(paths.store)
    if number == 0 and backup.backups(paths.backups):
        raise StoreError(
            f"数据库文件{'是空的' if paths.store.exists() else '不见了'}，而它的备份还在",
            where=str(paths.store),
            todo="请用“恢复备份”恢复最近一次备份；如果要从头开始，请先把“备份”文件夹移到别处。",
        )
    return number


def has_data(paths: Paths) -> bool:
    """Whether there is a store in a data folder, or what is left of one: opening it makes nothing new."""
    filled = paths.store.exists() and paths.store.stat().st_size > 0
    return filled or bool(backup.backups(paths.backups))


def _bring_up_to_date(paths: Paths, clock: Clock) -> None:
    number = _stored_schema(paths)
    if number == HEAD:
        return
    if number > 0:
        with _opened(paths) as database:
            backup.back_up(database, paths.backups, now=clock(), reason="before-migration")
    migrate(paths.store)


@contextmanager
def _opened(paths: Paths) -> Iterator[Database]:
    database = Database(paths.store)
    try:
        yield database
    finally:
        database.close()
