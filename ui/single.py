"""A second start brings the first window forward instead of asking what is wrong."""

from __future__ import annotations

import ctypes
import sys
import time
from functools import partial
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from dualcreate_desktop.paths import Paths

WAIT_MS = 500

HEARD_MS = 5000
"""So long a second start waits until its words are read: a pipe of Windows that is closed sooner loses them, and who
does not answer in this time hangs."""

STARTING_S = 15.0
"""So long a program may have the store before it hears; two may be started by one impatient double click."""

_AGAIN_S = 0.1
_SLICE_MS = 20


def _name(paths: Paths) -> str:
    """One name for each data folder: two offices may be open side by side."""
    return f"dualcreate-{sha256(str(paths.data).encode()).hexdigest()[:16]}"


def call_first(paths: Paths, opened: Path | None = None, patience: float = 0.0) -> bool:
    """Ask the window that has this data folder open to come forward; whether there is one that hears it.

    Args:
        opened: a file that it should open.
        patience: seconds in which it may still be starting.
    """
    until = time.monotonic() + patience
    while (heard := _ring(paths, opened)) is None:
        if time.monotonic() > until:
            return False
        time.sleep(_AGAIN_S)
    return heard


def _ring(paths: Paths, opened: Path | None) -> bool | None:
    """Whether it was heard; None when there is no bell. One that hangs is not rung again: it may hear all of it later."""
    socket = QLocalSocket()
    socket.connectToServer(_name(paths))
    if not socket.waitForConnected(WAIT_MS):
        return None
    _let_come_forward()
    socket.write(str(opened.absolute() if opened else "").encode() + b"\n")
    socket.waitForBytesWritten(WAIT_MS)
    return _was_heard(socket)


def _was_heard(socket: QLocalSocket) -> bool:
    """Wait a little at a time: Qt keeps the other threads from running while it waits, one of which may be to answer."""
    until = time.monotonic() + HEARD_MS / 1000
    while socket.state() is not QLocalSocket.LocalSocketState.UnconnectedState:
        if not socket.waitForDisconnected(_SLICE_MS) and time.monotonic() > until:
            return False
    return True


def _let_come_forward() -> None:
    """Let another program have the keyboard: Windows gives it only to one that the user has just started, which is this."""
    if sys.platform == "win32":
        any_program = -1
        ctypes.windll.user32.AllowSetForegroundWindow(any_program)


class Doorbell(QObject):
    """Hears a second start.

    Signals:
        rung: somebody started the program again for this data folder; the path of the file to open, or nothing.
    """

    rung = Signal(str)

    def __init__(self, paths: Paths, parent: QObject) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        QLocalServer.removeServer(
            _name(paths)
        )  # the store's lock is ours, so a socket of that name is a dead one
        self._server.listen(_name(paths))

    def _answer(self) -> None:
        while (caller := self._server.nextPendingConnection()) is not None:
            caller.readyRead.connect(partial(self._listen, caller))
            caller.disconnected.connect(caller.deleteLater)
            self._listen(caller)

    def _listen(self, caller: QLocalSocket) -> None:
        """Hear a caller out, and hang up, which tells him that he was heard."""
        if caller.canReadLine():
            said = bytes(caller.readLine().data()).decode(errors="replace")
            caller.disconnectFromServer()
            self.rung.emit(said.strip())
