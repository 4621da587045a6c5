"""What is done with a whole round: open one, edit its rules, try its quotas, see its days, mind the holidays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.errors import UserError
from dualcreate_desktop.office import round_drafts, rule_editing
from dualcreate_desktop.office.rounds import create_round, rounds
from dualcreate_desktop.office.rule_editing import RuleDraft, VerdictChange
from dualcreate_desktop.office.store import Office
from ui.background import Work
from ui.round_tools import RoundTools
from ui.settings import Settings


class RoundDesk(RoundTools):
    """Holds the dialogs of the round that is looked at.

    Attributes:
        round_id: the round that is looked at; None when there is none.

    Signals:
        opened: the id of a round that was just made.
        refused: the user's trouble.
    """

    opened = Signal(str)
    refused = Signal(object)

    def __init__(
        self, window: QWidget, office: Office, settings: Settings, carry_out: Callable[[Work], object]
    ) -> None:
        super().__init__(window, office, settings, carry_out)
        self.round_id: str | None = None

    def new_round(self, rules: Path | None = None) -> None:
        """Ask for a round, open it and look at it.

        Args:
            rules: a file of rules to begin with.

        Raises:
            UserError: that file cannot be used.
        """
        from ui.dialogs.new_round import NewRoundDialog

        given = () if rules is None else (round_drafts.from_file(rules),)
        drafts = (*given, *round_drafts.drafts(), *round_drafts.copies(self._office))
        names = [row.name for row in rounds(self._office)]
        answer = NewRoundDialog.ask(self._window, names, drafts, self.tried)
        if answer is None:
            return
        try:
            self.opened.emit(create_round(self._office, answer.name, answer.toml, answer.preset))
        except UserError as trouble:
            self.refused.emit(trouble)
        else:
            if answer.edit:
                self.edit_rules()

    def edit_rules(self) -> None:
        """Open the rules of the round clause by clause; ask for a round where there is none."""
        self._open_rules()

    def show_timetable(self) -> None:
        """Open the rules of the round by their days."""
        self._open_rules("timetable")

    def show_clauses(self) -> None:
        """Open the list of the clauses and where each is served."""
        self._open_rules("services")

    def try_quotas(self) -> None:
        """Try quotas, and make the chosen ones the next version of the round's rules."""
        if self.round_id is None:
            self.new_round()
            return
        draft = self.tried(self._window, rule_editing.opened(self._office, self.round_id))
        if draft is not None:
            self.carry_out(
                Work(
                    "正在核对规则改动的影响",
                    lambda _: rule_editing.verdict_changes(self._office, draft),
                    lambda verdicts: self._save(draft, verdicts),
                )
            )

    def _open_rules(self, page: str = "") -> None:
        if self.round_id is None:
            self.new_round()
            return
        from ui.dialogs.rules import RulesDialog

        dialog = RulesDialog(self._window, self._office, self._settings, self.round_id, self)
        dialog.show_page(page)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _save(self, draft: RuleDraft, verdicts: tuple[VerdictChange, ...]) -> None:
        from dualcreate_desktop.office.rule_differences import differences
        from ui.dialogs.rule_saving import RuleSavingDialog

        changes = differences(draft.saved.written, draft.notice)
        reason = RuleSavingDialog.ask(self._window, changes, verdicts)
        if reason is None:
            return
        try:
            rule_editing.save(self._office, draft, reason)
        except UserError as trouble:
            self.refused.emit(trouble)
