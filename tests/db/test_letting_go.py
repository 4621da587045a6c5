"""Letting go of large collections."""

from __future__ import annotations

from weakref import ref

from db.letting_go import let_go


class Row:
    """Something that tells when it goes."""


def test_a_list_is_empty_afterwards_and_its_rows_are_gone() -> None:
    row = Row()
    gone = ref(row)
    rows = [row, Row()]
    del row
    let_go(rows)
    assert rows == []
    assert gone() is None
