"""Lists of the registry: units, branches, people with their posts."""

from __future__ import annotations

from dualcreate_desktop.fields import Choice, Field, FieldType, ListKind
from dualcreate_desktop.lists.choices import BRANCH_KINDS, END_REASONS, UNIT_KINDS

T = FieldType


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
        Field("phone", "联系电话", T.PHONE, ("电话", "手机", "联系方式", "办公电话"), mask=True, width=14),
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
        Field("phone", "书记电话", T.PHONE, ("联系电话", "电话", "手机", "联系方式"), mask=True, width=14),
        Field(
            "planned_end",
            "预计撤并或毕业年月",
            T.PARTIAL_DATE,
            ("预计毕业年月", "预计撤销时间", "计划撤并时间", "预计调整时间"),
            width=12,
        ),
        Field(
            "planned_reason",
            "撤并或毕业",
            T.CHOICE,
            ("预计变动原因", "变动原因", "撤并原因"),
            choices=END_REASONS,
            width=10,
        ),
        Field("note", "备注", T.LONG_TEXT, ("说明",), width=20),
    ),
)


PEOPLE = ListKind(
    key="people",
    label="党务人员名册",
    identity=("body_unit", "body_branch", "role", "name"),
    repeats=True,
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
        Field(
            "double_leader",
            "双带头人",
            T.FLAG,
            ("是否双带头人", "“双带头人”", "是否“双带头人”", "双带头入"),
            width=8,
            hint="教师党支部书记填写",
        ),
        Field("title", "行政职务职称", T.TEXT, ("职称", "行政职务", "职务职称"), width=14),
        Field("phone", "联系电话", T.PHONE, ("电话", "手机", "联系方式"), mask=True, width=14),
        Field("note", "备注", T.LONG_TEXT, ("说明",), width=20),
    ),
)
