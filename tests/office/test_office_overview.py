"""总览: what it says comes next, from an empty round to the final list."""

from __future__ import annotations

from dualcreate_desktop.office import journal, rounds
from dualcreate_desktop.office.overview import overview
from dualcreate_desktop.office.sample import Loaded
from dualcreate_desktop.office.store import Office


def next_steps(office: Office, round_id: str) -> list[str]:
    return [todo.text for todo in overview(office, round_id).todos]


def undo_last(office: Office) -> None:
    last = journal.last_undoable(office)
    assert last is not None
    journal.undo(office, last)


def test_a_round_of_which_nothing_came_yet_says_what_to_bring_in_first(office: Office) -> None:
    preset = rounds.presets()[0]
    round_id = rounds.create_round(office, "第三批", preset.toml, preset.key)
    assert next_steps(office, round_id) == [
        "名册：在“收件”导入院级和支部名册",
        "申报：在“收件”导入各单位的申报汇总表",
    ]
    notes = {figure.key: figure.note for figure in overview(office, round_id).figures}
    assert notes["paper"] == "还没有申报", "of nothing nothing is complete"


def test_while_marks_are_in_and_nothing_is_decided_the_list_comes_next(
    undecided: Office, loaded: Loaded
) -> None:
    steps = next_steps(undecided, loaded.round_id)
    assert steps[-1] == "评审：33 项审查通过，评分后形成拟入选名单"
    assert not any(step.startswith(("名册", "申报", "公示")) for step in steps)


def test_from_the_proposed_list_on_each_step_to_the_final_one_is_named(
    sample_office: Office, loaded: Loaded
) -> None:
    assert not any(step.startswith("公示") for step in next_steps(sample_office, loaded.round_id))
    undo_last(sample_office)
    assert next_steps(sample_office, loaded.round_id)[-1] == "公示：期满，请确定 23 项入选名单"
    undo_last(sample_office)
    assert next_steps(sample_office, loaded.round_id)[-1] == "公示：23 项拟入选，请发布公示"
