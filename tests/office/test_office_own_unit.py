"""本单位: said once, and printed wherever the school or the office is named."""

from __future__ import annotations

from dualcreate_desktop.office import application_papers, journal, own_unit, printing, publication
from dualcreate_desktop.office.actions import actions, details
from dualcreate_desktop.office.own_unit import OwnUnit
from dualcreate_desktop.office.records import Form
from dualcreate_desktop.office.sample import Loaded
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import TableQuery
from dualcreate_desktop.papers.content import texts

KNOWN = {
    "school": "江州大学",
    "organ": "中共江州大学委员会组织部",
    "phone": "66-1203",
    "mailbox": "zzb@example.edu.cn",
    "address": "行政楼 302",
    "discipline": "纪委办公室",
    "discipline_phone": "66-1310",
}


def saved(office: Office, **values: str | None) -> OwnUnit:
    own_unit.save(office, Form("own_unit", "", {**own_unit.form(office).values, **values}))
    return own_unit.own_unit_of(office)


def test_what_is_said_is_kept_changed_and_taken_out_again(office: Office) -> None:
    assert own_unit.own_unit_of(office) == OwnUnit()
    assert saved(office, **KNOWN) == OwnUnit(**KNOWN)
    assert saved(office, phone=None, school="江洲大学").school == "江洲大学"
    assert own_unit.own_unit_of(office).phone == ""
    assert own_unit.save(office, own_unit.form(office)) is None, "nothing differs"


def test_it_is_an_action_like_any_other_told_in_words_and_undone(office: Office) -> None:
    saved(office, school="江州大学")
    (newest, *_) = actions(office, TableQuery()).rows
    assert newest.title == "修改本单位设置 江州大学"
    (touched,) = details(office, newest.id).touched
    assert (touched.name, touched.lines) == ("本单位信息 · 学校名称", ("新增", "内容：江州大学"))
    journal.undo(office, newest.id)
    assert own_unit.own_unit_of(office) == OwnUnit()


def test_a_heading_names_the_school_once() -> None:
    known = OwnUnit(school="江州大学")
    assert known.titled("第三批党建“双创”工作") == "江州大学第三批党建“双创”工作"
    assert known.titled("江州大学第三批党建“双创”工作") == "江州大学第三批党建“双创”工作"
    assert OwnUnit().titled("第三批") == "第三批"


def test_contacts_stand_a_line_each_with_no_blank_within_a_part() -> None:
    assert OwnUnit(**KNOWN).contacts.splitlines() == [
        "党委组织部 66-1203 行政楼302 zzb@example.edu.cn",
        "纪委办公室 66-1310",
    ]
    assert OwnUnit(school="江州大学").contacts == ""


def test_papers_slips_and_notices_bear_it(sample_office: Office, loaded: Loaded) -> None:
    saved(sample_office, **KNOWN)
    forms = printing.prepare(sample_office, loaded.round_id, application_papers.forms())
    assert all(any("江州大学第三批" in text for text in texts(paper)) for paper in forms.documents)
    slips = printing.prepare(sample_office, loaded.round_id, application_papers.receipt_slips())
    reachable = "中共江州大学委员会组织部　电话：66-1203　地点：行政楼 302　邮箱：zzb@example.edu.cn"
    assert all(any(reachable in text for text in texts(slip)) for slip in slips.documents)
    proposed = publication.publication(sample_office, loaded.round_id)
    assert (proposed.organ, proposed.contacts) == (OwnUnit(**KNOWN).organ, OwnUnit(**KNOWN).contacts)


def test_without_it_the_last_notice_is_proposed_again(sample_office: Office, loaded: Loaded) -> None:
    before = publication.publication(sample_office, loaded.round_id)
    saved(sample_office, **dict.fromkeys(KNOWN))
    again = publication.publication(sample_office, loaded.round_id)
    assert before.notice is not None
    assert (again.organ, again.contacts) == (before.notice.organ, before.notice.contacts)
