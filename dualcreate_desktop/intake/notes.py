"""What a person should know of how a sheet was read, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from dualcreate_desktop.intake.grid import Grid, SheetState, column_letter
from dualcreate_desktop.intake.other_tables import table_below, table_beside
from dualcreate_desktop.intake.shape import Guess


def sheet_notes(grid: Grid, guess: Guess) -> Iterator[str]:
    """Another table in the sheet first, then what is hidden, matched with doubt, or left out."""
    yield from _other_tables(grid, guess)
    yield from _hidden(grid, guess)
    doubtful = [h for h in guess.headings if h.is_doubtful]
    if doubtful:
        pairs = (f"“{h.text}”→{guess.kind.field(h.key).label}" for h in doubtful)
        yield "请核对列的对应：" + "，".join(pairs)
    extra = [h.text for h in guess.headings if not h.key and not h.is_counter]
    if extra:
        yield "未导入的列：" + "、".join(extra)


def _hidden(grid: Grid, guess: Guess) -> Iterator[str]:
    if grid.state is not SheetState.VISIBLE:
        yield f"工作表“{grid.name}”是隐藏的，请确认它不是往年的名单"
    hidden = sum(guess.first_row <= row <= guess.last_row for row in grid.hidden_rows)
    if hidden:
        yield f"有 {hidden} 行被隐藏或筛选掉，也已读取"
    if any(column in guess.mapping for column in grid.hidden_columns):
        yield "有隐藏的列，也已读取"


def _other_tables(grid: Grid, guess: Guess) -> Iterator[str]:
    below = table_below(grid, guess.kind, guess.headings, guess.last_row + 1)
    if below is not None:
        yield f"第 {below + 1} 行起是栏目不同的另一张表，没有读取；导入这一部分后，再拖入一次文件，把第 {below + 1} 行设为表头"
    beside = table_beside(guess.headings)
    if beside is not None:
        yield f"{column_letter(beside)} 列起是并排的另一张表，没有读取；请把它接在左边的表下面，再导入"
