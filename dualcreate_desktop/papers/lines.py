"""Where Chinese text breaks into lines (禁则), without fonts or pages.

The rules are those of GB/T 15834 and of Chinese layout practice: no line begins with a closing mark, none ends with
an opening one, a Latin word or a number stays whole, and a closing mark at the end of a line may give up its empty
right half.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

NO_START = frozenset("，。、；：？！…—～·％‰℃°）】〕》〉」』〗｝］”’,.;:?!%)]}»›ー々〻")
"""No line begins with one of these."""
NO_END = frozenset("（【〔《〈「『〖｛［“‘([{«‹￥＄$#＃№")
"""No line ends with one of these."""
SQUEEZABLE = frozenset("，。、；：！）】〕》〉」』〗”’")
"""Their right half is empty: at the end of a line they take half a character."""
SOFT = frozenset("@./-_?&=")
"""A Latin word that is longer than a line breaks after one of these."""


@dataclass(frozen=True, slots=True)
class Span:
    """One line: characters `start` to `end` of the text, trailing blanks and line break included.

    Args:
        shown: end of the characters that are drawn.
        width: of the drawn characters, an end mark counted by half when `squeezed`.
        full: the paragraph goes on, so the line is set to the full width.
    """

    start: int
    end: int
    shown: int
    width: float
    full: bool
    squeezed: bool = False


def break_text(text: str, advances: Sequence[float], width: float, indent: float = 0) -> tuple[Span, ...]:
    """The lines of a text.

    Args:
        advances: the advance of every character, in the unit of `width`.
        indent: how far the first line of every paragraph is set in.

    Returns:
        at least one span; together they cover the text. A line is wider than `width` only if a single character is.
    """
    spans: list[Span] = []
    start, room = 0, width - indent
    while start < len(text):
        spans.append(_line(text, advances, start, room))
        start = spans[-1].end
        room = width if spans[-1].full else width - indent
    return tuple(spans) or (Span(0, 0, 0, 0.0, full=False),)


def balance_text(text: str, advances: Sequence[float], width: float) -> tuple[Span, ...]:
    """As few lines as :func:`break_text` makes, of nearly equal length: for titles and labels."""
    spans = break_text(text, advances, width)
    low, high = 0.0, width
    while len(spans) > 1 and high - low > 1:
        middle = (low + high) / 2
        tighter = break_text(text, advances, middle)
        if len(tighter) > len(spans) or max(span.width for span in tighter) > middle:
            low = middle
        else:
            spans, high = tighter, middle
    return spans


def break_with_last(text: str, advances: Sequence[float], width: float, least: int) -> tuple[Span, ...]:
    """As many lines as :func:`break_text` makes, a little shorter where fewer than `least` characters would be the last."""
    spans = break_text(text, advances, width)
    for shorter in range(1, least + 1) if _is_stub(spans, least) else ():
        tried = break_text(text, advances, width - shorter * max(advances))
        if len(tried) == len(spans) and not _is_stub(tried, least):
            return tried
    return spans


def _is_stub(spans: tuple[Span, ...], least: int) -> bool:
    """Whether the last of several lines of a paragraph has fewer characters."""
    return len(spans) > 1 and spans[-2].full and spans[-1].shown - spans[-1].start < least


def _line(text: str, advances: Sequence[float], start: int, room: float) -> Span:
    """The line that begins at `start`."""
    fits = _furthest(text, advances, start, room)
    if fits == len(text):
        return _span(text, advances, start, fits, room, full=False)
    if text[fits] == "\n":
        return _span(text, advances, start, fits + 1, room, full=False)
    return _span(text, advances, start, _break_before(text, advances, start, fits, room), room, full=True)


def _furthest(text: str, advances: Sequence[float], start: int, room: float) -> int:
    """The first character that no longer fits, or the line break or end of the text."""
    total = 0.0
    for index in range(start, len(text)):
        char = text[index]
        if char == "\n":
            return index
        total += advances[index]
        if total > room and char != " " and not _fits_squeezed(char, advances[index], total, room):
            return index
    return len(text)


def _fits_squeezed(char: str, advance: float, total: float, room: float) -> bool:
    return char in SQUEEZABLE and total - advance / 2 <= room


def _break_before(text: str, advances: Sequence[float], start: int, fits: int, room: float) -> int:
    """The best place to break at or before `fits`: between words, else inside a long word, else anywhere."""
    first = _word_start(text, start, fits)
    long = sum(advances[first : _word_end(text, fits)]) > room
    tries = ((_soft, first + 1), (_between_words, start + 1)) if long else ((_between_words, start + 1),)
    for allowed, lowest in (*tries, (_kinsoku, start + 1)):
        for index in range(fits, lowest - 1, -1):
            if allowed(text[index - 1], text[index]):
                return index
    return max(fits, start + 1)


def _word_start(text: str, start: int, fits: int) -> int:
    """Where the Latin word that no longer fits begins on this line; `fits` itself in Chinese text."""
    first = fits
    while first > start and is_latin(text[first]) and is_latin(text[first - 1]):
        first -= 1
    return first


def _word_end(text: str, fits: int) -> int:
    end = fits
    while end < len(text) and is_latin(text[end]):
        end += 1
    return end


def _kinsoku(before: str, after: str) -> bool:
    return after not in NO_START and before not in NO_END and after != " "


def _between_words(before: str, after: str) -> bool:
    return _kinsoku(before, after) and not (is_latin(before) and is_latin(after))


def _soft(before: str, after: str) -> bool:
    return before in SOFT and after not in SOFT and _kinsoku(before, after)


@cache
def is_latin(char: str) -> bool:
    """Whether a character belongs to a word that is not broken: letters, digits and their marks."""
    return char != " " and unicodedata.east_asian_width(char) not in {"W", "F"} and char not in "“”‘’—…·\n"


def _span(text: str, advances: Sequence[float], start: int, end: int, room: float, *, full: bool) -> Span:
    """Measure the line, without its trailing blanks."""
    shown = end
    while shown > start and text[shown - 1] in " \n":
        shown -= 1
    width = sum(advances[start:shown])
    squeezed = shown > start and width > room and text[shown - 1] in SQUEEZABLE
    if squeezed:
        width -= advances[shown - 1] / 2
    return Span(start, end, shown, width, full and end < len(text), squeezed)
