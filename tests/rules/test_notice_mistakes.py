"""All mistakes of a round's file are told at once, each beside its key, in Chinese."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.errors import UserError
from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.notice_loading import load_notice, mistakes

FIRST, THIRD = (
    (files("resources") / "notices" / name).read_text("utf-8")
    for name in ("first-batch-2018.toml", "third-batch-2023.toml")
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def told(text: str) -> list[str]:
    return [mistake.told for mistake in mistakes(text, "规则.toml")]


def test_of_several_mistakes_none_hides_another() -> None:
    text = THIRD
    for old, new in (
        ('batch = "第三批"', "batch = 3"),
        ("cycle_months = 12", "cycle_months = 0"),
        ("target = 100", "target = 0"),
        ("numerator = 10\n", "numerator = 200\n"),
        ('roles = ["secretary"', 'role = "x"\nroles = ["secretary"'),
        ('key = "unit_stable"', 'key = "unit_age"'),
        ('clause = "二(二)5"', 'clause = "二(二)9"'),
        ('stage = "appraisal"', 'stage = "exam"'),
        ("workdays = 5", "workdays = 0"),
    ):
        assert old in text, old
        text = text.replace(old, new, 1)
    found = told(text)
    paths = [line.split("：")[0] for line in found]
    assert len(found) == 9, found
    for path in (
        "batch",
        "cycle_months",
        "categories[2].target",
        "quotas[1].limit.numerator",
        "conditions[2].key",
        "materials[1].stage",
        "public_notice.workdays",
    ):
        assert path in paths
    assert any(line.startswith("conditions[4].requirement.role：不认识的键") for line in found)
    assert any("没有“二(二)9”" in line for line in found)
    with pytest.raises(UserError, match=re.escape(found[0])):
        load_notice(text, "规则.toml")


@pytest.mark.parametrize(
    ("text", "old", "new", "path", "reason"),
    [
        (THIRD, "numerator = 10\n", "numerator = 101\n", "quotas[1].limit.numerator", "超过 100%"),
        (
            THIRD,
            "numerator = 10\ndenominator = 100\nrounding = \"floor\"\nat_least_one = true",
            "numerator = 0\ndenominator = 100\nrounding = \"floor\"\nat_least_one = false",
            "quotas[1].limit.numerator",
            "等于谁都不能报",
        ),
        (
            FIRST,
            'type = "obligation"\ncount = 2',
            'type = "step_table"\nsteps = [{ more_than = 0, allowed = 3 }, { more_than = 5, allowed = 1 }]',
            "quotas[3].limit.steps",
            "少于超过 0 个的 3",
        ),
        (FIRST, 'type = "obligation"\ncount = 1', 'type = "obligation"\ncount = 2', "quotas[1].limit.count", "自身只能申报 1 项"),
        (FIRST, "otherwise = 1", "otherwise = 0", "quotas[1].limit.count", "与“党总支自身最多1项”的最多 0 个矛盾"),
        (
            FIRST,
            'type = "obligation"\ncount = 1',
            'type = "obligation"\ncount = 1\nexempt = [{ unit_kind = "ministry", reason = "" }]',
            "quotas[1].limit.exempt[1].unit_kind",
            "不认识的院级党组织类型“ministry”",
        ),
        (THIRD, 'grades = ["优秀"]', 'grades = ["顶好"]', ".requirement.grades", "请先写它的等次标准（scales）"),
        (THIRD, 'appraisals = ["leadership"]', 'appraisals = ["leaders"]', ".requirement.appraisals", "不认识的考核类型“leaders”"),
        (THIRD, "times = 3\n", "times = 6\n", ".requirement.times", "6 次多于 5 年里能有的 5 次"),
        (FIRST, '"好" = ["优秀"]', '"好" = ["优秀"]\n"优秀" = ["好"]', "equivalent_grades.好", "互相循环：好 → 优秀 → 好"),
        (FIRST, '"好" = ["优秀"]', '"好" = ["棒"]', "equivalent_grades.好", "不认识的等次“棒”"),
        (THIRD, 'kinds = ["teacher", "office", "retired"]', 'kinds = ["college"]', "conditions[", "“college”不是党支部的类型"),
        (THIRD, 'kinds = ["teacher", "office", "retired"]', 'kinds = ["robot"]', ".kinds", "不认识的类型“robot”"),
        (THIRD, '"branch_support"]', '"recommendation"]', "categories[2].materials[2]", "每个院级党组织交一次的材料"),
        (THIRD, 'materials = ["branch_form", "branch_support"]', 'materials = ["branch_form"]', "materials[5].owner", "没有一个类别要求"),
        (THIRD, "copies = 1\nelectronic = true", "copies = 0\nelectronic = true", "materials[1].copies", "至少要 1 份纸质"),
        (THIRD, "copies = 1\nelectronic = true\nstamp = true\nsignature = true", "copies = 0\nelectronic = false\nstamp = false\nsignature = false", "materials[1].copies", "等于不收这份材料"),
        (FIRST, 'name = "不合格", passes', 'name = "合格", passes', "evaluations[1].grades", "等次“合格”写了 2 次"),
        (FIRST, 'name = "合格", passes = true', 'name = "合格", passes = false', "evaluations[1].grades", "没有一个等次算通过"),
        (FIRST, 'key = "branch_first"', 'key = "college_first"', "funding[2].instalments[1].key", "与前面类别的拨款重复"),
        (FIRST, 'category = "model_branch"\nclause = "三(一)"\nfen', 'category = "benchmark_college"\nclause = "三(一)"\nfen', "funding[2].category", "写了两次"),
        (FIRST, 'departments = ["discipline"', 'departments = ["police"', ".requirement.departments", "没有这个部门：“police”"),
        (FIRST, 'guide = "branch_seven"', 'guide = "branch_eight"', ".requirement.guide", "没有这个任务指南：“branch_eight”"),
        (FIRST, '"四" = "对各党总支', '"四" = ""\n"六" = "对各党总支', "narrative.六", "里没有“六”"),
        (THIRD, 'roles = ["secretary"', 'roles = ["dean"', ".requirement.roles", "不认识的岗位“dean”"),
        (THIRD, 'measures = ["high_talent"', 'measures = ["old"', ".requirement.measures", "不认识的统计口径“old”"),
        (FIRST, "years = [2018, 2019, 2020]", "years = []", "trainings[1].years", "不能为空"),
        (THIRD, "ages = [{ label = \"院级党组织\", months = 60 }]", "ages = [{ label = \"甲\", months = 60 }, { label = \"乙\", months = 12 }]", "conditions[1].requirement.ages[2]", "永远用不上"),
        (THIRD, 'short_name = "样板支部"', 'short_name = " "', "categories[2].short_name", "不能为空"),
        (THIRD, 'label = "原则上至少成立5年"', 'label = ""', "conditions[1].label", "不能为空"),
        (THIRD, 'short_name = "样板支部"', 'short_name = "标杆院级党组织"', "categories[2].short_name", "与第 1 个类别同名"),
        (THIRD, "last_appraisal_year = 2023", "last_appraisal_year = 20230", "last_appraisal_year", "20230 年晚于申报截止的 2024 年"),
        (THIRD, 'label = "院级党组织", months = 60', 'label = "院级党组织", months = 60, kinds = ["teacher"]', "conditions[1].requirement.ages[1].kinds", "“teacher”不是院级党组织的类型"),
        (THIRD, 'key = "unit_staff"\ncategory = "benchmark_unit"', 'key = "unit_staff"\ncategory = "model_branch"', ".requirement", "不能要求党支部"),
        (FIRST, 'key = "branch_double_leader"\ncategory = "model_branch"', 'key = "branch_double_leader"\ncategory = "benchmark_college"', ".requirement", "“双带头人”是党支部书记，不能要求院级党组织"),
        (THIRD, 'appraisals = ["leadership"]', 'appraisals = ["branch_work"]', ".requirement.appraisals", "“支部考核评价”考核的是党支部，不能要求院级党组织"),
        (THIRD, "reserve_percent = 20", "reserve_percent = 101", "rubric.reserve_percent", "不能超过 100%"),
    ],
)  # fmt: skip  # one mistake in a line reads as the table that it is
def test_what_cannot_be_is_refused_beside_its_key(
    text: str, old: str, new: str, path: str, reason: str
) -> None:
    assert old in text
    found = told(text.replace(old, new, 1))
    assert any(path in line.split("：")[0] and reason in line for line in found), found


def test_a_circle_is_told_once_from_where_it_is_met_first() -> None:
    found = told(FIRST.replace('"好" = ["优秀"]', '"好" = ["优秀"]\n"优秀" = ["好"]'))
    assert [line for line in found if "循环" in line] == [
        "equivalent_grades.好：相应等次互相循环：好 → 优秀 → 好"
    ]


def test_a_duty_over_the_highest_step_is_refused_beside_the_duty() -> None:
    steps = """
