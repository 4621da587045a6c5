"""The dialogs of 申报 as they open over a round with applications, for pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QDialog

from dualcreate_desktop.office import application_forms, application_papers, printing
from dualcreate_desktop.office.application_desk import ApplicationLine, Desk, desk
from dualcreate_desktop.office.progress import CheckOutlook
from dualcreate_desktop.office.records import NEW
from ui.dialogs.application import ApplicationDialog
from ui.dialogs.check import CheckDialog
from ui.dialogs.finding import FindingDialog
from ui.dialogs.print_choice import PrintChoiceDialog, Scope
from ui.dialogs.print_preview import PrintPreview
from ui.dialogs.reason import ReasonDialog
from ui.dialogs.receiving import ReceivingDialog
from ui.main_window import MainWindow
from ui.settings import Settings
from ui.widgets.application_card import in_question_first


def _selected(window: MainWindow) -> tuple[Desk, ApplicationLine]:
    """The round and the application that is selected in it, else its first."""
    seen = desk(window.office, window.tabs.applications.round_id or "")
    return seen, window.tabs.applications.table.current() or seen.lines[0]


def _finding(window: MainWindow) -> QDialog:
    seen, line = _selected(window)
    first = in_question_first(seen.assessments[line.id].findings)[0]
    clause = seen.rules.notice.all_clauses.get(first.clause, "")
    return FindingDialog(window, line.applicant, first, clause, window.office.actor.name, 3)


def _receiving(window: MainWindow) -> QDialog:
    seen, line = _selected(window)
    return ReceivingDialog(window, window.office, seen, line.unit_id)


def _check(window: MainWindow) -> QDialog:
    outlook = CheckOutlook(33, (("机械工程学院教工第一党支部", "二(二)3 近3年考核2次为“好”"),), 3)
    return CheckDialog(window, outlook)


def _form(window: MainWindow) -> QDialog:
    seen, line = _selected(window)
    form = application_forms.form(window.office, line.id)
    return ApplicationDialog(window, window.office, seen.rules.round_id, form, line.applicant)


def _new(window: MainWindow) -> QDialog:
    seen, _ = _selected(window)
    return ApplicationDialog(window, window.office, seen.rules.round_id, NEW, "")


def _choice(window: MainWindow) -> QDialog:
    seen, line = _selected(window)
    everything = f"全部 {len(seen.lines)} 项（已撤回的不印）"
    return PrintChoiceDialog(window, [Scope(line.applicant, {line.id}), Scope(everything, None)])


def _preview(window: MainWindow) -> QDialog:
    seen, line = _selected(window)
    job = application_papers.forms([line.id])
    rendered = printing.render(printing.prepare(window.office, seen.rules.round_id, job))
    return PrintPreview(window, Settings(window.office.paths.data), rendered)


def _return(window: MainWindow) -> QDialog:
    _, line = _selected(window)
    return ReasonDialog(
        window,
        "退回补正",
        [line.applicant],
        "状态将由“已报送”变为“退回补正”。",
        text="申报表缺院级党组织盖章",
    )


APPLICATION_DIALOGS: Mapping[str, Callable[[MainWindow], QDialog]] = {
    "application-new-dialog": _new,
    "application-dialog": _form,
    "finding-dialog": _finding,
    "receiving-dialog": _receiving,
    "check-dialog": _check,
    "return-dialog": _return,
    "print-choice-dialog": _choice,
    "print-preview": _preview,
}
"""Name of the picture → the dialog; each needs a round with an application."""
