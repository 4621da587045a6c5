"""Appraisals of 2021, 2022 and 2023: one file a year, each in another layout."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from resources.sample.making.books import Row, Sheet, write_xlsx
from resources.sample.making.branches import ORDINALS, Branch
from resources.sample.making.cases import CASES, Case
from resources.sample.making.expected import Import
from resources.sample.making.university import UNITS, UNIVERSITY, Unit
from resources.sample.making.world import World, draw

BRANCH_WORK, QUALITY_MONTH, REPORT, LEADERSHIP = "党支部考核", "质量提升月", "书记述职评议", "中层班子考核"
YEARS = (2021, 2022, 2023)
WITH_QUALITY_MONTH = ("电气工程学院", "环境与资源学院", "教育学院")
POINTS = {"好": (90, 98), "较好": (80, 89), "一般": (70, 79), "差": (55, 69)}
CONTRADICTED = ("环境与资源学院", "环境与资源学院机关党支部")
"""Unit and branch whose 好 of 2023 its 82.5 points contradict."""
LEADERS_POINTS = {"优秀": (90, 97), "良好": (80, 89), "合格": (70, 79)}


@dataclass(frozen=True, slots=True)
class Line:
    """One appraisal as a list shows it; `branch` is empty where the unit itself was appraised."""

    unit: Unit
    branch: str
    year: int
    kind: str
    score: float | None
    grade: str
    note: str = ""


def write_appraisals(folder: Path, world: World) -> list[Import]:
    """The three files, oldest first."""
    return [_flat(folder, world), _grouped(folder, world), *_by_sheets(folder, world)]


def branch_lines(world: World, year: int, spell: Callable[[Branch], str]) -> list[Line]:
    """What branches got for their work in a year, and in the month of quality where their unit held one."""
    rng = draw(f"grades {year}")
    lines: list[Line] = []
    for branch in world.branches:
        if int((branch.founded or "2000")[:4]) > year:
            continue
        lines += _of_branch(branch, year, spell(branch), rng)
    return lines


def _of_branch(branch: Branch, year: int, spelt: str, rng: Random) -> list[Line]:
    case = _case(branch.unit, branch.body)
    drawn = rng.choices(("好", "较好", "一般", "差", ""), (42, 40, 13, 2, 3))[0]
    grade = case.grades[YEARS.index(year)] if case else drawn
    lines = []
    if grade != "?":
        lines.append(
            _line(branch.unit, spelt, year, BRANCH_WORK, grade, rng, _why_blank(branch, year, grade))
        )
    if case and case.quality_month and year > 2021:
        lines.append(_line(branch.unit, spelt, year, QUALITY_MONTH, case.quality_month[year - 2022], rng))
    elif not case and branch.unit.short in WITH_QUALITY_MONTH and year > 2021:
        lines.append(
            _line(branch.unit, spelt, year, QUALITY_MONTH, rng.choice(("好", "较好", "较好", "一般")), rng)
        )
    return lines


def _why_blank(branch: Branch, year: int, grade: str) -> str:
    if grade:
        return ""
    return "当年新成立，未参加考核" if branch.founded.startswith(str(year)) else "未报"


def unit_lines(year: int) -> list[Line]:
    """What the units' secretaries and leaderships got in a year."""
    rng = draw(f"unit grades {year}")
    lines: list[Line] = []
    for unit in UNITS:
        if int(unit.founded[:4]) > year or unit.kind == "direct_branch":
            continue
        case, index = _case(unit, ""), YEARS.index(year)
        report = case.grades[index] if case else rng.choices(("好", "较好", "一般"), (4, 5, 1))[0]
        leaders = case.leadership[index] if case else rng.choices(("优秀", "良好", "合格"), (3, 6, 1))[0]
        lines.append(_line(unit, "", year, REPORT, report, rng))
        lines.append(_line(unit, "", year, LEADERSHIP, leaders, rng))
    return lines


def _line(unit: Unit, branch: str, year: int, kind: str, grade: str, rng: Random, note: str = "") -> Line:
    span = (LEADERS_POINTS if kind == LEADERSHIP else POINTS).get(grade)
    score = None if span is None else rng.randint(span[0] * 4, span[1] * 4) / 4
    return Line(unit, branch, year, kind, score, grade, note)


def _case(unit: Unit, body: str) -> Case | None:
    return next((case for case in CASES if (case.unit, case.branch) == (unit.short, body)), None)


def _slipped(lines: Sequence[Line]) -> list[Line]:
    """As a unit sent it: one grade contradicts its points."""
    return [
        replace(line, score=82.5, grade="好")
        if (line.unit.short, line.branch, line.kind) == (*CONTRADICTED, BRANCH_WORK)
        else line
        for line in lines
    ]


def _in_full(branch: Branch) -> str:
    return branch.name


def _in_short(branch: Branch) -> str:
    """As an appraisal office abbreviates: 教工第一党支部 → 教工一支部, without the unit."""
    return re.sub(r"第(.+)党支部", r"\1支部", branch.body)


def _with_digits(branch: Branch) -> str:
    """With Arabic numerals in some units: 教工第1党支部."""
    if branch.unit.order % 4:
        return branch.name
    return re.sub(r"第(.+)党支部", lambda found: f"第{ORDINALS.index(found[1]) + 1}党支部", branch.name)


