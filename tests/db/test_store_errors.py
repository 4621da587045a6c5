"""The user's trouble: what, where and what to do next, as people write it."""

from __future__ import annotations

from db.errors import StoreError


def test_a_trouble_is_told_in_whole_sentences() -> None:
    trouble = StoreError("磁盘已满。", where="D:\\数据", todo="请清理磁盘")
    assert str(trouble) == "磁盘已满（D:\\数据）。请清理磁盘。"
    assert str(StoreError("磁盘已满")) == "磁盘已满。"


def test_a_long_path_is_told_without_the_mark_that_windows_wants() -> None:
    trouble = StoreError("打不开", where="\\\\?\\D:\\办公\\张䶮\\数据")
    assert trouble.where == "D:\\办公\\张䶮\\数据"
    assert "?" not in str(trouble)
