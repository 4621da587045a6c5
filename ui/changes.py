"""Tells the window what was written, whichever thread wrote it."""

from __future__ import annotations

from threading import current_thread, main_thread

from PySide6.QtCore import QObject, Qt, Signal

from dualcreate_desktop.office.store import Changed, Office


class Changes(QObject):
    """Hops from the thread that wrote to the thread of the window.

    Signals:
        written: after each commit, in the thread of the window; carries the `Changed`, and whether that thread wrote.
    """

    written = Signal(Changed, bool)
    _hop = Signal(Changed, bool)

    def __init__(self, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._listeners = office.database.listeners
        self._hop.connect(self._arrive, Qt.ConnectionType.QueuedConnection)
        self._listeners.append(self._hear)

    def stop(self) -> None:
        """Listen no more."""
        if self._hear in self._listeners:
            self._listeners.remove(self._hear)

    def _hear(self, changed: Changed) -> None:
        self._hop.emit(changed, current_thread() is main_thread())

    def _arrive(self, changed: Changed, here: bool) -> None:
        self.written.emit(changed, here)
