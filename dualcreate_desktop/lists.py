"""The lists that the office receives, declared once for import, form pack, dialogs and exports."""

from __future__ import annotations

from dualcreate_desktop.fields import Choice, Field, FieldType, ListKind

T = FieldType

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
        "graduate", "研究生党支部", ("研究生", "硕士生", "博士生", "硕士生党支部", "博士生党支部", "硕博")
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

UNITS = ListKind(
    key="units",
    label="院级党组织名册",
    identity=("name",),
    title_words=("院级党组织", "党总支名册", "二级党组织", "党组织名册"),
    fields=(
        Field(
            "order_no", "排序号", T.INTEGER, ("序号", "顺序", "编排序号"), minimum=1, maximum=9999, width=8
        ),
        Field("code", "组织编码", T.TEXT, ("党组织编码", "编码", "组织代码", "党组织代码"), width=14),
        Field(
            "name",
            "全称",
            T.TEXT,
            (
                "党组织全称",
                "院级党组织全称",
                "党组织名称",
                "院级党组织",
                "院级党组织名称",
                "单位全称",
                "名称",
            ),
            required=True,
            width=30,
        ),
        Field("short_name", "简称", T.TEXT, ("单位简称", "党组织简称", "所在单位"), width=16),
        Field(
            "kind",
            "类型",
            T.CHOICE,
            ("党组织类型", "组织类别", "类别", "单位类型"),
            choices=UNIT_KINDS,
            width=14,
        ),
        Field("parent", "上级党组织", T.UNIT, ("所属党委", "上级", "隶属"), width=20),
        Field(
            "founded",
            "成立时间",
            T.PARTIAL_DATE,
            ("成立日期", "成立年月", "组建时间", "建立时间"),
            width=12,
            hint="年月即可，如 2019.9",
        ),
        Field(
            "secretary",
            "书记",
            T.PERSON,
            ("党委书记", "书记姓名", "党组织书记", "党总支书记", "主要负责人"),
            width=10,
        ),
        Field("contact", "联系人", T.PERSON, ("填报人", "组织员", "联络员", "经办人"), width=10),
        Field("phone", "联系电话", T.TEXT, ("电话", "手机", "联系方式", "办公电话"), mask=True, width=14),
        Field("note", "备注", T.LONG_TEXT, ("说明",), width=20),
    ),
)

BRANCHES = ListKind(
    key="branches",
    label="党支部名册",
    identity=("unit", "name"),
    title_words=("党支部名册", "党支部基本信息", "支部信息", "党支部一览", "党支部情况", "党支部名单"),
    fields=(
        Field(
            "unit",
            "所属院级党组织",
            T.UNIT,
            (
                "院级党组织",
                "所属党组织",
                "所属党委",
                "学院",
                "所在单位",
                "单位",
                "党总支",
                "所属单位",
                "院级党组织名称",
                "所属党总支",
            ),
            required=True,
            fill_down=True,
            width=22,
        ),
        Field("code", "组织编码", T.TEXT, ("党组织编码", "编码", "支部编码", "组织代码"), width=14),
        Field(
            "name",
            "党支部名称",
            T.TEXT,
            ("支部名称", "党支部全称", "党支部", "支部", "党组织名称", "名称"),
            required=True,
            width=32,
        ),
        Field(
            "kind",
            "支部类型",
            T.CHOICE,
            ("类型", "党支部类型", "支部类别", "类别", "党支部类别"),
            choices=BRANCH_KINDS,
            required=True,
            width=14,
        ),
        Field(
            "founded",
            "成立时间",
            T.PARTIAL_DATE,
            ("成立日期", "成立年月", "组建时间", "支部成立时间", "建立时间"),
            width=12,
            hint="年月即可，如 2019.9",
        ),
        Field(
            "full_members",
            "正式党员数",
            T.INTEGER,
            ("正式党员", "正式党员人数"),
            minimum=0,
            maximum=2000,
            width=10,
        ),
        Field(
            "probationary_members",
            "预备党员数",
            T.INTEGER,
            ("预备党员", "预备党员人数"),
            minimum=0,
            maximum=2000,
            width=10,
        ),
        Field(
            "members_on",
            "党员数截止日期",
            T.PARTIAL_DATE,
            ("统计截止", "截止日期", "统计时间", "党员数统计日期"),
            width=12,
        ),
        Field(
            "secretary", "支部书记", T.PERSON, ("书记", "书记姓名", "党支部书记", "党支部书记姓名"), width=10
        ),
        Field(
            "secretary_since",
            "书记任职时间",
            T.PARTIAL_DATE,
            ("任职时间", "现任书记任职时间", "任书记时间"),
            width=12,
        ),
        Field("phone", "书记电话", T.TEXT, ("联系电话", "电话", "手机", "联系方式"), mask=True, width=14),
        Field(
            "planned_end",
            "预计撤并或毕业年月",
            T.PARTIAL_DATE,
            ("预计毕业年月", "预计撤销时间", "计划撤并时间", "预计调整时间"),
            width=12,
        ),
        Field("note", "备注", T.LONG_TEXT, ("说明",), width=20),
    ),
)

