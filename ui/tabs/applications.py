"""申报: the list of applications, the matrix of their findings, and what departments say of them."""

from __future__ import annotations

from db.errors import UserError
from dualcreate_desktop.lists import DEBARMENTS, INCIDENTS
from dualcreate_desktop.office import application_papers
from dualcreate_desktop.office.overview import Place
from dualcreate_desktop.office.store import Office
from ui.dialogs.findings import FindingsDialog
from ui.settings import Settings
from ui.tabs.application_list import ApplicationList
from ui.tabs.inquiries import InquiriesTab
from ui.tabs.matrix import MatrixTab
from ui.tabs.switched import SwitchedTab
from ui.widgets.switch import Switch

INCIDENT = Place("evidence", page=INCIDENTS.key)
DEBARRED = Place("evidence", page=DEBARMENTS.key)
"""取消资格, which nothing but the check of eligibility leads to."""

PAGES = ("列表", "审查矩阵", "部门联审")


class ApplicationsTab(SwitchedTab):
    """The three pages of what was applied for; each opens the page of findings."""

    title = "申报"
    manual = "06-申报"
    tables = ApplicationList.tables | InquiriesTab.tables

    def __init__(self, office: Office, settings: Settings) -> None:
        switches = [Switch(PAGES, place) for place in range(len(PAGES))]
        self.lines = ApplicationList(office, settings, switches[0])
        self.matrix = MatrixTab(office, settings, switches[1], ApplicationList.tables)
        self.inquiries = InquiriesTab(office, settings, switches[2])
        makers = (
            lambda: (switches[0], self.lines),
            lambda: (switches[1], self.matrix),
            lambda: (switches[2], self.inquiries),
        )
        super().__init__(office, settings, "applications", makers)
        self.lines.findings_wanted.connect(self.open_findings)
        self.lines.incidents_wanted.connect(lambda: self.place_opened.emit(INCIDENT))
        self.lines.debarments_wanted.connect(lambda: self.place_opened.emit(DEBARRED))
        self.matrix.findings_wanted.connect(self.open_findings)

    def open_findings(self, application_id: str, condition: str = "") -> None:
        """Show the page of an application's findings, which writes each word itself.

        Args:
            condition: key of the one to begin with; empty for the first in question.
        """
        try:
            dialog = FindingsDialog(self, self.office, application_id, condition)
        except UserError as trouble:
            self.refused.emit(trouble)
            return
        wanted: list[Place] = []
        printed: list[str] = []
        dialog.place_opened.connect(wanted.append)
        dialog.print_wanted.connect(lambda: printed.append(application_id))
        dialog.exec()
        dialog.deleteLater()
        self.take_keyboard()
        if wanted:
            self.place_opened.emit(wanted[0])
        if printed and self.round_id is not None:
            self.lines.printer.preview(self.round_id, application_papers.eligibility_sheets(printed))
