"""Who sits before the window: asked once a day, and written beside every action."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from dualcreate_desktop.office.actions import actors
from dualcreate_desktop.office.store import Actor, Office
from ui.dialogs.actor import ActorDialog
from ui.settings import Settings

ACTOR_KEY = "actor"
"""Under which it is remembered who sat here last, and on which day."""


class Seating(QObject):
    """Asks who works in an office, and remembers it for the day.

    Args:
        window: over which it is asked.

    Signals:
        taken: somebody sits here from now on; carries what the status line says of it.
    """

    taken = Signal(str)

    def __init__(self, window: QWidget, office: Office, settings: Settings) -> None:
        super().__init__(window)
        self._window, self._office, self._settings = window, office, settings

    @property
    def shown(self) -> str:
        """Name and PC."""
        return f"{self._office.actor.name} · {self._office.actor.pc}"

    @property
    def is_of_yesterday(self) -> bool:
        """Whether nobody has said today who sits here."""
        return self._settings.get(ACTOR_KEY).get("day") != self._today

    def ask(self) -> None:
        """Ask who sits here; nothing waits for the answer."""
        dialog = ActorDialog(self._window, self._office.actor, actors(self._office))
        dialog.accepted.connect(lambda: self._take(dialog.name))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_of_the_day(self) -> None:
        """Ask when nobody has said so today, unless the window is closed again already."""
        if self._window.isVisible() and self.is_of_yesterday:
            self.ask()

    def give_up(self) -> None:
        """Ask no more."""
        for asking in self._window.findChildren(ActorDialog):
            asking.reject()

    @property
    def _today(self) -> str:
        return f"{self._office.clock():%Y-%m-%d}"

    def _take(self, name: str) -> None:
        self._office.seat.actor = Actor(name, self._office.actor.pc)
        self._settings.put(ACTOR_KEY, {"name": name, "day": self._today})
        self.taken.emit(self.shown)
