"""The dialogs of 申报 as they open over a round with applications, for pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QDialog

from db.vocabulary import GuideOccasion
from dualcreate_desktop.office import (
    application_forms,
    application_papers,
    guides,
    inquiry_desk,
    inquiry_letters,
    printing,
)
from dualcreate_desktop.office.application_desk import UNVERIFIED, ApplicationLine, Desk, desk
from dualcreate_desktop.office.progress import CheckOutlook
from dualcreate_desktop.office.records import NEW
from dualcreate_desktop.office.unit_page import unit_page
from dualcreate_desktop.papers.mails import reminder_mail
from ui.dialogs.application import ApplicationDialog
from ui.dialogs.check import CheckDialog
from ui.dialogs.finding import FindingDialog
from ui.dialogs.findings import FindingsDialog
from ui.dialogs.guide import GuideDialog
from ui.dialogs.letters import LettersDialog
from ui.dialogs.print_choice import PrintChoiceDialog, Scope
from ui.dialogs.print_preview import PrintPreview
from ui.dialogs.project import ProjectDialog
from ui.dialogs.ready_text import ReadyTextDialog
from ui.dialogs.reason import ReasonDialog
from ui.dialogs.receiving import ReceivingDialog
from ui.dialogs.unit_page import UnitPageDialog
from ui.main_window import MainWindow
from ui.settings import Settings
from ui.widgets.application_card import in_question_first


def _selected(window: MainWindow) -> tuple[Desk, ApplicationLine]:
    """The round and the application that is selected in it, else its first."""
    seen = desk(window.office, window.tabs.applications.lines.round_id or "")
    return seen, window.tabs.applications.lines.table.current() or seen.lines[0]


def _finding(window: MainWindow) -> QDialog:
    seen, line = _selected(window)
    first = in_question_first(seen.assessments[line.id].findings)[0]
    clause = seen.rules.notice.all_clauses.get(first.clause, "")
    return FindingDialog(window, line.applicant, first, clause, window.office.actor.name, 3)


def _findings(window: MainWindow) -> QDialog:
    """Of an application that is still in question, where there is one."""
    seen, line = _selected(window)
    line = next((open_ for open_ in seen.lines if UNVERIFIED in open_.groups), line)
    return FindingsDialog(window, window.office, line.id)


def _guide(window: MainWindow) -> QDialog:
    _, line = _selected(window)
    occasion = GuideOccasion.APPLICATION
    asked = guides.checklists(window.office, line.id, occasion)
    return GuideDialog(window, line.applicant, occasion, asked)


def _unit(window: MainWindow) -> QDialog:
    seen, line = _selected(window)
    return UnitPageDialog(window, window.office, unit_page(window.office, seen.rules.round_id, line.unit_id))


def _letters(window: MainWindow) -> QDialog:
    seen, _ = _selected(window)
    return LettersDialog(window, inquiry_letters.proposal(window.office, seen.rules.round_id))


def _reply(window: MainWindow) -> QDialog:
    fields = (inquiry_desk.ANSWER, inquiry_desk.DOCUMENT, inquiry_desk.REPLIED_ON, inquiry_desk.TEXT)
    return ProjectDialog(window, "登记答复", "党委宣传部", "机械工程学院教工第一党支部", fields, {})


def _reminder(window: MainWindow) -> QDialog:
    today = window.office.clock().date()
    mail = reminder_mail(
        to="党委宣传部",
        about="关于征求第三批申报单位意见的函",
        document="组函〔2024〕4号",
        issued=today,
        due=today,
        names=("机械工程学院教工第一党支部",),
        signed="党委组织部",
        today=today,
    )
    return ReadyTextDialog(window, "催办 党委宣传部", mail)


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
    "findings-dialog": _findings,
    "guide-dialog": _guide,
    "unit-page-dialog": _unit,
    "letters-dialog": _letters,
    "reply-dialog": _reply,
    "reminder-dialog": _reminder,
    "receiving-dialog": _receiving,
    "check-dialog": _check,
    "return-dialog": _return,
    "print-choice-dialog": _choice,
    "print-preview": _preview,
}
"""Name of the picture → the dialog; each needs a round with an application."""
