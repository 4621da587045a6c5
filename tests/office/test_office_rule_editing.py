"""A round's rules, edited: what is wrong stands by its path, what changes is said, saving makes the next version."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from db.errors import NotAllowed, StaleData, UserError
from db.models import RuleVersion
from db.vocabulary import Applicant
from dualcreate_desktop.office import eligibility, journal, rounds, rule_clauses, rule_editing, working_days
from dualcreate_desktop.office.rule_clauses import ClauseState
from dualcreate_desktop.office.rule_differences import differences
from dualcreate_desktop.office.rule_editing import BASICS, CLAUSES, RuleDraft
from dualcreate_desktop.office.rule_edits import addable, edit_of, new_rule
from dualcreate_desktop.office.rule_forms import TextOf, made
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.rules.notice_parts import Dated, Move, Supplement, SupplementKind

Ids = dict[str, str]


@pytest.fixture
def draft(office: Office, round_id: str) -> RuleDraft:
    return rule_editing.opened(office, round_id)


def path_of(draft: RuleDraft, key: str) -> str:
    return next(
        line.path
        for line in rule_editing.lines(draft)
        if line.path and getattr(draft.at(line.path), "key", "") == key
    )


def with_share(draft: RuleDraft, per_cent: int) -> RuleDraft:
    return draft.replaced(f"{path_of(draft, 'branch_share')}.limit.numerator", per_cent)


def test_each_rule_stands_with_its_sentence_and_clause_and_nothing_is_wrong_at_first(
    draft: RuleDraft,
) -> None:
    lines = rule_editing.lines(draft)
    assert lines[0].path == BASICS
    assert all(line.sentence.endswith(("。", "。）")) and line.troubles == () for line in lines)
    share = next(line for line in lines if line.path == path_of(draft, "branch_share"))
    assert (share.kind, share.clause, share.place) == ("名额", "三(二)", 1)
    assert "10%" in share.sentence


def test_an_edit_makes_the_next_version_with_its_reason_and_can_be_taken_back(
    office: Office, draft: RuleDraft
) -> None:
    edited = with_share(draft, 15)
    assert edited.changed
    assert not draft.changed
    (difference,) = differences(draft.notice, edited.notice)
    assert "10%" in difference.before
    assert "15%" in difference.after
    changed = rule_editing.save(office, edited, "党委会议定放宽")
    assert changed is not None
    name = rounds.rules_of(office, draft.saved.round_id).round_name
    assert changed.title == f"修改批次规则 {name}：党委会议定放宽"
    now = rounds.rules_of(office, draft.saved.round_id)
    assert (now.version, now.notice) == (2, edited.notice)
    last = journal.last_undoable(office)
    assert last is not None
    journal.undo(office, last)
    assert rounds.rules_of(office, draft.saved.round_id).version_id == draft.saved.version_id


def test_what_was_confirmed_keeps_citing_the_rules_as_they_were(
    office: Office, draft: RuleDraft, applied: Ids
) -> None:
    from db.models import Confirmation
    from db.vocabulary import Verdict

    eligibility.confirm(office, applied["教一"], "branch_role", Verdict.PASS)
    rule_editing.save(office, with_share(draft, 15), "放宽")
    with office.read() as session:
        (record,) = session.query(Confirmation).all()
        assert session.get_one(RuleVersion, record.rule_version_id).n == 1


@pytest.mark.parametrize(
    ("key", "inside", "value"),
    [
        ("branch_incidents", "requirement.period_years", 0),
        ("branch_share", "limit.numerator", 150),
        ("branch_record", "requirement.parts[2].requirement.grades", ("顶好",)),
        ("branch_record", "category", "no_such"),
    ],
)
def test_a_bad_rule_is_refused_at_the_path_of_its_field(
    office: Office, draft: RuleDraft, key: str, inside: str, value: object
) -> None:
    path = path_of(draft, key)
    edited = draft.replaced(f"{path}.{inside}", value)
    places = [rest for rest, _ in rule_editing.troubles_at(edited, path)]
    assert places
    assert all(place.startswith(inside) for place in places)
    line = next(line for line in rule_editing.lines(edited) if line.path == path)
    assert line.troubles
    with pytest.raises(UserError):
        rule_editing.save(office, edited, "试一试")
    assert rounds.rules_of(office, draft.saved.round_id).version == 1


def test_nothing_is_saved_without_a_reason_or_over_what_somebody_else_saved(
    office: Office, draft: RuleDraft
) -> None:
    with pytest.raises(NotAllowed):
        rule_editing.save(office, with_share(draft, 15), " ")
    rule_editing.save(office, with_share(draft, 12), "先改")
    with pytest.raises(StaleData):
        rule_editing.save(office, with_share(draft, 15), "后改")


def test_it_is_told_how_many_findings_an_edit_changes(office: Office, draft: RuleDraft, applied: Ids) -> None:
    path = path_of(draft, "branch_age")
    edited = draft.replaced(f"{path}.requirement.ages[1].months", 12 * 60)
    changes = rule_editing.verdict_changes(office, edited)
    assert {(change.before, change.after) for change in changes} == {("通过", "不通过")}
    assert {change.application_id for change in changes} == {applied["教一"], applied["教二"]}
    assert rule_editing.verdict_changes(office, with_share(draft, 15)) == ()


def test_rules_are_added_moved_and_removed(draft: RuleDraft) -> None:
    group = next(held for held in addable() if held.name == "stages")
    edit = new_rule(draft, group, "三(一)")
    stage = replace(draft.notice.stages[0], key="extra", name="现场答辩")
    more, wrong = edit.tried(stage)
    assert wrong == ()
    assert more.at("stages[5]").name == "现场答辩"
    first = more.moved("stages[5]", -4)
    assert [item.name for item in first.notice.stages][:2] == ["现场答辩", "支部考核"]
    assert [item.name for item in differences(draft.notice, first.notice)] == ["现场答辩"]
    assert first.removed("stages[1]") == draft
    swapped = draft.moved("stages[1]", 1)
    assert [item.name for item in differences(draft.notice, swapped.notice)] == ["次序"]


def test_a_removed_category_leaves_its_conditions_marked_until_they_are_mended(draft: RuleDraft) -> None:
    without = draft.removed(path_of(draft, "benchmark_unit"))
    marked = [line for line in rule_editing.lines(without) if line.troubles]
    assert len(marked) >= 10
    assert {line.kind for line in marked} >= {"条件", "名额"}
    assert all(line.sentence for line in rule_editing.lines(without))


def test_what_stands_in_no_list_has_a_form_too(draft: RuleDraft) -> None:
    edit = edit_of(draft, BASICS)
    edited, wrong = edit.tried(replace(draft.notice, cycle_starts=date(2025, 4, 1)))
    assert wrong == ()
    assert edited.notice.cycle_starts == date(2025, 4, 1)
    (difference,) = differences(draft.notice, edited.notice)
    assert (difference.name, difference.after) == ("建设周期开始", "2025-04-01")


def test_a_name_that_still_says_the_old_number_is_noticed(draft: RuleDraft) -> None:
    edit = edit_of(draft, path_of(draft, "branch_share"))
    rule = draft.at(edit.path)
    wider = replace(rule, limit=replace(rule.limit, numerator=15))
    assert edit.outdated(wider) == "这里还写着“10”，规则里已经不是"
    assert edit.outdated(replace(wider, label="不超过 15%")) == ""
    assert edit.outdated(rule) == ""


def test_rules_are_edited_as_they_are_written_and_judged_as_they_hold(
    office: Office, draft: RuleDraft
) -> None:
    later = datetime(2024, 3, 22, 17)
    move = Move(Dated.STAGE, "application", "补1·一", later)
    supplement = Supplement(
        "later", SupplementKind.POSTPONEMENT, "延期通知", {"补1·一": "延期"}, moves=(move,)
    )
    rule_editing.save(office, draft.added("supplements", supplement), "收到延期通知")
    again = rule_editing.opened(office, draft.saved.round_id)
    assert not again.changed
    assert again.notice.stage("application").deadline == draft.notice.deadline
    assert again.saved.notice.deadline == later


def test_the_kinds_that_a_rule_can_be_limited_to_follow_its_category(draft: RuleDraft) -> None:
    edit = edit_of(draft, path_of(draft, "branch_role"))
    assert edit.forms.applicant is Applicant.BRANCH
    assert edit.forms_for({"category": "benchmark_unit"}).applicant is Applicant.UNIT


def test_clauses_say_how_many_rules_they_have_and_why_they_have_none(draft: RuleDraft) -> None:
    found = {line.clause: line for line in rule_clauses.clauses(draft, rule_editing.lines(draft))}
    assert found["二(二)3"].rules == sum(item.clause == "二(二)3" for item in draft.notice.conditions)
    assert found["二(二)3"].text.startswith("3.近3年来")
    assert found["四"].state is ClauseState.NARRATIVE
    assert found["四"].note
    bare = draft.removed(path_of(draft, "branch_role"))
    again = {line.clause: line for line in rule_clauses.clauses(bare, rule_editing.lines(bare))}
    assert again["二(二)2"].state is ClauseState.BARE


def test_what_is_odd_about_a_clause_is_told_there_by_the_calendar_of_the_office(
    office: Office, draft: RuleDraft
) -> None:
    working_days.set_days(office, [draft.notice.deadline.date()], works=False, name="校庆")
    again = rule_editing.opened(office, draft.saved.round_id)
    found = {line.clause: line for line in rule_clauses.clauses(again, rule_editing.lines(again))}
    assert found["三(二)"].state is ClauseState.ODD
    assert any("2024-03-15" in text or "3月15日" in text for text in found["三(二)"].warnings)
    before = {line.clause: line for line in rule_clauses.clauses(draft, rule_editing.lines(draft))}
    assert before["三(二)"].state is ClauseState.RULED


def test_clauses_can_be_added_by_hand_and_one_that_is_cited_is_missed(draft: RuleDraft) -> None:
    edit = edit_of(draft, CLAUSES)
    assert edit.only == (CLAUSES,)
    key, listed = draft.notice.key, edit.values["clauses"]
    more = made(type(draft.notice), {**edit.values, "clauses": (*listed, TextOf("五", "纪律"))}, key=key)
    edited, wrong = edit.tried(more)
    assert wrong == ()
    assert edited.notice.clauses["五"] == "纪律"
    assert [item.name for item in differences(draft.notice, edited.notice)] == ["条款目录"]
    fewer = made(type(draft.notice), {**edit.values, "clauses": listed[:5]}, key=key)
    marked = [line for line in rule_editing.lines(edit.tried(fewer)[0]) if line.troubles]
    assert marked


def test_a_new_wording_brings_its_own_clauses_and_keeps_those_that_are_cited(draft: RuleDraft) -> None:
    text = "关于第四批的通知\n一、目标任务\n建设周期一年。\n二、条件\n（一）先进支部\n1.成立满两年。\n五、其他\n另行通知。"
    edited = rule_clauses.with_wording(draft, text)
    clauses = edited.notice.clauses
    assert clauses["二(一)1"] == draft.notice.clauses["二(一)1"]
    assert clauses["五"].startswith("五、其他")
    assert "三(二)" in clauses, "rules still cite it"
    found = {line.clause: line for line in rule_clauses.clauses(edited, rule_editing.lines(edited))}
    assert found["五"].text.startswith("五、其他")
    assert found["五"].state is ClauseState.BARE
    noted = rule_clauses.with_note(edited, "五", "没有可检查的内容")
    assert rule_editing.troubles(noted) == ()


def test_a_category_can_be_added_with_a_condition_of_nested_parts(draft: RuleDraft) -> None:
    from dualcreate_desktop.rules.notice_parts import Category
    from dualcreate_desktop.rules.requirements import Condition, GradeCount, Group, Honours, Join, Part

    category = replace(
        draft.notice.category("model_branch"), key="star", name="先锋支部", short_name="先锋支部"
    )
    with_category = draft.added("categories", category)
    assert isinstance(with_category.at("categories[3]"), Category)
    honour = next(
        part.requirement
        for condition in draft.notice.conditions
        if isinstance(condition.requirement, Group)
        for part in condition.requirement.parts
        if isinstance(part.requirement, Honours)
    )
    grades = GradeCount(("branch_work",), ("优秀",), 2, 3)
    either = Group(Join.ANY, (Part("等次", grades), Part("表彰", replace(honour, level="provincial"))))
    values = {
        "category": "star",
        "clause": "二(二)3",
        "label": "等次或表彰",
        "requirement": Group(Join.ALL, (Part("二者之一", either),)),
    }
    edited = with_category.added("conditions", made(Condition, values))
    assert rule_editing.troubles(edited) == ()
    assert [item.kind for item in differences(draft.notice, edited.notice)] == ["类别", "条件"]
