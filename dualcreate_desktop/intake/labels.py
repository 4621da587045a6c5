"""Labels with their values above a table: 填报单位（盖章）：…, 评委：…, 年度：…"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from dualcreate_desktop.intake.grid import Grid
from dualcreate_desktop.intake.values import clean

_DEEPEST = 20
_LABEL = r"[^\s:：，。；、]{1,14}?(?:\s*[(（][^()（）]{0,10}[)）])?"
_PAIR = re.compile(rf"(?:^|\s+)({_LABEL})\s*[:：]")
_BRACKETS = re.compile(r"[(（].*?[)）]")
_LONGEST_LABEL = 8


def head_values(grid: Grid, header_row: int | None = None) -> dict[str, str]:
    """Label → value of the rows above the head (the first rows when it is not known), brackets taken from labels.

    A value stands behind its colon, or in the next cell; a row of short cells without colons counts as pairs.
    """
    end = min(_DEEPEST if header_row is None else header_row, len(grid.rows))
    values: dict[str, str] = {}
    for row in range(end):
        texts = [text for text in map(clean, grid.rows[row]) if text]
        for label, value in _pairs(texts):
            values.setdefault(_BRACKETS.sub("", label).strip(), value)
    return {label: value for label, value in values.items() if label and value}


def titles(grid: Grid, header_row: int) -> list[str]:
    """The lines above the head that are no labels, from top to bottom."""
    rows = ([text for text in map(clean, row) if text] for row in grid.rows[:header_row])
    return [texts[0] for texts in rows if len(texts) == 1 and not _PAIR.search(texts[0])]


def _pairs(texts: list[str]) -> Iterator[tuple[str, str]]:
    if not any(_PAIR.search(text) for text in texts):
        if len(texts) % 2 == 0 and all(len(label) <= _LONGEST_LABEL for label in texts[::2]):
            yield from zip(texts[::2], texts[1::2], strict=True)
        return
    for text, following in zip(texts, [*texts[1:], ""], strict=True):
        found = list(_PAIR.finditer(text))
        for match, after in zip_longest(found, found[1:]):
            value = text[match.end() : after.start() if after else len(text)].strip(" _\n　")
            if not value and after is None and not _PAIR.search(following):
                value = following
            yield match[1], value
