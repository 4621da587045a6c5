"""Papers of one row and of many, with long names, rare characters and empty fields, read back from the PDF."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import cycle, islice

import pypdfium2
import pytest

from dualcreate_desktop.papers.content import Document, texts
from dualcreate_desktop.papers.fonts import missing_glyphs
from dualcreate_desktop.papers.forms.earlier_models import EarlierModels, Model, earlier_models
from dualcreate_desktop.papers.forms.inquiry import Applicant, InquiryLetter, inquiry_letter
from dualcreate_desktop.papers.forms.notice import NoticeContact, NoticeGroup, PublicNotice, public_notice
from dualcreate_desktop.papers.forms.ranking import RankedCategory, RankedLine, RankingPaper, ranking
from dualcreate_desktop.papers.forms.scoring import Scored, ScoreSheet, score_sheet
from dualcreate_desktop.papers.forms.selection import Selection, selection
from dualcreate_desktop.papers.forms.summary import (
    Recommendation,
    RecommendationSummary,
    recommendation_summary,
)
from dualcreate_desktop.papers.layout import LAYOUTS, MM
from dualcreate_desktop.papers.pages import paginate
from dualcreate_desktop.papers.pdf import pdf_bytes

ROUND = "江州大学第三批新时代党建“双创”"
ORGAN = "中共江州大学委员会组织部"
LONG = "外国语言文学与国际文化传播学院东方语言文学系本科生（含中外联合培养项目）第十一临时党支部"
NAMES = (LONG, "材料科学与工程学院教工第二党支部", "法学院䶮𠅤党支部", "数学科学学院研究生第一党支部")
BASIS = (
    "根据《关于开展第三批新时代基层党组织党建示范创建和质量创优工作的通知》和《基层党支部工作考核评价办法（试行）》"
    "（党委发〔2021〕123号），经各院级党组织推荐、资格审查、专家评审、学校党委研究"
)
COUNTS = (1, 2, 5, 14, 20, 21, 60)


def names(count: int) -> tuple[str, ...]:
    return tuple(islice(cycle(NAMES), count))


def notice(count: int) -> Document:
    contacts = (NoticeContact("党委组织部", "66-1203"), NoticeContact("纪委办公室", "66-1310"))
    groups = (NoticeGroup("全校党建工作样板支部", names(count)),)
    days = (date(2024, 4, 8), date(2024, 4, 12))
    return public_notice(PublicNotice(ROUND, BASIS, groups, *days, contacts, ORGAN, date(2024, 4, 7), 5))


def letter(count: int) -> Document:
    asked = tuple(Applicant(name, "标杆院级党组织", "") for name in names(count))
    contact = "联系电话：66-1203；地点：行政楼A203；电子邮箱：zzb@jiangzhou.example"
    due, issued = date(2024, 3, 22), date(2024, 3, 15)
    return inquiry_letter(
        InquiryLetter(
            ROUND,
            BASIS[2:94],
            "纪委办公室",
            "违纪违法",
            "组函〔2024〕12号",
            asked,
            due,
            ORGAN,
            issued,
            contact,
        )
    )


def ranked(count: int, reviewers: int = 7) -> Document:
    marks = tuple(islice(cycle(("回避", "(91.25)", "92.50")), reviewers))
    lines = tuple(
        RankedLine(f"{count} 并列", name, marks, "93.40", "5.00", "未入选") for name in names(count)
    )
    heads = tuple(f"评委{number}" for number in range(1, reviewers + 1))
    groups = (RankedCategory("标杆院级党组织", 1, lines[:5]), RankedCategory("样板支部", 1, lines))
    return ranking(RankingPaper(ROUND, heads, groups, "得分为各评委分数的平均分；"))


def scores(count: int) -> Document:
    rows = tuple(Scored(name, "标杆院级党组织") for name in names(count))
    return score_sheet(ScoreSheet(ROUND, 1, "岑彦野", ("工作基础（30分）", "特色经验（70分）"), "100", rows))


def summary(count: int) -> Document:
    rows = tuple(Recommendation("1", name, "", "", "", "", "样板支部") for name in names(count))
    return recommendation_summary(RecommendationSummary(ROUND, LONG, rows))


def selected(count: int) -> Document:
    groups = (NoticeGroup("全校党建工作样板支部", names(count)),)
    return selection(Selection(ROUND, BASIS, groups, "2024年4月至2025年3月", ORGAN, date(2024, 4, 16)))


def models(count: int) -> Document:
    rows = tuple(Model("法学院党委", name, "省级样板支部（第二批）", "", "", "") for name in names(count))
    return earlier_models(EarlierModels(2023, rows, ORGAN, date(2024, 3, 15)))


PAPERS: tuple[Callable[[int], Document], ...] = (notice, letter, ranked, scores, summary, selected, models)


def pages_of(document: Document) -> list[pypdfium2.PdfTextPage]:
    data, _ = pdf_bytes([document])
    return [page.get_textpage() for page in pypdfium2.PdfDocument(data)]


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("made", PAPERS)
@pytest.mark.parametrize("count", [1, 60])
def test_every_name_is_whole_and_within_the_margins(made: Callable[[int], Document], count: int) -> None:
    document = made(count)
    layout = LAYOUTS[document.paper]
    left, right = layout.margins[3] * MM, layout.page[0] - layout.margins[1] * MM
    read = ""
    for page in pages_of(document):
        read += squeezed(page.get_text_range())
        boxes = [page.get_charbox(place) for place in range(page.count_chars())]
        drawn = [box for box in boxes if box[2] > box[0]]
        assert min(box[0] for box in drawn) >= left - 1
        assert max(box[2] for box in drawn) <= right + 1
    assert all(read.count(squeezed(name)) >= 1 for name in names(count))
    assert missing_glyphs("".join(texts(document))) == ()


@pytest.mark.parametrize("made", [notice, letter, selected])
@pytest.mark.parametrize("count", COUNTS)
def test_no_page_of_a_letter_holds_its_signature_alone(made: Callable[[int], Document], count: int) -> None:
    (signed,) = [lines for page in pages_of(made(count)) if ORGAN in (lines := page.get_text_range().split())]
    above = [line for line in signed[: signed.index(ORGAN)] if not line.startswith("附件")]
    assert len(above) >= 2


def test_a_usual_letter_and_its_signature_stand_on_one_page() -> None:
    assert len(pages_of(letter(5))) == 2, "the letter, and its list on a page of its own"


def test_the_usual_public_notice_of_twenty_three_needs_two_pages() -> None:
    short = tuple(f"数学科学学院第{number}党支部" for number in range(20))
    three = ("法学院党委", "文学院党委", "医学院党委")
    groups = (NoticeGroup("全校党建工作标杆院级党组织", three), NoticeGroup("全校党建工作样板支部", short))
    contacts = (NoticeContact("党委组织部", "66-1203"), NoticeContact("纪委办公室", "66-1310"))
    days = (date(2024, 4, 8), date(2024, 4, 12))
    form = PublicNotice(f"{ROUND}培育创建单位", BASIS, groups, *days, contacts, ORGAN, date(2024, 4, 7), 5)
    assert len(pages_of(public_notice(form))) == 2


@pytest.mark.parametrize("count", [1, 8, 200])
def test_the_next_category_of_a_ranking_begins_where_the_last_ended(count: int) -> None:
    first = pages_of(ranked(count))[0].get_text_range()
    assert "一、标杆院级党组织" in first
    assert "二、样板支部" in first


def test_two_hundred_rows_are_all_ranked_below_their_heads() -> None:
    read = pages_of(ranked(200))
    assert all("入围情况" in page.get_text_range() for page in read)
    assert sum(squeezed(page.get_text_range()).count("200并列") for page in read) == 205


@pytest.mark.parametrize("reviewers", [3, 7, 8, 9, 11, 15])
def test_a_mark_stands_on_one_line_however_many_reviewers_there_are(reviewers: int) -> None:
    lines = "\n".join(page.get_text_range() for page in pages_of(ranked(4, reviewers)))
    assert lines.count("(91.25)") >= 8
    assert lines.count(f"评委{reviewers}") >= 2
    assert lines.count("4 并列") >= 8


def test_a_letter_has_as_many_pages_as_are_drawn() -> None:
    for count in COUNTS:
        assert len(pages_of(notice(count))) == len(paginate(notice(count)))
