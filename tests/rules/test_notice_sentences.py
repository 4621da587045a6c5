"""Every part of a round's rules reads as a Chinese sentence made from its data."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from db.vocabulary import NumberRounding
from dualcreate_desktop.rules import record_paths
from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.notice_loading import load_notice
from dualcreate_desktop.rules.notice_parts import Slip
from dualcreate_desktop.rules.notice_sentences import told_notice
from dualcreate_desktop.rules.part_sentences import limit_phrase, part_sentence
from dualcreate_desktop.rules.quota_rules import (
    Exemption,
    FixedByKind,
    MemberCap,
    Obligation,
    QuotaLimit,
    Ratio,
    StepTable,
    Threshold,
)

ANOTHER = Path(__file__).with_name("another_notice.toml")


@pytest.fixture(scope="module")
def another() -> Notice:
    return load_notice(ANOTHER.read_text("utf-8"), ANOTHER.name)


def parts(notice: Notice) -> Iterator[Any]:
    for field in dataclasses.fields(notice):
        value = getattr(notice, field.name)
        yield from (
            item
            for item in (value if isinstance(value, tuple) else (value,))
            if dataclasses.is_dataclass(item) and field.name != "lineage"
        )


def test_every_part_of_every_notice_has_its_sentence(
    third_batch: Notice, first_batch: Notice, another: Notice
) -> None:
    for notice in (third_batch, first_batch, another):
        said = [part_sentence(part, notice) for part in parts(notice)]
        assert all(text.endswith("。") and "。。" not in text and "None" not in text for text in said)


def test_every_rule_but_slips_is_told_under_a_heading_with_its_place(
    third_batch: Notice, first_batch: Notice, another: Notice
) -> None:
    for notice in (third_batch, first_batch, another):
        lines = [line for _, lines in told_notice(notice) for line in lines if line.path]
        places = {id(record_paths.value_at(notice, line.path)) for line in lines}
        assert {id(part) for part in parts(notice) if not isinstance(part, Slip)} <= places
        cited = {line.clause for line in lines if not line.path.startswith("scales")}
        assert cited <= {*notice.all_clauses, "办公室自定"}


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        (
            Ratio(10, 100, NumberRounding.FLOOR, at_least_one=True),
            "不超过本单位党支部总数的 10%，舍去小数，不足 1 个的按 1 个",
        ),
        (
            Ratio(1, 8, NumberRounding.CEIL, at_least_one=False),
            "不超过本单位党支部总数的 1/8，进一法",
        ),
        (
            StepTable((Threshold(10, 2), Threshold(0, 1))),
            "有党支部的最多 1 个，党支部超过 10 个的最多 2 个",
        ),
        (FixedByKind({"office": 2}, 1), "机关党委最多 2 个，其余最多 1 个"),
        (FixedByKind({}), "没有名额限制"),
        (MemberCap(100), "每 100 名党员 1 个，进一法"),
        (
            Obligation(2, (Exemption("office", "机关不参加"),)),
            "每个单位至少申报 2 个（机关党委除外：机关不参加）",
        ),
    ],
)
def test_limits_and_duties_are_told_from_their_numbers(limit: QuotaLimit, said: str) -> None:
    assert limit_phrase(limit) == said


def test_what_the_made_up_notice_says_is_told(another: Notice) -> None:
    text = "\n".join(line.text for _, lines in told_notice(another) for line in lines)
    for said in (
        "每项申报交“堡垒申请书”：纸质一式 5 份、电子版、盖章、签字，2030年3月29日 11:30 前送达。",
        "每项申报交“支部短片”：不要纸质、电子版，",
        "2029 年度支部考核评价的等次：满分 120；得分率 90% 以上为“优秀”；",
        "“优秀”不超过 30%。",
        "结项评定：2033年9月30日前评定。示范（算通过，转入“已结项”）：授予称号并推广；",
        "延期通知《关于延期报送的通知》，2030年3月25日印发。",
        "“报送”截止改为 2030年4月8日 11:30。",
        "由党委组织部主办，教务处、人事处协办。",
        "党委组织部：联系人 白露，电话 0000-1234567，地址 明德楼 305，邮箱 zzb@example.edu.cn。",
        "方案 5 分（权重 1.5）",
    ):
        assert said in text, said


def test_a_superseded_rule_is_marked(another: Notice) -> None:
    (later,) = another.supplements
    gone = replace(another, supplements=(replace(later, supersedes=("四",)),))
    marked = [line for _, lines in told_notice(gone) for line in lines if line.superseded_by]
    assert {line.path for line in marked} == {"quotas[1]", "quotas[2]", "quotas[3]"}


def test_a_changed_number_changes_the_sentence(first_batch: Notice) -> None:
    stage = first_batch.stage("application")
    assert part_sentence(stage, first_batch).endswith("2018年9月30日 17:00 截止（钟点由办公室定）。")
    moved = replace(stage, deadline=datetime(2018, 10, 8, 9, 30), opens=date(2018, 9, 3), clock_stated=True)
    assert part_sentence(moved, first_batch) == "申报认定：2018年9月3日开始，2018年10月8日 09:30 截止。"


def test_what_is_no_part_of_a_notice_has_no_sentence(first_batch: Notice) -> None:
    with pytest.raises(TypeError):
        part_sentence("类别", first_batch)
