"""A round before it is opened: what can be changed of a preset, and its rules in plain words."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from dualcreate_desktop.office import round_drafts, rounds
from dualcreate_desktop.office.round_drafts import Draft
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.rules.notice_loading import load_notice

DRAFTS = {draft.key: draft for draft in round_drafts.drafts()}


def words(draft: Draft) -> list[str]:
    return [line.text for _, lines in draft.rules for line in lines]


@pytest.mark.parametrize("key", DRAFTS)
def test_what_is_left_as_it_is_gives_the_shipped_rules_word_for_word(key: str) -> None:
    shipped = {preset.key: preset.toml for preset in rounds.presets()}[key]
    values = {item.field.key: item.value for item in DRAFTS[key].settings}
    assert round_drafts.toml_of(DRAFTS[key], values) == shipped


@pytest.mark.parametrize("key", DRAFTS)
def test_every_setting_that_is_offered_reaches_the_rules(key: str) -> None:
    later = {int: 7, date: date(2031, 5, 6), datetime: datetime(2031, 5, 6, 17)}
    for item in DRAFTS[key].settings:
        toml = round_drafts.toml_of(DRAFTS[key], {item.field.key: later[type(item.value)]})
        draft = round_drafts._draft(load_notice(toml, key), key, toml)
        again = {one.field.key: one.value for one in draft.settings}
        assert again[item.field.key] == later[type(item.value)], item.field.label


def test_a_round_is_opened_with_the_changed_numbers_and_days(office: Office) -> None:
    values = {"target.model_branch": 60, "stage.application": datetime(2026, 3, 20, 17)}
    toml = round_drafts.toml_of(DRAFTS["third-batch-2023"], values)
    round_id = rounds.create_round(office, "第四批", toml, "third-batch-2023")
    notice = rounds.rules_of(office, round_id).notice
    assert notice.category("model_branch").target == 60
    assert notice.category("benchmark_unit").target == 5
    assert notice.deadline == datetime(2026, 3, 20, 17)


@pytest.mark.parametrize("draft", DRAFTS.values(), ids=DRAFTS)
def test_each_rule_is_a_sentence_with_a_clause_of_the_notice(draft: Draft) -> None:
    notice = load_notice(round_drafts.toml_of(draft, {}), draft.key)
    for heading, lines in draft.rules:
        for line in lines:
            assert line.text.endswith(("。", "。）")), (heading, line.text)
            assert "。。" not in line.text
            assert line.clause in {*notice.clauses, "办公室自定", ""}
            assert line.clause or heading == "条件的算法", "a setting of the round has no clause"
    assert len(words(draft)) > len(notice.conditions) + len(notice.materials)


def test_money_grades_and_slips_of_2018_are_told() -> None:
    draft = DRAFTS["first-batch-2018"]
    told = words(draft)
    assert any(
        "每项 10,000 元：第一年度建设经费 5,000 元，2018年10月31日前拨付；第二年度建设经费 5,000 元，中期评估通过后，"
        in text
        for text in told
    )
    assert any("合格（算通过，转入“建设中”）：拨付下一年度建设经费" in text for text in told)
    assert any("双带头人" in slip for slip in draft.slips)
