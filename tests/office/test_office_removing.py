"""What was entered by mistake goes out of the registry; what something hangs on does not."""

from __future__ import annotations

import pytest

from db.errors import NotAllowed, StaleData
from db.models import Base
from dualcreate_desktop.office import journal, panel, registry
from dualcreate_desktop.office.differences import TABLE_LABELS
from dualcreate_desktop.office.evidence_lists import APPRAISAL_LIST
from dualcreate_desktop.office.people import Body
from dualcreate_desktop.office.records import Form
from dualcreate_desktop.office.removing import removal, remove
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import TableQuery
from dualcreate_desktop.office.units import save_unit

Ids = dict[str, str]


def add(office: Office, **values: object) -> Body:
    """A unit as somebody types it in; its body."""
    save_unit(office, Form(None, "", {"name": "体育部党总支", "kind": "general_branch", **values}))  # type: ignore[arg-type]
    (row,) = registry.units(office, TableQuery("体育")).rows
    return Body(row.id)


def test_a_unit_that_was_entered_by_mistake_goes_with_who_was_named_for_it_and_comes_back(
    office: Office, units: Ids
) -> None:
    body = add(office, secretary="钱多", contact="孙文")
    assert removal(office, body).along == ("任职：书记 钱多", "任职：填报人 孙文")
    changed = remove(office, body)
    assert changed is not None
    assert registry.units(office, TableQuery("体育")).total == 0
    with pytest.raises(StaleData, match="已被删除"):
        remove(office, body)
    journal.undo(office, changed.change_id)
    (row,) = registry.units(office, TableQuery("体育")).rows
    assert row.secretary == "钱多"


def test_a_unit_on_which_something_hangs_stays_and_it_is_said_what(
    office: Office, units: Ids, branches: Ids, applied: Ids
) -> None:
    for action in (removal, remove):
        with pytest.raises(NotAllowed, match=r"名下还有.*党支部 4 条.*申报 3 条.*不能删除.*操作记录"):
            action(office, Body(units["机械学院"]))
    assert registry.units(office).total == 2


def test_a_unit_above_another_or_with_a_reviewer_stays(office: Office, units: Ids, round_id: str) -> None:
    above = add(office)
    save_unit(
        office, Form(None, "", {"name": "球类直属党支部", "kind": "direct_branch", "parent": above.unit_id})
    )
    panel.save_reviewer(
        office, round_id, Form(None, "", {"number": 1, "name": "周评", "affiliation": "体育部党总支"})
    )
    with pytest.raises(NotAllowed, match="名下还有院级党组织 1 条、人员 1 条"):
        remove(office, above)


def test_a_branch_goes_unless_something_is_on_record_of_it(office: Office, branches: Ids, units: Ids) -> None:
    branch_id = branches["机械工程学院教工第十一党支部"]
    body = Body(units["机械学院"], branch_id)
    values = {
        "unit": units["机械学院"],
        "branch": branch_id,
        "year": 2023,
        "kind": "assessment",
        "grade": "优秀",
    }
    saved = APPRAISAL_LIST.save(office, Form(None, "", values))  # type: ignore[arg-type]
    with pytest.raises(NotAllowed, match=r"名下还有考核评价 1 条.*沿革"):
        remove(office, body)
    APPRAISAL_LIST.delete(office, saved)
    assert removal(office, body).along == ("任职：书记 孙二宁",)
    assert remove(office, body) is not None
    assert registry.branches(office).total == len(branches) - 1


def test_every_table_that_can_hang_on_a_body_has_a_name() -> None:
    pointing = {
        table.name
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name in ("unit", "branch")
    }
    assert pointing <= set(TABLE_LABELS)
