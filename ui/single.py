"""A second start brings the first window forward instead of asking what is wrong."""

from __future__ import annotations

from hashlib import sha256

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from dualcreate_desktop.paths import Paths

WAIT_MS = 500


def _name(paths: Paths) -> str:
    """One name for each data folder: two offices may be open side by side."""
    return f"dualcreate-{sha256(str(paths.data).encode()).hexdigest()[:16]}"


def call_first(paths: Paths) -> bool:
    """Ask the window that has this data folder open to come forward; whether there is one."""
    socket = QLocalSocket()
    socket.connectToServer(_name(paths))
    found = socket.waitForConnected(WAIT_MS)
    if found:
        socket.disconnectFromServer()
    return found


class Doorbell(QObject):
    """Hears a second start.

    Signals:
        rung: somebody started the program again for this data folder.
    """

    rung = Signal()

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
            caller.deleteLater()
            self.rung.emit()
