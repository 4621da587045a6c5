"""Rules read from TOML: every slip is named with file, key and reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import ClassVar

import pytest

from db.errors import UserError
from db.vocabulary import NumberRounding
from dualcreate_desktop.rules.records import Count, load_record


@dataclass(frozen=True)
class Circle:
    TYPE: ClassVar[str] = "circle"
    radius: Decimal


@dataclass(frozen=True)
class Square:
    TYPE: ClassVar[str] = "square"
    side: Count


@dataclass(frozen=True)
class Drawing:
    shapes: tuple[Circle | Square, ...]
    names: Mapping[str, int]
    at: datetime
    rounding: NumberRounding
    done: bool = False


GOOD = """
at = 2024-03-15T17:00:00
rounding = "floor"
names = { '甲' = 1 }
[[shapes]]
type = "circle"
radius = 1.10
[[shapes]]
type = "square"
side = 2
"""


def test_a_record_is_read_by_its_type_hints() -> None:
    drawing = load_record(Drawing, GOOD, "a.toml")
    assert drawing.shapes == (Circle(Decimal("1.10")), Square(2))
    assert drawing.names == {"甲": 1}
    assert drawing.at == datetime(2024, 3, 15, 17)
    assert drawing.rounding is NumberRounding.FLOOR
    assert drawing.done is False


@pytest.mark.parametrize(
    ("old", "new", "path", "reason"),
    [
        ("side = 2", "side = 2\nheight = 3", "shapes[2].height", "不认识的键"),
        ("side = 2", "", "shapes[2].side", "缺少这个键"),
        ("side = 2", 'side = "三"', "shapes[2].side", "应为整数，现在是“三”"),
        ("side = 2", "side = 2.0", "shapes[2].side", "应为整数"),
        ("side = 2", "side = true", "shapes[2].side", "应为整数"),
        ("side = 2", "side = -1", "shapes[2].side", "不能小于 0，现在是 -1"),
        ("radius = 1.10", "radius = nan", "shapes[1].radius", "应为数字"),
        ('type = "circle"', 'type = "oval"', "shapes[1].type", "应为下列之一：circle、square"),
        ('rounding = "floor"', 'rounding = "down"', "rounding", "应为下列之一：floor、ceil、half_up"),
        ("at = 2024-03-15T17:00:00", "at = 2024-03-15", "at", "应为日期和钟点"),
        ("T17:00:00", "T17:00:00Z", "at", "不带时区"),
        ("'甲' = 1", "'甲' = '一'", "names.甲", "应为整数"),
        ("names = { '甲' = 1 }", "names = [1]", "names", "应为一组键值"),
    ],
)
def test_a_slip_is_named_with_file_key_and_reason(old: str, new: str, path: str, reason: str) -> None:
    assert old in GOOD
    with pytest.raises(UserError) as caught:
        load_record(Drawing, GOOD.replace(old, new), "规则.toml")
    assert caught.value.what.startswith(f"{path}：")
    assert reason in caught.value.what
    assert caught.value.where == "规则.toml"
    assert caught.value.todo


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("done = true\ndone = false", "文件末尾有重复的键"),
        ("done = ", "文件末尾不符合 TOML 格式"),
        ("[names]\n[names]", "有重复的键"),
        ("完成 = 是", "不符合 TOML 格式"),
        ("shapes = 1\nnames = {}\nat = 1\n", "shapes：应为列表"),
        ("shapes = [1]", "shapes[1]：应为一组键值"),
    ],
)
def test_text_that_is_no_toml_or_no_table_is_refused_in_chinese(text: str, reason: str) -> None:
    with pytest.raises(UserError) as caught:
        load_record(Drawing, text, "规则.toml")
    assert reason in caught.value.what
