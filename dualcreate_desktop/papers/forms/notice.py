"""公示: the proposed list, the days of the notice and where objections go, as a letter after GB/T 9704."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db.errors import UserError
from dualcreate_desktop.papers.content import Block, Closing, Document, Heading, Paragraph, Title
from dualcreate_desktop.papers.forms.common import chinese_date, chinese_number, title_lines


@dataclass(frozen=True, slots=True)
class NoticeGroup:
    """The proposed names of one category, in the order in which they are published."""

    category: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoticeContact:
    """An office that takes objections; what is empty is not printed."""

    office: str
    phone: str
    place: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """A notice to be published.

    Args:
        round_name: as in 第三批新时代党建“双创”工作培育创建单位.
        basis: the first sentence: by which notice and which steps the list came about, without its full stop.
        first_day, last_day: of the notice, both included.
        working_days: how many working days that is; printed in brackets, None to leave it out.
        holders: who holds the round, and with whom; empty to leave it out.
        organ: who signs; `issued` is the date below.
    """

    round_name: str
    basis: str
    groups: tuple[NoticeGroup, ...]
    first_day: date
    last_day: date
    contacts: tuple[NoticeContact, ...]
    organ: str
    issued: date
    working_days: int | None = None
    holders: str = ""


def public_notice(notice: PublicNotice) -> Document:
    """The letter.

    Raises:
        UserError: the notice ends before it begins, or begins before its date of issue.
    """
    _check_days(notice)
    title = f"关于{notice.round_name}拟入选名单的公示"
    contacts = [Paragraph(_contact(contact)) for contact in notice.contacts]
    return Document(
        title,
        (
            Title(title_lines(title)),
            Paragraph(f"{notice.basis}，{_counts(notice.groups)}。现将名单予以公示。"),
            *numbered_groups(notice.groups),
            Paragraph(f"公示时间：{_days(notice)}。"),
            Paragraph(
                "公示期间，对公示对象有异议的，可以书面、来电、来访等形式向以下部门反映。以单位名义反映的须加盖公章，"
                "以个人名义反映的须署真实姓名并留联系方式，所反映的情况应当具体、真实。"
            ),
            *contacts,
            *([Paragraph(f"{notice.holders}。")] if notice.holders else []),
            Closing(notice.organ, chinese_date(notice.issued)),
        ),
    )


def numbered_groups(groups: tuple[NoticeGroup, ...]) -> tuple[Block, ...]:
    """一、标杆院级党组织（3个） and its names, then the next category."""
    return tuple(block for number, group in enumerate(groups, 1) for block in _group(number, group))


def _check_days(notice: PublicNotice) -> None:
    if notice.last_day < notice.first_day:
        raise UserError(
            f"公示的结束日期 {chinese_date(notice.last_day)} 早于开始日期 {chinese_date(notice.first_day)}",
            todo="请核对年份和日期。",
        )
    if notice.first_day < notice.issued:
        raise UserError(
            f"公示的开始日期 {chinese_date(notice.first_day)} 早于落款日期 {chinese_date(notice.issued)}",
            todo="请核对年份和日期。",
        )


def _counts(groups: tuple[NoticeGroup, ...]) -> str:
    parts = "、".join(f"{len(group.names)}个{group.category}" for group in groups)
    return f"拟确定{parts}培育创建单位"


def _group(number: int, group: NoticeGroup) -> tuple[Block, ...]:
    heading = Heading(f"{chinese_number(number)}、{group.category}（{len(group.names)}个）")
    return heading, *(Paragraph(f"{place}.{name}") for place, name in enumerate(group.names, 1))


def _days(notice: PublicNotice) -> str:
    """2024年4月8日至4月12日; the year again only where it differs."""
    last = notice.last_day
    same_year = last.year == notice.first_day.year
    ends = f"{last.month}月{last.day}日" if same_year else chinese_date(last)
    counted = "" if notice.working_days is None else f"（{notice.working_days}个工作日）"
    return f"{chinese_date(notice.first_day)}至{ends}{counted}"


def _contact(contact: NoticeContact) -> str:
    parts = {"联系电话": contact.phone, "地址": contact.place, "电子邮箱": contact.mail}
    known = "；".join(f"{label}：{value}" for label, value in parts.items() if value)
    return f"{contact.office}　{known}"
