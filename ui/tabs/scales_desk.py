"""等次标准 and 等次核对, from the page of appraisals."""

from __future__ import annotations

from db.errors import NotAllowed, UserError
from dualcreate_desktop.office import exporting, scale_forms, scales
from dualcreate_desktop.office.evidence_lists import APPRAISAL_LIST
from dualcreate_desktop.office.scales import CONTRADICTION_COLUMNS, ScaleForm, ScaleRow
from dualcreate_desktop.rules.scales import Contradiction
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.files import EXCEL, ask_save_path
from ui.dialogs.scale import ScaleDialog
from ui.dialogs.scales import ContradictionsDialog, ScalesDialog, Wish
from ui.tabs.evidence_page import EvidencePage
from ui.tabs.list_tab import exported

CHECK = "等次核对"


def manage_scales(page: EvidencePage) -> None:
    """Show the scales and do what the user wants with them, until one has enough."""
    while (wanted := ScalesDialog(page, page.office, page.settings).asked()) is not None:
        try:
            _change(page, wanted.wish, wanted.row)
        except UserError as trouble:
            page.refused.emit(trouble)


def check_grades(page: EvidencePage) -> None:
    """Show what contradicts the scales; a line opens its record, and the list comes back without it once mended."""
    while (wanted := ContradictionsDialog(page, page.office, page.settings).asked()) is not None:
        if wanted.wish is Wish.EXPORT:
            _export(page)
            return
        if wanted.row is not None and not _open(page, wanted.row):
            return


def _change(page: EvidencePage, wish: Wish, row: ScaleRow | None) -> None:
    if wish is Wish.ADD:
        _save(page, scale_forms.NEW_SCALE)
    elif row is not None and wish is Wish.OPEN:
        _save(page, scales.scale_form(page.office, row.id))
    elif row is not None:
        lost = [f"{scales.SCALE_COLUMNS[1].show(row)} {row.year}年：{row.bands or '没有分数线'}"]
        if ConfirmDialog.ask(page, "删除等次标准", "删除这条等次标准？", lost, "删除"):
            scales.delete_scale(page.office, row.id)


def _save(page: EvidencePage, form: ScaleForm) -> None:
    problem = ""
    while (answer := ScaleDialog.ask(page, form, problem=problem)) is not None:
        try:
            scales.save_scale(page.office, answer)
            return
        except NotAllowed as trouble:
            form, problem = answer, str(trouble)


def _open(page: EvidencePage, line: Contradiction) -> bool:
    """Edit the record of a line; a line about several shows them in the list instead. Whether to come back."""
    if len(line.sources) == 1:
        try:
            page.edit_one(APPRAISAL_LIST.form(page.office, line.sources[0]))
        except UserError as trouble:
            page.refused.emit(trouble)
        return True
    page.show_rows(scales.year_of(page.office, line), search=line.unit)
    page.table.setFocus()
    return False


def _export(page: EvidencePage) -> None:
    name = f"{CHECK} {page.office.clock():%Y-%m-%d}.xlsx"
    path = ask_save_path(page, page.settings, f"导出{CHECK}", name, EXCEL)
    if path is None:
        return
    found = scales.inconsistencies(page.office)
    if page.tried(lambda: exporting.export(path, CHECK, CONTRADICTION_COLUMNS, found)):
        page.offered.emit(exported(path, len(found), "处"))
