"""The forms of 考核评价 and of all else that conditions look at."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from dualcreate_desktop.lists import (
    APPRAISALS,
    DEBARMENTS,
    EARLIER_RESULTS,
    GROWTH,
    HONOURS,
    INCIDENTS,
    TOPICS,
)
from dualcreate_desktop.office.body_lists import EvidenceList
from dualcreate_desktop.office.branch_choices import branches_ever
from dualcreate_desktop.office.records import Form
from dualcreate_desktop.office.registry import unit_choices
from dualcreate_desktop.office.store import Office
from ui.dialogs.record import RecordDialog
from ui.form import Group

_LAYOUTS: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    APPRAISALS.key: (
        ("考核对象", ("unit", "subject", "branch", "secretary")),
        ("结果", ("year", "kind", "held_on", "grade", "score", "maximum", "rank", "reported")),
        ("", ("items", "note")),
    ),
    HONOURS.key: (
        ("获奖者", ("unit", "holder", "branch", "holder_name")),
        ("荣誉", ("title", "level", "awarded", "authority", "document", "party")),
        ("", ("note",)),
    ),
    INCIDENTS.key: (
        ("党组织", ("unit", "branch")),
        ("情形", ("kind", "occurred", "source", "description")),
        ("", ("note",)),
    ),
    EARLIER_RESULTS.key: (
        ("党组织", ("unit", "branch")),
        ("结果", ("batch", "level", "category", "result", "decided", "document", "title")),
        ("", ("note",)),
    ),
    GROWTH.key: (("党组织", ("unit", "branch")), ("发展党员", ("year", "measure", "number"))),
    TOPICS.key: (
        ("党组织", ("unit", "branch")),
        ("课题或项目", ("title", "level", "kind", "number", "leader", "started", "ended")),
        ("", ("note",)),
    ),
    DEBARMENTS.key: (("党组织", ("unit", "branch")), ("取消资格", ("since", "until", "document", "reason"))),
}


class EvidenceDialog(RecordDialog):
    """Edits the values of one row of these lists and writes nothing; the branches follow the chosen unit."""

    def __init__(self, parent: QWidget | None, office: Office, which: EvidenceList[Any], form: Form) -> None:
        groups = [
            Group(title, tuple(map(which.kind.field, keys))) for title, keys in _LAYOUTS[which.kind.key]
        ]
        super().__init__(
            parent,
            which.title,
            groups,
            form,
            options={
                "unit": unit_choices(office),
                "branch": branches_ever(office, form.values.get("unit")),
            },
            focus="unit" if form.record_id is None else groups[1].fields[0].key,
        )
        self.fields.offer_by("branch", "unit", partial(branches_ever, office))

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        office: Office,
        which: EvidenceList[Any],
        form: Form,
        *,
        problem: str = "",
    ) -> Form | None:
        """The form as the user leaves it; None when nothing is to be written.

        Args:
            problem: why an earlier answer could not be saved.
        """
        return cls(parent, office, which, form).asked(problem)