PEOPLE = ListKind(
    key="people",
    label="党务人员名册",
    identity=("body_unit", "body_branch", "role", "name"),
    title_words=("党务人员", "党务干部", "组织员名单", "专职组织员", "任职情况"),
    fields=(
        Field(
            "body_unit",
            "院级党组织",
            T.UNIT,
            ("所属院级党组织", "单位", "学院", "所属党组织", "所在单位"),
            required=True,
            fill_down=True,
            width=22,
        ),
        Field(
            "body_branch",
            "党支部",
            T.BRANCH,
            ("任职党支部", "所在党支部", "支部名称", "党支部名称"),
            width=26,
        ),
        Field("name", "姓名", T.TEXT, ("人员姓名", "党务人员姓名"), required=True, width=10),
        Field(
            "role",
            "职务",
            T.CHOICE,
            ("党内职务", "岗位", "担任职务", "任职"),
            required=True,
            open_choice=True,
            width=12,
            choices=(
                Choice("secretary", "书记", ("党支部书记", "党委书记", "党总支书记")),
                Choice("deputy_secretary", "副书记"),
                Choice("organiser", "组织员", ("专职组织员",)),
                Choice("counsellor", "辅导员", ("专职辅导员",)),
                Choice("contact", "填报人", ("联系人", "联络员")),
                Choice("committee_member", "委员", ("组织委员", "宣传委员", "纪检委员")),
            ),
        ),
        Field("since", "任职时间", T.PARTIAL_DATE, ("起始时间", "任现职时间", "开始时间"), width=12),
        Field("until", "离任时间", T.PARTIAL_DATE, ("结束时间", "免职时间"), width=12),
        Field("title", "行政职务职称", T.TEXT, ("职称", "行政职务", "职务职称"), width=14),
        Field("phone", "联系电话", T.TEXT, ("电话", "手机", "联系方式"), mask=True, width=14),
        Field("note", "备注", T.LONG_TEXT, ("说明",), width=20),
    ),
)

