"""The registry: pages, order, search, filters, editing, history and undo."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import event

from db.errors import NotAllowed, StaleData
from db.pinyin import sort_key
from dualcreate_desktop.lists import BRANCH_KINDS
from dualcreate_desktop.office import actions, journal, registry, registry_writing
from dualcreate_desktop.office.histories import body_history
from dualcreate_desktop.office.people import Body
from dualcreate_desktop.office.registry import Form
from dualcreate_desktop.office.store import Office, open_office
from dualcreate_desktop.office.tables import TableQuery
from dualcreate_desktop.rules.dates import PartialDate

Ids = dict[str, str]
FIRST = "机械工程学院教工第一党支部"


def names(office: Office, query: TableQuery) -> list[str]:
    return [row.name for row in registry.branches(office, query).rows]


@contextmanager
def listening(office: Office, told: Callable[[str], None]) -> Iterator[None]:
    """Tells each statement that is read with."""

    def tell(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        told(statement)

    event.listen(office.database.readers, "before_cursor_execute", tell)
    try:
        yield
    finally:
        event.remove(office.database.readers, "before_cursor_execute", tell)


def form_of(office: Office, branch_id: str, **values: object) -> Form:
    form = registry.branch_form(office, branch_id)
    return replace(form, values={**form.values, **values})


def test_units_stand_in_the_order_of_the_office_and_branches_by_unit_and_number(
    office: Office, branches: Ids
) -> None:
    assert [row.short_name for row in registry.units(office).rows] == ["机械学院", "材料学院"]
    shown = names(office, TableQuery())
    assert shown[:3] == [FIRST, "机械工程学院教工第二党支部", "机械工程学院教工第十一党支部"]
    assert all(name.startswith("材料") for name in shown[4:])


def test_pages_follow_one_another_without_gap_or_overlap(sample_office: Office) -> None:
    for sort in ("", "name", "members", "founded", "secretary"):
        whole = registry.branches(sample_office, TableQuery(sort=sort, limit=None))
        pages = [
            registry.branches(sample_office, TableQuery(sort=sort, offset=start, limit=100))
            for start in range(0, 500, 100)
        ]
        assert [page.total for page in pages] == [420] * 5
        assert tuple(row for page in pages for row in page.rows) == whole.rows
        assert len({row.id for row in whole.rows}) == 420


def test_names_sort_by_pinyin_and_ordinal(sample_office: Office) -> None:
    shown = names(sample_office, TableQuery(sort="name", limit=None))
    assert shown == sorted(shown, key=sort_key)
    numbered = [name for name in shown if name.startswith("计算机学院教工第")]
    assert [name.removeprefix("计算机学院教工第").removesuffix("党支部") for name in numbered] == [
        *("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")[: len(numbered)]
    ]
    assert len(numbered) >= 8


def test_a_column_sorts_both_ways_with_empty_cells_last(sample_office: Office) -> None:
    for sort in ("members", "founded", "planned_end"):
        for descending in (False, True):
            query = TableQuery(sort=sort, descending=descending, limit=None)
            values = [getattr(row, sort) for row in registry.branches(sample_office, query).rows]
            filled = [value for value in values if value is not None]
            assert filled == sorted(filled, reverse=descending)
            assert values[: len(filled)] == filled


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("教工第一", {FIRST, "材料科学与工程学院教工第一党支部"}),
        ("赵喆", {FIRST}),
        ("喆", {FIRST}),
        ("zz", {FIRST}),
        ("jxgcxyjgdy", {FIRST}),
        ("本科", {"材料科学与工程学院本科生第一党支部"}),
        ("材料学院", {"材料科学与工程学院教工第一党支部", "材料科学与工程学院本科生第一党支部"}),
        ("没有这个", set()),
        ('"', set()),
        ("  ", None),
    ],
)
def test_search_finds_any_part_of_name_unit_or_secretary_and_their_initials(
    office: Office, branches: Ids, typed: str, found: set[str] | None
) -> None:
    shown = set(names(office, TableQuery(typed)))
    assert shown == (set(branches) if found is None else found)


def test_filters_narrow_and_counts_tell_what_each_would_show(
    office: Office, branches: Ids, units: Ids
) -> None:
    teachers = TableQuery(filters={"kind": frozenset({"teacher"})})
    assert registry.branches(office, teachers).total == 4
    both = TableQuery(filters={**teachers.filters, "unit_id": frozenset({units["材料学院"]})})
    assert names(office, both) == ["材料科学与工程学院教工第一党支部"]
    counts = registry.branches(office, TableQuery("机械", filters=teachers.filters)).counts
    assert counts == {"teacher": 3, "graduate": 1}
    order = [choice.value for choice in BRANCH_KINDS]
    assert list(counts) == sorted(counts, key=order.index)


@pytest.mark.parametrize("typed", ["", "机械"])
def test_the_page_its_total_and_the_counts_of_its_chips_agree_with_the_rows(
    office: Office, branches: Ids, typed: str
) -> None:
    everything = registry.branches(office, TableQuery(typed, limit=None)).rows
    for kind in ("teacher", "graduate", "short_term"):
        of_kind = [row for row in everything if row.kind == kind]
        query = TableQuery(typed, {"kind": frozenset({kind})}, offset=1, limit=2)
        page = registry.branches(office, query)
        assert page.rows == tuple(of_kind[1:3])
        assert page.total == page.counts.get(kind, 0) == len(of_kind)
        assert sum(page.counts.values()) == len(everything)


def test_what_a_search_finds_is_looked_up_once_for_page_total_and_chips(
    office: Office, branches: Ids
) -> None:
    looked: list[str] = []
    with listening(office, looked.append):
        registry.branches(office, TableQuery("机械"))
    assert sum(statement.count("search_index MATCH") for statement in looked) == 1


def test_a_units_figures_are_those_of_its_branches(office: Office, branches: Ids) -> None:
    shown = {row.short_name: (row.branches, row.members) for row in registry.units(office).rows}
    assert shown == {"机械学院": (4, 71), "材料学院": (2, 24)}


def test_phones_are_shown_masked() -> None:
    (column,) = (column for column in registry.BRANCH_COLUMNS if column.key == "phone")
    assert column.text is not None
    assert column.text("13800001234") == "138****1234"


def test_a_new_branch_is_there_with_its_secretary_after_closing_and_opening(
    office: Office, units: Ids
) -> None:
    values = {
        "unit": units["机械学院"],
        "name": "机械工程学院博士生第一党支部",
        "kind": "graduate",
        "founded": PartialDate(2021, 9),
        "full_members": 14,
        "secretary": "卫青岚",
    }
    changed = registry.save_branch(office, Form(None, "", values))
    assert changed is not None
    assert "branch" in changed.tables
    office.close()
    again = open_office(office.paths, office.actor, office.clock)
    (row,) = registry.branches(again).rows
    again.close()
    assert (row.name, row.secretary, row.founded, row.members) == (
        "机械工程学院博士生第一党支部",
        "卫青岚",
        "2021-09",
        14,
    )


def test_a_form_that_was_not_touched_writes_nothing(office: Office, branches: Ids) -> None:
    newest = actions.actions(office, TableQuery()).rows[0]
    assert registry.save_branch(office, registry.branch_form(office, branches[FIRST])) is None
    assert actions.actions(office, TableQuery()).rows[0] == newest


def test_an_edit_on_what_somebody_changed_meanwhile_is_refused(office: Office, branches: Ids) -> None:
    mine = form_of(office, branches[FIRST], note="我的修改")
    registry.save_branch(office, form_of(office, branches[FIRST], note="别人的修改"))
    with pytest.raises(StaleData, match="您刚才的修改没有保存"):
        registry.save_branch(office, mine)
    assert registry.branch(office, branches[FIRST]).note == "别人的修改"


def test_an_edit_does_not_bring_a_former_secretary_back(office: Office, branches: Ids) -> None:
    """A form names the secretary, whose post is a record of its own."""
    mine = form_of(office, branches[FIRST], note="我的修改")
    registry.save_branch(office, form_of(office, branches[FIRST], secretary="冯新"))
    with pytest.raises(StaleData, match="您刚才的修改没有保存"):
        registry.save_branch(office, mine)
    assert registry.branch(office, branches[FIRST]).secretary == "冯新"


def test_an_edit_of_a_branch_that_is_gone_is_refused(office: Office, branches: Ids) -> None:
    form = form_of(office, branches[FIRST], note="改")
    last = journal.last_undoable(office)
    assert last is not None
    journal.undo(office, last)
    with pytest.raises(StaleData, match="这个党支部已被删除"):
        registry.save_branch(office, form)
    with pytest.raises(NotAllowed, match="已不在名册中"):
        registry.branch(office, branches[FIRST])


def test_a_namesake_in_the_unit_is_refused_and_in_another_unit_is_not(
    office: Office, branches: Ids, units: Ids
) -> None:
    values = {"unit": units["机械学院"], "name": FIRST, "kind": "teacher"}
    with pytest.raises(NotAllowed, match="该院级党组织已有"):
        registry.save_branch(office, Form(None, "", values))
    with pytest.raises(NotAllowed, match="该院级党组织已有"):
        registry.save_branch(office, form_of(office, branches["机械工程学院教工第二党支部"], name=FIRST))
    assert registry.save_branch(office, Form(None, "", {**values, "unit": units["材料学院"]})) is not None


@pytest.mark.parametrize("left_out", ["unit", "name", "kind"])
def test_a_required_value_that_is_missing_is_named(office: Office, units: Ids, left_out: str) -> None:
    values = {"unit": units["机械学院"], "name": "某党支部", "kind": "teacher", left_out: None}
    with pytest.raises(NotAllowed, match="没有填写"):
        registry.save_branch(office, Form(None, "", values))
    assert registry.branches(office).total == 0


def test_a_code_that_another_branch_has_is_refused(office: Office, branches: Ids) -> None:
    registry.save_branch(office, form_of(office, branches[FIRST], code="JX-001"))
    other = form_of(office, branches["机械工程学院教工第二党支部"], code="JX-001")
    with pytest.raises(NotAllowed, match="组织编码"):
        registry.save_branch(office, other)


def test_a_value_can_be_emptied_in_the_form(office: Office, branches: Ids) -> None:
    registry.save_branch(office, form_of(office, branches[FIRST], founded=None, phone=None))
    row = registry.branch(office, branches[FIRST])
    assert (row.founded, row.phone) == (None, "")


def test_a_new_secretary_ends_the_term_of_the_former(office: Office, units: Ids, branches: Ids) -> None:
    registry.save_branch(
        office,
        form_of(office, branches[FIRST], secretary="褚新民", secretary_since=PartialDate(2024, 1)),
    )
    assert registry.branch(office, branches[FIRST]).secretary == "褚新民"
    assert names(office, TableQuery("褚新民")) == [FIRST]
    lines = body_history(office, Body(units["机械学院"], branches[FIRST]))[0].lines
    assert "任职·离任时间：（空） → 2024-01" in lines
    assert "新增任职" in lines


def test_the_history_of_a_branch_tells_each_action_field_by_field(
    office: Office, units: Ids, branches: Ids
) -> None:
    registry.save_branch(office, form_of(office, branches[FIRST], kind="mixed", full_members=21))
    rows = body_history(office, Body(units["机械学院"], branches[FIRST]))
    assert [row.title for row in rows] == [f"修改 {FIRST}", "建立党支部"]
    assert set(rows[0].lines) == {
        "党支部·支部类型：教师党支部 → 师生联合党支部",
        "党支部·正式党员数：20 → 21",
    }
    assert rows[0].actor == office.actor.name
    assert rows[0].at == office.clock()


def test_undo_of_the_last_action_restores_and_can_be_undone_itself(office: Office, branches: Ids) -> None:
    before = registry.branches(office)
    changed = registry.save_branch(office, form_of(office, branches[FIRST], note="改", secretary="褚新民"))
    after = registry.branches(office)
    assert changed is not None
    assert journal.last_undoable(office) == changed.change_id
    assert (
        f"还原党支部“{FIRST}”：党支部·备注：改 → （空）"
        in journal.undo_plan(office, changed.change_id).restores
    )
    undone = journal.undo(office, changed.change_id)
    assert undone is not None
    assert registry.branches(office) == before
    with pytest.raises(NotAllowed, match="已经撤销过"):
        journal.undo(office, changed.change_id)
    journal.undo(office, undone.change_id)
    assert registry.branches(office) == after


def test_a_secretary_who_is_cleared_in_the_form_leaves_the_post_vacant(office: Office) -> None:
    with office.change("新增") as session:
        (unit_id,) = registry_writing.insert_units(session, [{"name": "数学学院党委"}], today="2024-03-01")
        (branch_id,) = registry_writing.insert_branches(
            session,
            [{"unit": unit_id, "name": "数学学院教工党支部", "kind": "teacher", "secretary": "王明"}],
            today="2024-03-01",
        )
    form = registry.branch_form(office, branch_id)
    registry.save_branch(office, replace(form, values={**form.values, "secretary": None}))
    assert not registry.branch(office, branch_id).secretary


def test_a_kind_of_unit_is_not_called_like_a_kind_of_branch() -> None:
    assert registry.UNIT_KIND_LABELS["office"] == "机关党委"
    assert registry.BRANCH_KIND_LABELS["office"] == "机关党支部"
    kind = {column.key: column for column in registry.UNIT_COLUMNS}["kind"]
    assert kind.text is not None
    assert kind.text("retired") == "离退休党工委"


def test_members_whom_nobody_counted_are_unknown_and_not_none(office: Office) -> None:
    told = (
        {},
        {"full_members": 0, "probationary_members": 0},
        {"probationary_members": 3},
        {"full_members": 5},
    )
    with office.change("新增") as session:
        (unit_id,) = registry_writing.insert_units(session, [{"name": "数学学院党委"}], today="2024-03-01")
        rows = [
            {"unit": unit_id, "name": f"第{n}党支部", "kind": "teacher", **one} for n, one in enumerate(told)
        ]
        registry_writing.insert_branches(session, rows, today="2024-03-01")
    found = {row.name: row.members for row in registry.branches(office).rows}
    assert found == {"第0党支部": None, "第1党支部": 0, "第2党支部": 3, "第3党支部": 5}
    members = {column.key: column for column in registry.BRANCH_COLUMNS}["members"]
    assert [members.show(row) for row in registry.branches(office).rows] == ["", "0", "3", "5"]
