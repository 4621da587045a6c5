"""The forty-five applications, and what each is meant to show.

Verdicts are those of the third batch's preset before anybody confirms anything; what is not said here is what the
conditions give to a sound application: 通过 where data decide, 待核实 where a person must.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Holder = Literal["unit", "branch", "secretary", "member"]
End = Literal["eligible", "ineligible", "submitted", "returned", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Award:
    """One honour of the case; `party` as 是/否, empty where nobody said."""

    holder: Holder
    title: str
    level: str
    awarded: str
    party: str = "是"


@dataclass(frozen=True, slots=True)
class Mishap:
    """One incident of the case."""

    kind: str
    occurred: str
    description: str
    source: str


MEMBER = (Award("member", "校优秀共产党员", "校级", "2022-06"),)
UNIT_MEMBERS = (
    Award("member", "校优秀共产党员", "校级", "2021-06"),
    Award("secretary", "校优秀党务工作者", "校级", "2023-06-28"),
)


@dataclass(frozen=True, slots=True)
class Case:
    """One application.

    Args:
        branch: its name without the unit; empty where the unit itself applies.
        founded: replaces the founding date; None keeps the drawn one, empty is unknown.
        grades: of 2021, 2022 and 2023 in branch_work (units: secretary_report); "" a blank cell, "?" no row.
        leadership: of the same years, of units only.
        verdicts: condition → verdict, where the case makes a difference.
        end: where the eligibility review leaves it.
    """

    key: str
    unit: str
    branch: str = ""
    preference: int = 1
    shows: str = "各项条件齐备"
    founded: str | None = None
    planned_end: str = ""
    grades: tuple[str, str, str] = ("好", "较好", "好")
    quality_month: tuple[str, str] | None = None
    leadership: tuple[str, str, str] = ("良好", "优秀", "良好")
    awards: tuple[Award, ...] = MEMBER
    mishap: Mishap | None = None
    verdicts: dict[str, str] = field(default_factory=dict)
    end: End = "eligible"

    @property
    def category(self) -> str:
        """The key of the preset's category."""
        return "model_branch" if self.branch else "benchmark_unit"


_UNITS = (
    Case("u1", "计算机学院", shows="述职评议三年都是“好”，满足 3 次", grades=("好", "好", "好"), awards=UNIT_MEMBERS,
         verdicts={"unit_age": "pass", "unit_stable": "pass", "unit_record": "pass", "unit_members": "pass", "unit_staff": "pass",
                   "unit_projects": "unverified", "unit_recruiting": "unverified", "unit_incidents": "pass", "unit_debarred": "pass"}),
    Case("u2", "材料学院", shows="述职评议不够 3 次，班子考核 2 次“优秀”，任满足其一；与 u4 同分跨线", grades=("较好", "较好", "好"),
         leadership=("优秀", "良好", "优秀"), awards=UNIT_MEMBERS, verdicts={"unit_record": "pass"}),
    Case("u3", "机械工程学院", shows="考核等次都不够，凭 2020 年校级表彰满足", grades=("较好", "较好", "较好"),
         leadership=("良好", "良好", "良好"),
         awards=(*UNIT_MEMBERS, Award("unit", "校先进基层党组织", "校级", "2020-07")), verdicts={"unit_record": "pass"}),
    Case("u4", "物理学院", shows="成立时间只有年份 2019，满不满 5 年说不准，待核实；人员配备没有报", grades=("好", "好", "好"),
         awards=UNIT_MEMBERS, verdicts={"unit_age": "unverified", "unit_record": "pass", "unit_staff": "unverified", "unit_recruiting": "unverified"}),
    Case("u5", "马克思主义学院", shows="2020 年 5 月成立，不满 5 年；专职组织员缺 1 人", grades=("好", "好", "好"), awards=UNIT_MEMBERS,
         verdicts={"unit_age": "fail", "unit_staff": "fail"}, end="ineligible"),
    Case("u6", "机关党委", shows="述职评议 2 次“好”、班子 1 次“优秀”，2019、2020 年等次未报，待核实", grades=("好", "较好", "好"),
         leadership=("良好", "优秀", "良好"), awards=UNIT_MEMBERS, verdicts={"unit_record": "unverified"}),
)  # fmt: skip  # one case in two lines reads as the table that it is

