"""Scores and words come back as they went in."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from db.types import Score, Word
from db.vocabulary import Door, Verdict

DIALECT = sqlite.dialect()
SCORES = st.decimals(min_value=-100_000, max_value=100_000, places=4)


@given(SCORES)
def test_a_score_of_up_to_four_decimals_comes_back_as_it_was(score: Decimal) -> None:
    stored = Score().process_bind_param(score, DIALECT)
    assert isinstance(stored, int)
    assert Score().process_result_value(stored, DIALECT) == score


@given(SCORES, st.sampled_from("123456789"))
def test_a_fifth_decimal_is_refused_instead_of_being_lost(score: Decimal, digit: str) -> None:
    with pytest.raises(ValueError, match="more than four decimals"):
        Score().process_bind_param(Decimal(f"{score}{digit}"), DIALECT)


@pytest.mark.parametrize(
    ("stored", "score", "text"),
    [
        (-15_000, Decimal("-1.5"), "-1.5"),
        (-20_000, Decimal(-2), "-2"),
        (-1, Decimal("-0.0001"), "-0.0001"),
        (0, Decimal(0), "0"),
        (1_000_000, Decimal(100), "100"),
        (925_000, Decimal("92.5"), "92.5"),
    ],
)
def test_a_score_reads_without_trailing_zeros_or_exponent(stored: int, score: Decimal, text: str) -> None:
    found = Score().process_result_value(stored, DIALECT)
    assert (found, str(found)) == (score, text)
    assert Score().process_bind_param(score, DIALECT) == stored


def test_a_wanting_score_stays_wanting() -> None:
    assert Score().process_bind_param(None, DIALECT) is None
    assert Score().process_result_value(None, DIALECT) is None


@pytest.mark.parametrize("word", Verdict)
def test_a_word_is_stored_by_its_value(word: Verdict) -> None:
    stored = Word(Verdict).process_bind_param(word, DIALECT)
    assert stored == word.value
    assert type(stored) is str
    assert Word(Verdict).process_result_value(stored, DIALECT) is word


def test_a_word_of_another_vocabulary_is_refused() -> None:
    with pytest.raises(KeyError):
        Word(Verdict).process_bind_param(Door.WINDOW, DIALECT)  # type: ignore[arg-type]  # that is the test
