"""Read tables in a child process that can be killed and whose memory is capped.

A hostile or broken file may abort, hang or swell the process that reads it: the window must not be that process.
A program frozen by PyInstaller calls `multiprocessing.freeze_support()` first in its main module.
"""

from __future__ import annotations

import logging
import multiprocessing
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from typing import Any

from db.errors import FileRefused
from dualcreate_desktop.intake.child import Refusal, Request, serve
from dualcreate_desktop.intake.collecting import collecting_paused
from dualcreate_desktop.intake.containers import RESAVE, PasswordNeeded, Source, require_table
from dualcreate_desktop.intake.grid import Cell, Grid

_log = logging.getLogger(__name__)

MEMORY = 1536 * 1024 * 1024
"""Bytes of address space for the child; a workbook of 100,000 rows needs about 300 MB."""

TIMEOUT = 120.0
_TICK = 0.1


class Cancelled(Exception):
    """The user stopped the reading."""


def read_sheets(
    source: Source,
    *,
    password: str = "",
    timeout: float = TIMEOUT,
    memory: int = MEMORY,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[Grid, ...]:
    """All sheets of a file, hidden ones included.

    Args:
        timeout: seconds until the reading is given up.
        memory: bytes the reading process may use.
        cancelled: asked ten times a second.

    Raises:
        FileRefused: not a table, damaged, too large, or too slow.
        PasswordNeeded: encrypted, and the password is missing or wrong.
        Cancelled: `cancelled` said so.
    """
    require_table(source)
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs, memory), daemon=True)
    process.start()
    theirs.close()
    try:
        ours.send(Request(source, password))
        pipe = _Pipe(ours, source.name, time.monotonic() + timeout, cancelled)
        with collecting_paused():
            answer = pipe.receive()
            if not isinstance(answer, Refusal):
                return tuple(replace(grid, rows=tuple(_rows(pipe))) for grid in answer)
    except (EOFError, BrokenPipeError, ConnectionResetError) as error:
        raise _crashed(source.name) from error
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()
    _log.info("%s: %s", answer.what, answer.detail)
    raise (PasswordNeeded if answer.password else FileRefused)(
        answer.what, where=answer.where, todo=answer.todo
    )


@dataclass(frozen=True, slots=True)
class _Pipe:
    """The end of the parent, which does not wait for ever.

    Args:
        deadline: by the monotonic clock.
    """

    end: Connection
    name: str
    deadline: float
    cancelled: Callable[[], bool]

    def receive(self) -> Any:
        """The next message; FileRefused when it is too late, Cancelled when nobody wants it any more."""
        while True:
            if self.cancelled():
                raise Cancelled
            rest = self.deadline - time.monotonic()
            if rest <= 0:
                raise FileRefused("读取时间过长，已停止", where=self.name, todo=RESAVE)
            if self.end.poll(min(_TICK, rest)):
                return self.end.recv()


def _rows(pipe: _Pipe) -> Iterator[tuple[Cell, ...]]:
    """The rows of one sheet, which come in pieces up to an empty one."""
    while piece := pipe.receive():
        yield from piece


def _crashed(name: str) -> FileRefused:
    return FileRefused(
        "文件无法读取：内容已损坏，或有单元格远在表格之外，使其过大",
        where=name,
        todo="请把有用的内容复制到新的工作簿，另存为 .xlsx 后再导入",
    )
