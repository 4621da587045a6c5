"""The faces of a paper and, for every character, the first font that can draw it.

reportlab has no fallback: a character that its font lacks becomes a blank without a word. So every character is
looked up in the chain of its face; what no font has is drawn as 〓 and named by :func:`missing_glyphs`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Any

from dualcreate_desktop.papers.content import Face

REPLACEMENT = "〓"
"""Stands in print for a character that no font has."""


@dataclass(frozen=True, slots=True)
class Font:
    """One font file of ``resources/fonts``; `leave` are characters that another font of the chain draws better."""

    name: str
    file: str
    leave: str = ""


SONG = Font("Noto Serif SC", "NotoSerifSC-Regular.ttf", leave="—")
SONG_BOLD = Font("Noto Serif SC Bold", "NotoSerifSC-Bold.ttf", leave="—")
HEI = Font("Noto Sans SC Medium", "NotoSansSC-Medium.ttf", leave="—")
KAI = Font("Shuangchuang Kai", "ShuangchuangKai-Regular.ttf", leave="“”‘’·")
FANG = Font("Shuangchuang Fang", "ShuangchuangFang-Regular.ttf")

CHAINS: dict[Face, tuple[Font, ...]] = {
    Face.FANG: (FANG, SONG),
    Face.SONG: (SONG, FANG),
    Face.BIAOSONG: (SONG_BOLD, SONG, FANG),
    Face.HEI: (HEI, SONG, FANG),
    Face.KAI: (KAI, SONG, FANG),
}
"""Noto's dash is narrower than its character and would leave a gap in ——; FANG's is whole. SONG has every character."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """How one character is drawn: what is printed, the font's name, and its advance at a size of 1 point."""

    char: str
    font: str
    advance: float


@cache
def glyph(face: Face, char: str) -> Glyph:
    """The glyph of a character in a face, from the first font of the chain that has it; a line break has no width."""
    if char == "\n":
        return Glyph(char, CHAINS[face][0].name, 0)
    found = _found(face, char)
    return found if found is not None else Glyph(REPLACEMENT, *_drawn_by(face, REPLACEMENT))


def missing_glyphs(text: str) -> tuple[str, ...]:
    """The characters of `text` that no font has, each once, in order; line breaks are not looked at."""
    unseen = dict.fromkeys(text.replace("\n", ""))
    return tuple(char for char in unseen if _found(Face.SONG, char) is None)


@cache
def registered(font: Font) -> Any:  # reportlab ships no types
    """The font, known to reportlab under its name from now on (about 0.02 s for each, once)."""
    from reportlab.pdfbase import pdfmetrics, ttfonts

    ttfonts.makeToUnicodeCMap = to_unicode_map  # the original writes characters above U+FFFF wrongly
    with as_file(files("resources") / "fonts" / font.file) as path:
        known = ttfonts.TTFont(font.name, str(path), shapable=False)
    pdfmetrics.registerFont(known)
    return known


def to_unicode_map(font_name: str, codes: Sequence[int]) -> str:
    """The table by which a reader copies text out of the PDF (PDF 32000-1, 9.10.3), in UTF-16BE.

    `codes` are the characters of a font subset at their byte codes.
    """
    pairs = [f"<{byte:02X}> <{_utf16(code)}>" for byte, code in enumerate(codes)]
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    mapped = [line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")]
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({font_name}) /Ordering ({font_name}) /Supplement 0 >> def",
            f"/CMapName /{font_name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *mapped,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        )
    )


def _utf16(code: int) -> str:
    return chr(code).encode("utf-16-be", errors="replace").hex().upper()


def _found(face: Face, char: str) -> Glyph | None:
    for font in CHAINS[face]:
        if char not in font.leave and ord(char) in registered(font).face.charToGlyph:
            return Glyph(char, font.name, registered(font).face.getCharWidth(ord(char)) / 1000)
    return None


def _drawn_by(face: Face, char: str) -> tuple[str, float]:
    drawn = _found(face, char)
    if drawn is None:
        raise LookupError(f"the fonts of {face} lack {char}")
    return drawn.font, drawn.advance
