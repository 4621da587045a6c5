"""Honours and incidents: those of the cases, and some of others."""

from __future__ import annotations

from pathlib import Path

from resources.sample.making.books import Row, Sheet, write_xlsx
from resources.sample.making.cases import CASES, MEMBER, Award, Case, Holder
from resources.sample.making.expected import Import
from resources.sample.making.notation import written
from resources.sample.making.university import OFFICE, unit_of
from resources.sample.making.world import World, draw

HOLDERS = {"unit": "院级党组织", "branch": "党支部", "secretary": "书记", "member": "党员"}
AUTHORITIES = {"国家级": "教育部党组", "省部级": "省委教育工委", "校级": "江州大学党委", "院级": "院级党组织"}
STAFF_HONOURS = (
    MEMBER[0],
    Award("member", "校优秀党务工作者", "校级", "2023-06-28"),
    Award("member", "校师德标兵", "校级", "2022-09", "否"),
    Award("member", "全省优秀共产党员", "省部级", "2021-06"),
)
STUDENT_HONOURS = (
    MEMBER[0],
    Award("member", "校三好学生", "校级", "2023-11", "否"),
    Award("member", "校优秀学生干部", "校级", "2022-11", "否"),
)
OTHERS: tuple[tuple[str, str, Holder, str, str, str], ...] = (
    ("计算机学院", "教工第二党支部", "branch", "全国党建工作样板支部", "国家级", "2022-03"),
    ("医学院", "教工第一党支部", "branch", "全省党建工作样板支部", "省部级", "2021-12"),
    ("化学化工学院", "研究生第一党支部", "branch", "第一批全校党建工作样板支部", "校级", "2020-06"),
    ("外国语学院", "教工第一党支部", "branch", "第二批全校党建工作样板支部", "校级", "2022-06"),
    ("土木工程学院", "", "unit", "全省先进基层党组织", "省部级", "2021-06"),
    ("附属第一医院", "急诊科党支部", "branch", "校先进党支部", "校级", "2021-06-30"),
    ("电气工程学院", "教工第一党支部", "secretary", "全省优秀党务工作者", "省部级", "2021-06"),
    ("人文学院", "研究生第一党支部", "member", "校三好学生标兵", "校级", "2023-11"),
    ("教育学院", "本科生第一党支部", "member", "校优秀学生干部", "校级", "2023-05"),
)


def write_honours(folder: Path, world: World) -> Import:
    """表彰荣誉: the unit merged, times in several notations, the party column left blank here and there."""
    rows = [row for case in CASES for row in _case_rows(case, world)]
    for turn, (unit, branch, holder, title, level, awarded) in enumerate(OTHERS):
        party = "否" if "学生" in title else "是"
        rows.append(_honour_row(unit, branch, Award(holder, title, level, awarded, party), world, turn))
    rows.sort(key=lambda row: unit_of(str(row[0])).order)
    sheet = Sheet(
        name="荣誉",
        title="近五年基层党组织和党员获表彰情况",
        lines=((f"填报单位：{OFFICE}（根据历年表彰文件整理）",),),
        headings=(("单位", "所在党支部", "对象类别", "获奖者姓名", "荣誉称号", "级别", "获奖时间", "授予单位", "文号", "是否党内荣誉", "备注"),),
        rows=tuple(rows),
        foot=(("整理：谢亦川",),),
        widths=(20, 32, 12, 12, 26, 10, 14, 18, 22, 10, 12),
        merge_down=(0,),
    )  # fmt: skip  # one heading row
    write_xlsx(folder / "近五年表彰荣誉.xlsx", [sheet])
    return Import("近五年表彰荣誉.xlsx", sheet.name, "honours", "2024-03-08T15:00:00", new=len(rows),
                  shows="单位列合并；一项是否党内荣誉未写明")  # fmt: skip


def _case_rows(case: Case, world: World) -> list[Row]:
    awards = (_varied(case) if award is MEMBER[0] else award for award in case.awards)
    return [_honour_row(case.unit, case.branch, award, world, n) for n, award in enumerate(awards)]


def _varied(case: Case) -> Award:
    """One of the honours that make a member count, as fits staff or students."""
    return draw(f"honour {case.key}").choice(STUDENT_HONOURS if "生" in case.branch else STAFF_HONOURS)


def _honour_row(unit: str, branch: str, award: Award, world: World, turn: int) -> Row:
    notation = ("2019.9", "2019年9月", "date")[turn % 3]
    year = award.awarded[:4]
    document = f"江大党发〔{year}〕{20 + turn}号" if award.level == "校级" and award.party == "是" else None
    return (
        unit,
        world.branch(unit, branch).name if branch else None,
        HOLDERS[award.holder],
        _holder(unit, branch, award, world),
        award.title,
        award.level,
        written(award.awarded, notation),
        AUTHORITIES[award.level],
        document,
        award.party or None,
        None,
    )


def _holder(unit: str, branch: str, award: Award, world: World) -> str | None:
    """The secretary's own name, a member's invented one; a body needs none."""
    if award.holder == "secretary":
        return world.branch(unit, branch).secretary if branch else world.leaders[unit].secretary
    return world.names.take() if award.holder == "member" else None


def write_incidents(folder: Path, world: World) -> Import:
    """负面情形: what other departments told the office."""
    rng = draw("incidents")
    rows: list[Row] = [
        (
            case.unit,
            world.branch(case.unit, case.branch).name if case.branch else None,
            written(case.mishap.occurred, "2019.9" if rng.random() < 0.5 else "2019年9月"),
            case.mishap.kind,
            case.mishap.description,
            case.mishap.source,
        )
        for case in CASES
        if case.mishap
    ]
    rows.append(
        (
            "信通学院",
            world.branch("信通学院", "教工第二党支部").name,
            "2022.5",
            "违反八项规定精神",
            "违规报销差旅费，已退缴",
            "纪委办公室",
        )
    )
    rows.append(("体育部", None, "2023年4月", "安全事故", "训练场围网脱落，两人擦伤", "党委保卫部"))
    sheet = Sheet(
        name="Sheet1",
        title="近年负面情形汇总（内部使用）",
        headings=(("序号", "单位", "党支部", "发生时间", "情形", "情况说明", "来源部门"),),
        rows=tuple((n, *row) for n, row in enumerate(rows, start=1)),
        foot=(("审核：章清和",),),
        widths=(6, 18, 32, 14, 22, 44, 18),
    )
    write_xlsx(folder / "负面情形汇总.xlsx", [sheet])
    return Import("负面情形汇总.xlsx", sheet.name, "incidents", "2024-03-18T15:00:00", new=len(rows),
                  shows="情形写法不一；一条只有年份")  # fmt: skip
