"""Guides answered on three occasions and rolled up; the order of preference of a unit; its page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.errors import NotAllowed, StaleData
from db.vocabulary import GuideOccasion, LineageKind, Verdict
from dualcreate_desktop.office import (
    eligibility,
    guides,
    journal,
    lineages,
    preferences,
    rounds,
    staffing,
    unit_page,
)
from dualcreate_desktop.office.applications import applications_of
from dualcreate_desktop.office.guides import Said
from dualcreate_desktop.office.reorganising import Order
from dualcreate_desktop.office.staffing import Strength
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.rules.dates import PartialDate
from dualcreate_desktop.rules.record_writing import dump_record

Ids = dict[str, str]
AT_APPLICATION, PLAN, ACCEPTANCE = GuideOccasion


def answer_all(office: Office, application: str, said: Said) -> None:
    asked = guides.checklists(office, application, AT_APPLICATION)
    answers = {(item.guide, item.key): said for guide in asked for item in guide.items}
    guides.answer(office, application, AT_APPLICATION, answers)


def test_a_guide_answered_at_application_is_the_evidence_of_its_condition(
    office: Office, round_id: str, applied: Ids
) -> None:
    answer_all(office, applied["教一"], Said(met=True))
    found = eligibility.assess_round(office, round_id)
    assert found[applied["教一"]].finding("branch_guide").verdict is Verdict.PASS
    assert found[applied["教二"]].finding("branch_guide").verdict is Verdict.UNVERIFIED


def test_what_was_said_at_application_is_offered_again_later(office: Office, applied: Ids) -> None:
    answer_all(office, applied["教一"], Said(met=True, text="记录齐全"))
    planned, *_ = guides.checklists(office, applied["教一"], PLAN)
    assert {item.earlier for item in planned.items} == {"申报时：达到，记录齐全"}
    assert planned.met == 0
    first = planned.items[0]
    guides.answer(office, applied["教一"], PLAN, {(first.guide, first.key): Said(met=False, text="拟补")})
    accepted, *_ = guides.checklists(office, applied["教一"], ACCEPTANCE)
    assert accepted.items[0].earlier == "申报时：达到，记录齐全；任务书时：未达到，拟补"


def test_an_answer_that_is_taken_out_is_forgotten_and_nothing_new_writes_nothing(
    office: Office, applied: Ids
) -> None:
    answer_all(office, applied["教一"], Said(met=True))
    guide, *_ = guides.checklists(office, applied["教一"], AT_APPLICATION)
    key = (guide.items[0].guide, guide.items[0].key)
    assert guides.answer(office, applied["教一"], AT_APPLICATION, {key: Said(met=True)}) is None
    guides.answer(office, applied["教一"], AT_APPLICATION, {key: Said(None)})
    guide, *_ = guides.checklists(office, applied["教一"], AT_APPLICATION)
    assert guide.items[0].said == Said(None)
    with pytest.raises(NotAllowed, match="没有这一条"):
        guides.answer(office, applied["教一"], AT_APPLICATION, {("没有", "没有"): Said(met=True)})


def test_a_unit_rolls_its_branches_up_and_tells_staff(
    office: Office, round_id: str, units: Ids, applied: Ids
) -> None:
    answer_all(office, applied["教一"], Said(met=True))
    staffing.save_staffing(office, units["机械学院"], 2024, {"organiser": Strength(2, 1)})
    page = unit_page.unit_page(office, round_id, units["机械学院"])
    assert len(page.guides) == 2
    for guide in page.guides:
        assert (guide.met, guide.counted, guide.unasked) == (1, 2, 0)
        assert guide.missing == ("机械工程学院教工第二党支部",)
    assert dict(page.posts)["专职组织员"] == Strength(2, 1)
    assert [order.name for order in page.orders] == ["标杆院级党组织", "样板支部"]
    assert page.lines


def test_where_the_notice_means_every_branch_those_that_do_not_apply_count_too(
    office: Office, round_id: str, units: Ids, branches: Ids, applied: Ids
) -> None:
    written = rounds.rules_of(office, round_id).written
    general = replace(written, guides=tuple(replace(guide, every_branch=True) for guide in written.guides))
    rounds.edit_rules(office, round_id, dump_record(general), "规则.toml")
    answer_all(office, applied["教一"], Said(met=True))
    for guide in unit_page.unit_page(office, round_id, units["机械学院"]).guides:
        assert (guide.met, guide.counted, guide.unasked) == (1, 4, 2)
    guide = unit_page.unit_page(office, round_id, units["材料学院"]).guides[0]
    assert (guide.met, guide.counted, guide.unasked) == (0, 2, 2), "nobody applies there"
    gone = (branches["机械工程学院研究生第一党支部"],)
    lineages.carry_out(
        office, Order(LineageKind.DISSOLVED, units["机械学院"], PartialDate(2024, 1), gone, ())
    )
    assert unit_page.unit_page(office, round_id, units["机械学院"]).guides[0].counted == 3


def test_preferences_are_set_in_one_change_and_undone(
    office: Office, round_id: str, units: Ids, applied: Ids
) -> None:
    def order() -> list[str]:
        rows = [row for row in applications_of(office, round_id) if row.branch_id]
        return [row.id for row in sorted(rows, key=lambda row: row.preference or 0)]

    before = order()
    wanted = [applied["教二"], applied["教一"]]
    preferences.reorder(office, units["机械学院"], wanted)
    assert order() == wanted
    assert preferences.reorder(office, units["机械学院"], wanted) is None
    journal.undo(office, journal.last_undoable(office) or "")
    assert order() == before


def test_an_order_must_name_every_application_of_one_category(
    office: Office, units: Ids, applied: Ids
) -> None:
    with pytest.raises(StaleData, match="增减"):
        preferences.reorder(office, units["机械学院"], [applied["教二"]])
    with pytest.raises(NotAllowed, match="同一类别"):
        preferences.reorder(
            office, units["机械学院"], [applied["机械学院"], applied["教一"], applied["教二"]]
        )
    with pytest.raises(NotAllowed, match="同一单位"):
        preferences.reorder(office, units["材料学院"], [applied["教一"], applied["教二"]])
