"""总览: what it says comes next, from an empty round to the final list."""

from __future__ import annotations

from dualcreate_desktop.office import journal, registry, rounds
from dualcreate_desktop.office.application_desk import desk
from dualcreate_desktop.office.overview import Place, overview
from dualcreate_desktop.office.sample import Loaded
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import TableQuery
from dualcreate_desktop.office.units import OWING, owing_count, standings


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
    notes = {figure.label: figure.note for figure in overview(office, round_id).figures}
    assert notes["纸质收齐"] == "还没有申报", "of nothing nothing is complete"


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


def test_a_line_that_names_so_many_applications_opens_just_as_many(undecided: Office, loaded: Loaded) -> None:
    seen = desk(undecided, loaded.round_id).counts("")
    counted = {}
    for todo in overview(undecided, loaded.round_id).todos:
        if todo.place.desk == "applications" and todo.text.startswith(("核实", "纸质", "补正")):
            counted[todo.text] = seen[todo.place.chip]
    assert counted
    assert all(f"：{count} 项申报" in text for text, count in counted.items())


def test_a_reminder_opens_the_unit_that_owes_something(office: Office) -> None:
    with office.change("名册") as session:
        registry.insert_units(session, [{"name": "机关党总支", "kind": "general_branch"}], today="2018-05-01")
    preset = next(one for one in rounds.presets() if one.key == "first-batch-2018")
    round_id = rounds.create_round(office, "第一批", preset.toml, preset.key)
    owing = [key for key, standing in standings(office, round_id).items() if standing.missing]
    places = [todo.place for todo in overview(office, round_id).todos if todo.text.startswith("催报")]
    assert places == [Place("units", OWING, key) for key in owing]
    assert len(owing) == owing_count(office, TableQuery(), owing) == 1
    assert owing_count(office, TableQuery("没有这样的单位"), owing) == 0
