from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from db.errors import UserError
from db.vocabulary import Applicant
from dualcreate_desktop.papers.content import (
    Document,
    FormTable,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Table,
    Title,
    texts,
)
from dualcreate_desktop.papers.forms.application import ApplicationForm, Section, application_form
from dualcreate_desktop.papers.forms.common import Fact, chinese_date, chinese_number, fact_rows, title_lines
from dualcreate_desktop.papers.forms.notice import NoticeContact, NoticeGroup, PublicNotice, public_notice
from dualcreate_desktop.papers.forms.receipt import Receipt, ReceiptItem, receipt_slip
from dualcreate_desktop.papers.forms.summary import RecommendationSummary, recommendation_summary
from dualcreate_desktop.papers.pages import paginate

UNIT_FORM = ApplicationForm(
    "第三批新时代党建“双创”工作",
    "标杆院级党组织",
    Applicant.UNIT,
    "文学院党委",
    "文学院党委",
    (),
    (Section("建设目标"),),
)
NOTICE = PublicNotice(
    "第三批新时代党建“双创”工作",
    "根据通知安排",
    (NoticeGroup("标杆院级党组织", ("文学院党委",)), NoticeGroup("样板支部", ("甲党支部", "乙党支部"))),
    date(2024, 4, 8),
    date(2024, 4, 12),
    (
        NoticeContact("党委组织部", "0571-00000001"),
        NoticeContact("纪委办公室", "0571-00000002", "行政楼A305"),
    ),
    "中共浙东大学委员会组织部",
    date(2024, 4, 8),
)


def said(document: Document) -> str:
    return "\n".join(texts(document))


def headings(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading)]


def test_a_branch_signs_and_only_unit_and_school_seal(papers: dict[str, Document]) -> None:
    opinions = [block for block in papers["application"].blocks if isinstance(block, FormTable)][-1]
    sealed = [any("盖章" in line for line in row[1].closing) for row in opinions.rows]
    assert sealed == [False, True, True]
    assert "书记签字" in opinions.rows[0][1].closing[0]


def test_a_unit_needs_no_opinion_of_a_branch() -> None:
    opinions = [block for block in application_form(UNIT_FORM).blocks if isinstance(block, FormTable)][-1]
    assert len(opinions.rows) == 2
    assert "所属院级党组织" not in said(application_form(UNIT_FORM))


def test_a_budget_stands_only_where_the_round_has_funding() -> None:
    assert headings(application_form(UNIT_FORM)) == ["一、基本情况", "二、建设方案", "三、审核意见"]
    funded = application_form(replace(UNIT_FORM, budget=()))
    assert headings(funded) == ["一、基本情况", "二、建设方案", "三、经费预算", "四、审核意见"]
    assert "支出项目" in said(funded)


def test_facts_stand_in_pairs_and_wide_ones_alone() -> None:
    facts = [Fact("甲", "1"), Fact("乙", "2"), Fact("丙", "3"), Fact("丁", "4", wide=True), Fact("戊", "5")]
    rows = fact_rows(facts)
    assert [[cell.words for cell in row] for row in rows] == [
        ["甲", "1", "乙", "2"],
        ["丙", "3"],
        ["丁", "4"],
        ["戊", "5"],
    ]
    assert all(sum(cell.across for cell in row) == 4 for row in rows)


def test_a_summary_without_rows_says_so() -> None:
    made = recommendation_summary(RecommendationSummary("第三批", "文学院党委", ()))
    assert made.paper is Paper.FORM_WIDE
    assert "本次无推荐" in said(made)


def test_the_notice_names_every_group_and_its_days() -> None:
    text = said(public_notice(NOTICE))
    assert "拟确定1个标杆院级党组织、2个样板支部培育创建单位。" in text
    assert "一、标杆院级党组织（1个）" in text
    assert "2.乙党支部" in text
    assert "公示时间：2024年4月8日至4月12日。" in text
    assert "纪委办公室　联系电话：0571-00000002；地址：行政楼A305" in text


