"""The reading process: caps its own memory, and answers one request after the other until its parent is gone."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from multiprocessing import connection
from multiprocessing.connection import Connection

from db.errors import FileRefused
from dualcreate_desktop.intake.containers import RESAVE, Kind, PasswordNeeded, Source, require_table
from dualcreate_desktop.intake.grid import Grid
from dualcreate_desktop.intake.marking import MarkedCopy, Marking
from dualcreate_desktop.intake.unpacking import Item, unpack

READY = "ready"
"""The first message: from now on a request is read as it comes."""

PIECE = 1_000
"""Rows sent at once."""


@dataclass(frozen=True, slots=True)
class Read:
    """Asks for the sheets of a table.

    Args:
        passwords: tried one after the other when it is encrypted.
    """

    source: Source
    passwords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unpack:
    """Asks for the files in a mail or archive; `passwords` as above."""

    source: Source
    passwords: tuple[str, ...] = ()


Request = Read | Unpack | Marking


@dataclass(frozen=True, slots=True)
class Refusal:
    """A FileRefused in a form that survives the pipe.

    Args:
        password: it is a PasswordNeeded.
        worn_out: the process ran out of memory and should not be used again.
        detail: of an unexpected fault: its traceback, for the log.
    """

    what: str
    where: str
    todo: str
    password: bool = False
    worn_out: bool = False
    detail: str = ""


def serve(pipe: Connection, memory: int) -> None:
    """Answer requests until the pipe closes. Dies silently with its parent, in the middle of a file too.

    A request comes without the bytes of its file but with their number; they follow in pieces.
    An answer is a refusal; or the grids without rows, then the rows of each in pieces, an empty one last; or how many
    files a container holds, then each.
    """
    _close_errors()
    threading.Thread(target=_die_with_parent, daemon=True).start()
    cap_memory(memory)
    gc.disable()  # an answer only builds up: collecting meanwhile would cost a third of the time
    try:
        pipe.send(READY)
        while True:
            for message in answers(_request(pipe)):
                pipe.send(message)
            gc.collect()
    except (EOFError, OSError):
        return


def _request(pipe: Connection) -> Request:
    request: Request
    request, size = pipe.recv()
    data = bytearray()
    while len(data) < size:
        data += pipe.recv_bytes()
    return replace(request, source=replace(request.source, data=bytes(data)))


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(0)


def answers(request: Request) -> Iterator[object]:
    """The messages that answer a request, in pieces, because the parent can do nothing else while it unpacks one."""
    told = answer(request)
    if isinstance(told, (Refusal, MarkedCopy)):
        yield told
    elif isinstance(request, Unpack):
        yield len(told)
        yield from told
    else:
        grids = [each for each in told if isinstance(each, Grid)]
        yield tuple(replace(grid, rows=()) for grid in grids)
        for grid in grids:
            for start in range(0, len(grid.rows), PIECE):
                yield grid.rows[start : start + PIECE]
            yield ()


def _close_errors() -> None:
    """Readers written in Rust print their panics before they raise; the answer tells them already."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def answer(request: Request) -> tuple[Grid, ...] | tuple[Item, ...] | MarkedCopy | Refusal:
    """Read the file, look into it or mark it; every trouble with it is a refusal."""
    name = request.source.name
    try:
        if isinstance(request, Unpack):
            return unpack(request.source, request.passwords)
        grids = read(request.source, request.passwords)
        return _marked(request, grids) if isinstance(request, Marking) else grids
    except FileRefused as error:
        return Refusal(error.what, error.where, error.todo, isinstance(error, PasswordNeeded))
    except MemoryError:
        return Refusal("文件内容过大，内存不足", name, RESAVE, worn_out=True)
    except BaseException as error:  # noqa: BLE001 a reader's panic is a BaseException; here any fault is the file's
        detail = "".join(traceback.format_exception(error))
        return Refusal("文件已损坏或格式特殊，无法读取", name, RESAVE, detail=detail)


def _marked(order: Marking, grids: tuple[Grid, ...]) -> MarkedCopy:
    from dualcreate_desktop.intake.marked_copy import make_marked_copy

    return make_marked_copy(order, grids)


def read(source: Source, passwords: Sequence[str] = ()) -> tuple[Grid, ...]:
    """All sheets of a source, read in this process.

    Raises:
        FileRefused: not a table or damaged; a damaged file may raise anything else, too.
    """
    from dualcreate_desktop.intake import locked, markup, ods, text, word, xls, xlsb, xlsx, xml2003

    source = locked.unlock(source, passwords)
    readers = {
        Kind.XLSX: xlsx.read_xlsx,
        Kind.XLSB: xlsb.read_xlsb,
        Kind.ODS: ods.read_ods,
        Kind.XLS: xls.read_xls,
        Kind.TEXT: text.read_text,
        Kind.HTML: markup.read_html,
        Kind.XML2003: xml2003.read_xml2003,
        Kind.DOCX: word.read_docx,
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
