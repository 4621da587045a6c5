"""Lists that came for the evidence besides grades and honours: 调整, 沿革, staff, new members, topics, earlier batches."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from resources.sample.making.books import Row, Sheet, write_xlsx
from resources.sample.making.cases import CASES
from resources.sample.making.expected import Import
from resources.sample.making.university import UNITS, Unit
from resources.sample.making.world import World, draw

NOT_REPORTED = ("物理学院",)
"""A unit that sent neither its staff nor its new members: 待核实."""
SHORT_OF = {"马克思主义学院": "专职组织员"}
"""Unit → the role of which it has one too few."""
YEARS = (2019, 2020, 2021, 2022, 2023)

REORGANISED = (
    ("合并", "研究生第三党支部、研究生第五党支部", "医学院研究生第三党支部", None, "2023.9", "医党发〔2023〕17号", "人数减少"),
    ("拆分", "本科生第一党支部", "医学院本科生第一党支部、医学院本科生第六党支部", None, "2023.9", "医党发〔2023〕17号", "超过30人"),
    ("更名", "研究生第六党支部", "医学院科研育人研究生党支部", None, "2023.9", "医党发〔2023〕17号", None),
)  # fmt: skip  # one adjustment a line
LINEAGE = (
    ("附属第一医院", "心血管内科党支部", "更名", "2018年5月", "附属第一医院心内科党支部"),
    ("附属第一医院", "急诊科党支部", "合并", "2016.3", "急诊一党支部、急诊二党支部"),
    ("外国语学院", "学生第一党支部", "换届", "2023.10", None),
)
EARLIER = (
    ("计算机学院", "教工第二党支部", "第二批", "国家级", "样板支部", "培育创建", "2022.3", "全国党建工作样板支部"),
    ("医学院", "教工第一党支部", "第一批", "省部级", "样板支部", "通过验收", "2021.12", "全省党建工作样板支部"),
    ("化学化工学院", "研究生第一党支部", "第一批", "校级", "样板支部", "达标", "2020.6", "第一批全校党建工作样板支部"),
    ("外国语学院", "教工第一党支部", "第二批", "校级", "样板支部", "达标", "2022.6", "第二批全校党建工作样板支部"),
    ("农业与食品学院", "研究生第二党支部", "第二批", "校级", "样板支部", "不达标", "2022.6", None),
    ("艺术与设计学院", "教工第二党支部", "第一批", "校级", "样板支部", "落选", "2019.4", None),
)  # fmt: skip  # one result a line
TOPICS = (
    ("计算机学院", None, "党建课题", "人工智能时代高校党支部政治功能研究", "校级", "JZDJ2022-03", "2022.5", "2023.12"),
    ("材料学院", None, "创新项目", "百炼成钢：科研团队党支部建设", "省部级", "SJ2021-11", "2021.9", "2023.6"),
    ("机械工程学院", None, "党建课题", "产学研党建联建机制研究", "校级", "JZDJ2021-08", "2021.4", "2022.12"),
    ("马克思主义学院", None, "创新项目", "理论宣讲品牌建设", "校级", "JZDJ2022-15", "2022.5", "2023.12"),
    ("法学院", "教工第一党支部", "创新项目", "法治党课进社区", "校级", "JZDJ2023-02", "2023.4", None),
)  # fmt: skip  # one topic a line
DOUBLE_LEADERS = (
    ("计算机学院", "教工第一党支部", "是"),
    ("计算机学院", "教工第八党支部", "是"),
    ("材料学院", "教工第二党支部", "否"),
    ("法学院", "教工第一党支部", "是"),
    ("教育学院", "教工第二党支部", "是"),
)
DEBARRED = (
    ("物理学院", "教工第二党支部", "2023.5", "2025.5", "第二批申报材料不实", "江大党发〔2023〕18号"),
    ("信通学院", "教工第二党支部", "2019.6", "2021.6", "未按要求整改", "江大党发〔2019〕9号"),
)


def write_standing(folder: Path, world: World) -> list[Import]:
    """The eight files."""
    return [
        _write(folder, _reorganised(), "reorganisations", "2024-03-12T10:00:00", "医学院学生党支部调整情况表.xlsx",
               "合并、拆分、更名各一行，简称和全称混用，一次导入作为一次操作"),
        _write(folder, _lineage(world), "lineage", "2024-03-12T10:20:00", "党支部沿革情况表.xlsx", "补登以往的更名、合并和换届"),
        _write(folder, _earlier(world), "earlier_results", "2024-03-12T14:00:00", "以往批次建设结果.xlsx",
               "四个已创建的样板支部；一个验收不达标"),
        _write(folder, _staffing(world), "staffing", "2024-03-12T14:30:00", "党务力量配备情况表.xlsx", "应配、实配；一个单位缺专职组织员"),
        _write(folder, _growth(), "growth", "2024-03-12T15:00:00", "发展党员情况表.xlsx", "高层次人才和中青年教师五年的人数"),
        _write(folder, _topics(world), "topics", "2024-03-12T15:30:00", "党建课题和创新项目一览表.xlsx", "课题和项目，有在研的"),
        _write(folder, _leaders(world), "people", "2024-03-12T16:00:00", "“双带头人”支部书记名单.xlsx", "补充已登记书记的“双带头人”情况", changed=True),
        _write(folder, _debarred(world), "debarments", "2024-03-12T16:30:00", "取消申报资格名单.xlsx", "一个在限制期内，一个已过限制期"),
    ]  # fmt: skip  # one file an entry


def _write(
    folder: Path, sheet: Sheet, kind: str, at: str, name: str, shows: str, *, changed: bool = False
) -> Import:
    write_xlsx(folder / name, [sheet])
    count = len(sheet.rows)
    return Import(
        name, sheet.name, kind, at, new=0 if changed else count, changed=count if changed else 0, shows=shows
    )


def _sheet(title: str, headings: Row, rows: Sequence[Row], *, unit: str = "江州大学党委组织部") -> Sheet:
    widths = tuple(
        max(10, *(2 * len(str(cell or "")) for cell in column)) for column in zip(*rows, strict=True)
    )
    return Sheet(
        name="Sheet1",
        title=title,
        lines=((f"填报单位：{unit}",),),
        headings=(headings,),
        rows=tuple(rows),
        widths=tuple(min(width, 40) for width in widths),
    )


def _reorganised() -> Sheet:
    head = ("调整方式", "原党支部名称", "新党支部名称", "支部类型", "调整时间", "批复文号", "备注")
    return _sheet("学生党支部调整情况表", head, REORGANISED, unit="医学院党委")


def _lineage(world: World) -> Sheet:
    head = ("单位", "现支部名称", "变动类型", "变动时间", "变动前支部")
    rows = [(unit, world.branch(unit, body).name, *rest) for unit, body, *rest in LINEAGE]
    return _sheet("党支部沿革情况表", head, rows)


def _earlier(world: World) -> Sheet:
    head = ("单位", "党支部名称", "批次", "创建级别", "创建类别", "验收结果", "公布时间", "称号")
    rows = [(unit, world.branch(unit, body).name, *rest) for unit, body, *rest in EARLIER]
    return _sheet("以往批次样板支部建设结果", head, rows)


def _staffing(world: World) -> Sheet:
    """Every role of every unit but one, by how many branches and how many students' branches it has."""
    rows: list[Row] = []
    for unit in UNITS:
        if unit.short in NOT_REPORTED:
            continue
        for role, required in _required(unit, world):
            rows.append((unit.short, 2023, role, required, required - (SHORT_OF.get(unit.short) == role)))
    return _sheet("党务力量配备情况表", ("单位", "年度", "岗位", "应配", "实配"), rows)


