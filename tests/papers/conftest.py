"""One filled-in paper of each kind; every name is invented."""

from __future__ import annotations

from datetime import date

import pytest

from db.vocabulary import Applicant
from dualcreate_desktop.papers.codes import PaperCode, PaperKind, copies
from dualcreate_desktop.papers.content import Document
from dualcreate_desktop.papers.forms.application import ApplicationForm, BudgetLine, Section, application_form
from dualcreate_desktop.papers.forms.common import Fact
from dualcreate_desktop.papers.forms.eligibility import EligibilitySheet, FindingRow, eligibility_sheet
from dualcreate_desktop.papers.forms.notice import NoticeContact, NoticeGroup, PublicNotice, public_notice
from dualcreate_desktop.papers.forms.receipt import Receipt, ReceiptItem, receipt_slip
from dualcreate_desktop.papers.forms.summary import (
    Recommendation,
    RecommendationSummary,
    recommendation_summary,
)

ROUND = "第三批新时代党建“双创”工作"
LONG = (
    "支部坚持把政治建设摆在首位，严格落实“三会一课”制度，围绕教学、科研、育人中心工作，打造“先锋实验室”党建品牌；"
    "近三年来，累计开展主题党日36次，结对共建企业党支部4个，支部书记入选省级“双带头人”培育项目（2022年）。"
    "同时，依托“一站式”学生社区，建立《党员责任区工作手册》……形成可复制、可推广的工作经验，受到师生普遍好评。"
)


def application_paper() -> Document:
    facts = (
        Fact("支部类型", "教师党支部"),
        Fact("成立时间", "2015年9月"),
        Fact("正式党员数", "23"),
        Fact("预备党员数", "2"),
        Fact("支部书记", "王䶮"),
        Fact("联系电话", "0571-00000000"),
        Fact("曾获表彰", "2022年校级先进基层党组织；2023年基层党支部工作考核评价“好”", wide=True),
    )
    sections = (
        Section("工作基础与成功做法", f"{LONG}\n{LONG}\n{LONG}"),
        Section("特色经验", LONG),
        Section("建设目标", LONG),
        Section("实施计划", "\n".join(f"{month}月：{LONG}" for month in range(1, 7))),
        Section("预期成果"),
    )
    budget = (
        BudgetLine("党员教育培训", "3,000.00", "专题培训2次，每次1,500元"),
        BudgetLine("资料印制", "2,000.00", "汇编成果资料1本，印制100册"),
    )
    return application_form(
        ApplicationForm(
            ROUND,
            "党建工作样板支部",
            Applicant.BRANCH,
            "机械工程学院教工第一党支部",
            "机械工程学院党委",
            facts,
            sections,
            budget,
            "5,000.00",
            "2024年3月10日",
            "第三批  规则第2版",
        )
    )


def summary_paper() -> Document:
    rows = tuple(
        Recommendation(
            str(number),
            f"机械工程学院{name}党支部",
            "教师党支部",
            "李一𠅤",
            "2015年9月",
            "25",
            "党建工作样板支部",
            "2022年校级先进" if number == 1 else "",
        )
        for number, name in enumerate(("教工第一", "研究生制造所第二", "本科生2022级"), 1)
    )
    return recommendation_summary(
        RecommendationSummary(ROUND, "机械工程学院党委", rows, "周喆  0571-00000000")
    )


def eligibility_paper() -> Document:
    findings = tuple(
        FindingRow(f"二(二){number}", condition, verdict, evidence, who)
        for number, (condition, verdict, evidence, who) in enumerate(
            (
                (
                    "教师党支部一般应成立满3年，且在建设周期内保持稳定",
                    "通过",
                    "2015年9月成立，至2024年3月15日满8年",
                    "",
                ),
                ("近3年来，党支部工作考核评价中2次以上评定等次为“好”", "通过", "2022年“好”、2023年“好”", ""),
                ("至少1名支部成员获评校级以上优秀共产党员等", "待核实", "登记1项，授予机关未填", ""),
                ("近3年来，未出现违法违纪、师德师风等问题", "不适用", "—", "赵㛃\n2024-03-20"),
            )
            * 6,
            1,
        )
    )
    return eligibility_sheet(
        EligibilitySheet(
            ROUND,
            "党建工作样板支部",
            "机械工程学院教工第一党支部",
            "机械工程学院党委",
            (Fact("计算基准日", "2024年3月15日"), Fact("规则版本", "第2版")),
            findings,
            "待核实：尚有6项条款须由经办人核实",
        )
    )


def notice_paper() -> Document:
    branches = tuple(f"机械工程学院教工第{number}党支部" for number in "一二三四五六七八九十")
    return public_notice(
        PublicNotice(
            "第三批新时代党建“双创”工作培育创建单位",
            "根据《关于开展第三批新时代基层党组织党建示范创建和质量创优工作的通知》安排，经党支部申报、院级党组织推荐、"
            "资格审查、专家评审，学校党委研究",
            (
                NoticeGroup("党建工作标杆院级党组织", ("机械工程学院党委", "文学院党委")),
                NoticeGroup("党建工作样板支部", branches * 2),
            ),
            date(2024, 4, 8),
            date(2024, 4, 12),
            (
                NoticeContact("党委组织部", "0571-00000001", "行政楼A203", "zuzhibu@example.edu.cn"),
                NoticeContact("纪委办公室", "0571-00000002", "行政楼A305"),
            ),
            "中共浙东大学委员会组织部",
            date(2024, 4, 7),
            5,
        )
    )


def receipt_paper() -> Document:
    items = (
        ReceiptItem("党建工作样板支部申报表", "2份", "2份"),
        ReceiptItem("支撑材料", "2份", "1份", "第2份缺盖章页"),
        ReceiptItem("推荐汇总表", "1份", "1份"),
    )
    return receipt_slip(
        Receipt(
            ROUND,
            "2024-0042",
            "机械工程学院教工第一党支部",
            "机械工程学院党委",
            items,
            "2024年3月15日 16:42",
            "陈组织",
            "孙送件",
            "还差 1 份：支撑材料第2份。",
        )
    )


@pytest.fixture(scope="session")
def papers() -> dict[str, Document]:
    """Every paper under a short name, the application as the first of its two copies."""
    code = PaperCode(PaperKind.APPLICATION, date(2024, 3, 15), 42, 0)
    return {
        "application": copies(application_paper(), 2, code)[0],
        "summary": summary_paper(),
        "eligibility": eligibility_paper(),
        "notice": notice_paper(),
        "receipt": receipt_paper(),
    }
