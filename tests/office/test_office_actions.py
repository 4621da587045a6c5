"""操作记录: the table of all that was done, and what one action changed."""

from __future__ import annotations

from db.vocabulary import Door
from dualcreate_desktop.office import actions, applications, journal, registry, registry_writing, rounds
from dualcreate_desktop.office.actions import Force
from dualcreate_desktop.office.records import Form
from dualcreate_desktop.office.reviews import reviewers
from dualcreate_desktop.office.sample import Loaded
from dualcreate_desktop.office.store import Actor, Office
from dualcreate_desktop.office.tables import TableQuery

Ids = dict[str, str]


def titles(office: Office, **query: object) -> list[str]:
    return [row.title for row in actions.actions(office, TableQuery(**query)).rows]  # type: ignore[arg-type]  # of a test


def rename(office: Office, branch_id: str, name: str) -> None:
    form = registry.branch_form(office, branch_id)
    registry.save_branch(office, Form(form.record_id, form.revision, {**form.values, "name": name}))


def test_the_newest_action_stands_first_with_how_many_records_it_touched(
    office: Office, branches: Ids
) -> None:
    page = actions.actions(office, TableQuery())
    assert [row.title for row in page.rows] == ["建立党支部", "建立单位"]
    assert page.rows[1].rows == 2
    assert page.rows[0].door is Door.WINDOW


def test_a_piece_of_a_title_of_a_name_or_of_a_pc_finds_actions(office: Office, branches: Ids) -> None:
    office.seat.actor = Actor("李梅", "组织部二号机")
    rename(office, branches["机械工程学院教工第一党支部"], "机械教工一支部")
    assert titles(office, search="李梅") == ["修改 机械教工一支部"]
    assert titles(office, search="二号机") == ["修改 机械教工一支部"]
    assert titles(office, search="建立") == ["建立党支部", "建立单位"]
    assert titles(office, search="%") == [], "it is a sign like any other"
    assert actions.actors(office) == ("李梅", "王小明")


def test_what_was_taken_back_is_marked_until_it_is_brought_back(office: Office, branches: Ids) -> None:
    rename(office, branches["机械工程学院教工第一党支部"], "机械教工一支部")
    (newest, *_) = actions.actions(office, TableQuery()).rows
    journal.undo(office, newest.id)
    (undo, undone, *rest) = actions.actions(office, TableQuery()).rows
    assert (undo.force, undone.force) == (Force.IN_FORCE, Force.TAKEN_BACK)
    assert all(row.force is Force.IN_FORCE for row in rest)
    journal.undo(office, undo.id)
    (_, undo, redone, *_) = actions.actions(office, TableQuery()).rows
    assert (undo.force, redone.force) == (Force.TAKEN_BACK, Force.IN_FORCE)


def test_the_doors_are_counted_and_filtered(office: Office, branches: Ids) -> None:
    (newest, *_) = actions.actions(office, TableQuery()).rows
    journal.undo(office, newest.id)
    assert actions.door_counts(office, TableQuery()) == {Door.WINDOW: 2, Door.UNDO: 1}
    assert titles(office, filters={"door": frozenset({"undo"})}) == ["撤销：建立党支部"]


def test_an_action_tells_each_field_before_and_after_by_the_names_of_what_it_points_at(
    office: Office, units: Ids, branches: Ids
) -> None:
    branch = branches["机械工程学院教工第一党支部"]
    form = registry.branch_form(office, branch)
    values = {**form.values, "name": "机械教工一支部", "unit": units["材料学院"]}
    registry.save_branch(office, Form(form.record_id, form.revision, values))
    (newest, *_) = actions.actions(office, TableQuery()).rows
    told = actions.details(office, newest.id)
    assert told.counts == ("党支部 1 条",)
    (touched,) = told.touched
    assert touched.name == "党支部 · 机械教工一支部"
    assert set(touched.lines) == {
        "党支部名称：机械工程学院教工第一党支部 → 机械教工一支部",
        "所属院级党组织：机械工程学院党委 → 材料科学与工程学院党委",
    }


def test_a_large_action_is_told_in_part_and_counted_whole(office: Office, units: Ids) -> None:
    with office.change("导入", door=Door.IMPORT) as session:
        rows = [{"unit": units["机械学院"], "name": f"第{n}党支部", "kind": "teacher"} for n in range(1, 101)]
        registry_writing.insert_branches(session, rows, today="2024-03-01")
    (newest, *_) = actions.actions(office, TableQuery()).rows
    told = actions.details(office, newest.id)
    assert told.counts == ("党支部 100 条",)
    assert len(told.touched) == actions.SHOWN_ENTRIES
    assert told.more == 100 - actions.SHOWN_ENTRIES
    assert told.touched[0].lines[0] == "新增"
    assert "党支部名称：第1党支部" in told.touched[0].lines


def test_words_and_numbers_are_said_and_not_codes(sample_office: Office) -> None:
    office = sample_office
    lines = [
        line
        for row in actions.actions(office, TableQuery(limit=None)).rows
        for touched in actions.details(office, row.id).touched
        for line in touched.lines
    ]
    assert any(line.startswith("状态：") and "已报送" in line for line in lines)
    assert not any("submitted" in line or "eligible" in line for line in lines)


def test_every_action_says_of_whom(sample_office: Office, loaded: Loaded) -> None:
    with sample_office.read() as session:
        judges = [judge.name for judge in reviewers(session, loaded.round_id)]
    names = {
        rounds.rules_of(sample_office, loaded.round_id).round_name,
        *(item.file.rpartition("/")[2] for item in loaded.imports),
        *judges,
        loaded.university,
        "2023年支部考核评价",  # a scale is of a kind and a year
        *(row.short_name or row.name for row in registry.units(sample_office).rows),
        *(row.title for row in applications.applications_of(sample_office, loaded.round_id)),
    }
    said = [row.title for row in actions.actions(sample_office, TableQuery(limit=None)).rows]
    assert [title for title in said if not any(name in title for name in names)] == []


def test_an_undo_says_whose_record_it_takes_out(undecided: Office, loaded: Loaded) -> None:
    plans = [
        (row.title, journal.undo_plan(undecided, row.id).restores)
        for row in actions.actions(undecided, TableQuery("核实“", limit=3)).rows
    ]
    assert plans
    for title, restores in plans:
        applicant = title.rpartition("：")[2]
        assert all(applicant.endswith(told.rpartition("“")[2].rstrip("”")) for told in restores), restores
        assert all(told.startswith("删除条件核实“") for told in restores)
