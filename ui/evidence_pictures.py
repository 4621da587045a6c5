"""The pages and dialogs of 沿革 and 考核评价 as they open over a filled window, for pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QDialog

from db.vocabulary import LineageKind
from dualcreate_desktop.office import registry, scale_forms, scales, staffing_forms
from dualcreate_desktop.office.lineage_forms import ADJUSTMENTS
from dualcreate_desktop.office.records import NEW
from dualcreate_desktop.office.standing_lists import DEBARMENT_LIST, EARLIER_LIST, GROWTH_LIST, TOPIC_LIST
from dualcreate_desktop.office.tables import TableQuery
from ui.dialogs.evidence import EvidenceDialog
from ui.dialogs.lineage import LineageDialog
from ui.dialogs.project import ProjectDialog
from ui.dialogs.scale import ScaleDialog
from ui.dialogs.scales import ContradictionsDialog, ScalesDialog
from ui.main_window import MainWindow
from ui.settings import Settings
from ui.tabs.staffing import HINT
from ui.tabs.tab import Tab

PAGES = ("appraisals", "honours", "earlier-results", "growth", "topics", "staffing", "models")
"""Pages of 考核评价 in the order of its switch; 负面情形 and 取消资格 follow them."""


def evidence_pages(window: MainWindow) -> Iterator[tuple[str, Tab]]:
    """Each page of 考核评价, brought to its front as it comes."""
    for place, name in enumerate((*PAGES, "incidents", "debarments")):
        window.tabs.evidence.show_page(place)
        yield name, window.tabs.evidence
    window.tabs.evidence.show_page(0)


def _lineage(kind: LineageKind, window: MainWindow) -> QDialog:
    row = registry.branches(window.office, TableQuery(limit=1)).rows[0]
    adjustment = next(item for item in ADJUSTMENTS if item.kind is kind)
    dialog = LineageDialog(window, window.office, row, adjustment)
    dialog.tell_outlook()
    return dialog


def _remembered(make: Callable[[Settings], QDialog]) -> QDialog:
    with TemporaryDirectory() as folder:
        return make(Settings(Path(folder)))


def _staffing(window: MainWindow) -> QDialog:
    name = registry.units(window.office).rows[0].name
    return ProjectDialog(window, "登记人员配备", name, HINT, staffing_forms.FIELDS, {})


def _scale(window: MainWindow) -> QDialog:
    """The newest scale; where there is none, a new one."""
    for row in scales.scales(window.office):
        return ScaleDialog(window, scales.scale_form(window.office, row.id))
    return ScaleDialog(window, scale_forms.NEW_SCALE)


EVIDENCE_DIALOGS: Mapping[str, Callable[[MainWindow], QDialog]] = {
    "renaming-dialog": partial(_lineage, LineageKind.RENAMED),
    "election-dialog": partial(_lineage, LineageKind.REELECTED),
    "merging-dialog": partial(_lineage, LineageKind.MERGED),
    "splitting-dialog": partial(_lineage, LineageKind.SPLIT),
    "moving-dialog": partial(_lineage, LineageKind.MOVED),
    "dissolving-dialog": partial(_lineage, LineageKind.DISSOLVED),
    "scales-dialog": lambda window: _remembered(partial(ScalesDialog, window, window.office)),
    "contradictions-dialog": lambda window: _remembered(partial(ContradictionsDialog, window, window.office)),
    "scale-dialog": _scale,
    "staffing-dialog": _staffing,
    "earlier-result-dialog": lambda window: EvidenceDialog(window, window.office, EARLIER_LIST, NEW),
    "growth-dialog": lambda window: EvidenceDialog(window, window.office, GROWTH_LIST, NEW),
    "topic-dialog": lambda window: EvidenceDialog(window, window.office, TOPIC_LIST, NEW),
    "debarment-dialog": lambda window: EvidenceDialog(window, window.office, DEBARMENT_LIST, NEW),
}
"""Name of the picture → the dialog as it opens over a filled window."""
