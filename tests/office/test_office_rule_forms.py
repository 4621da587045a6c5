"""The form of every rule: its slots from its dataclass, and its record from what was filled in."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest

from dualcreate_desktop.office import rounds
from dualcreate_desktop.office.rule_forms import RuleForms, Shape, made, values_of
from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.notice_loading import load_notice

NOTICES = {preset.key: load_notice(preset.toml, preset.key) for preset in rounds.presets()}


def records(value: Any) -> Iterator[Any]:
    """Every record inside a notice, the notice itself included."""
    if isinstance(value, tuple):
        for item in value:
            yield from records(item)
    elif dataclasses.is_dataclass(value):
        yield value
        for field in dataclasses.fields(value):
            yield from records(getattr(value, field.name))


def kinds(kind: type[Any], seen: set[type[Any]]) -> set[type[Any]]:
    """Every kind of record that a form can come to."""
    if kind not in seen:
        seen.add(kind)
        for slot in RuleForms(NOTICES["third-batch-2023"]).slots(kind):
            for inner in slot.kinds:
                kinds(inner.type, seen)
    return seen


@pytest.mark.parametrize("notice", NOTICES.values(), ids=NOTICES)
def test_every_rule_comes_back_from_its_form_as_it_was(notice: Notice) -> None:
    for record in records(notice):
        assert made(type(record), values_of(record), key=getattr(record, "key", "")) == record


def test_every_field_that_a_rule_can_have_is_asked_for_in_chinese() -> None:
    asked = [
        slot.field
        for kind in kinds(Notice, set())
        for slot in RuleForms(NOTICES["third-batch-2023"]).slots(kind)
    ]
    assert len(asked) > 100
    assert [field.key for field in asked if field.label.isascii()] == []


def test_a_condition_can_be_built_from_parts_inside_parts() -> None:
    forms = RuleForms(NOTICES["third-batch-2023"])
    from dualcreate_desktop.rules.requirements import Condition, Group, Part

    requirement = {slot.key: slot for slot in forms.slots(Condition)}["requirement"]
    assert requirement.shape is Shape.EITHER
    assert Group in [kind.type for kind in requirement.kinds]
    assert [slot.shape for slot in forms.slots(Group)] == [Shape.PLAIN, Shape.RECORDS]
    assert {slot.key: slot for slot in forms.slots(Part)}["requirement"].shape is Shape.EITHER


def test_a_requirement_becomes_the_first_part_of_a_group_and_comes_out_of_it_again() -> None:
    from dualcreate_desktop.rules.requirements import Group, Honours

    forms = RuleForms(NOTICES["third-batch-2023"])
    honours = next(
        record for record in records(NOTICES["third-batch-2023"].conditions) if isinstance(record, Honours)
    )
    into = forms.converted(honours, values_of(honours), Group, Honours)
    (part,) = into["parts"]
    assert part.requirement == honours
    assert made(Honours, forms.converted(None, into, Honours, Group)) == honours


def test_what_two_kinds_ask_for_alike_is_kept_when_one_becomes_the_other() -> None:
    from dualcreate_desktop.rules.requirements import ConsecutiveGrades, GradeCount

    grades = GradeCount(("branch_work",), ("好",), 2, 3)
    forms = RuleForms(NOTICES["third-batch-2023"])
    kept = forms.converted(grades, values_of(grades), ConsecutiveGrades, GradeCount)
    assert (kept["appraisals"], kept["grades"], kept["period_years"]) == (("branch_work",), ("好",), 3)
    assert "years" not in kept


def test_a_new_rule_gets_a_key_that_no_other_has() -> None:
    stage = NOTICES["third-batch-2023"].stages[0]
    first, second = (made(type(stage), values_of(stage)) for _ in range(2))
    assert len({stage.key, first.key, second.key}) == 3
