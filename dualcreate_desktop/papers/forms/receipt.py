"""回执: what paper arrived, how many copies, when and who took it; a stub for the office and a slip for the bringer."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dualcreate_desktop.fields import Align
from dualcreate_desktop.papers.content import (
    Block,
    Document,
    FormTable,
    Heads,
    Note,
    PageBreak,
    Paper,
    Paragraph,
    SignatureLine,
    Spacer,
    Table,
    Title,
)
from dualcreate_desktop.papers.forms.common import Fact, fact_rows
from dualcreate_desktop.papers.pages import paginate

UNKNOWN = "0" * 16
"""Stands for the code of a slip while its room is measured."""


@dataclass(frozen=True, slots=True)
class ReceiptItem:
    """One document: asked for and received, as they are printed (2份, 1份, 无)."""

    material: str
    asked: str
    received: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """One handing-over.

    Args:
        number: of the receipt, as it is printed.
        received_at: date and clock time; late items carry their reason in the note.
        missing: what is still owed, one sentence; empty when all is there.
        keeper: who took it, with telephone and place; empty where that is written by hand.
    """

    round_name: str
    number: str
    applicant: str
    unit: str
    items: tuple[ReceiptItem, ...]
    received_at: str
    received_by: str
    brought_by: str
    missing: str = ""
    keeper: str = ""
    footer: str = ""


def receipt_slip(receipt: Receipt) -> Document:
    """Stub and slip: on one sheet to be cut apart, or on two when the list is long."""
    one = _sheets(receipt, Spacer(6), _cut_line(), Spacer(2))
    return one if _fits_one_page(one) else _sheets(receipt, PageBreak())


def _sheets(receipt: Receipt, *between: Block) -> Document:
    return Document(
        f"收件回执 {receipt.number}",
        (*_half(receipt, "组织部留存"), *between, *_half(receipt, "交件单位留存")),
        Paper.FORM,
        footer=receipt.footer,
    )


def _fits_one_page(document: Document) -> bool:
    """Whether a page has room for all of it and for the code that is printed on it."""
    return len(paginate(replace(document, code=UNKNOWN))) == 1


def _cut_line() -> Paragraph:
    return Paragraph("…………………………沿此线裁开…………………………", indent=False, align=Align.CENTER)


def _half(receipt: Receipt, keeper: str) -> tuple[Block, ...]:
    facts = [
        Fact("回执编号", receipt.number),
        Fact("收件时间", receipt.received_at),
        Fact("申报党组织", receipt.applicant, wide=True),
        Fact("院级党组织", receipt.unit, wide=True),
    ]
    owed = receipt.missing or "材料齐全。"
    known = f"\n{receipt.keeper}" if receipt.keeper else ""
    return (
        Title(f"收件回执（{keeper}）"),
        FormTable((3, 5, 3, 5), fact_rows(facts)),
        _items(receipt.items),
        Note(f"{receipt.round_name}。{owed}{known}"),
        SignatureLine((f"收件人：{receipt.received_by}", f"交件人：{receipt.brought_by}")),
    )


def _items(items: tuple[ReceiptItem, ...]) -> Table:
    columns = (
        Heads("材料", 9),
        Heads("应交", 1.6, Align.CENTER),
        Heads("实收", 1.6, Align.CENTER),
        Heads("备注", 3.8),
    )
    return Table(columns, tuple((item.material, item.asked, item.received, item.note) for item in items))
