"""A notice by its numbered clauses, and where each is served."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dualcreate_desktop.rules.clauses import ANNEXES, PREAMBLE, How, clause_texts, services
from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.notice_parts import Supplement, SupplementKind

NOTICE = """关于开展申报工作的通知
各党总支：
现通知如下。
一、目标
培育5个左右。
二、条件
（一）学院
1.成立满3年。
补充说明一行。
2．近3年无问题，见附件1。
(1)没有事故；
(2)没有舆情。
（二）支部
成果包括：1.体系；2.典型案例；3.品牌（载体）。
三、联系方式：2.5 公里外的行政楼
附件：
1.指南
2.申报书
"""


def test_clauses_are_named_by_the_way_to_them() -> None:
    assert list(clause_texts(NOTICE)) == [
        PREAMBLE,
        "一",
        "二",
        "二(一)",
        "二(一)1",
        "二(一)2",
        "二(一)2(1)",
        "二(一)2(2)",
        "二(二)",
        "二(二)1",
        "二(二)2",
        "二(二)3",
        "三",
        ANNEXES,
        "附件1",
        "附件2",
    ]


def test_a_clause_holds_its_own_wording_and_not_that_below_it() -> None:
    texts = clause_texts(NOTICE)
    assert texts[PREAMBLE].startswith("关于开展申报工作的通知\n各党总支")
    assert texts["二(一)1"] == "1.成立满3年。\n补充说明一行。"
    assert texts["二(一)"] == "（一）学院"
    assert texts["二(二)3"] == "3.品牌（载体）"


def test_a_text_without_numbers_is_one_preamble() -> None:
    assert clause_texts("现将有关事项通知如下。") == {PREAMBLE: "现将有关事项通知如下。"}
    assert clause_texts("") == {PREAMBLE: ""}


@pytest.mark.parametrize(
    "line", ["共1.5万元、2.5万元和3.5万元", "先看1.甲，再看3.乙，后看4.丙", "有1.甲和2.乙"]
)
def test_numbers_that_count_nothing_make_no_clause(line: str) -> None:
    assert list(clause_texts(f"一、经费\n{line}")) == [PREAMBLE, "一"]


def test_a_clause_says_in_what_form_it_is_served(first_batch: Notice) -> None:
    of = {service.clause: service for service in services(first_batch)}
    assert of["三(一)"].how == (How.RULE, How.DATE, How.DOCUMENT)
    assert of["三(三)"].how == (How.RULE, How.DATE, How.REPORT)
    assert of["五"].how == of["三"].how == (How.LETTER,)
    assert of["三(二)4"].by == ("成果：有较大影响力的宣传平台、网络阵地",)
    assert of["附件3"].by == (
        "材料：党建“双创”工作申报书（标杆学院）",
        "材料：党建“双创”工作申报书（样板支部）",
    )
    assert (of["四"].how, of["四"].by) == ((How.NONE,), ())
    assert "责任人" in of["四"].reason


def test_the_clauses_of_a_later_notice_are_listed_and_those_it_replaces_are_struck_out(
    third_batch: Notice,
) -> None:
    later = Supplement(
        "one", SupplementKind.ADDITION, "补充通知", {"补1·一": "改条件"}, supersedes=("二(一)1",)
    )
    of = {service.clause: service for service in services(replace(third_batch, supplements=(later,)))}
    assert of["二(一)1"].superseded_by == "补充通知"
    assert not of["补1·一"].served, "nothing cites it yet"
    assert of["二(一)2"].superseded_by == ""
