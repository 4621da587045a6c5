"""The values of kinds, grades and levels, with the other words that people write for them."""

from __future__ import annotations

from dualcreate_desktop.fields import Choice

UNIT_KINDS = (
    Choice(
        "college", "学院（系）党委", ("学院党委", "院系党委", "学院", "系党委", "二级学院党委", "院级党委")
    ),
    Choice("general_branch", "党总支", ("总支", "学院党总支")),
    Choice("direct_branch", "直属党支部", ("直属支部",)),
    Choice("office", "机关党委", ("机关", "机关党工委", "机关党总支")),
    Choice("retired", "离退休党工委", ("离退休", "离退休党委", "离休党工委")),
    Choice("hospital", "附属医院党委", ("附属医院", "医院党委", "医院")),
    Choice("other", "其他", ("直属单位党委", "直属单位", "后勤党委", "后勤")),
)


BRANCH_KINDS = (
    Choice("teacher", "教师党支部", ("教师", "教工", "教职工", "教工党支部", "教职工党支部", "教师支部")),
    Choice("undergraduate", "本科生党支部", ("本科生", "本科", "本科生支部")),
    Choice(
        "graduate",
        "研究生党支部",
        ("研究生", "硕士生", "博士生", "硕士生党支部", "博士生党支部", "硕士", "博士", "硕博"),
    ),
    Choice("student", "学生党支部", ("学生", "学生支部", "本硕博")),
    Choice("mixed", "师生联合党支部", ("师生联合", "师生", "师生党支部", "联合党支部")),
    Choice("office", "机关党支部", ("机关", "行政", "行政党支部", "管理人员", "机关支部")),
    Choice("retired", "离退休党支部", ("离退休", "退休", "离退休支部", "退休教职工")),
)


APPRAISAL_KINDS = (
    Choice(
        "branch_work",
        "支部考核评价",
        ("党支部考核", "支部考核", "工作考核评价", "基层党支部工作考核评价", "考核评价"),
    ),
    Choice("quality_month", "质量提升月", ("党支部建设质量提升月", "支部建设质量提升月", "提升月")),
    Choice("secretary_report", "书记述职评议", ("述职评议", "述职评议考核", "书记述职", "抓党建述职评议")),
    Choice(
        "leadership", "中层班子考核", ("中层领导班子年度考核", "班子考核", "领导班子考核", "班子年度考核")
    ),
)


GRADES = (
    Choice("好", "好", ("优", "A")),
    Choice("较好", "较好", ("良", "B")),
    Choice("一般", "一般", ("中", "C")),
    Choice("差", "差", ("D",)),
    Choice("优秀", "优秀"),
    Choice("良好", "良好"),
    Choice("合格", "合格", ("称职",)),
    Choice("较差", "较差"),
    Choice("不合格", "不合格", ("不称职",)),
)
"""Every grade of the scales met so far; which of them count is data of a round."""


HONOUR_LEVELS = (
    Choice("national", "国家级", ("国家", "全国")),
    Choice("provincial", "省部级", ("省级", "部级", "全省")),
    Choice("municipal", "市厅级", ("市级", "厅级")),
    Choice("university", "校级", ("学校", "全校")),
    Choice("unit", "院级", ("院系级", "学院", "院级党组织")),
)
"""From the highest to the lowest: a condition asks for “at or above”."""


HOLDERS = (
    Choice("unit", "院级党组织", ("学院", "党委", "党总支", "单位")),
    Choice("branch", "党支部", ("支部", "集体")),
    Choice("secretary", "书记", ("党支部书记", "支部书记", "党委书记")),
    Choice("member", "成员", ("党员", "个人", "支部成员", "师生")),
)


APPRAISAL_SUBJECTS = (
    Choice("body", "党组织", ("支部", "党支部", "组织")),
    Choice("secretary", "书记", ("党支部书记", "书记本人")),
    Choice("workplace", "所在行政单位", ("所在单位", "行政单位", "行政班子")),
)
"""Whose work is appraised."""


END_REASONS = (
    Choice("merger", "撤并", ("撤销", "合并", "调整", "拟撤并")),
    Choice("graduation", "毕业", ("学生毕业", "毕业撤销")),
)


EARLIER_CATEGORIES = (
    Choice("样板支部", "样板支部", ("样板党支部", "党建工作样板支部", "全国党建工作样板支部")),
    Choice("标杆院系", "标杆院系", ("标杆院级党组织", "标杆学院", "党建工作标杆院系", "标杆院（系）")),
)
"""What earlier batches were held for; a name that is not among them is taken as it is written."""


EARLIER_OUTCOMES = (
    Choice("selected", "培育创建", ("入选", "立项", "培育", "建设中")),
    Choice("accepted", "验收通过", ("通过验收", "达标", "结项", "通过")),
    Choice("failed", "验收未通过", ("未通过验收", "不达标", "不予通过", "未通过")),
    Choice("revoked", "撤销称号", ("撤销", "取消称号")),
    Choice("not_selected", "未入选", ("落选",)),
)


STAFF_ROLES = (
    Choice("secretary", "党支部书记", ("支部书记", "书记")),
    Choice("organiser", "专职组织员", ("组织员",)),
    Choice("counsellor", "辅导员", ("专职辅导员",)),
)


GROWTH_MEASURES = (
    Choice("total", "全部", ("发展党员总数", "总数", "合计", "发展党员")),
    Choice("high_talent", "高层次人才", ("高层次人才党员", "高知识群体")),
    Choice("young_teacher", "中青年教师", ("青年教师", "中青年骨干教师")),
)


TOPIC_KINDS = (
    Choice("topic", "党建研究课题", ("党建课题", "课题", "研究课题")),
    Choice("innovation", "党的工作创新项目", ("创新项目", "党建创新项目", "书记项目")),
)


REORGANISATION_KINDS = (
    Choice("renamed", "更名", ("改名", "变更名称")),
    Choice("dissolved", "撤销", ("撤消", "撤并", "注销")),
    Choice("founded", "新建", ("成立", "新成立", "新设", "设立")),
    Choice("merged", "合并", ("并入", "整合")),
    Choice("split", "拆分", ("分立", "分设")),
)
"""What a list of 党支部调整 may ask for."""


LINEAGE_KINDS = (
    *REORGANISATION_KINDS,
    Choice("moved", "划转", ("划入", "转隶", "隶属变更")),
    Choice("reelected", "换届", ("换届选举", "改选")),
)
"""What may stand in the 沿革 of a branch."""
