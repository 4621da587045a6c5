"""院级党组织: the form of one, and how each stands in a round."""

from __future__ import annotations

import pytest

from db.errors import NotAllowed, StaleData
from dualcreate_desktop.office import journal, registry
from dualcreate_desktop.office.people import CONTACT, Body
from dualcreate_desktop.office.posts import held
from dualcreate_desktop.office.records import NEW, Form
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import TableQuery
from dualcreate_desktop.office.units import (
    parent_choices,
    save_unit,
    standings,
    unit_facts,
    unit_form,
    unit_kind_counts,
)

Ids = dict[str, str]


def form_of(office: Office, unit_id: str, **values: object) -> Form:
    form = unit_form(office, unit_id)
    return Form(form.record_id, form.revision, {**form.values, **values})  # type: ignore[dict-item]


def test_a_unit_is_added_with_its_secretary_and_contact_and_taken_back(office: Office, units: Ids) -> None:
    values = {"name": "体育部党总支", "kind": "general_branch", "secretary": "钱多", "contact": "孙文"}
    changed = save_unit(office, Form(None, "", values))  # type: ignore[arg-type]
    assert changed is not None
    (row,) = registry.units(office, TableQuery("体育")).rows
    assert (row.name, row.kind, row.secretary) == ("体育部党总支", "general_branch", "钱多")
    assert {post.role: post.name for post in held(office, Body(row.id))} == {
        "secretary": "钱多",
        CONTACT: "孙文",
    }
    journal.undo(office, changed.change_id)
    assert registry.units(office, TableQuery("体育")).total == 0


def test_a_name_or_code_that_another_unit_has_is_refused_in_words(office: Office, units: Ids) -> None:
    with pytest.raises(NotAllowed, match="名册中已有“机械工程学院党委”"):
        save_unit(office, form_of(office, units["材料学院"], name="机械工程学院党委"))
    save_unit(office, form_of(office, units["机械学院"], code="0101"))
    with pytest.raises(NotAllowed, match="组织编码“0101”"):
        save_unit(office, form_of(office, units["材料学院"], code="0101"))
    assert save_unit(office, form_of(office, units["机械学院"])) is None, (
        "its own name and code are no one else's"
    )


def test_a_unit_that_was_changed_meanwhile_is_not_overwritten(office: Office, units: Ids) -> None:
    late = form_of(office, units["机械学院"], phone="88880000")
    save_unit(office, form_of(office, units["机械学院"], phone="66660000"))
    with pytest.raises(StaleData, match="修改过"):
        save_unit(office, late)


@pytest.mark.parametrize("role", ["secretary", "contact"])
def test_a_form_does_not_bring_back_whom_it_names_when_another_was_named_meanwhile(
    office: Office, units: Ids, role: str
) -> None:
    late = form_of(office, units["机械学院"], phone="88880000")
    save_unit(office, form_of(office, units["机械学院"], **{role: "冯新"}))
    with pytest.raises(StaleData, match="修改过"):
        save_unit(office, late)
    assert unit_form(office, units["机械学院"]).values[role] == "冯新"


def test_a_form_without_a_name_is_refused(office: Office) -> None:
    with pytest.raises(NotAllowed, match="“全称”没有填写"):
        save_unit(office, NEW)


def test_a_unit_cannot_stand_below_itself_or_what_is_below_it(office: Office, units: Ids) -> None:
    save_unit(office, form_of(office, units["材料学院"], parent=units["机械学院"]))
    assert unit_facts(office, units["材料学院"]).parent == "机械工程学院党委"
    assert [key for key, _ in parent_choices(office, units["机械学院"])] == []
    assert [key for key, _ in parent_choices(office, units["材料学院"])] == [units["机械学院"]]


def test_the_standing_tells_quota_and_what_is_owed(
    office: Office, units: Ids, applied: Ids, round_id: str
) -> None:
    found = standings(office, round_id)
    lines = dict(found[units["机械学院"]].lines)
    assert lines["样板支部"].applied == 2
    assert "3 项申报的纸质材料没收齐" in found[units["机械学院"]].missing
    assert not any("纸质" in text for text in found[units["材料学院"]].missing)


def test_kinds_are_counted_whatever_kind_is_chosen(office: Office, units: Ids) -> None:
    chosen = TableQuery("机械", filters={"kind": frozenset({"office"})})
    assert unit_kind_counts(office, chosen) == {"college": 1}
