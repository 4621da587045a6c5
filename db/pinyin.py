"""Pinyin of names: initials to search by, and a key to sort by."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable

_NUMBER = "[0-9]+|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_ORDINAL = re.compile(rf"第({_NUMBER})|({_NUMBER})(?=党?支部|党总支|组|[()])|([0-9]+)$")
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}


def reading(character: str) -> str:
    """The most common reading without tones; the character itself when it has none.

    A table of single characters is enough here, and twenty times as fast as reading words in context.
    """
    os.environ.setdefault(
        "PYPINYIN_NO_PHRASES", "1"
    )  # its words, unused here, would take four times as long to load
    from pypinyin.constants import PINYIN_DICT

    readings = PINYIN_DICT.get(ord(character))
    if readings is None:
        return character
    letters = unicodedata.normalize("NFD", readings.split(",")[0])
    return "".join(letter for letter in letters if letter.isascii() and letter.isalpha()) or character


class CharacterTable(dict[int, str]):
    """What `str.translate` puts in the place of each character, worked out when it is first met."""

    def __init__(self, answer: Callable[[str], str]) -> None:
        super().__init__()
        self._answer = answer

    def __missing__(self, code: int) -> str:
        self[code] = answer = self._answer(chr(code))
        return answer


_INITIALS = CharacterTable(lambda character: reading(character)[0])
_READINGS = CharacterTable(lambda character: reading(character) + " ")


def normalise(value: str) -> str:
    """One spelling for what reads the same: NFKC, lower case, no spaces."""
    return "".join(unicodedata.normalize("NFKC", value).lower().split())


def initials(text: str) -> str:
    """The initials of a text: 计算机学院 → jsjxy; what has no reading stays."""
    return normalise(text).translate(_INITIALS)


def chinese_number(text: str) -> int:
    """十二 → 12, 二十 → 20; digits are read as they are. From 1 to 99."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (_DIGITS[tens] if tens else len(ten)) * 10 + (_DIGITS[ones] if ones else 0)


def sort_key(name: str) -> str:
    """Orders names by pinyin, and 第二 before 第十 before 第十一."""
    padded = _ORDINAL.sub(lambda found: f"{chinese_number(found[found.lastindex or 0]):04d}", normalise(name))
    return padded.translate(_READINGS).rstrip(" ")
