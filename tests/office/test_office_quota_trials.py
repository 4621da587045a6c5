"""名额测算 over the real registry, and what the office decides for single units."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from db.errors import NotAllowed
from db.vocabulary import NumberRounding
from dualcreate_desktop.office import (
    applications,
    grants,
    journal,
    quota_trials,
    quotas,
    registry,
    rounds,
    rule_editing,
)
from dualcreate_desktop.office import units as unit_desk
from dualcreate_desktop.office.quota_trials import Tried
from dualcreate_desktop.office.records import Form
from dualcreate_desktop.office.rule_editing import RuleDraft
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.rules.notice_loading import load_notice
from dualcreate_desktop.rules.quota_rules import Obligation, QuotaRule, Ratio
from dualcreate_desktop.rules.quotas import Fit

Ids = dict[str, str]
BRANCH = "model_branch"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def draft(office: Office, round_id: str, branches: Ids) -> RuleDraft:
    """机械学院 has four branches and 材料学院 two; one of 材料学院 applies."""
    row = {"category": BRANCH, "branch": branches["材料科学与工程学院教工第一党支部"], "preference": 1}
    record = next(one for one in registry.branches(office).rows if one.id == row["branch"])
    with office.change("登记申报") as session:
        applications.insert(session, rounds.rules(session, round_id), [{**row, "unit": record.unit_id}])
    return rule_editing.opened(office, round_id)


def trials(office: Office, draft: RuleDraft) -> tuple[Tried, ...]:
    found = quota_trials.read_registry(office, draft)
    return quota_trials.tried(draft, found, BRANCH, quota_trials.ready_variants(draft, BRANCH))


def numbers(one: Tried) -> dict[str, int | None]:
    return {row.unit: row.allowed for row in one.rows}


def test_ready_sets_of_rules_stand_beside_those_of_the_round(office: Office, draft: RuleDraft) -> None:
    found = {one.name: one for one in trials(office, draft)}
    assert numbers(found["本批次规则"]) == {"机械学院": 1, "材料学院": 1}
    assert numbers(found["10%，舍去小数"]) == {"机械学院": 0, "材料学院": 0}
    assert numbers(found["10%，进一法"]) == {"机械学院": 1, "材料学院": 1}
    floor = found["10%，舍去小数"]
    assert (floor.over, floor.total.applied, floor.total.target) == (
        1,
        1,
        draft.notice.category(BRANCH).target,
    )
    assert [row.fit for row in floor.rows] == [Fit.FINE, Fit.OVER]
    assert "舍去小数" in floor.says
    assert all(row.usual == 1 for row in floor.rows)


def test_numbers_of_ones_own_take_the_place_of_the_limits_or_of_the_duties(
    office: Office, draft: RuleDraft
) -> None:
    edit = quota_trials.own_rule(draft, BRANCH)
    assert edit.is_new
    half = QuotaRule(
        "mine", BRANCH, "办公室自定", "一半", Ratio(50, 100, NumberRounding.CEIL, at_least_one=False)
    )
    variant = quota_trials.own_variant(draft, draft.added("quotas", half))
    duty = QuotaRule("duty", BRANCH, "办公室自定", "必报3个", Obligation(3))
    must = quota_trials.own_variant(draft, draft.added("quotas", duty))
    found = quota_trials.read_registry(office, draft)
    own, halved, obliged = quota_trials.tried(
        draft, found, BRANCH, [quota_trials.ready_variants(draft, BRANCH)[0], variant, must]
    )
    assert numbers(halved) == {"机械学院": 2, "材料学院": 1}
    assert numbers(obliged) == numbers(own), "a duty limits nothing"
    assert [row.fit for row in obliged.rows] == [Fit.SHORT, Fit.IMPOSSIBLE]


def test_the_chosen_set_becomes_the_next_version_of_the_rules(office: Office, draft: RuleDraft) -> None:
    ceil = next(one for one in quota_trials.ready_variants(draft, BRANCH) if one.name == "10%，进一法")
    taken = quota_trials.adopted(draft, ceil)
    assert rule_editing.troubles(taken) == ()
    rule_editing.save(office, taken, "按进一法")
    page = quotas.quota_page(office, draft.saved.round_id)
    (rule,) = [
        rule
        for rule in rounds.rules_of(office, draft.saved.round_id).notice.quotas
        if rule.category == BRANCH
    ]
    assert isinstance(rule.limit, Ratio)
    assert rule.limit.rounding is NumberRounding.CEIL
    assert rule.clause == "三(二)", "the clause that asks for a limit stays"
    assert {row.unit: row.line(BRANCH).allowed for row in page.rows} == {"机械学院": 1, "材料学院": 1}


def test_a_notice_can_be_tried_before_a_round_is_opened(office: Office, branches: Ids) -> None:
    for preset in rounds.presets():
        draft = quota_trials.trial_draft(load_notice(preset.toml, preset.key), "还没有的批次")
        found = quota_trials.read_registry(office, draft)
        assert found.branches == len(branches)
        for category in draft.notice.categories:
            variants = quota_trials.ready_variants(draft, category.key)
            tried = quota_trials.tried(draft, found, category.key, variants)
            assert all(one.total.applied == 0 for one in tried)


def test_the_comparison_goes_into_a_workbook_with_numbers_as_numbers(
    office: Office, draft: RuleDraft, tmp_path: Path
) -> None:
    made = trials(office, draft)
    path = tmp_path / "测算.xlsx"
    assert quota_trials.export_trial(path, draft, BRANCH, made, 1) == 2
    book = load_workbook(path)
    assert book.sheetnames == ["方案对比", "各单位并排", "所选方案"]
    side = list(book["各单位并排"].iter_rows(values_only=True))
    assert side[1][:5] == ("院级党组织", "党支部", "已报", "本批次规则", "10%，舍去小数")
    assert side[2][:5] == ("机械学院", 4, 0, 1, 0)
    assert book["方案对比"].cell(3, 1).value == "本批次规则"


def answer(office: Office, round_id: str, unit: str, values: dict[str, object]) -> Form:
    asked = grants.grant_form(office, round_id, unit)
    changed = {f"{BRANCH}.{key}": value for key, value in values.items()}
    return Form(asked.form.record_id, asked.form.revision, {**asked.form.values, **changed})  # type: ignore[dict-item]  # values of the test


def test_a_unit_is_granted_a_number_of_its_own_with_a_reason(
    office: Office, draft: RuleDraft, units: Ids
) -> None:
    round_id = draft.saved.round_id
    with pytest.raises(NotAllowed, match="请写明核定或免报的理由"):
        grants.save_grants(office, round_id, answer(office, round_id, units["材料学院"], {"allowed": 3}))
    with pytest.raises(NotAllowed, match="写了理由，但没有核定数"):
        grants.save_grants(
            office, round_id, answer(office, round_id, units["材料学院"], {"reason": "支部多"})
        )
    unsigned = answer(office, round_id, units["材料学院"], {"allowed": 3, "reason": "支部多", "by": None})
    with pytest.raises(NotAllowed, match="请写明由谁决定"):
        grants.save_grants(office, round_id, unsigned)
    wanted = answer(office, round_id, units["材料学院"], {"allowed": 3, "reason": "新并入", "by": "部务会"})
    assert grants.save_grants(office, round_id, wanted) is not None
    assert grants.save_grants(office, round_id, wanted) is None, "nothing differs"
    lines = dict(unit_desk.standings(office, round_id)[units["材料学院"]].lines)
    line = lines[draft.notice.category(BRANCH).short_name]
    assert (line.allowed, line.granted) == (3, "部务会核定：新并入")
    again = rule_editing.opened(office, round_id)
    tried = trials(office, again)
    assert all(one.rows[1].allowed == 3 for one in tried), "what is granted holds under every set of rules"
    last = journal.last_undoable(office)
    assert last is not None
    journal.undo(office, last)
    assert numbers(trials(office, again)[0]) == {"机械学院": 1, "材料学院": 1}


def test_a_duty_is_lifted_where_there_is_one(office: Office, branches: Ids, units: Ids) -> None:
    preset = next(one for one in rounds.presets() if one.key == "first-batch-2018")
    round_id = rounds.create_round(office, "第一批", preset.toml, preset.key)
    unit = units["机械学院"]
    fields = {field.key for _, group in grants.grant_form(office, round_id, unit).groups for field in group}
    assert f"{BRANCH}.exempt" in fields
    before = next(row for row in quotas.quotas_of(office, round_id) if row.unit_id == unit).line(BRANCH)
    assert before.short == 2
    values = {"exempt": True, "reason": "机关党委不设学生党支部", "by": "部务会"}
    grants.save_grants(office, round_id, answer(office, round_id, unit, values))
    lifted = next(row for row in quotas.quotas_of(office, round_id) if row.unit_id == unit).line(BRANCH)
    assert (lifted.obliged, lifted.short, lifted.exempt) == (0, 0, "部务会免除：机关党委不设学生党支部")
    grants.save_grants(office, round_id, answer(office, round_id, unit, {"exempt": False, "reason": None}))
    again = next(row for row in quotas.quotas_of(office, round_id) if row.unit_id == unit).line(BRANCH)
    assert again == before


def test_the_command_line_tells_what_the_window_shows(office: Office, draft: RuleDraft, units: Ids) -> None:
    round_id = draft.saved.round_id
    wanted = answer(office, round_id, units["材料学院"], {"allowed": 3, "reason": "新并入", "by": "部务会"})
    grants.save_grants(office, round_id, wanted)
    shown = {}
    for category in draft.notice.categories:
        found = quota_trials.read_registry(office, draft)
        own = quota_trials.tried(
            draft, found, category.key, quota_trials.ready_variants(draft, category.key)[:1]
        )[0]
        for row in own.rows:
            shown[row.id, category.key] = (row.allowed, row.obliged, row.applied, row.over, row.short)
    folder = office.paths.data
    office.close()
    done = subprocess.run(
        [sys.executable, "-m", "dualcreate_desktop", "quota", "--data", str(folder), "--json"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    (told,) = json.loads(done.stdout)
    names = ("allowed", "obliged", "applied", "over", "short")
    lines = {
        (unit["id"], line["category"]): tuple(line[name] for name in names)
        for unit in told["units"]
        for line in unit["lines"]
    }
    assert lines == shown
