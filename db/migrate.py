"""Bringing a store to the schema of this program.

The schema's number stands in `PRAGMA user_version`, so that a start needs one look at the file and alembic is imported
only when there is something to do.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import URL, NullPool, create_engine, event
from sqlcipher3 import dbapi2

from db import search
from db.engine import APPLICATION_ID, BUSY_MS, connect_unmanaged, translate_errors
from db.errors import StoreError

HEAD = 2
"""The number of the newest migration."""

MIGRATIONS = Path(__file__).parent / "migrations"


def schema_number(path: Path) -> int:
    """The schema of a store; 0 for a new or empty file.

    Raises:
        StoreError: the file is no store of this program, or cannot be opened.
    """
    if not path.exists() or path.stat().st_size == 0:
        return 0
    connection = connect_unmanaged(path)
    try:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (number,) = connection.execute("PRAGMA user_version").fetchone()
    finally:
        connection.close()
    if application != APPLICATION_ID:
        raise StoreError("这个文件不是本程序的数据库", where=str(path), todo="请选择正确的数据文件夹。")
    return int(number)


def check_not_newer(path: Path) -> int:
    """The schema of a store that this program can use.

    Raises:
        StoreError: a newer program wrote the store.
    """
    number = schema_number(path)
    if number > HEAD:
        raise StoreError(
            f"数据由更新版本的程序保存（数据结构第 {number} 版，本程序只到第 {HEAD} 版）",
            where=str(path),
            todo="请安装新版程序后再打开；数据没有改动。",
        )
    return number


def migrate(path: Path) -> None:
    """Bring the store to HEAD in one transaction; it stays as it was when that fails. A file not there is made.

    Foreign keys are off from connect, since a batch migration drops and renames parents; they are checked before
    commit.

    Raises:
        StoreError: the file is no store or of a newer program, it cannot be written, or the migrated rows would not
            fit together.
    """
    if check_not_newer(path) == HEAD:
        return
    from alembic import command
    from alembic.config import Config

    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        module=dbapi2,
        poolclass=NullPool,
        connect_args={"isolation_level": None, "timeout": BUSY_MS / 1000},
    )
    translate_errors(engine, path)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            search.rebuild(connection)
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version = {HEAD}")
            if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
                raise StoreError(
                    f"升级数据结构时发现 {len(broken)} 处引用不完整，已放弃升级",
                    where=str(path),
                    todo="原有数据未改动，请联系开发者。",
                )
    finally:
        engine.dispose()
