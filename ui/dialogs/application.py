"""The form of one 申报."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from dualcreate_desktop.office import application_forms
from dualcreate_desktop.office.application_forms import IDENTITY, OWN
from dualcreate_desktop.office.branch_choices import standing_branches
from dualcreate_desktop.office.records import Form
from dualcreate_desktop.office.registry import unit_choices
from dualcreate_desktop.office.store import Office
from ui.dialogs.record import RecordDialog
from ui.form import Group

_LAYOUT = (
    ("推荐", ("preference", "contact", "phone")),
    ("申报内容", ("summary", "goals", "outcomes")),
    ("", ("note",)),
)


class ApplicationDialog(RecordDialog):
    """Edits an application; who applies for what is asked only for a new one.

    Args:
        applicant: whose application it is, for the title; empty for a new one.
    """

    def __init__(
        self, parent: QWidget | None, office: Office, round_id: str, form: Form, applicant: str
    ) -> None:
        adding = form.record_id is None
        declared = {
            field.key: field for field in application_forms.fields(office, round_id, (*IDENTITY, *OWN))
        }
        layout = ((("申报党组织", IDENTITY),) if adding else ()) + _LAYOUT
        unit = form.values.get("unit")
        branches = standing_branches(office, unit)
        super().__init__(
            parent,
            applicant or "申报",
            [Group(title, tuple(declared[key] for key in keys)) for title, keys in layout],
            form,
            options={"unit": unit_choices(office), "branch": branches},
            focus="unit" if adding else "preference",
        )
        if adding:
            self.fields.offer_by("branch", "unit", partial(standing_branches, office))

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        office: Office,
        round_id: str,
        form: Form,
        applicant: str,
        *,
        problem: str = "",
    ) -> Form | None:
        """The form as the user leaves it; None when nothing is to be written."""
        return cls(parent, office, round_id, form, applicant).asked(problem)
