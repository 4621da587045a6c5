"""突出考核项 come in with the results of an appraisal, as one column of their list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from db.vocabulary import RowState
from dualcreate_desktop.office import eligibility, journal, receiving
from dualcreate_desktop.office.receiving import Reception
from dualcreate_desktop.office.store import Office

Ids = dict[str, str]
HEAD = ["院级党组织", "党支部", "年度", "考核类型", "等次", "突出考核项"]
FIRST, SECOND = "机械工程学院教工第一党支部", "机械工程学院教工第二党支部"


def row(branch: str, items: str, grade: str = "好") -> list[object]:
    return ["机械工程学院党委", branch, 2023, "支部考核评价", grade, items]


def test_items_of_a_list_are_stored_told_as_evidence_and_known_when_it_comes_again(
    office: Office,
    round_id: str,
    applied: Ids,
    send: Callable[..., Path],
    read_one: Callable[..., Reception],
) -> None:
    path = send([HEAD, row(FIRST, "示范引领作用 18/20；主题教育 9.5/10"), row(SECOND, "")])
    receiving.apply(office, read_one(path))
    told = eligibility.assess_round(office, round_id)[applied["教一"]].finding("branch_record").evidence
    assert any("示范引领作用 18/20" in text and "主题教育 9.5/10" in text for text in told), told
    assert {item.state for item in read_one(path).plan.rows} == {RowState.SAME}
    changed = send([HEAD, row(FIRST, "示范引领作用 19/20")], "再报.csv")
    (again,) = read_one(changed).plan.rows
    assert (again.state, [change.key for change in again.changes]) == (RowState.CHANGED, ["items"])
    journal.undo(office, journal.last_undoable(office) or "")
    assert {item.state for item in read_one(path).plan.rows} == {RowState.NEW}


def test_an_item_without_points_is_a_problem_in_its_place(
    units: Ids, branches: Ids, send: Callable[..., Path], read_one: Callable[..., Reception]
) -> None:
    plan = read_one(send([HEAD, row(FIRST, "示范引领作用"), row(SECOND, "示范引领作用 21/20")])).plan
    assert [(item.state, item.problems[0].column, item.problems[0].message) for item in plan.rows] == [
        (RowState.PROBLEM, "F", "突出考核项“示范引领作用”没有写明得分"),
        (RowState.PROBLEM, "F", "突出考核项“示范引领作用”得分 21 超出满分 20"),
    ]
