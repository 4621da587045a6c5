"""What is written is read back as it was, and reads the same to the office."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualcreate_desktop.rules.notice_loading import load_notice
from dualcreate_desktop.rules.record_writing import dump_record
from dualcreate_desktop.rules.records import load_record
from dualcreate_desktop.rules.requirements import Group, Join


@dataclass(frozen=True)
class Leaf:
    text: str
    number: int
    share: Decimal
    on: date
    at: datetime
    flag: bool = False
    note: str | None = None


@dataclass(frozen=True)
class Tree:
    words: tuple[str, ...]
    leaf: Leaf
    leaves: tuple[Leaf, ...] = ()


LEAVES = st.builds(
    Leaf,
    st.text(st.characters(exclude_categories=["Cs"])),
    st.integers(-(10**12), 10**12),
    st.decimals(-(10**6), 10**6, places=4),
    st.dates(),
    st.datetimes(),
    st.booleans(),
    st.none() | st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
)
TREES = st.builds(
    Tree,
    st.lists(st.text(st.characters(exclude_categories=["Cs"]))).map(tuple),
    LEAVES,
    st.lists(LEAVES, max_size=3).map(tuple),
)


@given(TREES)
def test_any_record_survives_writing_and_reading(tree: Tree) -> None:
    assert load_record(Tree, dump_record(tree), "树.toml") == tree


@pytest.mark.parametrize("name", ["third-batch-2023.toml", "first-batch-2018.toml"])
def test_a_preset_survives_writing_and_reading(name: str) -> None:
    notice = load_notice((resources.files("resources") / "notices" / name).read_text("utf-8"), name)
    written = dump_record(notice)
    assert load_notice(written, name) == notice
    assert dump_record(load_notice(written, name)) == written
    assert "mandatory = true" not in written, "a default is left out"


def test_an_edited_setting_is_the_only_line_that_changes() -> None:
    name = "third-batch-2023.toml"
    notice = load_notice((resources.files("resources") / "notices" / name).read_text("utf-8"), name)
    record = next(condition for condition in notice.conditions if condition.key == "branch_record")
    assert isinstance(record.requirement, Group)
    strict = replace(record, requirement=replace(record.requirement, join=Join.ALL))
    conditions = tuple(strict if condition is record else condition for condition in notice.conditions)
    before = dump_record(notice).splitlines()
    after = dump_record(replace(notice, conditions=conditions)).splitlines()
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert changed == [('join = "any"', 'join = "all"')]