def _required(unit: Unit, world: World) -> tuple[tuple[str, int], ...]:
    branches = world.of(unit)
    students = [branch for branch in branches if branch.kind in ("undergraduate", "graduate", "student")]
    return (
        ("支部书记", len(branches)),
        ("专职组织员", 1 + len(branches) // 12),
        ("辅导员", len(students)),
    )


def _growth() -> Sheet:
    """At least one of each measure over the years in every unit that applies and reported."""
    applying = sorted({case.unit for case in CASES if not case.branch} - set(NOT_REPORTED))
    rng = draw("growth")
    rows = [
        (unit, year, measure, rng.randint(0, 2) + (year == YEARS[-1]))
        for unit in applying
        for year in YEARS
        for measure in ("高层次人才", "中青年教师")
    ]
    return _sheet("高层次人才和中青年教师发展党员情况表", ("单位", "年度", "发展类别", "人数"), rows)


def _topics(world: World) -> Sheet:
    head = (
        "单位",
        "党支部",
        "项目类型",
        "项目名称",
        "项目级别",
        "项目编号",
        "主持人",
        "立项时间",
        "结项时间",
    )
    rows = []
    for unit, body, kind, title, level, number, started, ended in TOPICS:
        branch = world.branch(unit, body) if body else None
        leader = branch.secretary if branch else world.leaders[unit].secretary
        rows.append(
            (unit, branch.name if branch else None, kind, title, level, number, leader, started, ended)
        )
    return _sheet("党建课题和创新项目一览表", head, rows)


def _leaders(world: World) -> Sheet:
    head = ("单位", "任职党支部", "姓名", "党内职务", "是否双带头人")
    rows = [
        (unit, world.branch(unit, body).name, world.branch(unit, body).secretary, "党支部书记", told)
        for unit, body, told in DOUBLE_LEADERS
    ]
    return _sheet("教师党支部书记“双带头人”情况", head, rows)


def _debarred(world: World) -> Sheet:
    head = ("单位", "党支部", "开始时间", "结束时间", "取消原因", "依据文号")
    rows = [(unit, world.branch(unit, body).name, *rest) for unit, body, *rest in DEBARRED]
    return _sheet("取消申报资格名单（内部使用）", head, rows)
