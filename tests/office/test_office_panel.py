"""The panel of a round: a reviewer is registered, changed and taken out, and nobody overwrites anybody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.errors import NotAllowed, StaleData
from dualcreate_desktop.office import journal, panel
from dualcreate_desktop.office.panel import PanelRow
from dualcreate_desktop.office.records import Form
from dualcreate_desktop.office.store import Office


def register(office: Office, round_id: str, number: int, name: str, **more: str) -> PanelRow:
    panel.save_reviewer(office, round_id, Form(None, "", {"number": number, "name": name, **more}))
    return next(row for row in panel.panel(office, round_id) if row.name == name)


def changed(form: Form, **values: str | int | None) -> Form:
    return replace(form, values={**form.values, **values})


def test_a_reviewer_is_registered_and_changed_in_every_word(office: Office, round_id: str) -> None:
    assert panel.next_number(office, round_id) == 1
    row = register(office, round_id, 1, "柳沐川", affiliation="江州师范大学", title="教授")
    assert (row.affiliation, row.title, row.statement) == ("江州师范大学", "教授", "")
    assert panel.next_number(office, round_id) == 2
    form = panel.reviewer_form(office, row.id)
    panel.save_reviewer(
        office, round_id, changed(form, number=7, affiliation=None, title="研究员", statement="无亲属参评")
    )
    (now,) = panel.panel(office, round_id)
    assert (now.id, now.number, now.name) == (row.id, 7, "柳沐川")
    assert (now.affiliation, now.title, now.statement) == ("", "研究员", "无亲属参评")


def test_a_form_that_was_not_touched_writes_nothing(office: Office, round_id: str) -> None:
    row = register(office, round_id, 1, "柳沐川", title="教授")
    assert panel.save_reviewer(office, round_id, panel.reviewer_form(office, row.id)) is None


@pytest.mark.parametrize(("missing", "label"), [("number", "编号"), ("name", "姓名")])
def test_number_and_name_are_needed(office: Office, round_id: str, missing: str, label: str) -> None:
    told = {"number": 1, "name": "柳沐川", missing: None}
    with pytest.raises(NotAllowed, match=f"“[^”]*{label}”没有填写"):
        panel.save_reviewer(office, round_id, Form(None, "", told))
    assert panel.panel(office, round_id) == ()


@pytest.mark.parametrize(
    ("given", "told"),
    [({"number": 1}, "编号 1 已属于评委柳沐川"), ({"name": "柳沐川"}, "评委名单中已有柳沐川")],
)
def test_a_number_and_a_name_belong_to_one_reviewer(
    office: Office, round_id: str, given: dict[str, str | int], told: str
) -> None:
    register(office, round_id, 1, "柳沐川")
    other = register(office, round_id, 2, "谢亦川")
    with pytest.raises(NotAllowed, match=told):
        panel.save_reviewer(office, round_id, changed(panel.reviewer_form(office, other.id), **given))
    with pytest.raises(NotAllowed, match=told):
        panel.save_reviewer(office, round_id, Form(None, "", {"number": 3, "name": "何人", **given}))
    assert [(row.number, row.name) for row in panel.panel(office, round_id)] == [
        (1, "柳沐川"),
        (2, "谢亦川"),
    ]


def test_what_somebody_changed_or_took_out_meanwhile_is_not_overwritten(
    office: Office, round_id: str
) -> None:
    row = register(office, round_id, 1, "柳沐川")
    mine = panel.reviewer_form(office, row.id)
    panel.save_reviewer(office, round_id, changed(mine, affiliation="法学院"))
    with pytest.raises(StaleData, match=r"被修改过.*没有保存"):
        panel.save_reviewer(office, round_id, changed(mine, affiliation="文学院"))
    assert panel.panel(office, round_id)[0].affiliation == "法学院"
    mine = panel.reviewer_form(office, row.id)
    panel.save_reviewer(office, round_id, changed(mine, title="教授"))
    with pytest.raises(StaleData, match=r"被修改过.*没有保存"):
        panel.save_reviewer(office, round_id, changed(mine, affiliation="文学院"))
    assert panel.panel(office, round_id)[0].title == "教授"
    panel.remove_reviewer(office, row.id)
    for action in (panel.reviewer_form, panel.remove_reviewer):
        with pytest.raises(StaleData, match="已被删除"):
            action(office, row.id)


def test_a_reviewer_who_was_taken_out_comes_back_whole(office: Office, round_id: str) -> None:
    row = register(office, round_id, 1, "柳沐川", affiliation="江州师范大学")
    removed = panel.remove_reviewer(office, row.id)
    assert removed is not None
    assert panel.panel(office, round_id) == ()
    journal.undo(office, removed.change_id)
    assert panel.panel(office, round_id) == (row,)
