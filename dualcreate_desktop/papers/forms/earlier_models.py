"""以往批次样板支部考核情况: how the earlier model branches were appraised this year (notice of 2023, 三(一))."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dualcreate_desktop.fields import Align
from dualcreate_desktop.papers.content import (
    Closing,
    Document,
    Heads,
    Note,
    Paper,
    Paragraph,
    Spacer,
    Table,
    Title,
)
from dualcreate_desktop.papers.forms.common import OWN_TEMPLATE, chinese_date


@dataclass(frozen=True, slots=True)
class Model:
    """One earlier model branch, every value as it is printed.

    Args:
        grade: empty while it was not appraised.
        standing: what became of it where it is no more; empty while it stands.
    """

    unit: str
    branch: str
    titles: str
    grade: str
    score: str
    note: str
    standing: str = ""


@dataclass(frozen=True, slots=True)
class EarlierModels:
    """All of them in one year.

    Args:
        organ: who signs.
        day: the date below; None where it is written by hand.
    """

    year: int
    models: tuple[Model, ...]
    organ: str
    day: date | None


TABLE_GAP = 2
"""Between the summary and the list, in millimetres."""

_COLUMNS = (
    Heads("序号", 1.2, Align.CENTER),
    Heads("院级党组织", 4.4),
    Heads("党支部", 6),
    Heads("创建级别与批次", 4.4),
    Heads("考核等次", 2, Align.CENTER),
    Heads("得分", 1.6, Align.CENTER),
    Heads("示范引领作用发挥情况", 5),
)


def earlier_models(form: EarlierModels) -> Document:
    """The report, A4 across: how many of which grade, who was not appraised, and the list."""
    title = f"{form.year}年度已创建样板支部考核情况"
    rows = tuple(
        (
            str(number),
            model.unit,
            model.branch,
            model.titles,
            model.grade or "未考核",
            model.score,
            model.standing or model.note,
        )
        for number, model in enumerate(form.models, 1)
    )
    return Document(
        title,
        (
            Title(title),
            Paragraph(_summary(form.models)),
            Spacer(TABLE_GAP),
            Table(_COLUMNS, rows or (("", "没有登记以往批次的样板支部", *("",) * 5),)),
            Note(f"注：依据通知“三（一）”，重点考核已创建样板支部示范引领作用发挥情况。{OWN_TEMPLATE}"),
            Closing(form.organ, chinese_date(form.day) if form.day else "　　年　月　日"),
        ),
        Paper.FORM_WIDE,
    )


def _summary(models: Sequence[Model]) -> str:
    standing = [model for model in models if not model.standing]
    grades = Counter(model.grade for model in standing if model.grade)
    gone = len(models) - len(standing)
    parts = [f"已创建的样板支部共{len(models)}个" + (f"，其中{gone}个已撤并" if gone else "")]
    if grades:
        parts.append(
            "已考核的等次为" + "、".join(f"“{grade}”{count}个" for grade, count in grades.most_common())
        )
    missing = [model.branch for model in standing if not model.grade]
    if missing:
        parts.append(f"尚未考核{len(missing)}个：{'、'.join(missing)}")
    elif standing:
        parts.append("均已考核")
    return "；".join(parts) + "。"
