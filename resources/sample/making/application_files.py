"""申报汇总表: one compiled by the office, six mailed by single units."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from resources.sample.making.books import Row, Sheet, write_csv, write_xls, write_xlsx
from resources.sample.making.cases import CASES, Case
from resources.sample.making.expected import Import
from resources.sample.making.people import extension
from resources.sample.making.university import UNIVERSITY, unit_of
from resources.sample.making.words import answers
from resources.sample.making.world import World, draw

CATEGORIES = {"benchmark_unit": "全校党建工作标杆院级党组织", "model_branch": "全校党建工作样板支部"}
SHORT = {"benchmark_unit": "标杆院级党组织", "model_branch": "样板支部"}
MAILED = ("计算机学院", "土木工程学院", "法学院", "医学院", "机关党委", "附属第一医院")
RENAMED = {"b35": "（原网络信息中心党支部）"}
TEXTS = ("特色做法", "建设目标", "预期成果")


def write_applications(folder: Path, world: World) -> list[Import]:
    """All lists of applications, as they came in before the deadline."""
    return [
        _compiled(folder, world),
        _unit_book(folder, world, "计算机学院", "2024-03-14T09:20:00"),
        _old_book(folder, world),
        _csv(folder, world),
        _unit_book(folder, world, "医学院", "2024-03-15T11:05:00"),
        _unit_book(folder, world, "机关党委", "2024-03-15T15:40:00"),
        _unit_book(folder, world, "附属第一医院", "2024-03-15T16:55:00"),
    ]


def _of(unit: str) -> list[Case]:
    return [case for case in CASES if case.unit == unit]


def _applicant(case: Case, world: World) -> str | None:
    """The branch as the form names it; a unit leaves the cell empty."""
    if not case.branch:
        return None
    return world.branch(case.unit, case.branch).name + RENAMED.get(case.key, "")


def _contact(case: Case, world: World) -> tuple[str, str]:
    leaders = world.leaders[case.unit]
    if not case.branch:
        return leaders.contact, leaders.phone
    return world.branch(case.unit, case.branch).secretary, extension(draw(f"phone {case.key}"))


def _texts(case: Case) -> tuple[str, str, str]:
    return answers(case, draw(f"words {case.key}"))


def _compiled(folder: Path, world: World) -> Import:
    cases = [case for case in CASES if case.unit not in MAILED]
    rows: list[Row] = [
        (n, CATEGORIES[case.category], unit_of(case.unit).name, _applicant(case, world), case.preference,
         *_contact(case, world), *_texts(case), None)
        for n, case in enumerate(cases, start=1)
    ]  # fmt: skip  # in the order of the headings
    stray = _texts(_of("教育学院")[0])
    rows.append(
        (
            len(rows) + 1,
            CATEGORIES["model_branch"],
            "体育部党总支",
            "体育部学生第一党支部",
            1,
            None,
            None,
            *stray,
            "支部尚未批复成立",
        )
    )
    sheet = Sheet(
        name="汇总表",
        title=f"{UNIVERSITY}第三批新时代党建“双创”工作申报汇总表",
        lines=(("汇总单位：党委组织部组织科", None, None, None, None, None, None, None, "汇总日期：2024年3月14日"),),
        headings=(
            ("序号", "申报类别", "推荐单位", "申报党支部\n（院级党组织自身申报的不填）", "推荐\n顺序", "联系人", "联系电话", *TEXTS, "备注"),
        ),
        rows=tuple(rows),
        foot=((), ("汇总人：", None, "谢亦川", None, None, "审核人：", None, "章清和")),
        widths=(6, 16, 22, 26, 7, 10, 10, 60, 44, 40, 14),
        merge_down=(1,),
    )  # fmt: skip  # one heading row
    name = "第三批双创申报汇总表.xlsx"
    write_xlsx(folder / name, [sheet])
    return Import(name, sheet.name, "applications", "2024-03-14T17:30:00", new=len(cases), problem=1,
                  problems={"unknown_branch": 1}, shows="类别列合并，长文本，末行的党支部名册里没有")  # fmt: skip


def _unit_book(folder: Path, world: World, unit: str, at: str) -> Import:
    """A unit's own list: the unit stands only in the line below the title."""
    rows = tuple(_unit_row(n, case, world) for n, case in enumerate(_of(unit), start=1))
    sheet = _unit_sheet(unit, rows)
    name = f"{unit}推荐汇总表.xlsx"
    write_xlsx(folder / name, [sheet])
    return Import(name, sheet.name, "applications", at, new=len(rows), shows="单位只在“推荐单位（盖章）”一行")


def _unit_row(number: int, case: Case, world: World) -> Row:
    contact, phone = _contact(case, world)
    return (
        number,
        SHORT[case.category],
        _applicant(case, world),
        case.preference,
        contact,
        phone,
        *_texts(case),
    )


def _unit_sheet(unit: str, rows: Sequence[Row]) -> Sheet:
    return Sheet(
        name="Sheet1",
        title="党建“双创”工作推荐汇总表",
        lines=(
            (
                f"推荐单位（盖章）：{unit_of(unit).name}",
                None,
                None,
                None,
                None,
                None,
                "填报日期：2024年3月14日",
            ),
        ),
        headings=(("序号", "类别", "党支部名称", "推荐排序", "负责人", "手机", *TEXTS),),
        rows=tuple(rows),
        foot=((), ("院级党组织负责人签字：", None, None, None, None, None, "（盖章）")),
        widths=(6, 16, 30, 9, 10, 10, 56, 42, 40),
    )


def _old_book(folder: Path, world: World) -> Import:
    rows = tuple(_unit_row(n, case, world) for n, case in enumerate(_of("土木工程学院"), start=1))
    name = "土木工程学院样板支部推荐汇总表.xls"
    write_xls(folder / name, _unit_sheet("土木工程学院", rows))
    return Import(name, "Sheet1", "applications", "2024-03-14T10:15:00", new=len(rows), shows="老版 .xls")


def _csv(folder: Path, world: World) -> Import:
    head = ("申报单位", "申报类型", "申报党组织", "推荐序号", "联系人", "电话", *TEXTS)
    rows: list[Row] = [("法学院", *_unit_row(0, case, world)[1:]) for case in _of("法学院")]
    name = "法学院申报汇总.csv"
    write_csv(folder / name, [head, *rows], "gb18030")
    return Import(
        name, "", "applications", "2024-03-14T11:00:00", new=len(rows), shows="GB18030 编码，长文本里有引号"
    )
