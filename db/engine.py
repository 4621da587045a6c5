"""The store: one SQLite file, one long-lived writer, readers of their own.

What only SQLite can do stands here, in `search` and in `migrate`; all else is portable SQLAlchemy.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool, StaticPool
from sqlcipher3 import dbapi2

from db.errors import StoreError

APPLICATION_ID = 0x44554343
"""“DUCC”: marks the file as a store of this program."""

BUSY_MS = 5_000
"""How long to wait for another program that writes."""

AMONG = "IN (SELECT value FROM json_each(?))"
"""The condition that a column is among the values of a JSON list: one parameter for any number of them."""

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "secure_delete=ON",
    "temp_store=MEMORY",
)

_TROUBLES = {
    dbapi2.SQLITE_BUSY: (
        "数据库正被另一个程序占用",
        "请关闭其他正在打开数据库的程序后再试；本次操作没有写入任何内容。",
    ),
    dbapi2.SQLITE_LOCKED: ("数据库正在使用中", "请稍后再试；本次操作没有写入任何内容。"),
    dbapi2.SQLITE_FULL: (
        "磁盘空间不足，无法保存",
        "请清理磁盘后再试；本次操作没有写入任何内容，原有数据完好。",
    ),
    dbapi2.SQLITE_READONLY: (
        "数据库所在位置不可写",
        "请检查文件夹权限，或把数据文件夹移到可写的位置；原有数据完好。",
    ),
    dbapi2.SQLITE_IOERR: ("读写数据库时磁盘出错", "请检查磁盘空间和磁盘是否正常；本次操作没有写入任何内容。"),
    dbapi2.SQLITE_CORRUPT: ("数据库文件已损坏", "请不要继续操作，用“恢复备份”恢复最近一次备份。"),
    dbapi2.SQLITE_NOTADB: (
        "这个文件不是本程序的数据库，或已加密、已损坏",
        "请选择正确的数据文件夹，或用“恢复备份”恢复。",
    ),
    dbapi2.SQLITE_CANTOPEN: ("无法打开数据库文件", "请检查数据文件夹是否存在、是否可写。"),
}

_SAID = {
    "database is locked": dbapi2.SQLITE_BUSY,
    "database table is locked": dbapi2.SQLITE_LOCKED,
    "database or disk is full": dbapi2.SQLITE_FULL,
    "attempt to write a readonly database": dbapi2.SQLITE_READONLY,
    "disk I/O error": dbapi2.SQLITE_IOERR,
    "database disk image is malformed": dbapi2.SQLITE_CORRUPT,
    "file is not a database": dbapi2.SQLITE_NOTADB,
    "unable to open database file": dbapi2.SQLITE_CANTOPEN,
}
"""What SQLite says of each: the driver gives the errors of an online backup no code."""


def trouble(error: BaseException, path: Path) -> StoreError | None:
    """The user's trouble behind a driver's error; None when it is our bug."""
    code = getattr(error, "sqlite_errorcode", _SAID.get(str(error)))
    if code is None or code & 0xFF not in _TROUBLES:
        return None
    return _told(code & 0xFF, path)


def _told(code: int, path: Path) -> StoreError:
    what, todo = _TROUBLES[code]
    return StoreError(what, where=str(path), todo=todo)


@dataclass(frozen=True, slots=True)
class Changed:
    """What a write says when it is done.

    Args:
        change_id: the change; undo takes it.
        tables: the tables that it touched.
        rows: how many rows.
    """

    change_id: str
    title: str
    tables: frozenset[str]
    rows: int


class Database:
    """An open store. Writing goes through `db.history.change`, never past it.

    Attributes:
        listeners: called after each commit with what changed, in the thread that wrote.

    Raises:
        StoreError: the file cannot be opened or is no store.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.listeners: list[Callable[[Changed], None]] = []
        self._writing = threading.Lock()
        self._writing_thread: int | None = None
        self.writer = _engine(path, writer=True)
        self.readers = _engine(path, writer=False)
        self.writer.connect().close()  # the pool keeps it: a file that cannot be used shows now, not at first use

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one moment of the store and must not write."""
        with Session(self.readers, autoflush=False, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """The writer's connection in a transaction of its own, one thread at a time.

        Raises:
            RuntimeError: this thread is writing already.
        """
        if self._writing_thread == threading.get_ident():
            raise RuntimeError("already writing: pass the session on instead")
        with self._writing:
            self._writing_thread = threading.get_ident()
            try:
                with self.writer.begin() as connection:
                    yield connection
            finally:
                self._writing_thread = None

    def copy_to(self, target: Path, *, seconds: float = 60.0) -> None:
        """Copy the live store with SQLite's online backup.

        Raises:
            StoreError: not finished within `seconds`, or the target cannot be written.
        """
        deadline = monotonic() + seconds

        def watch(_status: int, remaining: int, total: int) -> None:
            if remaining and monotonic() > deadline:
                raise StoreError(
                    "备份超时", where=str(target), todo=f"还有 {remaining}/{total} 页没有复制，请稍后再试。"
                )

        source = self.readers.raw_connection()
        try:
            with _translated(target):
                copy = dbapi2.connect(str(target))
                try:
                    source.driver_connection.backup(copy, pages=2_000, progress=watch)  # type: ignore[union-attr]  # a proxy just handed out has one
                finally:
                    copy.close()
        finally:
            source.close()

    def close(self) -> None:
        """Write the log back into the file and let go of it."""
        self.readers.dispose()
        try:
            with self._writing:
                connection = self.writer.raw_connection()
                connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]  # it is open
                connection.close()
        except (dbapi2.Error, StoreError):
            pass  # the log stays beside the file and is read back at the next start
        self.writer.dispose()


def _engine(path: Path, *, writer: bool) -> Engine:
    """The writer holds one connection and begins IMMEDIATE; readers begin plainly, each with its own."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        module=dbapi2,
        poolclass=StaticPool if writer else QueuePool,
        connect_args={"check_same_thread": False, "isolation_level": None},
        hide_parameters=True,
        json_serializer=partial(json.dumps, ensure_ascii=False),
    )
    begin = "BEGIN IMMEDIATE" if writer else "BEGIN"

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        mode = f"query_only={'OFF' if writer else 'ON'}"
        with _translated(path), _closed_on_error(connection):
            for pragma in (f"busy_timeout={BUSY_MS}", *_PRAGMAS, mode):
                connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin_transaction(connection: Any) -> None:
        connection.exec_driver_sql(begin)
        if writer:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")

    translate_errors(engine, path)
    return engine


def translate_errors(engine: Engine, path: Path) -> None:
    """Let every known trouble of this engine come out as a StoreError."""

    @event.listens_for(engine, "handle_error")
    def translate(context: ExceptionContext) -> None:
        _raise_trouble(context.original_exception, path)


def _raise_trouble(error: BaseException, path: Path) -> None:
    known = trouble(error, path)
    if known is not None:
        raise known from error


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    """Turn a driver's known troubles into a StoreError."""
    try:
        yield
    except dbapi2.Error as error:
        _raise_trouble(error, path)
        raise


@contextmanager
def _closed_on_error(connection: Any) -> Iterator[None]:
    """An open handle would keep Windows from replacing a damaged file by its backup."""
    try:
        yield
    except Exception:
        connection.close()
        raise


def connect_unmanaged(path: Path) -> Any:
    """A bare connection without foreign keys, for migration and for looking at a backup; the caller closes it.

    Raises:
        StoreError: the file cannot be opened or is no store.
    """
    if not path.exists():  # SQLite would make it
        raise _told(dbapi2.SQLITE_CANTOPEN, path)
    with _translated(path):
        connection = dbapi2.connect(str(path), isolation_level=None)
        with _closed_on_error(connection):
            connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        return connection
