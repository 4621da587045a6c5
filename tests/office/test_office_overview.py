"""总览: what it says comes next, from an empty round to the final list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from dualcreate_desktop.office import journal, project_desk, registry_writing, rounds, working_days
from dualcreate_desktop.office.application_desk import desk
from dualcreate_desktop.office.overview import Place, overview
from dualcreate_desktop.office.sample import Loaded
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import TableQuery
from dualcreate_desktop.office.units import OWING, found_among, standings


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


CHECKING = ("核实", "纸质", "补正", "名额", "催报", "部门联审")
"""What is wanted of applications until it is decided on them."""


def test_what_an_application_lacks_is_wanted_no_more_once_its_list_is_out(
    sample_office: Office, loaded: Loaded
) -> None:
    def wanted() -> list[str]:
        return [step for step in next_steps(sample_office, loaded.round_id) if step.startswith(CHECKING)]

    assert wanted() == [], "the final list stands"
    undo_last(sample_office)
    assert wanted() == [], "the list is out in the 公示"
    undo_last(sample_office)
    assert any(step.startswith("核实") for step in wanted()), "the list can still be made anew"


def test_the_figures_go_on_to_count_what_their_rows_show(sample_office: Office, loaded: Loaded) -> None:
    values = {figure.label: figure.value for figure in overview(sample_office, loaded.round_id).figures}
    assert int(values["待核实条件"]) > 0
    assert int(values["超名额单位"]) == 2


def test_a_line_that_names_so_many_applications_opens_just_as_many(undecided: Office, loaded: Loaded) -> None:
    seen = desk(undecided, loaded.round_id).counts("")
    counted = {}
    for todo in overview(undecided, loaded.round_id).todos:
        if todo.place.desk == "applications" and todo.text.startswith(("核实", "纸质", "补正")):
            counted[todo.text] = seen[todo.place.chip]
    assert counted
    assert all(f"：{count} 项申报" in text for text, count in counted.items())


def test_open_conditions_are_counted_of_the_applications_that_the_figure_opens(
    office: Office, applied: Mapping[str, str], round_id: str
) -> None:
    opened = desk(office, round_id).counts("")
    assert opened["failed"] == len(applied), "each lacks an honour, and has other conditions open"
    (figure,) = [one for one in overview(office, round_id).figures if one.label == "待核实条件"]
    assert (figure.value, figure.note) == ("0", "涉及 0 项申报")
    assert figure.place.chip == "unverified"


def test_a_reminder_opens_the_unit_that_owes_something(office: Office) -> None:
    with office.change("名册") as session:
        registry_writing.insert_units(
            session, [{"name": "机关党总支", "kind": "general_branch"}], today="2018-05-01"
        )
    preset = next(one for one in rounds.presets() if one.key == "first-batch-2018")
    round_id = rounds.create_round(office, "第一批", preset.toml, preset.key)
    owing = [key for key, standing in standings(office, round_id).items() if standing.missing]
    places = [todo.place for todo in overview(office, round_id).todos if todo.text.startswith("催报")]
    assert places == [Place("units", OWING, key) for key in owing]
    assert len(owing) == found_among(office, TableQuery(), owing) == 1
    assert found_among(office, TableQuery("没有这样的单位"), owing) == 0


def test_a_near_day_of_the_cycle_is_told_with_the_working_days_that_are_left(
    sample_office: Office, loaded: Loaded
) -> None:
    def days(today: datetime) -> list[str]:
        desk = replace(sample_office, clock=lambda: today)
        return [step for step in next_steps(desk, loaded.round_id) if step.startswith("日期")]

    assert days(datetime(2024, 5, 6, 9)) == ["日期：验收性考核评估，还有 248 个工作日"], (
        "far as it is, where nothing else is to be done"
    )
    assert days(datetime(2025, 4, 25, 9)) == ["日期：验收性考核评估，还有 4 个工作日"], (
        "调休 of a Sunday counts"
    )
    assert days(datetime(2025, 4, 30, 9)) == ["日期：验收性考核评估，今天"]
    assert days(datetime(2025, 5, 6, 9)) == []


def test_a_project_that_lacks_what_was_due_is_told_and_opened(sample_office: Office, loaded: Loaded) -> None:
    late = replace(sample_office, clock=lambda: datetime(2025, 5, 6, 9))
    (todo,) = overview(late, loaded.round_id).todos
    assert todo.text == "建设：23 个项目有逾期事项，最早的是验收性考核评估"
    assert (todo.when, todo.overdue) == ("4月30日", True)
    found = project_desk.page(project_desk.lines(late, loaded.round_id), TableQuery(limit=None))
    assert sum(todo.place.chip in line.chips for line in found.rows) == 23


def test_the_stages_say_what_is_left_by_the_calendar_of_the_office(office: Office) -> None:
    preset = next(one for one in rounds.presets() if one.key == "third-batch-2023")
    round_id = rounds.create_round(office, "第三批", preset.toml, preset.key)
    early = replace(office, clock=lambda: datetime(2024, 3, 12, 9))

    def left() -> list[str]:
        return [stage.left for stage in overview(early, round_id).stages][:2]

    assert left() == ["还有 3 个工作日"] * 2
    working_days.set_days(office, [date(2024, 3, 13)], works=False, name="校庆")
    assert left() == ["还有 2 个工作日"] * 2
    late = replace(office, clock=lambda: datetime(2024, 3, 16, 9))
    assert [stage.left for stage in overview(late, round_id).stages][:2] == ["", ""]