APPRAISALS = ListKind(
    key="appraisals",
    label="考核评价结果",
    identity=("unit", "branch", "year", "kind"),
    title_words=("考核评价结果", "考核结果", "述职评议结果", "考核评价", "评议考核", "考核等次"),
    fields=(
        Field(
            "unit",
            "院级党组织",
            T.UNIT,
            ("所属院级党组织", "单位", "学院", "所属党组织", "所在单位", "党总支"),
            required=True,
            fill_down=True,
            width=22,
        ),
        Field(
            "branch",
            "党支部",
            T.BRANCH,
            ("党支部名称", "支部名称", "支部", "被考核党支部", "考核对象"),
            width=30,
            hint="考核院级党组织本身时留空",
        ),
        Field(
            "year",
            "年度",
            T.INTEGER,
            ("考核年度", "考核年份", "年份"),
            required=True,
            minimum=2012,
            maximum=2100,
            fill_down=True,
            width=8,
        ),
        Field(
            "kind",
            "考核类型",
            T.CHOICE,
            ("考核类别", "考核项目", "评议类型", "类型"),
            choices=APPRAISAL_KINDS,
            required=True,
            fill_down=True,
            width=14,
        ),
        Field(
            "score",
            "得分",
            T.DECIMAL,
            ("分数", "考核得分", "总分", "综合得分"),
            minimum=0,
            maximum=100,
            width=8,
        ),
        Field(
            "grade",
            "等次",
            T.CHOICE,
            ("考核等次", "评定等次", "总体评价等次", "综合评价", "结果", "考核结果", "等级", "总体评价"),
            choices=GRADES,
            width=8,
        ),
        Field("rank", "排名", T.INTEGER, ("名次", "位次"), minimum=1, maximum=999, width=8),
        Field("note", "备注", T.LONG_TEXT, ("说明",), width=20),
    ),
)

HONOURS = ListKind(
    key="honours",
    label="表彰荣誉",
    identity=("unit", "branch", "holder_name", "title", "awarded"),
    title_words=("表彰", "荣誉", "获奖情况", "先进"),
    fields=(
        Field(
            "unit",
            "院级党组织",
            T.UNIT,
            ("所属院级党组织", "单位", "学院", "所属党组织", "所在单位"),
            required=True,
            fill_down=True,
            width=22,
        ),
        Field("branch", "党支部", T.BRANCH, ("所在党支部", "党支部名称", "支部名称", "支部"), width=30),
        Field(
            "holder",
            "获奖对象",
            T.CHOICE,
            ("对象类别", "获得者类别", "荣誉对象", "对象类型"),
            choices=HOLDERS,
            required=True,
            width=10,
        ),
        Field("holder_name", "获奖者", T.TEXT, ("获奖者姓名", "获得者", "姓名", "获奖单位或个人"), width=16),
        Field(
            "title", "荣誉名称", T.TEXT, ("表彰名称", "荣誉称号", "奖项名称", "称号"), required=True, width=26
        ),
        Field(
            "level",
            "级别",
            T.CHOICE,
            ("荣誉级别", "表彰级别", "层级", "奖项级别"),
            choices=HONOUR_LEVELS,
            required=True,
            width=8,
        ),
        Field(
            "awarded",
            "表彰时间",
            T.PARTIAL_DATE,
            ("获奖时间", "授予时间", "获奖年月", "时间"),
            required=True,
            width=12,
        ),
        Field("authority", "授予机关", T.TEXT, ("授予单位", "表彰单位", "颁发单位"), width=20),
        Field("document", "文号", T.TEXT, ("表彰文号", "依据文号"), width=18),
        Field("party", "党内荣誉", T.FLAG, ("是否党内荣誉", "党内表彰", "党内"), width=8),
        Field("note", "备注", T.LONG_TEXT, ("说明",), width=20),
    ),
)

INCIDENTS = ListKind(
    key="incidents",
    label="负面情形",
    identity=("unit", "branch", "occurred", "kind"),
    title_words=("负面情形", "负面清单", "问题情况"),
    fields=(
        Field(
            "unit",
            "院级党组织",
            T.UNIT,
            ("所属院级党组织", "单位", "学院", "所在单位"),
            required=True,
            fill_down=True,
            width=22,
        ),
        Field("branch", "党支部", T.BRANCH, ("党支部名称", "支部名称", "支部"), width=30),
        Field(
            "occurred", "发生时间", T.PARTIAL_DATE, ("时间", "发现时间", "认定时间"), required=True, width=12
        ),
        Field(
            "kind",
            "情形",
            T.CHOICE,
            ("情形类别", "问题类别", "类别", "类型"),
            required=True,
            open_choice=True,
            width=18,
            choices=(
                Choice("ideology", "意识形态问题", ("意识形态",)),
                Choice("safety", "安全稳定事故", ("安全事故", "稳定事端")),
                Choice("discipline", "违纪违法", ("违法违纪",)),
                Choice("eight_rules", "违反中央八项规定精神", ("违反八项规定精神",)),
                Choice("ethics", "师德师风问题", ("师德失范", "师德师风")),
                Choice("opinion", "舆情事件", ("舆情",)),
            ),
        ),
        Field("description", "情况说明", T.LONG_TEXT, ("说明", "简要情况"), width=30),
        Field("source", "来源", T.TEXT, ("来源部门", "认定部门", "提供部门"), width=14),
        Field("note", "备注", T.LONG_TEXT, (), width=20),
    ),
)

