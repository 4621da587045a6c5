"""A problem report for whoever maintains the program: how it is and where it failed, and not one word of the records.

What goes in is listed here, instead of striking out what must not: numbers of rows, sizes, and of each error report
the kinds of errors and the places in the code. What an error said is left out, since it may name a person.
"""

from __future__ import annotations

import locale
import platform
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path, PureWindowsPath

from sqlcipher3 import dbapi2

from db.engine import connect_unmanaged
from db.errors import StoreError, UserError
from dualcreate_desktop import PROGRAM, __version__
from dualcreate_desktop.paths import PORTABLE_MARK, Paths, program_folder

NEWEST = 20
"""So many error reports go in."""

_PLACE = re.compile(r'\s*File "(?P<path>[^"]*)", line (?P<line>\d+), in (?P<name>[\w<>.]+)')
_KIND = re.compile(
    r"(?P<kind>(?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:Error|Exception|Warning|Refused|NotAllowed|StaleData|InUse))(?::|$)"
)
_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$")
_OURS = ("ui", "dualcreate_desktop", "db", "resources", "site-packages")


def pack(paths: Paths, target: Path, *, now: datetime) -> None:
    """Write the report as a zip.

    Raises:
        UserError: the file cannot be written.
    """
    try:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("程序.txt", "\r\n".join(_program(now)))
            archive.writestr("数据.txt", "\r\n".join(_data(paths)))
            for report in sorted(paths.logs.glob("*.txt"), reverse=True)[:NEWEST]:
                archive.writestr(f"错误/{_stamp(report)}.txt", "\r\n".join(_skeleton(report)))
    except OSError as error:
        raise UserError(
            "问题报告写不进去", where=str(target), todo="请换一个文件夹，或关闭打开它的程序后再试。"
        ) from error


def skeleton(text: str) -> Iterator[str]:
    """Of an error report the time, the kinds of errors and the places in the code; no message and no folder."""
    for line in text.splitlines():
        if place := _PLACE.match(line):
            yield f"  {_place(place['path'])}:{place['line']} {place['name']}"
        elif kind := _KIND.match(line):
            yield kind["kind"]
        elif _TIME.match(line):
            yield line


def _program(now: datetime) -> Iterator[str]:
    yield f"{PROGRAM} {__version__}"
    yield f"{now:%Y-%m-%d %H:%M}"
    yield f"{platform.platform()}　Python {platform.python_version()}"
    yield f"代码页 {locale.getpreferredencoding(do_setlocale=False)}"
    yield "安装版" if getattr(sys, "frozen", False) else "源代码"
    yield "便携" if (program_folder() / PORTABLE_MARK).exists() else "数据在用户目录或指定的文件夹"


def _data(paths: Paths) -> Iterator[str]:
    """What the store weighs and how many rows each table has; how many backups there are."""
    if paths.store.exists():
        yield f"数据库 {paths.store.stat().st_size} 字节"
        try:
            yield from _tables(paths.store)
        except (StoreError, dbapi2.DatabaseError) as error:
            yield f"数据库读不出来：{type(error).__name__}"
    made = sorted(paths.backups.glob("office-*.db"))
    yield f"备份 {len(made)} 份"
    yield f"同步目录：{paths.cloud or '否'}"


def _tables(store: Path) -> Iterator[str]:
    connection = connect_unmanaged(store)
    try:
        (number,) = connection.execute("PRAGMA user_version").fetchone()
        yield f"数据结构第 {number} 版"
        (answer,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        yield f"校验{'通过' if answer == 'ok' else '未通过'}"
        names = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
        ).fetchall()
        for (name,) in names:
            (count,) = connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()
            yield f"{name} {count}"
    finally:
        connection.close()


def _skeleton(report: Path) -> Iterator[str]:
    try:
        text = report.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        yield type(error).__name__
        return
    yield from skeleton(text)


def _stamp(report: Path) -> str:
    """Of a report's name the digits: it may have been renamed to anything."""
    return "".join(re.findall(r"[0-9-]+", report.stem)).strip("-") or "无日期"


def _place(path: str) -> str:
    """A file of the code without the folder in which the program stands, which bears the user's name."""
    parts = PureWindowsPath(path).parts
    at = [place for place, part in enumerate(parts) if part in _OURS]
    return "/".join(parts[at[-1] :] if at else parts[-1:])
