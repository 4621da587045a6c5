"""Whose list it seems to be, and why."""

from __future__ import annotations

import pytest

from dualcreate_desktop.intake.containers import Envelope, source_of
from dualcreate_desktop.intake.grid import Grid
from dualcreate_desktop.intake.guessing import UnitGuess, kind_reason
from dualcreate_desktop.intake.known import Known, Learned, Unit
from dualcreate_desktop.intake.planning import make_plan
from dualcreate_desktop.intake.shape import guess_at
from dualcreate_desktop.lists import BRANCHES

KNOWN = Known((Unit("u-jx", "机械工程学院党委"), Unit("u-cl", "材料科学与工程学院党委")))
HEAD = ("党支部名称", "支部类型")
ROW = ("教工第一党支部", "教师")


def guessed(
    *above: str,
    sheet: str = "Sheet1",
    file: str = "名册.xlsx",
    inside: tuple[str, ...] = (),
    envelope: Envelope | None = None,
    learned: Learned | None = None,
) -> UnitGuess | None:
    grid = Grid(sheet, (*((text,) for text in above), HEAD, ROW))
    source = source_of(file, b"a,b", inside=inside, envelope=envelope)
    guess = guess_at(grid, BRANCHES, (len(above),))
    plan = make_plan(guess, grid, KNOWN, source=source, learned=learned or Learned())
    assert plan.rows[0].values.get("unit") == (plan.unit.id if plan.unit else None)
    return plan.unit


def test_nothing_that_names_a_unit_guesses_none() -> None:
    assert guessed() is None


@pytest.mark.parametrize(
    ("guess", "reason"),
    [
        (lambda: guessed("填报单位（盖章）：机械工程学院"), "表内“填报单位”写的是“机械工程学院”"),
        (lambda: guessed("机械工程学院党支部名册"), "标题里有单位名"),
        (lambda: guessed(sheet="机械工程学院"), "工作表名里有单位名"),
        (lambda: guessed(file="机械工程学院名册(2).xlsx"), "文件名里有单位名"),
        (lambda: guessed(inside=("来信.eml", "机械工程学院")), "所在的“机械工程学院”里有单位名"),
        (lambda: guessed(envelope=Envelope("a@example.cn", "机械工程学院报送名册")), "邮件主题里有单位名"),
        (lambda: guessed(envelope=Envelope("机械工程学院 <a@example.cn>", "名册")), "发件人名里有单位名"),
        (
            lambda: guessed(
                envelope=Envelope("张三 <A@example.cn>", "名册"),
                learned=Learned(senders={"a@example.cn": "u-jx"}),
            ),
            "a@example.cn 以前报送的是这个单位",
        ),
    ],
)
def test_the_unit_is_guessed_with_what_says_so(guess: object, reason: str) -> None:
    assert callable(guess)
    assert guess() == UnitGuess("u-jx", "机械工程学院党委", reason)


def test_the_sheet_speaks_before_the_file_and_the_contradiction_is_told() -> None:
    unit = guessed("机械工程学院党支部名册", file="材料科学与工程学院名册.xlsx")
    assert unit is not None
    assert (unit.id, unit.doubts) == ("u-jx", ("文件名里有单位名（材料科学与工程学院党委）",))


def test_the_unit_that_all_rows_name_goes_before_what_is_written_around_them() -> None:
    rows = (("学院", *HEAD), ("机械工程学院", *ROW), ("机械工程学院党委", "教工第二党支部", "教师"))
    for more, unit_id in (((), "u-jx"), ((("材料科学与工程学院", *ROW),), "u-cl")):
        grid = Grid("名册", (*rows, *more))
        source = source_of("材料科学与工程学院.csv", b"-")
        plan = make_plan(guess_at(grid, BRANCHES, (0,)), grid, KNOWN, source=source)
        assert plan.unit is not None
        assert plan.unit.id == unit_id
        assert bool(plan.unit.doubts) is not bool(more)


@pytest.mark.parametrize(("file", "found"), [("法学院.csv", True), ("书法学院.csv", False)])
def test_a_short_name_means_its_unit_only_in_front(file: str, found: bool) -> None:
    grid = Grid("Sheet1", (HEAD, ROW))
    known = Known((Unit("u-fx", "法学院党委"),))
    plan = make_plan(guess_at(grid, BRANCHES, (0,)), grid, known, source=source_of(file, b"a,b"))
    assert (plan.unit is not None) is found


def test_the_kind_of_list_comes_with_its_reason() -> None:
    grid = Grid("党支部信息", (HEAD, ROW))
    reason = kind_reason(guess_at(grid, BRANCHES, (0,)), grid, source_of("a.csv", b"a"))
    assert reason == "标题或文件名里有“支部信息”，2 列的列名属于“党支部名册”"
