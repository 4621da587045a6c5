"""填表说明: how to fill in each column of a form, told by the declarations of its fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dualcreate_desktop.fields import Align, Field
from dualcreate_desktop.lists.form_marks import OwnSheet
from dualcreate_desktop.papers.entry_checks import how_to_fill
from dualcreate_desktop.papers.workbook import Dress, new_sheet, put_heads, set_up

if TYPE_CHECKING:
    from openpyxl import Workbook

_GENERAL = (
    "带 * 的栏目必须填写；灰底的单元格不能修改；已有的记录有变化的直接改，缺少的在空行补填。",
    "清空单元格不会删去原有内容；整条记录要删去的，请在备注中写明。没有的内容留空，不要写“无”。",
    "请在本文件中填写，不要删除隐藏的行列，也不要把内容复制到别的表里；填好后保存，把文件原样发回。",
    "打印：A4 横向，每页都有表头；打印后在“填报单位”处盖章，由单位负责人签字。",
)
_HEADS = (("栏目", 18), ("是否必填", 10), ("怎么填", 46), ("可选内容", 60))
_MOST_WORDS = 12
_LINE = 18


def add_guide(
    book: Workbook, title: str, columns: Sequence[tuple[Field, tuple[str, ...], bool]], advice: Sequence[str]
) -> None:
    """Add the sheet.

    Args:
        columns: of the form: the field, the words of its drop-down, and whether other words are taken.
        advice: lines of this form, before those of all forms.
    """
    dress = Dress(new_sheet(book, OwnSheet.GUIDE.label))
    sheet = dress.sheet
    dress.bare(1, 1, OwnSheet.GUIDE.value)
    sheet.row_dimensions[1].hidden = True
    dress.line(2, f"《{title}》填表说明", len(_HEADS), title=True)
    sheet.row_dimensions[2].height = 30
    lines = (*advice, *_GENERAL)
    for number, text in enumerate(lines, 1):
        dress.line(2 + number, f"{number}．{text}", len(_HEADS), title=False)
    head = len(lines) + 4
    put_heads(dress, head, _HEADS)
    for number, (field, words, free) in enumerate(columns, head + 1):
        _put_field(dress, number, field, words, free=free)
    last = head + len(columns)
    set_up(sheet, head, last, len(_HEADS), landscape=True)
    sheet.auto_filter.ref = None
    sheet.protection.sheet = True


def _put_field(dress: Dress, row: int, field: Field, words: tuple[str, ...], *, free: bool) -> None:
    listed = "、".join(words[:_MOST_WORDS]) + (f" 等 {len(words)} 项" if len(words) > _MOST_WORDS else "")
    how = _how(field, words, free=free)
    dress.put(row, 1, field.label, bold=True)
    dress.put(row, 2, "必填" if field.required else "", Align.CENTER)
    dress.put(row, 3, how)
    dress.put(row, 4, listed)
    lines = max(2 * len(text) // width + 1 for text, (_, width) in ((how, _HEADS[2]), (listed, _HEADS[3])))
    dress.sheet.row_dimensions[row].height = _LINE * lines


def _how(field: Field, words: tuple[str, ...], *, free: bool) -> str:
    picked = "从下拉列表中选，没有合适的可以直接填写" if free else "从下拉列表中选"
    told = picked if words else how_to_fill(field)
    return f"{told}；{field.hint}" if field.hint else told