def _flat(folder: Path, world: World) -> Import:
    lines = unit_lines(2021) + branch_lines(world, 2021, _in_full)
    lines.sort(key=lambda line: line.unit.order)
    rows = tuple(
        (
            n,
            line.unit.name,
            line.branch or None,
            line.year,
            line.kind,
            line.score,
            line.grade or None,
            line.note or None,
        )
        for n, line in enumerate(lines, start=1)
    )
    sheet = Sheet(
        name="2021",
        title="2021年度基层党组织考核评价结果",
        headings=(("序号", "院级党组织", "考核对象\n（院级党组织本身不填）", "考核年度", "考核类别", "考核得分", "评定等次", "备注"),),
        rows=rows,
        widths=(6, 26, 36, 10, 16, 10, 10, 24),
    )  # fmt: skip  # one heading row
    name = "2021年度基层党组织考核评价结果.xlsx"
    write_xlsx(folder / name, [sheet])
    return Import(
        name, sheet.name, "appraisals", "2024-03-08T09:00:00", new=len(rows), shows="一行一条，单位写全称"
    )


def _grouped(folder: Path, world: World) -> Import:
    """Units and the year in merged cells, branches abbreviated, and six rows that cannot be taken."""
    lines = sorted(unit_lines(2022) + branch_lines(world, 2022, _in_short), key=lambda line: line.unit.order)
    rows: list[Row] = [
        (
            line.unit.short,
            line.branch or None,
            line.year,
            line.kind,
            line.score,
            line.grade or "/",
            line.note or None,
        )
        for line in lines
    ]
    faulty: list[Row] = [
        ("体育部", "学生第一支部", 2022, BRANCH_WORK, 86, "较好", None),
        ("附属口腔医院", "口腔科党支部", 2022, BRANCH_WORK, 91, "好", None),
        ("后勤集团", "幼教中心党支部", 2022, QUALITY_MONTH, 105, "好", None),
        ("后勤集团", "机关党支部", 2022, QUALITY_MONTH, "缺考", "较好", None),
        ("后勤集团", "离退休党支部", 2022, QUALITY_MONTH, 84, "较优", None),
        ("出版社", None, 2022, LEADERSHIP, 88, "良好", None),
    ]
    sheet = Sheet(
        name="Sheet1",
        title=f"{UNIVERSITY}党支部及班子考核结果汇总（2022年度）",
        lines=(("单位：分", None, None, None, None, None, "2023年1月"),),
        headings=(("所在单位", "支部名称", "年份", "考核项目", "得分", "考核结果", "说明"),),
        rows=(*rows, *faulty),
        foot=(("注：“较优”系原表笔误；党支部考核由各院级党组织组织实施。",),),
        widths=(20, 30, 8, 18, 10, 12, 24),
        merge_down=(0, 2),
    )
    name = "2022年度考核结果汇总.xlsx"
    write_xlsx(folder / name, [sheet])
    problems = {
        "unknown_branch": 1,
        "ambiguous": 1,
        "out_of_range": 1,
        "bad_number": 1,
        "unknown_choice": 1,
        "unknown_unit": 1,
    }
    return Import(name, sheet.name, "appraisals", "2024-03-08T10:00:00", new=len(rows), problem=len(faulty),
                  problems=problems, shows="单位和年度合并单元格，党支部写简称，末尾六行有错")  # fmt: skip


def _by_sheets(folder: Path, world: World) -> list[Import]:
    """Three sheets: branches with their rank in the unit, secretaries, leaderships."""
    name = "2023年度考核评价结果（上报）.xlsx"
    units = unit_lines(2023)
    sheets = [
        _ranked(
            "支部考核",
            "2023年度基层党支部工作考核评价结果",
            _slipped(branch_lines(world, 2023, _with_digits)),
        ),
        _ranked(
            "述职评议",
            "2023年度书记抓基层党建述职评议考核结果",
            [line for line in units if line.kind == REPORT],
        ),
        _ranked(
            "班子考核", "2023年度中层领导班子考核结果", [line for line in units if line.kind == LEADERSHIP]
        ),
    ]
    write_xlsx(folder / name, sheets)
    return [
        Import(
            name,
            sheet.name,
            "appraisals",
            f"2024-03-15T10:{n}0:00",
            new=len(sheet.rows),
            shows="一个文件三张表；名次按本单位排",
        )
        for n, sheet in enumerate(sheets)
    ]


def _ranked(name: str, title: str, lines: Sequence[Line]) -> Sheet:
    rows = tuple(
        (n, line.unit.short, line.branch or None, f"{line.year}年", line.kind, line.score, line.grade or None,
         _rank(line, lines), line.note or None)
        for n, line in enumerate(lines, start=1)
    )  # fmt: skip  # in the order of the headings
    return Sheet(
        name=name,
        title=title,
        lines=(("填报单位（盖章）：党委组织部", None, None, None, None, None, None, "2024年3月"),),
        headings=(("序号", "单位", "被考核党支部", "年度", "考核类型", "综合得分", "等次", "名次", "备注"),),
        rows=rows,
        widths=(6, 20, 34, 10, 16, 10, 10, 8, 22),
        merge_down=(1,),
    )  # fmt: skip  # one heading row


def _rank(line: Line, lines: Sequence[Line]) -> int | None:
    """Among the branches of its unit; units among all units."""
    if line.score is None:
        return None
    rivals = [
        other for other in lines if other.kind == line.kind and (not line.branch or other.unit is line.unit)
    ]
    return 1 + sum(other.score is not None and other.score > line.score for other in rivals)
