"""The dialogs of 建设, 操作记录 and of the office as a whole, as they open over a round, for pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QDialog

from db.vocabulary import ProjectState
from dualcreate_desktop.office import (
    actions,
    backup,
    journal,
    own_unit,
    progress,
    project_days,
    project_desk,
    project_forms,
    round_drafts,
)
from dualcreate_desktop.office.tables import TableQuery
from dualcreate_desktop.rules.steps import Verb
from ui.dialogs.about import AboutDialog
from ui.dialogs.actor import ActorDialog
from ui.dialogs.new_round import NewRoundDialog
from ui.dialogs.own_unit import OwnUnitDialog
from ui.dialogs.project import ProjectDialog
from ui.dialogs.restore import RestoreDialog
from ui.dialogs.undo import UndoDialog
from ui.main_window import MainWindow


def _evaluation(window: MainWindow) -> QDialog:
    """The first project's next evaluation; where there is none, what a meeting is asked for."""
    for line in project_desk.lines(window.office, window.rounds.round_id or ""):
        asked = project_forms.new_evaluation(window.office, line.id)
        return ProjectDialog(window, "登记评估", line.name, asked.hint, asked.fields, asked.form.values)
    return _suspension(window)


def _extension(window: MainWindow) -> QDialog:
    """Another day for the first project; where there is none, what a meeting is asked for."""
    for line in project_desk.lines(window.office, window.rounds.round_id or ""):
        asked = project_days.new_day(window.office, line.id)
        return ProjectDialog(window, project_days.EXTEND, line.name, asked.hint, asked.fields, {})
    return _suspension(window)


def _suspension(window: MainWindow) -> QDialog:
    suspend = next(step for step in progress.steps_from(ProjectState.RUNNING) if step.verb is Verb.SUSPEND)
    fields = project_forms.step_fields(suspend)
    return ProjectDialog(window, "暂停支持", "机械工程学院教工第一党支部", "之后状态为“暂停支持”", fields, {})


def _undo(window: MainWindow) -> QDialog:
    (newest, *_) = actions.actions(window.office, TableQuery()).rows
    return UndoDialog(window, journal.undo_plan(window.office, newest.id))


def _restore(window: MainWindow) -> QDialog:
    office = window.office
    office.back_up_if_changed("manual")
    return RestoreDialog(window, backup.described(office.paths.backups), backup.counts(office.database.path))


KEEPING_DIALOGS: Mapping[str, Callable[[MainWindow], QDialog]] = {
    "new-round-dialog": lambda window: NewRoundDialog(window, (), round_drafts.drafts(), window.desk.tried),
    "actor-dialog": lambda window: ActorDialog(window, window.office.actor, actions.actors(window.office)),
    "restore-dialog": _restore,
    "about-dialog": lambda window: AboutDialog(
        window, window.office.paths, own_unit.own_unit_of(window.office).organ
    ),
    "own-unit-dialog": lambda window: OwnUnitDialog(window, own_unit.form(window.office)),
    "evaluation-dialog": _evaluation,
    "extension-dialog": _extension,
    "suspension-dialog": _suspension,
    "undo-dialog": _undo,
}
"""Name of the picture → the dialog as it opens over a filled window."""