def test_the_days_of_a_notice_name_a_new_year_and_the_working_days() -> None:
    over = replace(NOTICE, first_day=date(2024, 12, 30), last_day=date(2025, 1, 6), working_days=5)
    assert "2024年12月30日至2025年1月6日（5个工作日）" in said(public_notice(over))


@pytest.mark.parametrize(
    ("first", "last"), [(date(2024, 4, 12), date(2024, 4, 8)), (date(2023, 4, 8), date(2023, 4, 12))]
)
def test_days_that_cannot_be_are_refused(first: date, last: date) -> None:
    with pytest.raises(UserError, match="请核对年份和日期"):
        public_notice(replace(NOTICE, first_day=first, last_day=last))


def test_a_receipt_has_a_stub_and_a_slip() -> None:
    items = (ReceiptItem("申报表", "2份", "1份"),)
    slip = Receipt(
        "第三批",
        "2024-0042",
        "甲党支部",
        "文学院党委",
        items,
        "2024年3月15日 16:42",
        "陈收",
        "孙送",
        "还差 1 份。",
    )
    text = said(receipt_slip(slip))
    assert text.count("2024-0042") == 2
    assert text.count("还差 1 份。") == 2
    assert not any(isinstance(block, PageBreak) for block in receipt_slip(slip).blocks)
    long = receipt_slip(replace(slip, items=items * 20, missing=""))
    assert sum(isinstance(block, PageBreak) for block in long.blocks) == 1
    assert "材料齐全。" in said(long)


def test_a_slip_is_never_torn_by_the_end_of_a_page() -> None:
    name = "外国语言文学与国际文化传播学院东方语言文学系本科生（含中外联合培养项目）第十一临时党支部"
    for count in range(1, 12):
        items = (ReceiptItem(f"{name}申报表", "2份", "1份", "逾期：快递延误"),) * count
        slip = receipt_slip(Receipt("第三批", "2024-0042", name, name, items, "2024年3月15日", "陈", "孙"))
        parts = paginate(replace(slip, code="0324031500042017"))
        torn = any(isinstance(block, PageBreak) for block in slip.blocks)
        assert (len(parts) > 1) == torn
        assert len(parts) in (1, 2, 4), "each half begins on a page of its own"


def test_every_form_says_that_it_is_our_own_template(papers: dict[str, Document]) -> None:
    for name in ("application", "summary", "eligibility"):
        assert "以学校表式为准" in said(papers[name])


def test_every_row_of_a_list_has_a_cell_for_every_column(papers: dict[str, Document]) -> None:
    tables = [block for document in papers.values() for block in document.blocks if isinstance(block, Table)]
    assert tables
    assert all(len(row) == len(table.columns) for table in tables for row in table.rows)


def test_numbers_and_dates_are_chinese() -> None:
    assert [chinese_number(number) for number in (1, 10, 11, 20, 21)] == [
        "一",
        "十",
        "十一",
        "二十",
        "二十一",
    ]
    assert chinese_date(date(2024, 3, 5)) == "2024年3月5日"


def test_a_long_title_is_broken_where_a_reader_pauses() -> None:
    broken = "关于第三批新时代党建“双创”工作\n培育创建单位拟入选名单的公示"
    assert title_lines(broken.replace("\n", "")) == broken
    quoted = "关于江州大学第三批新时代党建“双创”\n培育创建单位拟入选名单的公示"
    assert title_lines(quoted.replace("\n", "")) == quoted, "no line begins inside a quotation"
    school = "关于请尽快反馈江州大学第三批\n新时代党建“双创”申报单位意见的函"
    assert title_lines(school.replace("\n", "")) == school, "no line ends within 新时代"
    assert title_lines("收件回执") == "收件回执"
    assert title_lines("一" * 30) == "一" * 30


def test_titles_and_paragraphs_are_not_empty(papers: dict[str, Document]) -> None:
    for document in papers.values():
        assert document.title
        assert all(block.text for block in document.blocks if isinstance(block, Title | Heading))
        assert all(block.words for block in document.blocks if isinstance(block, Paragraph))
