"""Sort keys and initials of Chinese text, from pypinyin's table of single characters."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

_ORDINAL = re.compile(r"第?([〇零一二三四五六七八九十百]+|\d+)(?=党?支部|党总支|学院|年级|班|\d*$|[）)])")
_WIDTH = 5


def sort_key(name: str) -> str:
    """The order of a telephone book, 第二 before 第十一: pinyin without tones, ordinals padded with zeros."""
    text = unicodedata.normalize("NFKC", name)
    return "".join(map(_syllable, _ORDINAL.sub(_padded, text)))


def initials(text: str) -> str:
    """The first letters of the syllables, lower case; letters and digits stay, all else is left out."""
    return "".join(map(_initial, unicodedata.normalize("NFKC", text)))


def _padded(found: re.Match[str]) -> str:
    number = ordinal_number(found[1])
    return found[0] if number is None else f"{number:0{_WIDTH}d}"


@lru_cache(maxsize=4096)
def ordinal_number(text: str) -> int | None:
    """第十一, 十一, 11 or １１ as 11; None when it is no number up to 9,999."""
    text = unicodedata.normalize("NFKC", text).removeprefix("第")
    if text.isascii():
        return int(text) if text.isdecimal() and len(text) <= 4 else None
    total = digit = 0
    for character in text:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            found = "零一二三四五六七八九".find(character.replace("〇", "零"))
            if found < 0:
                return None
            digit = digit * 10 + found
    return total + digit


@lru_cache(maxsize=32_768)
def _syllable(character: str) -> str:
    reading = _readings().get(ord(character), "")
    plain = unicodedata.normalize("NFD", reading.partition(",")[0])
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return letters + " " if letters else character.casefold()


@lru_cache(maxsize=32_768)
def _initial(character: str) -> str:
    syllable = _syllable(character)
    return syllable[0] if syllable[0].isalnum() else ""


@cache
def _readings() -> dict[int, str]:
    from pypinyin.pinyin_dict import pinyin_dict

    return pinyin_dict
