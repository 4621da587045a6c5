"""评委名单 and the workbooks in which the reviewers sent their marks."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from resources.sample.making.books import Row, Sheet, write_xlsx
from resources.sample.making.cases import Case
from resources.sample.making.expected import Import
from resources.sample.making.panel import CRITERIA, Panellist, marks, panel, reviewed
from resources.sample.making.university import UNIVERSITY, unit_of
from resources.sample.making.world import World

CATEGORIES = {"benchmark_unit": "标杆院级党组织", "model_branch": "样板支部"}

SLIPS: dict[tuple[int, str], tuple[int, Fraction | None]] = {
    (5, "b12"): (3, None),
    (6, "b22"): (0, Fraction(32)),
}
"""Reviewer and case → the criterion (from 0) with a slip, and what stands there; both are sent again, mended."""
WRONG_TOTAL = (4, "b14")
"""The reviewer added wrongly; the marks themselves are right."""


def write_reviews(folder: Path, world: World) -> list[Import]:
    """The list of reviewers, seven workbooks, and two sent again."""
    panellists = panel(world)
    imports = [_list(folder, panellists)]
    imports += [_workbook(folder, reviewer, world, slips=True) for reviewer in panellists]
    again = {number for number, _ in SLIPS}
    imports += [
        _workbook(folder, reviewer, world, slips=False) for reviewer in panellists if reviewer.number in again
    ]
    return imports


def _list(folder: Path, panellists: tuple[Panellist, ...]) -> Import:
    rows = tuple(
        (
            f"{item.number:02d}",
            item.name,
            unit_of(item.unit).name if item.unit else "校外",
            item.title,
            item.statement or None,
        )
        for item in panellists
    )
    sheet = Sheet(
        name="评委名单",
        title=f"{UNIVERSITY}第三批党建“双创”评审专家名单",
        headings=(("评委编号", "姓名", "所在单位", "职务", "回避说明"),),
        rows=rows,
        foot=(("注：回避说明空白的为尚未询问。",),),
        widths=(10, 12, 22, 26, 40),
    )
    write_xlsx(folder / "评委名单.xlsx", [sheet])
    return Import("评委名单.xlsx", sheet.name, "reviewers", "2024-03-22T09:00:00", new=len(rows),
                  shows="编号带前导零；校外评委没有院级党组织")  # fmt: skip


def scored_as(case: Case, world: World) -> str:
    """The applicant in the workbooks of reviewers, who need the unit where a branch's own name leaves it out."""
    if not case.branch:
        return unit_of(case.unit).name
    branch = world.branch(case.unit, case.branch)
    return branch.name if branch.unit.prefix else f"{case.unit}{branch.name}"


def _workbook(folder: Path, reviewer: Panellist, world: World, *, slips: bool) -> Import:
    cases = reviewed()
    rows = tuple(_score_row(n, case, reviewer, world, slips=slips) for n, case in enumerate(cases, start=1))
    sheet = Sheet(
        name="评分表",
        title="第三批党建“双创”专家评分表",
        lines=(
            (f"评委：{reviewer.name}", None, None, f"编号：{reviewer.number:02d}", None, None, None, "日期：2024年3月28日"),
        ),
        headings=(("序号", "类别", "申报党组织", *(f"{name}\n（{maximum}分）" for name, maximum in CRITERIA), "合计", "备注"),),
        rows=rows,
        foot=((), ("评委签名：",)),
        widths=(6, 16, 38, 11, 11, 11, 11, 9, 16),
    )  # fmt: skip  # one heading row
    name = f"评分表-{reviewer.number:02d}-{reviewer.name}{'' if slips else '（更正）'}.xlsx"
    write_xlsx(folder / name, [sheet])
    return _expected(name, reviewer, cases, slips=slips)


def _score_row(number: int, case: Case, reviewer: Panellist, world: World, *, slips: bool) -> Row:
    head = (number, CATEGORIES[case.category], scored_as(case, world))
    if reviewer.keeps_out_of(case) and reviewer.heeds:
        return (*head, *[None] * len(CRITERIA), None, "回避")
    given: list[Fraction | None] = list(marks(case, reviewer))
    right = sum(marks(case, reviewer), Fraction(0))
    if slips and (reviewer.number, case.key) in SLIPS:
        criterion, slip = SLIPS[reviewer.number, case.key]
        given[criterion] = slip
    if (reviewer.number, case.key) == WRONG_TOTAL:
        right += 10
    return (*head, *(None if mark is None else float(mark) for mark in given), float(right), None)


def _expected(name: str, reviewer: Panellist, cases: list[Case], *, slips: bool) -> Import:
    own = sum(reviewer.keeps_out_of(case) for case in cases)
    problems: dict[str, int] = {}
    if slips and (reviewer.number, "b12") in SLIPS:
        problems["missing"] = 1
    if slips and (reviewer.number, "b22") in SLIPS:
        problems["out_of_range"] = 1
    blocked = sum(problems.values())
    if reviewer.number == WRONG_TOTAL[0]:
        problems["inconsistent"] = 1
    if not reviewer.heeds:
        problems["conflict"] = own
        blocked += own
    good = len(cases) - blocked - (own if reviewer.heeds else 0)
    once = 1 if any(number == reviewer.number for number, _ in SLIPS) else 0
    return Import(
        name, "评分表", "scores", f"2024-03-{28 if slips else 29}T{9 + reviewer.number:02d}:00:00",
        new=good if slips else once, same=0 if slips else good - once, problem=blocked, problems=problems,
        shows="回避的行留空" if own and reviewer.heeds else ("给自己单位的申报打了分" if own else "逐项评分"),
    )  # fmt: skip  # the counts together
