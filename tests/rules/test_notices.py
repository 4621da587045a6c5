"""The shipped presets against the text of their notices, and what a faulty preset is told."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from importlib import resources

import pytest

from db.errors import UserError
from db.vocabulary import Applicant, ProjectState
from dualcreate_desktop import lists
from dualcreate_desktop.rules.clauses import clause_texts, services
from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.notice_loading import load_notice
from dualcreate_desktop.rules.notice_parts import OFFICE
from dualcreate_desktop.rules.notice_warnings import notice_warnings
from dualcreate_desktop.rules.requirements import AgeRule, Group, Join, MinimumAge, Part, Requirement

PRESETS = ("third-batch-2023", "first-batch-2018")


def text_of(name: str) -> str:
    return (resources.files("resources") / "notices" / name).read_text("utf-8")


def preset(name: str) -> Notice:
    return load_notice(text_of(f"{name}.toml"), f"{name}.toml")


@pytest.mark.parametrize(("name", "number"), [("third-batch-2023", 27), ("first-batch-2018", 33)])
def test_every_numbered_clause_of_the_notice_is_in_the_preset(name: str, number: int) -> None:
    in_text = clause_texts(text_of(f"{name}.txt"))
    assert len(in_text) == number
    assert set(in_text) == set(preset(name).clauses)


@pytest.mark.parametrize("name", PRESETS)
def test_every_clause_is_served_or_has_a_reason(name: str) -> None:
    notice = preset(name)
    listed = services(notice)
    assert [service.clause for service in listed] == list(notice.clauses)
    assert all(service.served for service in listed)
    assert all(bool(service.by) != bool(service.reason) for service in listed), "served, or a reason why not"
    cited = {clause for clause, _ in notice.citations()} - {OFFICE}
    assert cited | set(notice.narrative) == set(notice.clauses)


THIRD_CLAUSES = {
    "一": {"建设周期"},
    "二(一)": {"类别：全校党建工作标杆院级党组织"},
    "二(一)1": {"条件：原则上至少成立5年", "条件：建设周期内保持稳定"},
    "二(一)2": {"条件：政治功能、会议制度和重点任务落实", "条件：党建和思想政治工作骨干配齐配强"},
    "二(一)3": {
        "条件：近5年重要表彰或考核等次",
        "条件：多名师生获校级以上党内荣誉",
        "条件：承担校级以上党的工作创新项目或研究课题",
        "条件：高层次人才、中青年教师发展党员成效突出",
    },
    "二(二)1": {
        "条件：教师党支部一般应成立满3年",
        "条件：学生、师生联合党支部至少成立满1年",
        "条件：建设周期内保持稳定",
    },
    "三(一)": {
        "阶段：支部考核",
        "材料：2023年度党支部考核评价结果",
        "考核：2023年度党支部（或党总支）书记述职评议考核",
        "任务指南：七个有力",
        "依据文件：基层党支部工作考核评价办法（试行）",
    },
    "三(四)": {"阶段：巩固验收", "评估：验收性考核评估"},
}

FIRST_CLAUSES = {
    "一(二)": {"建设周期", "类别：党建工作标杆学院", "类别：党建工作样板支部"},
    "二(三)": {
        "培训：党总支书记、党支部书记示范培训",
        "培训：党组织书记培训班",
        "培训：教师党支部书记“双带头人”精品研修班",
    },
    "三(三)": {
        "阶段：中期评估",
        "报告：年度工作总结和成果报告",
        "评估：中期评估",
        "拨款：第二年度建设经费",
    },
    "三(四)": {
        "阶段：巩固验收",
        "报告：工作总结报告和培育创建成果",
        "评估：项目验收",
        "成果底线：可复制、推广的典型经验",
        "成果底线：高质高效运作的新媒体平台",
        "成果底线：示范点建设微视频",
        "成果底线：示范点建设成果资料",
    },
    "五": {"联系方式：党委组织部"},
}


@pytest.mark.parametrize(
    ("name", "clause", "rules"),
    [
        *(("third-batch-2023", *item) for item in THIRD_CLAUSES.items()),
        *(("first-batch-2018", *item) for item in FIRST_CLAUSES.items()),
    ],
)
def test_a_clause_is_covered_by_these_rules(name: str, clause: str, rules: set[str]) -> None:
    assert {what for cited, what in preset(name).citations() if cited == clause} == rules


def test_the_third_batch_says_what_its_notice_says(third_batch: Notice) -> None:
    unit, branch = third_batch.categories
    assert (unit.applicant, unit.target) == (Applicant.UNIT, 5)
    assert (branch.applicant, branch.target) == (Applicant.BRANCH, 100)
    assert third_batch.deadline == datetime(2024, 3, 15, 17)
    assert (third_batch.cycle_months, third_batch.cycle_ends) == (12, date(2025, 3, 31))
    forms = [third_batch.material(key) for key in (*unit.materials, *branch.materials)]
    assert [form.annex for form in forms] == ["附件4", "附件6", "附件5", "附件7"]
    assert all(form.copies == 2 and form.electronic for form in forms)
    assert len(third_batch.outcome_kinds) == 6
    assert not third_batch.funding


def test_a_category_admits_its_applicants_and_kinds(third_batch: Notice) -> None:
    branch = third_batch.category("model_branch")
    assert branch.admits(Applicant.BRANCH, "teacher")
    assert not branch.admits(Applicant.UNIT, "college")
    students = replace(branch, kinds=("student",))
    assert students.admits(Applicant.BRANCH, "student")
    assert not students.admits(Applicant.BRANCH, "teacher")


def test_the_first_batch_says_what_its_notice_says(first_batch: Notice) -> None:
    college, branch = first_batch.categories
    assert (college.target, branch.target) == (5, 20)
    assert (first_batch.cycle_months, first_batch.cycle_ends) == (24, date(2020, 9, 30))
    assert [fund.fen for fund in first_batch.funding] == [1_000_000, 500_000]
    assert [minimum.measure for minimum in first_batch.outcome_minimums] == ["套", "个", "个", "本"]
    assert first_batch.trainings[0].places == 30
    assert first_batch.evaluation("midterm").grade("不合格").leads_to is ProjectState.RECTIFYING
    assert first_batch.evaluation("acceptance").grade("达标").leads_to is ProjectState.CLOSED


@pytest.mark.parametrize("name", PRESETS)
def test_an_office_default_is_said_to_be_one(name: str) -> None:
    notice = preset(name)
    assert not any(stage.clock_stated for stage in notice.stages)
    assert any("17:00" in text for text in notice.assumptions)
    assert notice.rubric.clause == OFFICE


@pytest.mark.parametrize("name", PRESETS)
def test_no_real_university_stands_in_the_data(name: str) -> None:
    data = text_of(f"{name}.toml")
    assert not re.search("浙江|晋中|3985533|@", data)


def _used_values(requirement: Requirement) -> set[str]:
    if isinstance(requirement, Group):
        return set().union(*(_used_values(part.requirement) for part in requirement.parts))
    names = ("appraisals", "grades", "level", "kinds")
    found: set[str] = set()
    for name in names:
        value = getattr(requirement, name, ())
        found |= {value} if isinstance(value, str) else set(value)
    for age in getattr(requirement, "ages", ()):
        found |= set(age.kinds)
    return found


@pytest.mark.parametrize("name", PRESETS)
def test_presets_speak_in_the_stored_values_of_the_lists(name: str) -> None:
    choices = (
        *lists.UNIT_KINDS,
        *lists.BRANCH_KINDS,
        *lists.APPRAISAL_KINDS,
        *lists.GRADES,
        *lists.HONOUR_LEVELS,
    )
    stored = {choice.value for choice in choices}
    for condition in preset(name).conditions:
        assert _used_values(condition.requirement) | set(condition.kinds) <= stored


def told(notice: Notice) -> list[str]:
    return [warning.text for warning in notice_warnings(notice)]


def test_a_slip_is_shown_in_every_clause_where_it_stands(first_batch: Notice) -> None:
    told_slips = {(slip.clause, slip.found) for slip in first_batch.slips}
    texts = clause_texts(text_of("first-batch-2018.txt"))
    for wrong in ("双带头入", "四个步聚", "验收巩固"):
        clauses = {clause for clause, text in texts.items() if wrong in text}
        assert clauses
        assert {(clause, wrong) for clause in clauses} <= told_slips


def test_an_evaluation_before_its_cycle_is_pointed_at(third_batch: Notice) -> None:
    late = replace(third_batch, cycle_starts=date(2025, 5, 1))
    assert told(late) == ["“验收性考核评估”（三(四)）的截止日 2025-04-30 早于建设周期开始的 2025-05-01"]


def test_slips_and_overlaps_are_tolerated_and_shown(first_batch: Notice, third_batch: Notice) -> None:
    said = told(first_batch)
    assert "三：通知写作“四个步聚”，应为“四个步骤”" in said
    assert "“中期评估”（三(三)）与“巩固验收”（三(四)）的时间有重叠" in said
    assert not any("2018-09-30" in text for text in said), "a Sunday that is worked"
    assert "“工作总结报告和培育创建成果”（三(四)）的截止日 2020-05-31 不是工作日（周日）" in said
    assert told(third_batch) == []
    text = text_of("first-batch-2018.txt")
    assert all(slip.found in text for slip in first_batch.slips)


def test_a_deadline_on_a_day_off_is_shown() -> None:
    moved = text_of("third-batch-2023.toml").replace("2024-03-15T17", "2024-03-16T17")
    said = told(load_notice(moved, "改.toml"))
    assert "“申报认定”（三(二)）的截止日 2024-03-16 不是工作日（周六）" in said


def test_a_year_whose_holidays_nobody_knows_is_shown(third_batch: Notice) -> None:
    late = replace(
        third_batch, evaluations=(replace(third_batch.evaluations[0], deadline=date(2098, 4, 30)),)
    )
    assert any(text.startswith("2098 年的放假安排尚未收录") for text in told(late))


def test_days_in_an_odd_order_are_shown(first_batch: Notice) -> None:
    (midterm, acceptance) = first_batch.evaluations
    late = replace(midterm, deadline=date(2019, 12, 31))
    said = told(replace(first_batch, evaluations=(late, acceptance)))
    assert "“第二年度建设经费”的拨付日早于须先通过的“中期评估”评定日 2019-12-31" in said
    early = replace(midterm, deadline=date(2019, 9, 1))
    said = told(replace(first_batch, evaluations=(early, acceptance)))
    assert "“年度工作总结和成果报告”的截止日晚于所依据的“中期评估”评定日 2019-09-01" in said


def test_a_clause_without_rule_or_reason_is_shown(third_batch: Notice) -> None:
    silent = replace(third_batch, narrative={"前言": "发文缘由"})
    assert "“四 工作要求”没有规则，也没有写明理由（narrative）" in told(silent)


@pytest.mark.parametrize(
    ("old", "new", "path", "reason"),
    [
        ('batch = "第三批"', 'batch = "第三批"\nbatches = 3', "batches", "不认识的键"),
        ('batch = "第三批"\n', "", "batch", "缺少这个键"),
        ('batch = "第三批"', "batch = 3", "batch", "应为文字（加引号），现在是“3”"),
        ("cycle_months = 12", "cycle_months = 0", "cycle_months", "不能小于 1"),
        ("target = 100", "target = -100", "categories[2].target", "不能小于 1，现在是 -100"),
        ("copies = 1", "copies = 1.5", "materials[1].copies", "应为整数，现在是“1.5”"),
        (
            "period_years = 5",
            'period_years = "五"',
            "conditions[5].requirement.parts[1].requirement.period_years",
            "应为整数",
        ),
        ('rounding = "floor"', 'rounding = "trunc"', "quotas[1].limit.rounding", "应为下列之一"),
        ('type = "ratio"', 'type = "share"', "quotas[1].limit.type", "应为下列之一：ratio、"),
        ("deadline = 2025-03-31T", "deadline = 2024-03-31T", "stages[3].deadline", "早于开始 2024-04-01"),
        ('key = "unit_age"', 'key = "unit_stable"', "conditions[2].key", "键“unit_stable”与第 1 项重复"),
        ('key = "features"', 'key = "goals"', "rubric.criteria[3].key", "键“goals”与第 2 项重复"),
        (
            'category = "benchmark_unit"\nclause = "二(一)1"',
            'category = "best"\nclause = "二(一)1"',
            "conditions[1].category",
            "没有这个类别：“best”",
        ),
        ('"branch_support"]', '"photo"]', "categories[2].materials", "没有这个材料：“photo”"),
        ('stage = "appraisal"', 'stage = "exam"', "materials[1].stage", "没有这个阶段：“exam”"),
        (
            'clause = "二(二)5"',
            'clause = "二(二)6"',
            "conditions[24].clause",
            "条款目录（clauses）里没有“二(二)6”",
        ),
        ('\n"四" = "对', '\n"六" = "对', "narrative.六", "里没有“六”"),
        (
            'level = "university"',
            'level = "城市"',
            "conditions[5].requirement.parts[1].requirement.level",
            "不认识的级别",
        ),
        ("maximum = 30 }", "maximum = 0 }", "rubric.criteria[1].maximum", "须大于 0"),
        (
            'ages = [{ label = "院级党组织", months = 60 }]',
            "ages = []",
            "conditions[1].requirement.ages",
            "不能为空",
        ),
        ("drop_from = 5", "drop_from = 2", "rubric.drop_from", "至少要 3 名评委"),
        (
            'early_end = "unverified"',
            'early_end = "maybe"',
            "conditions[2].requirement.early_end",
            "应为下列之一",
        ),
    ],
)
def test_a_faulty_preset_is_refused_with_file_key_and_reason(
    old: str, new: str, path: str, reason: str
) -> None:
    text = text_of("third-batch-2023.toml")
    assert old in text
    with pytest.raises(UserError) as caught:
        load_notice(text.replace(old, new, 1), "我的批次.toml")
    assert caught.value.where == "我的批次.toml"
    assert caught.value.what.startswith(f"{path}：")
    assert reason in caught.value.what


@pytest.mark.parametrize(
    ("old", "new", "path", "reason"),
    [
        (
            "fen = 500_000, due = 2018-10-31",
            "fen = 1, due = 2018-10-31",
            "funding[1].instalments",
            "各期之和",
        ),
        (
            'after = "midterm" },',
            'after = "exam" },',
            "funding[1].instalments[2].after",
            "没有这个评估：“exam”",
        ),
        ('kind = "platform"', 'kind = "opera"', "outcome_minimums[2].kind", "没有这个成果形式"),
        (
            "\nyears = 3\n",
            "\nyears = 4\n",
            "conditions[4].requirement.parts[2].requirement.years",
            "连续 4 年多于",
        ),
        ("[[conditions]]", "[conditions]", "", "重复"),
    ],
)
def test_money_outcomes_and_runs_are_checked_too(old: str, new: str, path: str, reason: str) -> None:
    text = text_of("first-batch-2018.toml")
    assert old in text
    with pytest.raises(UserError) as caught:
        load_notice(text.replace(old, new, 1), "我的批次.toml")
    assert path in caught.value.what
    assert reason in caught.value.what


def test_a_condition_for_kinds_that_may_not_apply_is_pointed_at(third_batch: Notice) -> None:
    narrowed = [
        replace(item, kinds=("teacher", "mixed")) if item.key == "model_branch" else item
        for item in third_batch.categories
    ]
    said = [text for text in told(replace(third_batch, categories=tuple(narrowed))) if "不接受" in text]
    assert (
        "“学生、师生联合党支部至少成立满1年”（二(二)1）写了学生党支部、本科生党支部、研究生党支部，"
        "“样板支部”却不接受这一类申报"
    ) in said
    ages = MinimumAge((AgeRule("机关", 12, ("office",)), AgeRule("其他", 36)))
    nested = Group(Join.ALL, (Part("年限", ages),))
    asked = replace(third_batch.conditions_of("model_branch")[0], kinds=(), requirement=nested)
    only = replace(third_batch, categories=tuple(narrowed), conditions=(asked,))
    assert [text for text in told(only) if "不接受" in text] == [
        "“教师党支部一般应成立满3年”（二(二)1）写了机关党支部，“样板支部”却不接受这一类申报"
    ]
    assert not [text for text in told(third_batch) if "不接受" in text]
