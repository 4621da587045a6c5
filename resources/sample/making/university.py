"""The made-up university: its thirty units and how many branches of which kind each has."""

from __future__ import annotations

from dataclasses import dataclass

UNIVERSITY = "江州大学"
OFFICE = "江州大学党委组织部"

KIND_LABELS = {
    "college": "学院（系）党委",
    "general_branch": "党总支",
    "direct_branch": "直属党支部",
    "office": "机关党委",
    "retired": "离退休党工委",
    "hospital": "附属医院党委",
    "other": "其他",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """One 院级党组织.

    Args:
        order: its place in the list, from 1.
        plan: its branches: role words with their number, or names in full without the word 党支部.
        prefix: what its branches write before their own name; empty where they leave it out.
    """

    order: int
    short: str
    name: str
    kind: str
    founded: str
    plan: str
    prefix: str = ""
    parent: str = ""

    @property
    def code(self) -> str:
        """组织编码, with its leading zeros."""
        return f"0{self.order:02d}00"


OFFICES = (
    "党政办公室 组织部 宣传部 统战部 纪委办公室 人事处 教务处 科研处 研究生院 财务处 学生工作部 保卫处 国际合作处 "
    "发展规划处 资产管理处 审计处 基建处 招生就业处 工会 团委 信息化办公室 校友办公室 社会科学处 采购中心 "
    "继续教育处 实验室管理处"
)
CLINICS = (
    "心血管内科 呼吸内科 消化内科 神经内科 肾内科 内分泌科 血液科 普通外科 骨科 神经外科 泌尿外科 胸外科 "
    "妇产科 儿科 急诊科 麻醉手术科 医学影像科 检验科 药剂科 门诊部 机关 离退休"
)
DENTISTRY = "口腔内科 口腔外科 正畸科 修复科 种植科 口腔预防科 机关 离退休"
LOGISTICS = "饮食服务中心 公寓管理中心 校园管理中心 水电保障中心 物业管理中心 车辆服务中心 商贸服务中心 幼教中心 机关 离退休"
MACHINES = "机械设计系教工 制造工程系教工 车辆工程系教工 机电控制系教工 工业工程系教工 实验中心教工"

_PLANS = (
    ("计算机学院", "计算机学院党委", "college", "2001-06", "教工8 本科生4 硕士生7 博士生2 师生联合 机关 离退休", "计算机学院"),
    ("材料学院", "材料科学与工程学院党委", "college", "1999-04", "教工7 本科生4 硕士生6 博士生2 师生联合 机关 离退休", "材料科学与工程学院"),
    ("机械工程学院", "机械工程学院党委", "college", "1998-09", f"{MACHINES} 本科生5 研究生8 师生联合 机关 离退休", ""),
    ("电气工程学院", "电气工程学院党委", "college", "1998-09", "教工7 本科生4 硕士生6 博士生 机关 离退休", "电气工程学院"),
    ("化学化工学院", "化学化工学院党委", "college", "2003-10", "教工7 本科生3 研究生7 师生联合 机关 离退休", "化学化工学院"),
    ("物理学院", "物理学院党委", "college", "2019", "教工6 本科生2 研究生4 离退休", "物理学院"),
    ("数学科学学院", "数学科学学院党委", "college", "2008-07", "教工5 本科生3 研究生3 离退休", ""),
    ("生命科学学院", "生命科学学院党委", "college", "2001-06", "教工5 本科生3 硕士生4 博士生 机关 离退休", "生命科学学院"),
    ("土木工程学院", "土木工程学院党委", "college", "1998-09", "教工7 本科生4 研究生6 师生联合 机关 离退休", "土木工程学院"),
    ("环境与资源学院", "环境与资源学院党委", "college", "2005-12", "教工4 本科生2 研究生4 机关", "环境与资源学院"),
    ("信通学院", "信息与通信工程学院党委", "college", "2002-03", "教工7 本科生4 硕士生6 博士生 机关 离退休", ""),
    ("经管学院", "经济与管理学院党委", "college", "2000-05", "教工8 学生9 师生联合2 机关 离退休", "经济与管理学院"),
    ("法学院", "法学院党委", "college", "2003-10", "教工4 学生5 机关 离退休", "法学院"),
    ("外国语学院", "外国语学院党委", "college", "1999-04", "教工5 学生4 机关 离退休", ""),
    ("人文学院", "人文学院党委", "college", "2001-06", "教工5 本科生2 研究生3 机关 离退休", "人文学院"),
    ("马克思主义学院", "马克思主义学院党委", "college", "2020-05", "教工4 研究生2", "马克思主义学院"),
    ("医学院", "医学院党委", "college", "1998-09", "教工7 本科生5 研究生6 机关 离退休", "医学院"),
    ("药学院", "药学院党委", "college", "2006-04", "教工4 本科生2 研究生3 机关", "药学院"),
    ("艺术与设计学院", "艺术与设计学院党委", "college", "2004-09", "教工4 学生4 机关 离退休", "艺术与设计学院"),
    ("教育学院", "教育学院党委", "college", "2010-03", "教工4 本科生2 研究生2 机关 离退休", "教育学院"),
    ("农业与食品学院", "农业与食品学院党委", "college", "2000-11", "教工5 本科生2 研究生4 离退休", "农业与食品学院"),
    ("护理系", "医学院护理系党总支", "general_branch", "2012-09", "教工2 学生2", "护理系"),
    ("体育部", "体育部党总支", "general_branch", "2001-06", "教工3 离退休", "体育部"),
    ("机关党委", "机关党委", "office", "1998-09", OFFICES, "机关党委"),
    ("离退休党工委", "离退休党工委", "retired", "1998-09", "离退休22", ""),
    ("附属第一医院", "附属第一医院党委", "hospital", "1998-09", CLINICS, "附属第一医院"),
    ("附属口腔医院", "附属口腔医院党委", "hospital", "2007-01", DENTISTRY, "附属口腔医院"),
    ("后勤集团", "后勤集团党委", "other", "2000-09", LOGISTICS, "后勤集团"),
    ("图书馆", "图书馆直属党支部", "direct_branch", "2001-06", "图书馆直属", ""),
    ("档案馆", "档案馆直属党支部", "direct_branch", "2014-11", "档案馆直属", ""),
)  # fmt: skip  # one unit a line reads as the table that it is

PARENTS = {"医学院护理系党总支": "医学院党委"}

UNITS = tuple(
    Unit(order, short, name, kind, founded, plan, prefix, PARENTS.get(name, ""))
    for order, (short, name, kind, founded, plan, prefix) in enumerate(_PLANS, start=1)
)


def unit_of(short: str) -> Unit:
    """The unit of that short name; KeyError when there is none."""
    for unit in UNITS:
        if unit.short == short:
            return unit
    raise KeyError(short)
