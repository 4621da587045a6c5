"""推荐汇总表: what a unit recommends, in its order of preference (notice of 2023, 三(二))."""

from __future__ import annotations

from dataclasses import dataclass

from dualcreate_desktop.fields import Align
from dualcreate_desktop.papers.content import (
    Document,
    Heads,
    Note,
    Paper,
    Paragraph,
    Run,
    SignatureLine,
    Table,
    Title,
)
from dualcreate_desktop.papers.forms.common import DATE_BLANK, OWN_TEMPLATE


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One row, every value as it is printed."""

    order: str
    name: str
    kind: str
    secretary: str
    founded: str
    members: str
    category: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecommendationSummary:
    """All that a unit recommends in a round.

    Args:
        round_name: as in 第三批新时代党建“双创”工作.
        contact: who filled it in, with the telephone; printed if known.
    """

    round_name: str
    unit: str
    rows: tuple[Recommendation, ...]
    contact: str = ""
    footer: str = ""


_COLUMNS = (
    Heads("推荐\n顺序", 1.2, Align.CENTER),
    Heads("党组织名称", 6),
    Heads("类型", 2.6, Align.CENTER),
    Heads("书记", 1.8, Align.CENTER),
    Heads("成立时间", 2.2, Align.CENTER),
    Heads("党员数", 1.5, Align.CENTER),
    Heads("申报类别", 3.2, Align.CENTER),
    Heads("备注", 2.6),
)


def recommendation_summary(form: RecommendationSummary) -> Document:
    """The table, A4 across, to be signed and sealed."""
    title = f"{form.round_name}推荐汇总表"
    rows = tuple(
        (
            row.order,
            row.name,
            row.kind,
            row.secretary,
            row.founded,
            row.members,
            row.category,
            row.note,
        )
        for row in form.rows
    )
    contact = f"　　　　联系人：{form.contact}" if form.contact else ""
    return Document(
        title,
        (
            Title(title),
            Paragraph((Run(f"填报单位（盖章）：{form.unit}{contact}"),), indent=False),
            Table(_COLUMNS, rows or (("", "本次无推荐", *("",) * 6),)),
            Note(f"注：推荐顺序即本单位的优先次序。{OWN_TEMPLATE}"),
            SignatureLine(("填报人：", "审核人：", "院级党组织负责人签字：", DATE_BLANK)),
        ),
        Paper.FORM_WIDE,
        footer=form.footer,
    )
