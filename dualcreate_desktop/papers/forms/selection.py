"""入选名单: who was selected, as it is announced after the 公示."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dualcreate_desktop.papers.content import Closing, Document, Paragraph, Title
from dualcreate_desktop.papers.forms.common import chinese_date, title_lines
from dualcreate_desktop.papers.forms.notice import NoticeGroup, numbered_groups


@dataclass(frozen=True, slots=True)
class Selection:
    """The final list.

    Args:
        round_name: as in 第三批新时代党建“双创”工作.
        basis: by which notice and which steps, without its full stop.
        cycle: how long they build, 2024年4月至2025年3月.
        organ: who signs; `decided` is the date below.
    """

    round_name: str
    basis: str
    groups: tuple[NoticeGroup, ...]
    cycle: str
    organ: str
    decided: date


def selection(form: Selection) -> Document:
    """The letter, after GB/T 9704."""
    title = f"{form.round_name}培育创建单位入选名单"
    counts = "、".join(f"{len(group.names)}个{group.category}" for group in form.groups)
    return Document(
        title,
        (
            Title(title_lines(title)),
            Paragraph(f"{form.basis}，确定{counts}培育创建单位，建设周期为{form.cycle}。现将名单公布如下。"),
            *numbered_groups(form.groups),
            Closing(form.organ, chinese_date(form.decided)),
        ),
    )
