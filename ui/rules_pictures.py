"""批次规则 and its dialogs as they open over a round, for pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QDialog

from db.vocabulary import Applicant
from dualcreate_desktop.office import grants, rule_clauses, rule_editing
from dualcreate_desktop.office.rule_differences import differences
from dualcreate_desktop.office.rule_editing import RuleDraft, VerdictChange
from dualcreate_desktop.office.rule_edits import edit_of
from ui.background import Progress
from ui.dialogs.notice_text import NoticeTextDialog
from ui.dialogs.quota_grant import QuotaGrantDialog
from ui.dialogs.quota_trial import SIDE_BY_SIDE, QuotaTrialDialog
from ui.dialogs.rule import RuleDialog
from ui.dialogs.rule_saving import RuleSavingDialog
from ui.dialogs.rules import BY_KIND, RulesDialog
from ui.dialogs.supplement import SupplementDialog
from ui.dialogs.work_calendar import WorkCalendarDialog
from ui.main_window import MainWindow
from ui.settings import Settings

_CLAUSE = "二(二)3"
_QUIET = Progress(lambda done, total, what: None)


def _draft(window: MainWindow) -> RuleDraft:
    return rule_editing.opened(window.office, window.rounds.round_id or "")


def _window(window: MainWindow) -> RulesDialog:
    office = window.office
    settings = Settings(office.paths.data)
    made = RulesDialog(window, office, settings, window.rounds.round_id or "", window.desk)
    made.book.open_page(_CLAUSE)
    return made


def _page(page: str, window: MainWindow) -> QDialog:
    made = _window(window)
    made.show_page(page)
    return made


def _trial(window: MainWindow) -> QDialog:
    """With the second of the ready sets of rules chosen, for branches."""
    office = window.office
    made = QuotaTrialDialog(
        window, office, Settings(office.paths.data), _draft(window), lambda work: work.done(work.work(_QUIET))
    )
    draft = _draft(window)
    of_branches = [item.applicant for item in draft.notice.categories].index(Applicant.BRANCH)
    made.categories.button(of_branches).click()
    made.list.select(1)
    return made


def _side_by_side(window: MainWindow) -> QDialog:
    made = _trial(window)
    assert isinstance(made, QuotaTrialDialog)
    made.views.button(SIDE_BY_SIDE).click()
    return made


def _grant(window: MainWindow) -> QDialog:
    """Of the first unit; where there is none, the calendar."""
    row = window.tabs.units.model.row_at(0)
    if row is None:
        return WorkCalendarDialog(window, window.office)
    asked = grants.grant_form(window.office, window.rounds.round_id or "", row.id)
    return QuotaGrantDialog(window, asked, asked.form)


def _by_kind(window: MainWindow) -> QDialog:
    made = _window(window)
    made.switch.button(BY_KIND).click()
    made.book.open_page("stages")
    return made


def _path(draft: RuleDraft, kind: str, clause: str) -> str:
    """The first rule of a kind at a clause, else of the kind."""
    lines = [line for line in rule_editing.lines(draft) if line.kind == kind]
    return next((line.path for line in lines if line.clause == clause), lines[0].path)


def _condition(window: MainWindow) -> QDialog:
    draft = _draft(window)
    return RuleDialog(window, edit_of(draft, _path(draft, "条件", _CLAUSE)))


def _quota(window: MainWindow) -> QDialog:
    draft = _draft(window)
    return RuleDialog(window, edit_of(draft, _path(draft, "名额", "三(二)")))


def _saving(window: MainWindow) -> QDialog:
    draft = _draft(window)
    category = draft.at("categories[1]")
    edited = draft.replaced("categories[1]", replace(category, target=category.target + 1)).moved(
        "stages[1]", 1
    )
    turned = [VerdictChange("", "成立年限", "不通过", "通过")]
    return RuleSavingDialog(window, differences(draft.notice, edited.notice), turned)


def _text(window: MainWindow) -> QDialog:
    return NoticeTextDialog(window, rule_clauses.wording(_draft(window).notice))


RULES_DIALOGS: Mapping[str, Callable[[MainWindow], QDialog]] = {
    "rules-window": _window,
    "rules-by-kind": _by_kind,
    "timetable": partial(_page, "timetable"),
    "served-clauses": partial(_page, "services"),
    "quota-trial": _trial,
    "quota-side-by-side": _side_by_side,
    "quota-grant-dialog": _grant,
    "work-calendar": lambda window: WorkCalendarDialog(window, window.office),
    "supplement-dialog": SupplementDialog,
    "rule-dialog": _condition,
    "rule-quota-dialog": _quota,
    "rule-saving-dialog": _saving,
    "notice-text-dialog": _text,
}
"""Name of the picture → the dialog; each needs a round."""
