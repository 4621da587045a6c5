"""任职: naming, ending and correcting who holds a post."""

from __future__ import annotations

import pytest

from db.errors import NotAllowed, StaleData
from dualcreate_desktop.office import registry
from dualcreate_desktop.office.people import SECRETARY, Body
from dualcreate_desktop.office.posts import delete_post, held, post_form, posts, save_post
from dualcreate_desktop.office.records import Form
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import ALL, TableQuery
from dualcreate_desktop.rules.dates import PartialDate

Ids = dict[str, str]
FIRST = "机械工程学院教工第一党支部"


@pytest.fixture
def body(units: Ids, branches: Ids) -> Body:
    return Body(units["机械学院"], branches[FIRST])


def named(name: str, role: str = SECRETARY, **values: object) -> Form:
    return Form(None, "", {"name": name, "role": role, **values})  # type: ignore[dict-item]


def test_a_new_secretary_ends_the_post_of_the_former(office: Office, body: Body) -> None:
    save_post(office, body, named("冯新", since=PartialDate(2024, 3)))
    rows = posts(office, body, ALL).rows
    assert [(row.name, row.since, row.until) for row in rows] == [
        ("冯新", "2024-03", None),
        ("赵喆", None, "2024-03"),
    ]
    (row,) = registry.branches(office, TableQuery("冯新")).rows
    assert (row.name, row.secretary) == (FIRST, "冯新")


def test_committee_members_stand_beside_each_other(office: Office, body: Body) -> None:
    save_post(office, body, named("卫一", "committee_member"))
    save_post(office, body, named("卫二", "committee_member"))
    assert {row.name for row in held(office, body)} == {"赵喆", "卫一", "卫二"}


def test_ending_a_post_proposes_today_and_keeps_the_past(office: Office, body: Body) -> None:
    (row,) = held(office, body)
    form = post_form(office, row.id, ending=True)
    assert str(form.values["until"]) == f"{office.clock():%Y-%m-%d}"
    save_post(office, body, form)
    assert held(office, body) == ()
    assert [row.name for row in posts(office, body, ALL).rows] == ["赵喆"]


def test_the_telephone_that_was_corrected_meanwhile_is_not_put_back(office: Office, body: Body) -> None:
    (row,) = held(office, body)
    late, other = post_form(office, row.id), post_form(office, row.id)
    save_post(office, body, Form(other.record_id, other.revision, {**other.values, "phone": "88880000"}))
    with pytest.raises(StaleData, match="这条任职在您填写期间被修改过"):
        save_post(office, body, late)
    assert post_form(office, row.id).values["phone"] == "88880000"


def test_a_post_cannot_end_before_it_begins(office: Office, body: Body) -> None:
    wrong = named("冯新", since=PartialDate(2024, 3), until=PartialDate(2023, 12))
    with pytest.raises(NotAllowed, match="早于任职时间"):
        save_post(office, body, wrong)
    save_post(office, body, named("冯新", since=PartialDate(2024, 3), until=PartialDate(2024)))


def test_a_post_that_never_was_is_deleted(office: Office, body: Body) -> None:
    (row,) = held(office, body)
    changed = delete_post(office, row.id)
    assert changed is not None
    assert changed.title == "删除任职 赵喆（机械工程学院教工第一党支部 书记）"
    assert posts(office, body, ALL).total == 0


def test_an_empty_name_is_refused(office: Office, body: Body) -> None:
    with pytest.raises(NotAllowed, match="“姓名”没有填写"):
        save_post(office, body, Form(None, "", {"role": SECRETARY}))
