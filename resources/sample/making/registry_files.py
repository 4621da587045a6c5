"""The lists of units and of people."""

from __future__ import annotations

from pathlib import Path

from resources.sample.making.books import Sheet, write_xlsx
from resources.sample.making.expected import Import
from resources.sample.making.notation import written
from resources.sample.making.people import extension
from resources.sample.making.university import KIND_LABELS, OFFICE, UNITS, UNIVERSITY, Unit
from resources.sample.making.world import World, draw


def write_units(folder: Path, world: World) -> Import:
    """院级党组织名册: a merged title, 排序号, a note at the right and 填表人 at the foot."""
    rows = tuple(_unit_row(unit, world) for unit in UNITS)
    sheet = Sheet(
        name="院级党组织",
        title=f"{UNIVERSITY}院级党组织名册",
        lines=((f"填报单位：{OFFICE}", None, None, None, None, None, None, "2024年2月28日"),),
        headings=(
            ("排序号", "组织编码", "党组织全称", "简称", "类型", "上级党组织", "成立时间", "书记", "联系人", "联系电话", "备注"),
        ),
        rows=rows,
        foot=((), ("填表人：", "谢亦川", None, None, "审核人：", "章清和", None, "（盖章）")),
        aside="说明：排序号与校内发文顺序一致；党总支、直属党支部列在最后。",
        widths=(8, 12, 26, 18, 16, 16, 14, 10, 10, 12, 16),
    )  # fmt: skip  # one heading row in one line
    write_xlsx(folder / "院级党组织名册.xlsx", [sheet])
    return Import("院级党组织名册.xlsx", sheet.name, "units", "2024-03-04T09:10:00", new=len(rows),
                  shows="合并标题、表右说明、表尾填表人；成立时间写法不一")  # fmt: skip


def _unit_row(unit: Unit, world: World) -> tuple[object, ...]:
    leaders = world.leaders[unit.short]
    notation = ("2019.9", "2019年9月", "date", "201909", "2019-09")[unit.order % 5]
    founded = written(unit.founded, "2019.9" if len(unit.founded) == 4 else notation)
    note = "由数理学院党委分设" if unit.short == "物理学院" else None
    return (
        unit.order, unit.code, unit.name, unit.short, KIND_LABELS[unit.kind], unit.parent or "/", founded,
        leaders.secretary, leaders.contact, leaders.phone, note,
    )  # fmt: skip  # in the order of the headings


def write_people(folder: Path, world: World) -> Import:
    """党务人员名册: deputies, organisers, counsellors and committee members, with a few who have left."""
    rows = tuple(
        (number, *row)
        for number, row in enumerate((row for unit in UNITS for row in _posts(unit, world)), start=1)
    )
    sheet = Sheet(
        name="Sheet1",
        title="党务人员名册",
        lines=(("（书记随党组织名册、党支部名册上报，本表只填其他党务人员）",),),
        headings=(("序号", "所在单位", "所在党支部", "姓名", "党内职务", "任职时间", "离任时间", "行政职务\n（职称）", "联系方式", "备注"),),
        rows=rows,
        foot=(("注：1.离任人员填写离任时间；2.委员只填支部委员。",),),
        widths=(6, 20, 30, 10, 14, 14, 12, 16, 12, 16),
        merge_down=(1,),
    )  # fmt: skip  # one heading row in one line
    write_xlsx(folder / "党务人员名册.xlsx", [sheet])
    return Import("党务人员名册.xlsx", sheet.name, "people", "2024-03-05T14:30:00", new=len(rows),
                  shows="单位列合并；离任时间有“至今”；有生僻字姓名")  # fmt: skip


def _posts(unit: Unit, world: World) -> list[tuple[object, ...]]:
    rng, leaders = draw(f"posts {unit.short}"), world.leaders[unit.short]
    posts: list[tuple[object, ...]] = [
        (unit.short, None, leaders.deputy, "副书记", "2021.7", "至今", "副院长" if unit.kind == "college" else "副主任", leaders.phone, None),
        (unit.short, None, leaders.organiser, "专职组织员", "2022年3月", None, "讲师", extension(rng), None),
    ]  # fmt: skip  # one post a line
    if unit.kind == "college":
        posts += [
            (unit.short, None, world.names.take(), "辅导员", f"{year}.9", None, "讲师" if year < 2021 else "助教", extension(rng), None)
            for year in (2019, 2022)
        ]  # fmt: skip  # one post a line
    if unit.order % 6 == 1:
        posts.append(
            (
                unit.short,
                None,
                world.names.take(),
                "组织员",
                "2018年5月",
                "2022.2",
                "副研究员",
                None,
                "已调离",
            )
        )
    posts += [
        (unit.short, branch.name, world.names.take(), word, "2022-10", None, None, extension(rng), None)
        for branch, word in zip(world.of(unit)[:2], ("组织委员", "宣传委员"), strict=False)
    ]
    return posts
