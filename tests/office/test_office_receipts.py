"""Receiving paper and taking steps: what is refused, and in which words."""

from __future__ import annotations

from datetime import datetime

import pytest

from db.errors import NotAllowed
from db.vocabulary import ApplicationState, Verdict
from dualcreate_desktop.office import eligibility, progress, receipts
from dualcreate_desktop.office.applications import applications_of
from dualcreate_desktop.office.receipts import Arrival
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.rules.steps import Verb

Ids = dict[str, str]
IN_TIME = datetime(2024, 3, 15, 17, 0)
LATE = datetime(2024, 3, 15, 17, 1)


def receive(
    office: Office, round_id: str, application: str, *copies: tuple[str, int], at: datetime = IN_TIME
) -> None:
    arrivals = [Arrival(application, material, copy, at, "张三") for material, copy in copies]
    receipts.receive(office, round_id, arrivals)


def state(office: Office, round_id: str, application: str) -> ApplicationState:
    return next(row.state for row in applications_of(office, round_id) if row.id == application)


ALL = (("branch_form", 1), ("branch_form", 2), ("branch_support", 1), ("branch_support", 2))


def test_each_copy_counts_until_all_have_come(office: Office, round_id: str, applied: Ids) -> None:
    seen = [receipts.papers_of(office, round_id)[applied["教一"]].label]
    for copy in ALL:
        receive(office, round_id, applied["教一"], copy)
        seen.append(receipts.papers_of(office, round_id)[applied["教一"]].label)
    assert seen == ["未收", "还差 3 份", "还差 2 份", "还差 1 份", "两份齐"]
    paper = receipts.papers_of(office, round_id)[applied["教一"]]
    assert {(item.received_at, item.received_by, item.brought_by) for item in paper.items} == {
        (IN_TIME, office.actor.name, "张三")
    }
    assert receipts.papers_of(office, round_id)[applied["教二"]].missing == 4


def test_a_copy_that_came_already_is_refused_and_says_when(
    office: Office, round_id: str, applied: Ids
) -> None:
    receive(office, round_id, applied["教一"], ("branch_form", 1))
    with pytest.raises(NotAllowed, match=r"这一份已于 2024-03-15 17:00 由王小明收下.*第1份"):
        receive(office, round_id, applied["教一"], ("branch_form", 1))


def test_one_refused_copy_refuses_the_whole_action(office: Office, round_id: str, applied: Ids) -> None:
    with pytest.raises(NotAllowed):
        receive(office, round_id, applied["教一"], ("branch_form", 1), ("branch_form", 2), ("branch_form", 1))
    assert receipts.papers_of(office, round_id)[applied["教一"]].label == "未收"


@pytest.mark.parametrize(
    "copy",
    [
        ("branch_form", -1),
        ("branch_form", 3),
        ("unit_form", 0),
        ("unit_form", 1),
        ("recommendation", 1),
        ("?", 1),
    ],
)
def test_a_copy_that_nobody_asked_for_is_refused(
    office: Office, round_id: str, applied: Ids, copy: tuple[str, int]
) -> None:
    with pytest.raises(NotAllowed, match="本类别不需要这份材料"):
        receive(office, round_id, applied["教一"], copy)


def test_an_application_of_another_round_is_refused(office: Office, round_id: str, applied: Ids) -> None:
    with pytest.raises(NotAllowed, match="这项申报不在本批次中"):
        receive(office, round_id, "0" * 32, ("branch_form", 1))


def test_a_late_copy_needs_a_reason_and_the_minute_counts(
    office: Office, round_id: str, applied: Ids
) -> None:
    with pytest.raises(NotAllowed, match=r"已过截止时间 2024-03-15 17:00（三\(二\)）"):
        receive(office, round_id, applied["教一"], ("branch_form", 1), at=LATE)
    late = Arrival(applied["教一"], "branch_form", 1, LATE, "张三", " 印刷厂停电 ")
    receipts.receive(office, round_id, [late])
    (item,) = (
        item for item in receipts.papers_of(office, round_id)[applied["教一"]].items if item.received_at
    )
    assert item.late_reason == "印刷厂停电"


