"""Column types: how the facts of the office are stored."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Generic, TypeVar

from sqlalchemy import Dialect, Integer, String
from sqlalchemy.types import TypeDecorator

from db.vocabulary import Labelled

SCALE = 10_000
"""A score is stored as an integer of ten-thousandths."""


class Score(TypeDecorator[Decimal]):
    """A Decimal of at most four decimals, stored ×10,000; more decimals raise ValueError instead of being lost."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """To ten-thousandths."""
        if value is None:
            return None
        scaled = Decimal(value) * SCALE
        if scaled != scaled.to_integral_value():
            raise ValueError(f"more than four decimals: {value}")
        return int(scaled)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """From ten-thousandths, without trailing zeros."""
        if value is None:
            return None
        whole, part = divmod(value, SCALE)
        return Decimal(whole) if part == 0 else (Decimal(value) / SCALE).normalize()


W = TypeVar("W", bound=Labelled)


class Word(TypeDecorator[W], Generic[W]):
    """A word of the vocabulary, stored by its value."""

    impl = String
    cache_ok = True

    def __init__(self, words: type[W]) -> None:
        super().__init__(24)
        self.words = words
        self._by_value = {word.value: word for word in words}

    def process_bind_param(self, value: W | None, dialect: Dialect) -> str | None:
        """To the stored value; KeyError for a word that is not of this vocabulary."""
        return None if value is None else str(self._by_value[value].value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> W | None:
        """From the stored value."""
        return None if value is None else self._by_value[value]
