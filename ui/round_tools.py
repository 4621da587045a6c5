"""What is done with the rules of a round wherever they are looked at: on the desk of the round, and in their own window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from dualcreate_desktop.office.rule_editing import RuleDraft
from dualcreate_desktop.office.store import Office
from ui.background import Work
from ui.settings import Settings


class RoundTools(QObject):
    """Tries quotas, asks which days are worked, and hands on what takes long.

    Args:
        window: over which dialogs open.
        carry_out: takes what is long, for the worker.

    Signals:
        explained: the manual on rules is wanted.
    """

    explained = Signal()

    def __init__(
        self, window: QWidget, office: Office, settings: Settings, carry_out: Callable[[Work], object]
    ) -> None:
        super().__init__(window)
        self._window, self._office, self._settings = window, office, settings
        self._carry_out = carry_out

    def tried(self, parent: QWidget, draft: RuleDraft) -> RuleDraft | None:
        """名额测算 over these rules: with the quotas that were chosen; None when they stay as they are."""
        from ui.dialogs.quota_trial import QuotaTrialDialog

        return QuotaTrialDialog.ask(parent, self._office, self._settings, draft, self._carry_out)

    def edit_calendar(self, parent: QWidget | None = None, done: Callable[[], object] = lambda: None) -> None:
        """Say which days are worked.

        Args:
            parent: over which it opens; over the window where none is given.
            done: called when it is closed.
        """
        from ui.dialogs.work_calendar import WorkCalendarDialog

        WorkCalendarDialog.show_over(parent or self._window, self._office, done)

    def carry_out(self, work: Work) -> None:
        """Give something long to the worker."""
        self._carry_out(work)
