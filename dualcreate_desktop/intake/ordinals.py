"""Ordinals of party organisations: 第十一, 十一, 11 and １１ are one number."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)
def ordinal_number(text: str) -> int | None:
    """The number; None when it is none up to 9,999."""
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
