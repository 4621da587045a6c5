"""A place inside a round's rules, read, replaced, added to, removed and moved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dualcreate_desktop.rules import record_paths
from dualcreate_desktop.rules.notice import Notice


def keys(notice: Notice) -> list[str]:
    return [item.key for item in notice.conditions]


def test_a_path_leads_to_the_value_that_a_message_names(third_batch: Notice) -> None:
    assert record_paths.value_at(third_batch, "") is third_batch
    assert record_paths.value_at(third_batch, "conditions[2].key") == third_batch.conditions[1].key
    assert record_paths.value_at(third_batch, "rubric.criteria[1]") is third_batch.rubric.criteria[0]


def test_only_the_value_at_the_path_is_replaced(third_batch: Notice) -> None:
    again = record_paths.replaced(third_batch, "rubric.criteria[1].name", "改过的一项")
    assert again.rubric.criteria[0].name == "改过的一项"
    assert replace(again, rubric=third_batch.rubric) == third_batch


def test_items_are_added_removed_and_moved(third_batch: Notice) -> None:
    first = third_batch.conditions[0]
    more = record_paths.added(third_batch, "conditions", replace(first, key="another"))
    assert keys(more) == [*keys(third_batch), "another"]
    assert keys(record_paths.removed(more, f"conditions[{len(more.conditions)}]")) == keys(third_batch)
    there = record_paths.moved(third_batch, "conditions[1]", 3)
    assert keys(there)[:3] == [keys(third_batch)[1], keys(third_batch)[2], keys(third_batch)[0]]
    assert record_paths.moved(there, "conditions[3]", 1) == third_batch
    assert record_paths.moved(third_batch, "conditions[1]", 0) == third_batch


@pytest.mark.parametrize(
    ("path", "place", "rest"),
    [
        ("conditions[3].requirement.level", "conditions[3]", "requirement.level"),
        ("conditions[3]", "conditions[3]", ""),
        ("conditions[31].label", "conditions[3]", None),
        ("categories[1]", "conditions[1]", None),
        ("rubric.criteria[1]", "rubric", "criteria[1]"),
        ("title", "", "title"),
    ],
)
def test_what_is_left_of_a_path_inside_a_place(path: str, place: str, rest: str | None) -> None:
    assert record_paths.within(path, place) == rest
    if rest is not None:
        assert record_paths.joined(place, rest) == path