[[quotas]]
key = "branch_steps"
category = "model_branch"
clause = "办公室自定"
label = "按支部数"
[quotas.limit]
type = "step_table"
steps = [{ more_than = 0, allowed = 1 }]

[[quotas]]"""
    text = FIRST.replace("[[quotas]]", steps.strip(), 1)
    assert told(text) == ["quotas[4].limit.count：至少 2 个与“按支部数”的最多 1 个矛盾"]


def test_an_item_that_cannot_be_read_does_not_empty_its_list() -> None:
    lone = re.sub(r"(?s)\[\[decision_steps\]\].*?(?=\n\[\[(?!decision))", "", THIRD, count=1)
    assert lone != THIRD
    found = told(lone + '\n[[decision_steps]]\nkey = "one"\nname = 1\nclause = "三(二)"\n')
    assert [line.split("：")[0] for line in found] == ["decision_steps[1].name"]


def test_a_scale_of_the_round_says_which_grades_there_are() -> None:
    scale = '\n[[scales]]\nkind = "leadership"\nyear = 2023\nbands = [{ grade = "五星", at_least = 90 }, { grade = "四星", at_least = 0 }]\n'
    found = told(THIRD + scale)
    assert found == [
        "conditions[5].requirement.parts[3].requirement.grades：不认识的等次“优秀”，应为下列之一：五星、四星"
    ]
    assert told(THIRD.replace('grades = ["优秀"]', 'grades = ["五星"]') + scale) == []


@pytest.mark.parametrize(
    ("bands", "more", "path"),
    [
        ('{ grade = "好", at_least = 101 }', "", "scales[1].bands[1].at_least"),
        ('{ grade = "好", at_least = 60 }, { grade = "差", at_least = 60 }', "", "scales[1].bands"),
        ('{ grade = "好", at_least = 60 }, { grade = "好", at_least = 0 }', "", "scales[1].bands"),
        ("", 'shares = [{ grade = "好", percent = 120 }]', "scales[1].shares[1].percent"),
        ("", "maximum = 0", "scales[1].maximum"),
        ("", 'kind = "exam"', "scales[1].kind"),
    ],
)
def test_a_scale_that_cannot_be_is_told(bands: str, more: str, path: str) -> None:
    kind = "" if more.startswith("kind") else 'kind = "quality_month"\n'
    scale = f"\n[[scales]]\n{kind}year = 2020\nbands = [{bands}]\n{more}\n"
    assert [line.split("：")[0] for line in told(FIRST + scale)] == [path]


VALUES = st.sampled_from(
    ["0", "-1", "true", '""', '"x"', "[]", "[[1]]", "{}", "{ a = 1 }", "2024-01-01", "1.5", "nan", '["x", 1]', "1979-05-27T07:32:00Z"]
)  # fmt: skip


@settings(max_examples=40)
@given(st.sampled_from([FIRST, THIRD]), st.integers(0, 2000), VALUES)
def test_whatever_stands_in_a_line_is_told_and_never_a_traceback(text: str, number: int, value: str) -> None:
    lines = text.splitlines()
    places = [place for place, line in enumerate(lines) if re.match(r"[\w\"（）()一-龥]+ = ", line)]
    place = places[number % len(places)]
    lines[place] = f"{lines[place].split(' = ')[0]} = {value}"
    found = mistakes("\n".join(lines), "规则.toml")
    assert all(CHINESE.search(mistake.reason) for mistake in found)
    if found:
        with pytest.raises(UserError):
            load_notice("\n".join(lines), "规则.toml")
    else:
        assert isinstance(load_notice("\n".join(lines), "规则.toml"), Notice)


@settings(max_examples=40)
@given(st.sampled_from([FIRST, THIRD]), st.integers(0, 2000))
def test_a_line_that_is_left_out_is_told_and_never_a_traceback(text: str, number: int) -> None:
    lines = text.splitlines()
    del lines[number % len(lines)]
    found = mistakes("\n".join(lines), "规则.toml")
    assert all(mistake.source == "规则.toml" for mistake in found)


def test_rules_stored_by_the_first_version_are_read_as_those_of_today(third_batch: Notice) -> None:
    narrative = THIRD.index("[narrative]\n")
    end = THIRD.index("\n[[", narrative)
    clauses = ", ".join(f'"{clause}"' for clause in third_batch.narrative)
    old = THIRD[:narrative] + THIRD[end:]
    old = old.replace('cycle_clause = "一"\n', f'cycle_clause = "一"\nnarrative = [{clauses}]\n')
    old = old.replace('force = "reference"\n', "mandatory = false\n")
    assert "mandatory" in old
    assert "[narrative]" not in old
    loaded = load_notice(old, "旧.toml")
    assert loaded.conditions == third_batch.conditions
    assert set(loaded.narrative) == set(third_batch.narrative)
