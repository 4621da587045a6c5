"""Whom a row of a list is about, told alike in every list: the unit, and the branch where it is one."""

from __future__ import annotations

from dualcreate_desktop.fields import Field, FieldType

T = FieldType

UNIT = Field(
    "unit",
    "院级党组织",
    T.UNIT,
    ("所属院级党组织", "单位", "学院", "所属党组织", "所在单位", "党总支"),
    required=True,
    fill_down=True,
    width=22,
)

BRANCH = Field(
    "branch",
    "党支部",
    T.BRANCH,
    ("党支部名称", "支部名称", "支部"),
    width=30,
    hint="对象是院级党组织本身时留空",
)
"""A branch, or nothing where the unit itself is meant."""

NOTE = Field("note", "备注", T.LONG_TEXT, ("说明",), width=20)
