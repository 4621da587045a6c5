"""Labels and their values in the tables of a form, wherever the form puts them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from dualcreate_desktop.intake.grid import Grid, Merge
from dualcreate_desktop.intake.values import clean

_NUMBERING = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．)）])\s*"
)
_COLON = re.compile(r"^\s*([^:：\n]{1,30}?)\s*[:：]\s*")
_SIGNED = re.compile(r"(?:意见|签字|签名|盖章|公章)(?:[(（][^)）]*[)）])?$")
"""How the label of a box ends in which somebody signs: 院级党组织意见 names no 院级党组织."""

_LONGEST_LABEL = 40
_LONGEST_FOREIGN = 16


@dataclass(frozen=True, slots=True)
class Pair:
    """A label of a form and what was filled in.

    Args:
        place: where the value stands: 表格 1 第 3 行.
        known: the label is a word of the list; otherwise it only looks like a label.
    """

    label: str
    value: str
    place: str
    known: bool = True


@dataclass(frozen=True, slots=True)
class _Box:
    """A cell with all that it is merged over; all bounds from 0 and inclusive."""

    top: int
    left: int
    bottom: int
    right: int
    text: str


def pairs(grids: Iterable[Grid], knows: Callable[[str], bool]) -> Iterator[Pair]:
    """The labels of a document with their values, in reading order.

    A value stands in the cell to the right of its label, in the cell below it, behind its colon, or below it in the
    same cell.

    Args:
        knows: whether a text is a label that the list has a field for.
    """
    for grid in grids:
        boxes = _boxes(grid)
        used: set[_Box] = set()
        for box in boxes:
            if box not in used:
                yield from _pairs_at(grid, boxes, box, knows, used)


def _pairs_at(
    grid: Grid, boxes: Sequence[_Box], box: _Box, knows: Callable[[str], bool], used: set[_Box]
) -> Iterator[Pair]:
    label = bare(box.text)
    if is_label(label, knows):
        value = _beside(boxes, box, knows) or _below(boxes, box, knows)
        if value is not None:
            used.add(value)
            yield Pair(label, _filled(value.text), _place(grid, value))
        return
    inside = [] if _SIGNED.search(label) else list(_inside(box.text, knows))
    if inside:
        yield from (Pair(found, value, _place(grid, box)) for found, value in inside)
        return
    foreign = _beside(boxes, box, knows) if 0 < len(label) <= _LONGEST_FOREIGN else None
    if foreign is not None and foreign.text:
        used.add(foreign)
        yield Pair(label, foreign.text, _place(grid, foreign), known=False)


def bare(text: str) -> str:
    """A label without its numbering, line breaks and closing colon: 一、特色做法： is 特色做法."""
    return "".join(_NUMBERING.sub("", text).splitlines()).strip().rstrip(":：").strip()


def is_label(text: str, knows: Callable[[str], bool]) -> bool:
    """Whether a cell is a label and nothing else, perhaps written downwards."""
    plain = "".join(text.split())
    return 0 < len(plain) <= _LONGEST_LABEL and knows(plain)


def _inside(text: str, knows: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """Labels in a text with their values: behind a colon, or in the lines below a heading."""
    label, value = "", list[str]()
    for line in text.splitlines():
        plain = _NUMBERING.sub("", line)
        found = _COLON.match(plain)
        named = found[1] if found is not None and knows(found[1]) else ""
        heading = bare(line)
        if named or is_label(heading, knows):
            if label:
                yield label, _filled("\n".join(value))
            label, value = named or heading, [plain[found.end() :]] if named and found is not None else []
        elif label:
            value.append(line)
    if label:
        yield label, _filled("\n".join(value))


def _filled(text: str) -> str:
    return text.strip(" _＿\u3000\n")


def _beside(boxes: Sequence[_Box], box: _Box, knows: Callable[[str], bool]) -> _Box | None:
    """The cell to the right, when it is no label itself."""
    found = next(
        (each for each in boxes if each.left == box.right + 1 and each.top <= box.top <= each.bottom), None
    )
    return None if found is None or is_label(bare(found.text), knows) else found


def _below(boxes: Sequence[_Box], box: _Box, knows: Callable[[str], bool]) -> _Box | None:
    """The cell below, when it is no label itself."""
    found = next(
        (each for each in boxes if each.top == box.bottom + 1 and each.left <= box.left <= each.right), None
    )
    return None if found is None or is_label(bare(found.text), knows) else found


def _boxes(grid: Grid) -> list[_Box]:
    """The cells of a table in reading order, each merged range once."""
    merges = {(merge.top, merge.left): merge for merge in grid.merges}
    covered = {
        (row, column)
        for merge in grid.merges
        for row in range(merge.top, merge.bottom + 1)
        for column in range(merge.left, merge.right + 1)
        if (row, column) != (merge.top, merge.left)
    }
    boxes = []
    for row, cells in enumerate(grid.rows):
        for column, cell in enumerate(cells):
            if (row, column) not in covered:
                merge = merges.get((row, column), Merge(row, column, row, column))
                boxes.append(_Box(row, column, merge.bottom, merge.right, clean(cell)))
    return boxes


def _place(grid: Grid, box: _Box) -> str:
    return f"{grid.name} 第 {box.top + 1} 行"
