"""The lists of branches: one compiled by the office, and what seven units mailed on their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from resources.sample.making.books import Row, Sheet, write_csv, write_xls, write_xlsx
from resources.sample.making.branches import Branch
from resources.sample.making.expected import Import
from resources.sample.making.notation import written
from resources.sample.making.university import UNITS, UNIVERSITY, unit_of
from resources.sample.making.world import World, draw

BY_THEMSELVES = (
    "计算机学院",
    "材料学院",
    "法学院",
    "外国语学院",
    "土木工程学院",
    "生命科学学院",
    "农业与食品学院",
)
"""Units that mail their own list; the office compiled the others."""

TYPED = ("2019.9", "2019年9月", "201909", "date", "2019.09", "number", "2019/9", "2019-09")
LOOSE = ("2019.9", "2019年9月", "２０１９．９", "二〇一九年九月", "201909")
"""Also by people who type as they speak; only months and years can be written so."""
PLAIN = ("2019.9", "2019年9月", "2019-09", "201909")

MAILED = "2024-03-05T{}:00"


def write_branches(folder: Path, world: World) -> list[Import]:
    """All lists of branches, in the order in which the office imports them."""
    return [
        _compiled(folder, world),
        _old_workbook(folder, world),
        _gbk(folder, world),
        _utf8(folder, world),
        _unit_in_title(folder, world),
        _two_heading_rows(folder, world),
        *_sent_three_times(folder, world),
    ]


def _founded(branch: Branch, rng: Random, notations: Sequence[str]) -> object:
    notation = rng.choice(notations)
    if len(branch.founded) == 10 and notation in ("２０１９．９", "二〇一九年九月"):
        notation = "2019.9"
    return written(branch.founded, notation)


def _compiled(folder: Path, world: World) -> Import:
    rng = draw("compiled branches")
    rows: list[Row] = []
    for unit in UNITS:
        if unit.short not in BY_THEMSELVES:
            rows += _compiled_rows(world.of(unit), rng)
    sheet = Sheet(
        name="汇总",
        title=f"{UNIVERSITY}党支部名册（截至2024年2月）",
        lines=(("填表要求：名称写全称；成立时间至少写到年月；党员数不含已转出组织关系的。",),),
        headings=(
            ("序号", "院级党组织", "组织编码", "党支部名称\n（填写全称）", "支部类型\n（教师/学生/师生联合等）", "成立时间\n（年月）", "正式党员数", "预备党员数",
             "支部书记", "书记任职时间", "联系电话", "预计撤并或\n毕业年月", "备注"),
        ),
        rows=tuple(rows),
        foot=(("填报人：", None, "谢亦川", None, None, "审核："),),
        widths=(6, 22, 12, 36, 18, 16, 9, 9, 10, 14, 12, 14, 16),
        merge_down=(1,),
    )  # fmt: skip  # one heading row
    write_xlsx(folder / "全校党支部名册.xlsx", [sheet])
    return Import("全校党支部名册.xlsx", sheet.name, "branches", MAILED.format("09:00"), new=len(rows),
                  shows="学院列合并、序号按学院重排且有空号、表头有换行和提示、日期写法混杂")  # fmt: skip


def _compiled_rows(branches: Sequence[Branch], rng: Random) -> list[Row]:
    rows: list[Row] = []
    number = 0
    for branch in branches:
        number += 2 if rng.random() < 0.03 else 1
        rows.append(
            (number, branch.unit.short, branch.code, branch.name, branch.kind_word(rng.randrange(5) // 2),
             _founded(branch, rng, TYPED), branch.full, branch.probationary or None, branch.secretary,
             written(branch.since, rng.choice(PLAIN)), branch.phone, written(branch.planned_end, "2019.9") or "/", None)
        )  # fmt: skip  # in the order of the headings
    return rows


def _old_workbook(folder: Path, world: World) -> Import:
    rng = draw("old workbook")
    rows = tuple(
        (n, branch.name, branch.kind_word(0), _founded(branch, rng, PLAIN), branch.full, branch.probationary,
         branch.secretary, written(branch.since, "2019.9"), branch.phone, written(branch.planned_end, "2019年9月") or "无")
        for n, branch in enumerate(world.of(unit_of("计算机学院")), start=1)
    )  # fmt: skip  # in the order of the headings
    sheet = Sheet(
        name="Sheet1",
        title="党支部基本信息表",
        lines=(("填报单位（盖章）：计算机学院党委", None, None, None, None, None, "填报日期：2024年3月1日"),),
        headings=(("序号", "党支部名称", "支部类别", "成立日期", "正式党员", "预备党员", "书记姓名", "任职时间", "手机", "预计毕业年月"),),
        rows=rows,
        foot=((), ("负责人签字：", None, None, None, "填表人：")),
        widths=(6, 32, 18, 16, 10, 10, 10, 12, 12, 14),
    )  # fmt: skip  # one heading row
    write_xls(folder / "计算机学院党支部信息表.xls", sheet)
    return Import("计算机学院党支部信息表.xls", sheet.name, "branches", MAILED.format("10:05"), new=len(rows),
                  shows="老版 .xls；单位只在“填报单位（盖章）”一行")  # fmt: skip


def _gbk(folder: Path, world: World) -> Import:
    rng = draw("gbk")
    head = ("序号", "学院", "支部名称", "类型", "成立时间", "正式党员人数", "预备党员人数", "书记", "电话")
    rows = [
        (n, "材料科学与工程学院", branch.name, branch.kind_word(1), _founded(branch, rng, LOOSE), branch.full,
         branch.probationary, branch.secretary, branch.phone)
        for n, branch in enumerate(world.of(unit_of("材料学院")), start=1)
    ]  # fmt: skip  # in the order of the headings
    write_csv(folder / "材料学院支部信息.csv", [head, *rows], "gb18030")
    return Import("材料学院支部信息.csv", "", "branches", MAILED.format("10:20"), new=len(rows),
                  shows="GB18030 编码的 .csv；姓名有扩展区汉字“䶮”；全角和汉字日期")  # fmt: skip


def _utf8(folder: Path, world: World) -> Import:
    rng = draw("utf8")
    head = (
        "所属院级党组织",
        "党支部名称",
        "支部类型",
        "成立时间",
        "正式党员数",
        "预备党员数",
        "支部书记",
        "书记电话",
        "备注",
    )
    rows = [
        ("法学院党委", branch.name, branch.kind_word(0), _founded(branch, rng, PLAIN), branch.full,
         branch.probationary, branch.secretary, branch.phone, "—")
        for branch in world.of(unit_of("法学院"))
    ]  # fmt: skip  # in the order of the headings
    write_csv(folder / "法学院党支部信息.csv", [head, *rows], "utf-8-sig")
    return Import("法学院党支部信息.csv", "", "branches", MAILED.format("10:40"), new=len(rows),
                  shows="带 BOM 的 UTF-8；“—”表示空")  # fmt: skip


def _unit_in_title(folder: Path, world: World) -> Import:
    rng = draw("unit in title")
    rows = tuple(
        (n, branch.body, branch.kind_word(0), _founded(branch, rng, TYPED), branch.full, branch.probationary,
         "2023.12.31", branch.secretary, branch.phone)
        for n, branch in enumerate(world.of(unit_of("外国语学院")), start=1)
    )  # fmt: skip  # in the order of the headings
    sheet = Sheet(
        name="Sheet1",
        title="外国语学院党支部基本信息表",
        headings=(("序号", "支部名称", "支部类型", "成立时间", "正式党员数", "预备党员数", "统计截止", "支部书记", "联系电话"),),
        rows=rows,
        widths=(6, 26, 18, 16, 10, 10, 14, 10, 12),
    )  # fmt: skip  # one heading row
    write_xlsx(folder / "外国语学院党支部基本信息表.xlsx", [sheet])
    return Import("外国语学院党支部基本信息表.xlsx", sheet.name, "branches", MAILED.format("11:00"), new=len(rows),
                  shows="单位只在标题里，党支部只写简称")  # fmt: skip


def _two_heading_rows(folder: Path, world: World) -> Import:
    rng = draw("two heading rows")
    rows = tuple(
        (n, "土木工程学院", branch.name, branch.kind_word(0), _founded(branch, rng, TYPED), branch.full,
         branch.probationary, branch.secretary, written(branch.since, "date"), branch.phone)
        for n, branch in enumerate(world.of(unit_of("土木工程学院")), start=1)
    )  # fmt: skip  # in the order of the headings
    sheet = Sheet(
        name="2024年3月",
        title="党支部情况统计表",
        headings=(
            (
                "序号",
                "所属党委",
                "党支部名称",
                "支部类型",
                "成立时间",
                "党员人数",
                None,
                "支部书记",
                None,
                None,
            ),
            (None, None, None, None, None, "正式党员", "预备党员", "姓名", "任职时间", "电话"),
        ),
        rows=rows,
        foot=(("合计", None, None, None, None, sum(row[5] for row in rows), sum(row[6] for row in rows)),),
        widths=(6, 18, 32, 18, 16, 10, 10, 10, 14, 12),
        merge_down=(1,),
    )
    write_xlsx(folder / "土木工程学院党支部统计表.xlsx", [sheet])
    return Import("土木工程学院党支部统计表.xlsx", sheet.name, "branches", MAILED.format("11:20"), new=len(rows),
                  shows="两行表头，表尾合计")  # fmt: skip


def _sent_three_times(folder: Path, world: World) -> list[Import]:
    """The list, the very same file again, and a copy with one row corrected."""
    first, again, copy = (f"生命科学学院党支部信息表{end}.xlsx" for end in ("", "(1)", " - 副本"))
    branches = world.of(unit_of("生命科学学院"))
    write_xlsx(folder / first, [_plain_sheet(branches)])
    write_xlsx(folder / again, [_plain_sheet(branches)])
    corrected = (*branches[:3], replace(branches[3], full=branches[3].full + 2), *branches[4:])
    write_xlsx(folder / copy, [_plain_sheet(corrected)])
    count = len(branches)
    return [
        Import(first, "Sheet1", "branches", MAILED.format("14:00"), new=count, shows="同一文件先后来三次，这是第一次"),
        Import(again, "Sheet1", "branches", MAILED.format("14:20"), new=0, same=count, shows="一字不差的重发"),
        Import(copy, "Sheet1", "branches", MAILED.format("16:30"), new=0, changed=1, same=count - 1,
               shows="更正了一行的重发"),
    ]  # fmt: skip  # one file a line


def _plain_sheet(branches: Sequence[Branch]) -> Sheet:
    rng = draw("three times")
    rows = tuple(
        (n, branch.unit.short, branch.name, branch.kind_word(0), _founded(branch, rng, TYPED), branch.full,
         branch.probationary, branch.secretary, branch.phone)
        for n, branch in enumerate(branches, start=1)
    )  # fmt: skip  # in the order of the headings
    return Sheet(
        name="Sheet1",
        title="生命科学学院党支部信息表",
        headings=(("序号", "学院", "党支部名称", "支部类型", "成立时间", "正式党员数", "预备党员数", "支部书记", "联系电话"),),
        rows=rows,
        widths=(6, 18, 34, 18, 16, 10, 10, 10, 12),
    )  # fmt: skip  # one heading row