APPLICATIONS = ListKind(
    key="applications",
    label="申报汇总表",
    identity=("category", "unit", "branch"),
    title_words=("申报汇总表", "推荐汇总表", "申报一览表", "申报汇总"),
    fields=(
        Field(
            "unit",
            "院级党组织",
            T.UNIT,
            ("所属院级党组织", "推荐单位", "申报单位", "单位", "学院", "党总支", "所在单位"),
            required=True,
            fill_down=True,
            width=22,
        ),
        Field(
            "category",
            "申报类别",
            T.CHOICE,
            ("类别", "申报项目", "项目类别", "创建类别", "申报类型"),
            required=True,
            fill_down=True,
            open_choice=True,
            width=16,
            hint="批次的类别名称，如 样板支部",
        ),
        Field(
            "branch",
            "申报党支部",
            T.BRANCH,
            ("党支部", "党支部名称", "支部名称", "申报党组织", "申报对象"),
            width=30,
            hint="院级党组织自身申报时留空",
        ),
        Field(
            "preference",
            "推荐顺序",
            T.INTEGER,
            ("推荐序号", "推荐排序", "排序", "推荐序"),
            minimum=1,
            maximum=99,
            width=8,
        ),
        Field("contact", "联系人", T.PERSON, ("填报人", "项目联系人", "负责人"), width=10),
        Field("phone", "联系电话", T.TEXT, ("电话", "手机", "联系方式"), mask=True, width=14),
        Field(
            "summary",
            "特色做法",
            T.LONG_TEXT,
            ("主要特色", "工作特色", "申报理由", "工作基础", "成功做法"),
            width=40,
        ),
        Field("goals", "建设目标", T.LONG_TEXT, ("工作目标", "建设思路", "预期目标"), width=40),
        Field("outcomes", "预期成果", T.LONG_TEXT, ("成果形式", "预期建设成果"), width=40),
        Field("note", "备注", T.LONG_TEXT, ("说明",), width=20),
    ),
)

REVIEWERS = ListKind(
    key="reviewers",
    label="评委名单",
    identity=("number",),
    title_words=("评委名单", "专家名单", "评审专家", "评审组"),
    fields=(
        Field(
            "number",
            "评委编号",
            T.INTEGER,
            ("编号", "专家编号"),
            required=True,
            minimum=1,
            maximum=99,
            width=8,
        ),
        Field("name", "姓名", T.TEXT, ("评委姓名", "专家姓名"), required=True, width=10),
        Field("affiliation", "所在单位", T.TEXT, ("单位", "工作单位"), width=22),
        Field("title", "职务", T.TEXT, ("职务职称", "职称"), width=16),
        Field("statement", "回避说明", T.LONG_TEXT, ("回避情况", "回避"), width=30),
    ),
)

LIST_KINDS = (UNITS, BRANCHES, PEOPLE, APPRAISALS, HONOURS, INCIDENTS, APPLICATIONS, REVIEWERS)
"""In the order in which an empty store can take them."""


def list_kind(key: str) -> ListKind:
    """The list of that key; KeyError when there is none. Score sheets depend on a round's rubric: see `office`."""
    for kind in LIST_KINDS:
        if kind.key == key:
            return kind
    raise KeyError(key)
