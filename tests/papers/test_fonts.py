from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualcreate_desktop.papers.content import Face
from dualcreate_desktop.papers.fonts import CHAINS, REPLACEMENT, glyph, missing_glyphs, to_unicode_map

RARE = "䶮𠅤㛃喆堃昇頔镕犇燚𬭎𫖯"


def test_every_character_of_gbk_and_the_rare_names_can_be_drawn() -> None:
    gbk = "".join(
        bytes((high, low)).decode("gbk", errors="ignore")
        for high in (*range(0x81, 0xA1), *range(0xB0, 0xFE))
        for low in range(0x40, 0xFF)
        if low != 0x7F
    )
    assert len(gbk) > 20000
    assert missing_glyphs(gbk + RARE) == ()


@pytest.mark.parametrize("face", list(Face))
def test_a_common_character_is_drawn_by_the_font_of_its_face(face: Face) -> None:
    assert glyph(face, "党").font == CHAINS[face][0].name
    assert glyph(face, "党").advance == 1


@pytest.mark.parametrize("char", RARE)
def test_a_rare_character_falls_back_to_a_font_that_has_it(char: str) -> None:
    assert glyph(Face.FANG, char).char == char
    assert glyph(Face.FANG, char).font == CHAINS[Face.SONG][0].name


def test_what_no_font_has_is_replaced_and_named() -> None:
    assert glyph(Face.FANG, "\U0001f600").char == REPLACEMENT
    assert missing_glyphs("王\U0001f600小\n\U0001f600") == ("\U0001f600",)


@pytest.mark.parametrize("face", list(Face))
def test_quotes_and_dashes_take_a_whole_character(face: Face) -> None:
    assert all(glyph(face, char).advance == 1 for char in "“”—…，。《》")


@given(st.lists(st.integers(1, 0x10FFFF).filter(lambda code: not 0xD800 <= code < 0xE000), max_size=256))
def test_the_copy_table_names_every_character_in_utf16(codes: list[int]) -> None:
    lines = [
        line.split()
        for line in to_unicode_map("F", codes).splitlines()
        if line.startswith("<") and "> <" in line
    ]
    pairs = {int(byte[1:-1], 16): bytes.fromhex(text[1:-1]).decode("utf-16-be") for byte, text in lines[1:]}
    assert pairs == {byte: chr(code) for byte, code in enumerate(codes)}