def test_an_application_with_open_findings_does_not_pass_and_the_refusal_says_why(
    office: Office, round_id: str, applied: Ids
) -> None:
    with pytest.raises(NotAllowed, match=r"还不能“审查通过”.*审查意见没有待核实；审查结论为通过"):
        progress.take(office, [applied["教一"]], Verb.PASS)
    eligibility.confirm(office, applied["教一"], "branch_members", Verdict.PASS, reason="证书原件")
    with pytest.raises(NotAllowed, match=r"还不能“审查不通过”.*审查结论为不通过"):
        progress.take(office, [applied["教一"]], Verb.REJECT, reason="不符合")
    assert state(office, round_id, applied["教一"]) is ApplicationState.SUBMITTED


def test_a_step_that_does_not_exist_names_those_that_do(office: Office, applied: Ids) -> None:
    with pytest.raises(NotAllowed, match=r"“已报送”状态下不能“确定入选”.*现在可以“审查通过”"):
        progress.take(office, [applied["教一"]], Verb.SELECT)


def test_a_returned_application_is_handed_in_again_when_its_paper_is_complete(
    office: Office, round_id: str, applied: Ids
) -> None:
    with pytest.raises(NotAllowed, match="写明理由"):
        progress.take(office, [applied["教一"]], Verb.RETURN)
    progress.take(office, [applied["教一"]], Verb.RETURN, reason="缺盖章")
    with pytest.raises(NotAllowed, match="申报材料已按份数收齐"):
        progress.take(office, [applied["教一"]], Verb.SUBMIT)
    receive(office, round_id, applied["教一"], *ALL)
    progress.take(office, [applied["教一"]], Verb.SUBMIT)
    assert state(office, round_id, applied["教一"]) is ApplicationState.SUBMITTED


def test_one_refused_step_refuses_the_whole_action(office: Office, round_id: str, applied: Ids) -> None:
    progress.take(office, [applied["教二"]], Verb.WITHDRAW, reason="来函")
    with pytest.raises(NotAllowed):
        progress.take(office, [applied["教一"], applied["教二"]], Verb.WITHDRAW, reason="来函")
    assert state(office, round_id, applied["教一"]) is ApplicationState.SUBMITTED


def test_closing_the_check_moves_the_settled_and_leaves_the_open(
    office: Office, round_id: str, applied: Ids
) -> None:
    settled = {
        "教一": {Verdict.UNVERIFIED, Verdict.FAIL},
        "教二": {Verdict.UNVERIFIED},
        "机械学院": {Verdict.FAIL},
    }
    for name in applied:
        for finding in eligibility.assess_round(office, round_id)[applied[name]].findings:
            if finding.verdict in settled[name]:
                eligibility.confirm(office, applied[name], finding.key, Verdict.PASS, reason="查阅档案")
    progress.check_all(office, round_id)
    rows = {row.id: row for row in applications_of(office, round_id)}
    overall = eligibility.assess_round(office, round_id)
    assert overall[applied["教一"]].overall is Verdict.PASS
    assert {name: rows[key].state for name, key in applied.items()} == {
        "机械学院": ApplicationState.SUBMITTED,
        "教一": ApplicationState.ELIGIBLE,
        "教二": ApplicationState.INELIGIBLE,
    }
    assert rows[applied["教二"]].state_reason == "二(二)3 至少1名支部成员获校级以上荣誉"


def test_the_electronic_version_is_received_beside_the_paper_and_not_counted_as_paper(
    office: Office, round_id: str, applied: Ids
) -> None:
    form = receipts.papers_of(office, round_id)[applied["教一"]].files[0]
    assert (form.material, form.label, form.received_at) == ("branch_form", "电子版", None)
    receive(office, round_id, applied["教一"], ("branch_form", receipts.ELECTRONIC))
    paper = receipts.papers_of(office, round_id)[applied["教一"]]
    assert paper.files[0].received_at == IN_TIME
    assert (paper.label, paper.missing) == ("未收", 4)
    receive(office, round_id, applied["教一"], *ALL)
    assert receipts.papers_of(office, round_id)[applied["教一"]].label == "两份齐"
    with pytest.raises(NotAllowed, match="这一份已于"):
        receive(office, round_id, applied["教一"], ("branch_form", receipts.ELECTRONIC))
