from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dualcreate_desktop.intake.ordinals import ordinal_number


def test_ordinals_are_read_in_every_script() -> None:
    assert [ordinal_number(text) for text in ("一", "第十一", "二十", "１２", "一百零三", "甲")] == [
        1,
        11,
        20,
        12,
        103,
        None,
    ]


@given(st.text(max_size=30))
def test_no_text_ever_raises(text: str) -> None:
    number = ordinal_number(text)
    assert number is None or number >= 0
