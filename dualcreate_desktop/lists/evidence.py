"""Lists of what conditions look at: appraisals, honours, incidents."""

from __future__ import annotations

from dualcreate_desktop.fields import Choice, Field, FieldType, ListKind
from dualcreate_desktop.lists.bodies import BRANCH, NOTE, UNIT
from dualcreate_desktop.lists.choices import (
    APPRAISAL_KINDS,
    APPRAISAL_SUBJECTS,
    GRADES,
    HOLDERS,
    HONOUR_LEVELS,
)

T = FieldType


APPRAISALS = ListKind(
    key="appraisals",
    label="考核评价结果",
    identity=("unit", "branch", "year", "kind"),
    title_words=("考核评价结果", "考核结果", "述职评议结果", "考核评价", "评议考核", "考核等次"),
    fields=(
        UNIT,
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
            maximum=1000,
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
        Field(
            "maximum",
            "满分",
            T.DECIMAL,
            ("满分值", "总分值"),
            minimum=1,
            maximum=1000,
            width=8,
            hint="与评价标准不同时才填",
        ),
        Field(
            "subject",
            "评价主体",
            T.CHOICE,
            ("被评价者类别", "考核主体"),
            choices=APPRAISAL_SUBJECTS,
            width=12,
            hint="等次评的是谁",
        ),
        Field("secretary", "被评议书记", T.TEXT, ("述职书记", "述职人", "书记姓名"), width=10),
        Field("held_on", "考核时间", T.PARTIAL_DATE, ("评议时间", "考核日期"), width=12),
        Field(
            "reported",
            "等次已上报",
            T.FLAG,
            ("是否已上报等次", "等次已报"),
            width=10,
            hint="已考核、等次尚未上报时填“否”",
        ),
        Field(
            "items",
            "突出考核项",
            T.LONG_TEXT,
            ("突出考核", "重点考核项", "突出考核项得分", "重点考核项得分"),
            width=30,
            hint="每行一项，或用分号分开，写名称和得分，如：示范引领作用 18/20",
        ),
        NOTE,
    ),
)


HONOURS = ListKind(
    key="honours",
    label="表彰荣誉",
    identity=("unit", "branch", "holder_name", "title", "awarded"),
    repeats=True,
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
        Field(
            "branch",
            "党支部",
            T.BRANCH,
            ("所在党支部", "党支部名称", "支部名称", "支部"),
            width=30,
            hint="院级党组织获奖时留空",
        ),
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
        NOTE,
    ),
)


INCIDENTS = ListKind(
    key="incidents",
    label="负面情形",
    identity=("unit", "branch", "occurred", "kind"),
    repeats=True,
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
        BRANCH,
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
