"""How old a branch counts as, plans that are carried out or given up, and what an adjustment is said to do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.errors import StaleData
from db.vocabulary import LineageKind
from dualcreate_desktop.office import branch_ages, lineage_forms, lineages, registry, rounds
from dualcreate_desktop.office.lineage_forms import ADJUSTMENTS, PLANNED
from dualcreate_desktop.office.reorganising import Impossible, Order
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.rules.dates import PartialDate

Ids = dict[str, str]
K = LineageKind
FIRST, SECOND = "机械工程学院教工第一党支部", "机械工程学院教工第二党支部"
AUTUMN = PartialDate(2023, 9)


def test_a_branch_without_lineage_counts_from_its_founding(office: Office, branches: Ids) -> None:
    found = branch_ages.age(office, branches[FIRST])
    assert (str(found.since), found.told, found.reason) == ("2015-06", (), "")
    day = office.clock()
    assert found.words.endswith(f"（到{day.year}年{day.month}月{day.day}日）")


def test_a_merged_branch_counts_from_its_eldest_and_says_why(
    office: Office, units: Ids, branches: Ids
) -> None:
    order = Order(K.MERGED, units["机械学院"], AUTUMN, (branches[FIRST], branches[SECOND]), ("能源党支部",))
    lineages.carry_out(office, order)
    made = next(row for row in registry.branches(office).rows if row.name == "能源党支部")
    found = branch_ages.age(office, made.id)
    assert str(made.founded) == "2023-09"
    assert found.since is not None
    assert found.since.earliest < AUTUMN.earliest
    assert "合并而成，从成立最早的原支部算起" in found.reason


def test_a_round_reckons_to_its_own_day(office: Office, branches: Ids) -> None:
    preset = rounds.presets()[0]
    round_id = rounds.create_round(office, "第三批", preset.toml, preset.key)
    found = branch_ages.age(office, branches[FIRST], round_id)
    assert found.on == rounds.rules_of(office, round_id).notice.reference.deadline


def test_a_plan_goes_when_it_is_carried_out_and_with_it_the_mark_on_who_goes_on(
    office: Office, units: Ids, branches: Ids
) -> None:
    both = (branches[FIRST], branches[SECOND])
    planned = Order(K.MERGED, units["机械学院"], PartialDate(2025, 6), both, ("能源党支部",), planned=True)
    lineages.carry_out(office, planned)
    assert registry.branch(office, branches[FIRST]).planned_end == "2025-06"
    lineages.carry_out(office, Order(K.MERGED, units["机械学院"], AUTUMN, both, (FIRST,)))
    assert registry.branch(office, branches[FIRST]).planned_end is None
    assert [event.planned for event in lineages.descent(office, branches[FIRST])] == [False]


def test_a_plan_that_is_gone_cannot_be_given_up_again(office: Office, units: Ids, branches: Ids) -> None:
    order = Order(K.DISSOLVED, units["机械学院"], PartialDate(2025, 6), (branches[SECOND],), planned=True)
    lineages.carry_out(office, order)
    (plan,) = lineages.descent(office, branches[SECOND])
    lineages.drop_plan(office, plan.id)
    with pytest.raises(StaleData, match="这个计划已不在沿革中"):
        lineages.drop_plan(office, plan.id)


@pytest.mark.parametrize("adjustment", ADJUSTMENTS, ids=lambda item: item.title)
def test_every_form_makes_an_order_that_is_refused_about_its_day_when_that_is_to_come(
    office: Office, branches: Ids, adjustment: lineage_forms.Adjustment
) -> None:
    row = registry.branch(office, branches[FIRST])
    values = lineage_forms.first_values(row, adjustment)
    assert lineage_forms.order_of(row, adjustment, values) is None, "it does not say when"
    order = lineage_forms.order_of(row, adjustment, {**values, "on": AUTUMN}, (branches[SECOND],))
    assert order is not None
    with pytest.raises(Impossible) as refused:
        lineages.foretell(office, replace(order, on=PartialDate(2030)))
    assert refused.value.about == "on"


def test_a_planned_order_changes_nothing_in_its_own_words(office: Office, branches: Ids) -> None:
    row = registry.branch(office, branches[FIRST])
    dissolve = next(item for item in ADJUSTMENTS if item.kind is K.DISSOLVED)
    order = lineage_forms.order_of(row, dissolve, {"on": PartialDate(2026, 6), "status": PLANNED})
    assert order is not None
    assert order.planned
    assert lineages.foretell(office, order)[1] == f"名册现在不变；“{FIRST}”标为2026年6月预计撤并"
