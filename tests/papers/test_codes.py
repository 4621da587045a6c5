from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import UserError
from dualcreate_desktop.papers.codes import LENGTH, PaperCode, PaperKind, copies, grouped, read_code
from dualcreate_desktop.papers.content import Document

CODE = PaperCode(PaperKind.APPLICATION, date(2024, 3, 15), 42, 2)
codes = st.builds(
    PaperCode,
    st.sampled_from(PaperKind),
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.integers(0, 99999),
    st.integers(0, 99),
)


@given(codes)
def test_a_code_reads_back(code: PaperCode) -> None:
    assert len(code.digits) == LENGTH
    assert read_code(grouped(code.digits)) == code


@given(codes, st.integers(0, LENGTH - 1), st.integers(1, 9))
def test_one_wrong_digit_is_found(code: PaperCode, place: int, change: int) -> None:
    digits = code.digits
    wrong = str((int(digits[place]) + change) % 10)
    with pytest.raises(UserError, match="校验位不符"):
        read_code(digits[:place] + wrong + digits[place + 1 :])


@given(codes, st.integers(0, LENGTH - 2))
def test_two_exchanged_digits_are_found(code: PaperCode, place: int) -> None:
    digits = list(code.digits)
    digits[place], digits[place + 1] = digits[place + 1], digits[place]
    if digits != list(code.digits):
        with pytest.raises(UserError, match="校验位不符"):
            read_code("".join(digits))


def test_full_width_digits_and_the_scanners_return_are_accepted() -> None:
    wide = CODE.digits.translate({ord(str(digit)): 0xFF10 + digit for digit in range(10)})
    assert read_code(f" {wide}\r\n") == CODE


@pytest.mark.parametrize("typed", ["", "12345", "https://example.edu.cn", "0124031500042012x", "²" * 16])
def test_what_is_no_code_is_refused_with_a_reason(typed: str) -> None:
    with pytest.raises(UserError, match="请"):
        read_code(typed)


def test_a_code_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(UserError, match="不是本程序编制的"):
        read_code("0000000000000000")


def test_a_serial_that_does_not_fit_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="no code"):
        _ = PaperCode(PaperKind.APPLICATION, date(2024, 3, 15), 100000, 1).digits


def test_copies_are_labelled_and_coded_each() -> None:
    made = copies(Document("申报表", ()), 2, CODE)
    assert [document.copy.label for document in made if document.copy] == ["第1份 共2份", "第2份 共2份"]
    assert [read_code(document.code).copy for document in made] == [1, 2]
    assert [document.code for document in copies(Document("公示", ()), 3)] == [""] * 3
