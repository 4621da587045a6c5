"""Words set in a style and a width: which font draws each character, where the lines break, how they are drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from dualcreate_desktop.fields import Align
from dualcreate_desktop.papers.content import Run, Words
from dualcreate_desktop.papers.fonts import glyph
from dualcreate_desktop.papers.layout import Style
from dualcreate_desktop.papers.lines import (
    Span,
    balance_text,
    break_text,
    break_with_last,
    is_latin,
)

MOST_STRETCH = 0.2
"""A line whose gaps would widen by more than this part of a character stays short instead."""
BASELINE = 0.88
"""The baseline of a Chinese font lies this part of its size below the top of the character."""


@dataclass(frozen=True, slots=True)
class SetWords:
    """A paragraph broken into lines; a part of it after :meth:`cut` shares its characters.

    Args:
        text, fonts, advances: every character as it is drawn, the name of its font, its advance in points.
    """

    text: str
    fonts: tuple[str, ...]
    advances: tuple[float, ...]
    style: Style
    width: float
    spans: tuple[Span, ...]

    @property
    def height(self) -> float:
        """Of all lines."""
        return len(self.spans) * self.style.pitch

    @property
    def natural_width(self) -> float:
        """Of the widest line, without its indent."""
        return max(span.width for span in self.spans)

    def cut(self, lines: int) -> tuple[SetWords, SetWords]:
        """The first `lines` lines, and the others."""
        return replace(self, spans=self.spans[:lines]), replace(self, spans=self.spans[lines:])

    def draw(self, out: Any, left: float, top: float) -> None:
        """Write the lines into a reportlab text object, the first below `top`."""
        style = self.style
        baseline = top - (style.pitch - style.size) / 2 - BASELINE * style.size
        for span in self.spans:
            self._draw_line(out, span, left, baseline)
            baseline -= style.pitch

    def _draw_line(self, out: Any, span: Span, left: float, baseline: float) -> None:
        indent = self._indent(span)
        spare = self.width - indent - span.width
        extra = self._extra(span, spare)
        x = left + indent
        if self.style.align is not Align.LEFT:
            x += spare if self.style.align is Align.RIGHT else spare / 2
        for (font, gap), part in groupby(self._gaps(span, extra), key=lambda each: each[1:]):
            places = [place for place, _, _ in part]
            start, end = places[0], places[-1] + 1
            out.setTextOrigin(x, baseline)
            out.setFont(font, self.style.size)
            out.setCharSpace(self.style.tracking + gap)
            out.textOut(self.text[start:end])
            x += sum(self.advances[start:end]) + gap * len(places)

    def _gaps(self, span: Span, extra: float) -> Iterator[tuple[int, str, float]]:
        """Each drawn character's place, its font and what the gap after it gets."""
        last = span.shown - 1
        for place in range(span.start, span.shown):
            widens = extra and (place == last or self._stretches(place))
            yield place, self.fonts[place], extra if widens else 0

    def _indent(self, span: Span) -> float:
        starts = span.start == 0 or self.text[span.start - 1] == "\n"
        return self.style.indent * (self.style.size + self.style.tracking) if starts else 0

    def _extra(self, span: Span, spare: float) -> float:
        """What each gap that may widen gets; nothing where the line would fall apart."""
        if not (span.full and self.style.justified and spare > 0):
            return 0
        gaps = sum(self._stretches(index) for index in range(span.start, span.shown - 1))
        return spare / gaps if gaps and spare / gaps <= self.style.size * MOST_STRETCH else 0

    def _stretches(self, index: int) -> bool:
        """Whether the gap after a character widens in a justified line: not inside a Latin word."""
        return not (is_latin(self.text[index]) and is_latin(self.text[index + 1]))


def set_words(words: Words, style: Style, width: float) -> SetWords:
    """Break words into lines of `width` points."""
    runs = (Run(words),) if isinstance(words, str) else words
    glyphs = [
        glyph(run.face or style.face, char)
        for run in runs
        for char in run.text
        if char >= " " or char == "\n"
    ]
    text = "".join(each.char for each in glyphs)
    advances = tuple(each.advance * style.size + style.tracking for each in glyphs)
    indent = style.indent * (style.size + style.tracking)
    if style.balanced:
        spans = balance_text(text, advances, width)
    elif style.last_least:
        spans = break_with_last(text, advances, width, style.last_least)
    else:
        spans = break_text(text, advances, width, indent)
    return SetWords(text, tuple(each.font for each in glyphs), advances, style, width, spans)
