"""Read files in a child process that can be killed and whose memory is capped.

A hostile or broken file may abort, hang or swell the process that reads it: the window must not be that process.
The child lives on from file to file, since starting one costs more than reading most files; whatever goes wrong, it is
killed and the next file gets another. A program frozen by PyInstaller calls `multiprocessing.freeze_support()` first in
its main module.
"""

from __future__ import annotations

import atexit
import logging
import multiprocessing
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, TypeVar

from db.errors import FileRefused
from dualcreate_desktop.intake.child import Read, Refusal, Request, Unpack, serve
from dualcreate_desktop.intake.collecting import collecting_paused
from dualcreate_desktop.intake.containers import RESAVE, PasswordNeeded, Source, require_table
from dualcreate_desktop.intake.grid import Cell, Grid
from dualcreate_desktop.intake.marking import MarkedCopy, Marking
from dualcreate_desktop.intake.unpacking import Item

_log = logging.getLogger(__name__)

MEMORY = 1536 * 1024 * 1024
"""Bytes of address space for the child; a workbook of 100,000 rows needs about 300 MB."""

TIMEOUT = 120.0
MOST_FILES = 64
"""Files that one child reads; memory that libraries never give back must not add up."""

LARGE_FILE = 8 * 1024 * 1024
"""Bytes of a file after which the child is not used again, for the same reason."""

_TICK = 0.1
_PIECE = 4 * 1024 * 1024

_Answer = TypeVar("_Answer")


class Cancelled(Exception):
    """The user stopped the reading."""


def read_sheets(
    source: Source,
    *,
    password: str = "",
    passwords: Sequence[str] = (),
    timeout: float = TIMEOUT,
    memory: int = MEMORY,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[Grid, ...]:
    """All sheets of a file, hidden ones included.

    Args:
        password: typed for this file; `passwords`: known to the office, tried after it.
        timeout: seconds until the reading is given up.
        memory: bytes the reading process may use.
        cancelled: asked ten times a second.

    Raises:
        FileRefused: not a table, damaged, too large, or too slow.
        PasswordNeeded: encrypted, and the password is missing or wrong.
        Cancelled: `cancelled` said so.
    """
    request = Read(require_table(source), (*filter(None, (password,)), *passwords))

    def grids(pipe: _Pipe, first: Any) -> tuple[Grid, ...]:
        return tuple(replace(grid, rows=tuple(_rows(pipe))) for grid in first)

    return _asked(request, grids, timeout, memory, cancelled)


def unpack_source(
    source: Source,
    *,
    passwords: Sequence[str] = (),
    timeout: float = TIMEOUT,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[Item, ...]:
    """The files in a mail or archive, however deep; the source itself when it is neither.

    Arguments as above. What cannot be taken out is told in its place and keeps nothing else out.

    Raises:
        FileRefused: too slow, or so damaged that its reader died.
        Cancelled: `cancelled` said so.
    """
    if not source.is_container:
        return (source,)

    def items(pipe: _Pipe, first: Any) -> tuple[Item, ...]:
        return tuple(pipe.receive() for _ in range(first))

    return _asked(Unpack(source, tuple(passwords)), items, timeout, MEMORY, cancelled)


def mark_copy(order: Marking, *, cancelled: Callable[[], bool] = lambda: False) -> MarkedCopy:
    """A copy of the sender's workbook with its problems marked; `cancelled` and troubles as of `read_sheets`."""
    require_table(order.source)

    def copy(_: _Pipe, first: Any) -> MarkedCopy:
        made: MarkedCopy = first
        return made

    return _asked(order, copy, TIMEOUT, MEMORY, cancelled)


def _asked(
    request: Request,
    receive: Callable[[_Pipe, Any], _Answer],
    timeout: float,
    memory: int,
    cancelled: Callable[[], bool],
) -> _Answer:
    """The answer of a child, once more of a fresh one where a used one died: its past may have been the reason."""
    deadline = time.monotonic() + timeout
    child = _take(memory)
    was_fresh = not child.answered
    try:
        return _conversation(child, request, receive, deadline, cancelled)
    except _Died:
        if was_fresh:
            raise
    return _conversation(_Child.start(memory), request, receive, deadline, cancelled)


def _conversation(
    child: _Child,
    request: Request,
    receive: Callable[[_Pipe, Any], _Answer],
    deadline: float,
    cancelled: Callable[[], bool],
) -> _Answer:
    """Ask a child; it is kept when the conversation came to its end, and killed when not."""
    name = request.source.name
    done = False
    try:
        pipe = _Pipe(child.end, name, deadline, cancelled)
        if not child.answered:
            pipe.receive()
        pipe.send(request)
        with collecting_paused():
            first = pipe.receive()
            answer = None if isinstance(first, Refusal) else receive(pipe, first)
        done = not (isinstance(first, Refusal) and first.worn_out)
    except (EOFError, BrokenPipeError, ConnectionResetError) as error:
        raise _crashed(name) from error
    finally:
        child.answered += 1
        if done and child.answered < MOST_FILES and len(request.source.data) <= LARGE_FILE:
            _give_back(child)
        else:
            child.kill()
    if answer is not None:
        return answer
    _log.info("%s: %s", first.what, first.detail)
    raise (PasswordNeeded if first.password else FileRefused)(first.what, where=first.where, todo=first.todo)


@dataclass(slots=True)
class _Child:
    """A reading process and our end of its pipe.

    Args:
        memory: that it was started with.
        answered: requests so far.
    """

    process: SpawnProcess
    end: Connection
    memory: int
    answered: int = 0

    @classmethod
    def start(cls, memory: int) -> _Child:
        """A fresh one; it says when it is ready."""
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, memory), daemon=True)
        process.start()
        theirs.close()
        return cls(process, ours, memory)

    def kill(self) -> None:
        """End it, whatever it does."""
        self.process.kill()
        self.process.join()
        self.process.close()
        self.end.close()


_idle: list[_Child] = []
_lock = threading.Lock()


def _take(memory: int) -> _Child:
    """The waiting child when there is one with that much memory, else a fresh one."""
    with _lock:
        waiting = _idle.pop() if _idle else None
    if waiting is not None and waiting.memory == memory and waiting.process.is_alive():
        return waiting
    if waiting is not None:
        waiting.kill()
    return _Child.start(memory)


def _give_back(child: _Child) -> None:
    """One child waits for the next file; a second one, of a file read at the same time, is not needed."""
    with _lock:
        if not _idle:
            _idle.append(child)
            return
    child.kill()


@atexit.register
def dismiss() -> None:
    """End the waiting child; the next file gets a fresh one."""
    with _lock:
        waiting = _idle.copy()
        _idle.clear()
    for child in waiting:
        child.kill()


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

    def send(self, request: Request) -> None:
        """The request, then the bytes of its file in pieces: nobody waits for 100 MB who no longer wants them."""
        data = request.source.data
        self.end.send((replace(request, source=replace(request.source, data=b"")), len(data)))
        for start in range(0, len(data), _PIECE):
            if self.cancelled():
                raise Cancelled
            self.end.send_bytes(data[start : start + _PIECE])

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


class _Died(FileRefused):
    """The child ended before it had answered."""


def _crashed(name: str) -> _Died:
    return _Died(
        "文件无法读取：内容已损坏，或有单元格远在表格之外，使其过大",
        where=name,
        todo="请把有用的内容复制到新的工作簿，另存为 .xlsx 后再导入",
    )
