"""Taking a unit or branch out of the registry, when the user agrees once."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from dualcreate_desktop.office import removing
from dualcreate_desktop.office.people import Body
from dualcreate_desktop.office.store import Office
from ui.dialogs.confirm import ConfirmDialog


def take_out(parent: QWidget, office: Office, body: Body) -> bool:
    """Name what goes with it, ask, and take it out; whether it is out.

    Raises:
        NotAllowed: something hangs on it, which is named.
        StaleData: it is gone.
    """
    found = removing.removal(office, body)
    agreed = ConfirmDialog.ask(parent, "从名册删除", f"从名册中删除“{found.name}”？", found.along, "删除")
    if agreed:
        removing.remove(office, body)
    return agreed
