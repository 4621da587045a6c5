"""The reading process: caps its own memory, reads one file, answers once."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection

from db.errors import FileRefused
from dualcreate_desktop.intake.containers import RESAVE, Kind, PasswordNeeded, Source, require_table
from dualcreate_desktop.intake.grid import Grid

PIECE = 1_000
"""Rows sent at once."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to read."""

    source: Source
    password: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A FileRefused in a form that survives the pipe; `password` tells a PasswordNeeded."""

    what: str
    where: str
    todo: str
    password: bool = False
    detail: str = ""
    """of an unexpected fault: its traceback, for the log"""


def serve(pipe: Connection, memory: int) -> None:
    """Answer the one request of the parent: a refusal, or the grids without rows and then the rows of each in pieces,
    an empty one last. Dies silently with its parent."""
    _close_errors()
    cap_memory(memory)
    gc.disable()  # a short life that only builds up: collecting would cost a third of the time
    try:
        request = pipe.recv()
        told = answer(request)
        if isinstance(told, Refusal):
            pipe.send(told)
        else:
            _send_grids(pipe, told)
    except (EOFError, BrokenPipeError):
        return


def _send_grids(pipe: Connection, grids: tuple[Grid, ...]) -> None:
    """In pieces, because the parent can do nothing else while it unpacks one."""
    pipe.send(tuple(replace(grid, rows=()) for grid in grids))
    for grid in grids:
        for start in range(0, len(grid.rows), PIECE):
            pipe.send(grid.rows[start : start + PIECE])
        pipe.send(())


def _close_errors() -> None:
    """Readers written in Rust print their panics before they raise; the answer tells them already."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def answer(request: Request) -> tuple[Grid, ...] | Refusal:
    """Read the file; every trouble with it is a refusal."""
    name = request.source.name
    try:
        return read(request.source, request.password)
    except FileRefused as error:
        return Refusal(error.what, error.where, error.todo, isinstance(error, PasswordNeeded))
    except MemoryError:
        return Refusal("文件内容过大，内存不足", name, RESAVE)
    except BaseException as error:  # noqa: BLE001 a reader's panic is a BaseException; here any fault is the file's
        detail = "".join(traceback.format_exception(error))
        return Refusal("文件已损坏或格式特殊，无法读取", name, RESAVE, detail=detail)


def read(source: Source, password: str = "") -> tuple[Grid, ...]:
    """All sheets of a source, read in this process.

    Raises:
        FileRefused: not a table or damaged; a damaged file may raise anything else, too.
    """
    from dualcreate_desktop.intake import locked, markup, text, xls, xlsx

    source = locked.unlock(source, password)
    readers = {
        Kind.XLSX: xlsx.read_xlsx,
        Kind.XLSB: xlsx.read_values,
        Kind.ODS: xlsx.read_values,
        Kind.XLS: xls.read_xls,
        Kind.TEXT: text.read_text,
        Kind.HTML: markup.read_html,
        Kind.XML2003: markup.read_xml2003,
    }
    return readers[require_table(source).kind](source)


def cap_memory(limit: int) -> None:
    """Let this process fail, not the machine, when a file needs more than `limit` bytes."""
    if sys.platform == "win32":
        from dualcreate_desktop.intake.windows_job import cap_own_memory

        cap_own_memory(limit)
    else:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
