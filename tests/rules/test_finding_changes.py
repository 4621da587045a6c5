"""What changed since a sheet was printed is said in words, and nothing is said when nothing did."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from db.vocabulary import Verdict
from dualcreate_desktop.rules.conditions import Finding
from dualcreate_desktop.rules.finding_changes import diff_findings, from_plain, to_plain
from dualcreate_desktop.rules.requirements import Force
from dualcreate_desktop.rules.verdicts import Evidence

AGE = Finding("age", "成立年限", "二(二)1", Verdict.UNVERIFIED, ("成立时间未登记",))
NAMED = replace(AGE, verdict=Verdict.PASS, confirmed_by="王敏", confirmed_at=datetime(2024, 3, 18, 9, 30))

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
FINDINGS = st.builds(
    Finding,
    st.sampled_from("abc"),
    TEXTS,
    TEXTS,
    st.sampled_from(Verdict),
    st.lists(TEXTS, max_size=2).map(tuple),
    st.sampled_from(Force),
    TEXTS,
    st.none()
    | st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(
        lambda at: at.replace(second=0, microsecond=0)
    ),
    TEXTS,
    TEXTS,
    st.lists(st.builds(Evidence, TEXTS, TEXTS, TEXTS), max_size=2).map(tuple),
)


@given(st.lists(FINDINGS, max_size=3, unique_by=lambda item: item.key).map(tuple))
def test_findings_survive_json(findings: tuple[Finding, ...]) -> None:
    assert from_plain(json.loads(json.dumps(to_plain(findings)))) == findings
    assert diff_findings(findings, findings) == ()


@given(FINDINGS, FINDINGS)
def test_no_difference_goes_untold_but_that_of_links_and_of_words_nobody_signed(
    old: Finding, new: Finding
) -> None:
    old, new = replace(old, key="k", links=()), replace(new, key="k", links=())
    if old.confirmed_at is None:
        old = replace(old, confirmed_by="", reason="", approver="")
    if new.confirmed_at is None:
        new = replace(new, confirmed_by="", reason="", approver="")
    assume(old != new)
    assert len(diff_findings([old], [new])) == 1


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (
            NAMED,
            "由“待核实”变为“通过”；王敏 2024-03-18 09:30 核实",
        ),
        (
            replace(AGE, verdict=Verdict.FAIL, evidence=("2 年 1 个月（成立 2022年2月）",)),
            "由“待核实”变为“不通过”；现在：2 年 1 个月（成立 2022年2月）；原来：成立时间未登记",
        ),
        (replace(AGE, force=Force.IN_PRINCIPLE), "由“硬性”改为“原则上”"),
        (replace(AGE, label="满三年", clause="二(二)2"), "原称“成立年限”；条款原为 二(二)1"),
        (
            replace(NAMED, verdict=AGE.verdict, reason="补报", approver="章书记"),
            "王敏 2024-03-18 09:30 核实，理由：补报，批准人章书记",
        ),
    ],
)
def test_a_change_is_told_with_its_condition_and_clause(now: Finding, told: str) -> None:
    (text,) = diff_findings([AGE], [now])
    assert text == f"“{now.label}”（{now.clause}）：{told}。"


def test_a_word_taken_back_or_replaced_is_told() -> None:
    assert diff_findings([NAMED], [AGE])[0].endswith("不再有核实（原由王敏 2024-03-18 09:30 核实）。")
    again = replace(NAMED, confirmed_by="章清和")
    assert (
        "章清和 2024-03-18 09:30 核实（原由王敏 2024-03-18 09:30 核实）" in diff_findings([NAMED], [again])[0]
    )


def test_new_and_dropped_conditions_are_told() -> None:
    other = replace(AGE, key="guide", label="任务指南", clause="二(二)5")
    assert diff_findings([AGE], [other]) == (
        "“任务指南”（二(二)5）：新增的条件，待核实。",
        "“成立年限”（二(二)1）：不再是条件。",
    )


def test_nothing_of_a_finding_is_forgotten_in_plain_form() -> None:
    assert set(to_plain([AGE])[0]) == {field.name for field in fields(Finding)}
