from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualcreate_desktop.papers.lines import (
    NO_END,
    NO_START,
    SOFT,
    Span,
    balance_text,
    break_text,
    break_with_last,
    is_latin,
)

CHINESE = "党建工作样板支部标杆院系"
MARKS = "，。、；：？！…—》”（《“"
LATIN = "aZ09@./-%"

texts = st.text(st.sampled_from(CHINESE * 3 + MARKS + LATIN + " \n"), max_size=120)
words = st.lists(
    st.one_of(st.sampled_from(["党建", "样板支部", "2024", "e.g", "《意见》，", "“双创”", "（试行）。"])),
    max_size=40,
).map("".join)


def advances(text: str) -> list[float]:
    return [0.0 if char == "\n" else 0.5 if is_latin(char) or char == " " else 1.0 for char in text]


def lines(text: str, width: float, indent: float = 0) -> tuple[Span, ...]:
    return break_text(text, advances(text), width, indent)


def shown(text: str, width: float, indent: float = 0) -> list[str]:
    return [text[span.start : span.shown] for span in lines(text, width, indent)]


@given(texts, st.floats(3, 30), st.sampled_from([0, 2]))
def test_every_character_stands_on_one_line_in_order(text: str, width: float, indent: float) -> None:
    spans = lines(text, width, indent)
    assert "".join(text[span.start : span.end] for span in spans) == text
    assert all(not text[span.shown : span.end].strip(" \n") for span in spans)


@given(texts, st.floats(3, 30), st.sampled_from([0, 2]))
def test_no_line_is_wider_than_its_room(text: str, width: float, indent: float) -> None:
    for span in lines(text, width, indent):
        first = span.start == 0 or text[span.start - 1] == "\n"
        assert span.width <= width - (indent if first else 0) + 1e-9


@given(words, st.floats(8, 30))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(text: str, width: float) -> None:
    for line in shown(text, width):
        assert line[:1] not in NO_START
        assert line[-1:] not in NO_END


@given(texts, st.floats(3, 30))
def test_a_rule_is_broken_only_where_the_line_has_no_lawful_break(text: str, width: float) -> None:
    for span in lines(text, width):
        if not span.full or (text[span.end] not in NO_START and text[span.end - 1] not in NO_END):
            continue
        lawful = [
            place
            for place in range(span.start + 1, span.end + 1)
            if text[place] not in NO_START | {" "} and text[place - 1] not in NO_END
        ]
        assert not lawful


@given(words, st.floats(8, 30))
def test_a_word_or_number_that_fits_a_line_stays_whole(text: str, width: float) -> None:
    for span in lines(text, width):
        if span.full and is_latin(text[span.end - 1]) and is_latin(text[span.end]):
            assert sum(advances(word_around(text, span.end))) > width


def word_around(text: str, place: int) -> str:
    """The Latin word to which a character belongs; several that follow each other without a mark are one."""
    first, last = place, place
    while first > 0 and is_latin(text[first - 1]):
        first -= 1
    while last < len(text) and is_latin(text[last]):
        last += 1
    return text[first:last]


def test_a_long_address_breaks_after_its_marks_and_begins_on_the_line_of_its_label() -> None:
    text = "网址：https://www.example.edu.cn/organisation/department/index.html"
    made = shown(text, 12)
    assert made[0].startswith("网址：https:")
    assert all(line[-1] in SOFT for line in made[:-1])


def test_a_mark_at_the_end_of_a_line_gives_up_its_empty_half() -> None:
    assert shown("一二三四，五六", 4.5) == ["一二三四，", "五六"]
    assert lines("一二三四，五六", 4.5)[0].squeezed
    assert shown("一二三四，五六", 4.4) == ["一二三", "四，五六"]


def test_a_line_break_in_the_text_begins_an_indented_paragraph() -> None:
    assert shown("一二三四五\n六七八九十", 4, indent=2) == ["一二", "三四五", "六七", "八九十"]


@pytest.mark.parametrize("text", ["", "\n", " ", "一\n\n二"])
def test_empty_lines_are_kept(text: str) -> None:
    assert len(lines(text, 5)) == max(1, text.count("\n") + (not text.endswith("\n")))


@given(words, st.floats(8, 30))
def test_balanced_lines_are_as_many_and_never_wider(text: str, width: float) -> None:
    loose, balanced = lines(text, width), balance_text(text, advances(text), width)
    assert len(balanced) == len(loose)
    assert max(span.width for span in balanced) <= max(span.width for span in loose) + 1


def test_a_title_is_balanced() -> None:
    text = "一二三四五六七八九十一二"
    assert [span.shown - span.start for span in balance_text(text, advances(text), 10)] == [6, 6]


def test_the_last_line_of_a_name_is_more_than_one_or_two_characters() -> None:
    name = "材料科学与工程学院教工第二党支部"
    for width in range(8, 20):
        spans = break_with_last(name, advances(name), width, 3)
        assert len(spans) == len(lines(name, width))
        assert len(spans) == 1 or spans[-1].shown - spans[-1].start >= 3


@given(texts, st.floats(3, 30))
def test_shorter_lines_lose_nothing_and_need_no_more_room(text: str, width: float) -> None:
    spans = break_with_last(text, advances(text), width, 3)
    assert "".join(text[span.start : span.end] for span in spans) == text
    assert len(spans) == len(lines(text, width))
    assert all(span.width <= width + 1e-9 for span in spans)
