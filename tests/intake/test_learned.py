"""What the office answered once is not asked again."""

from __future__ import annotations

from collections.abc import Callable

from db.vocabulary import ProblemKind, RowState
from dualcreate_desktop.intake.known import Learned
from dualcreate_desktop.intake.plan import ImportPlan
from dualcreate_desktop.rules.dates import PartialDate

Plan = Callable[..., ImportPlan]
HEAD = ["学院", "党支部名称", "支部类型", "成立时间"]


def test_a_word_that_was_answered_means_its_choice_everywhere(plan: Plan) -> None:
    rows = [HEAD, *(["机械学院", f"教工第{number}党支部", "中青年", "2019.9"] for number in (20, 21))]
    asked = plan(rows)
    assert [problem.kind for problem in asked.all_problems] == [ProblemKind.UNKNOWN_CHOICE] * 2
    known = plan(rows, learned=Learned(choices={"kind": {"中青年": "teacher"}}))
    assert [(row.state, row.values["kind"]) for row in known.rows] == [(RowState.NEW, "teacher")] * 2


def test_a_text_of_any_other_field_is_read_as_it_was_answered(plan: Plan) -> None:
    rows = [HEAD, ["机械系", "教工第二十党支部", "教师", "建院时"]]
    learned = Learned(choices={"founded": {"建院时": "1958.8"}, "unit": {"机械系": "机械工程学院"}})
    (row,) = plan(rows, learned=learned).rows
    assert (row.state, row.values["unit"], row.values["founded"]) == (
        RowState.NEW,
        "u-jx",
        PartialDate(1958, 8),
    )


def test_a_unit_and_a_branch_that_were_confirmed_are_found(plan: Plan) -> None:
    head = ["学院", "党支部名称", "年度", "考核类型", "等次"]
    learned = Learned(units={"机电": "u-jx"}, branches={("u-jx", "头雁支部"): "b-jg1"})
    (row,) = plan([head, ["机电", "头雁支部", 2023, "支部考核", "好"]], learned=learned).rows
    assert (row.values["unit"], row.values["branch"]) == ("u-jx", "b-jg1")


def test_an_answer_for_one_field_is_none_for_another(plan: Plan) -> None:
    rows = [HEAD, ["机械学院", "教工第二十党支部", "教师", "中青年"]]
    made = plan(rows, learned=Learned(choices={"kind": {"中青年": "teacher"}}))
    assert [problem.kind for problem in made.all_problems] == [ProblemKind.BAD_DATE]


def test_a_unit_means_by_a_word_what_it_meant_before_whatever_others_mean(plan: Plan) -> None:
    learned = Learned(choices={"kind": {"中青年": "retired"}}, own={"u-jx": {"kind": {"中青年": "teacher"}}})
    for unit, kind in (("机械学院", "teacher"), ("材料学院", "retired")):
        (row,) = plan([HEAD, [unit, "教工第二十党支部", "中青年", "2019.9"]], learned=learned).rows
        assert row.values["kind"] == kind