_BRANCHES = (
    Case("b01", "计算机学院", "教工第一党支部", 2, "各项条件齐备；书记是“双带头人”，四个部门都无异议；本单位书记是评委，回避",
         verdicts={"branch_double_leader": "pass", "branch_incidents": "pass", "branch_debarred": "pass", "branch_earlier": "pass"}),
    Case("b02", "计算机学院", "硕士生第三党支部", 3),
    Case("b03", "计算机学院", "本科生第二党支部", 4, "2024 年 6 月毕业撤销，周期内稳定待核实；本单位超出名额", planned_end="2024-06",
         verdicts={"branch_stable": "unverified"}),
    Case("b04", "计算机学院", "教工第八党支部", 5, "2022 年 3 月成立的教师党支部，不满 3 年；本单位超出名额", founded="2022-03",
         grades=("?", "好", "好"), verdicts={"branch_age": "fail", "branch_record": "pass"}, end="ineligible"),
    Case("b05", "材料学院", "教工第二党支部", 2, "书记不是“双带头人”，只供参考", verdicts={"branch_double_leader": "fail"}),
    Case("b06", "材料学院", "硕士生第二党支部", 3),
    Case("b07", "机械工程学院", "制造工程系教工党支部", 2, "2022 年有师德师风问题，不通过",
         mishap=Mishap("师德师风问题", "2022-11", "一名党员教师指导研究生失当，受党内警告处分", "党委教师工作部"),
         verdicts={"branch_incidents": "fail"}, end="ineligible"),
    Case("b08", "机械工程学院", "研究生第五党支部", 3, "本单位教授给自己单位的党支部打了分，应当回避"),
    Case("b09", "电气工程学院", "教工第三党支部", 1, "考核评价没有“好”，质量提升月 2 次“好”", grades=("较好", "较好", "较好"),
         quality_month=("好", "好"), verdicts={"branch_record": "pass"}),
    Case("b10", "电气工程学院", "本科生第一党支部", 2, "与 b26 同分，都在入围线以内"),
    Case("b11", "化学化工学院", "教工第六党支部", 1, "成立时间只有年份 2021，待核实；后凭任命文件确认", founded="2021",
         verdicts={"branch_age": "unverified"}),
    Case("b12", "化学化工学院", "研究生第四党支部", 2, "一位评委漏评一项，补报后齐全"),
    Case("b13", "物理学院", "教工第二党支部", 2, "三年没有“好”，也没有校级表彰；还在取消申报资格期限内", grades=("较好", "较好", "一般"),
         verdicts={"branch_record": "fail", "branch_debarred": "fail"}, end="ineligible"),
    Case("b14", "数学科学学院", "研究生第一党支部", 1, "一位评委的合计与分项之和不一致"),
    Case("b15", "生命科学学院", "教工第四党支部"),
    Case("b16", "土木工程学院", "教工第一党支部", 1, "到截止日正好满 3 年；与 b20 同分跨线", founded="2021-03-15",
         verdicts={"branch_age": "pass"}),
    Case("b17", "土木工程学院", "教工第七党支部", 2, "差一天满 3 年", founded="2021-03-16", grades=("好", "好", "较好"),
         verdicts={"branch_age": "fail"}, end="ineligible"),
    Case("b18", "环境与资源学院", "研究生第二党支部", 1, "2023 年 9 月成立：不满 1 年；未参加考核的年份不适用", founded="2023-09",
         grades=("?", "?", "?"), verdicts={"branch_age_students": "fail", "branch_record": "unverified"}, end="ineligible"),
    Case("b19", "信通学院", "教工第五党支部", 1, "2023 年等次未报，只有 1 次“好”，待核实；保卫部还没有答复", grades=("好", "较好", "?"),
         verdicts={"branch_record": "unverified", "branch_incidents": "unverified"}, end="submitted"),
    Case("b20", "信通学院", "硕士生第一党支部", 2, "与 b16 同分跨线"),
    Case("b21", "经管学院", "师生联合第一党支部", 1, "2022 年 10 月成立，满 1 年；前两年考核不适用，经具名确认", founded="2022-10",
         grades=("?", "?", "好"), verdicts={"branch_age_students": "pass", "branch_record": "unverified"}),
    Case("b22", "经管学院", "学生第三党支部", 2, "一位评委的打分超出满分，更正后有效"),
    Case("b23", "法学院", "教工第一党支部"),
    Case("b24", "法学院", "学生第二党支部", 2, "评委申报回避；本单位超出名额"),
    Case("b25", "法学院", "教工第三党支部", 3, "支部成员没有校级以上荣誉；保卫部答复有情况；本单位超出名额", awards=(),
         verdicts={"branch_members": "fail", "branch_incidents": "fail"}, end="ineligible"),
    Case("b26", "外国语学院", "学生第一党支部", 1, "与 b10 同分，都在入围线以内"),
    Case("b27", "人文学院", "教工第二党支部", 1, "等次不够，凭 2022 年校级先进党支部满足", grades=("一般", "较好", "好"),
         awards=(*MEMBER, Award("branch", "校先进党支部", "校级", "2022-06-30")), verdicts={"branch_record": "pass"}),
    Case("b28", "医学院", "教工第四党支部", 1, "成立时间没有登记，退回补正", founded="", verdicts={"branch_age": "unverified"},
         end="returned"),
    Case("b29", "医学院", "研究生第三党支部", 2, "2023 年 9 月研究生第五党支部并入：年限从 2011 年算起；2021 年两个支部都是“好”，2022 年不都是，"
         "加上 2023 年满 2 次", verdicts={"branch_age_students": "pass", "branch_record": "pass"}),
    Case("b30", "药学院", "教工第一党支部", 1, "表彰是否党内荣誉没有写明，待核实；后查文件确认", grades=("较好", "较好", "较好"),
         awards=(*MEMBER, Award("branch", "校“五好”先进集体", "校级", "2023-07", "")), verdicts={"branch_record": "unverified"}),
    Case("b31", "艺术与设计学院", "学生第二党支部", 1, "2020 年的安全事故已过 3 年，四个部门都无异议；评委分歧很大",
         mishap=Mishap("安全稳定事故", "2020-06-18", "毕业展布展时货架倾倒，一人轻伤", "党委保卫部"),
         verdicts={"branch_incidents": "pass"}),
    Case("b32", "教育学院", "教工第二党支部"),
    Case("b33", "农业与食品学院", "研究生第二党支部", 1, "审查期间本单位书面撤回；第二批验收不达标，只供参考", verdicts={"branch_earlier": "fail"}, end="withdrawn"),
    Case("b34", "机关党委", "教务处党支部", 2, "机关党支部参照教师党支部"),
    Case("b35", "机关党委", "信息化办公室党支部", 3, "申报表里写的是带原名的名称"),
    Case("b36", "离退休党工委", "离退休第六党支部", 1, "离退休党支部参照教师党支部；评委同单位，回避"),
    Case("b37", "附属第一医院", "心血管内科党支部"),
    Case("b38", "附属第一医院", "门诊部党支部", 2, "支部成员只有院级荣誉，级别不够",
         awards=(Award("member", "院优秀共产党员", "院级", "2023-06"),), verdicts={"branch_members": "fail"}, end="ineligible"),
    Case("b39", "后勤集团", "饮食服务中心党支部", 1, "舆情事件只记了年份 2021，是否在 3 年内说不准",
         mishap=Mishap("舆情事件", "2021", "食堂价格引发网上议论，当日回应平息", "党委宣传部"),
         verdicts={"branch_incidents": "unverified"}, end="submitted"),
)  # fmt: skip  # likewise

CASES = (*_UNITS, *_BRANCHES)


def case_of(key: str) -> Case:
    """The case of that key; KeyError when there is none."""
    for case in CASES:
        if case.key == key:
            return case
    raise KeyError(key)
