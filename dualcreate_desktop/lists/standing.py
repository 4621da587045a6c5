"""Lists of what else is known of a unit or branch: debarments, earlier batches, staff, new members, topics."""

from __future__ import annotations

from dualcreate_desktop.fields import Field, FieldType, ListKind
from dualcreate_desktop.lists.bodies import BRANCH, NOTE, UNIT
from dualcreate_desktop.lists.choices import (
    EARLIER_CATEGORIES,
    EARLIER_OUTCOMES,
    GROWTH_MEASURES,
    HONOUR_LEVELS,
    STAFF_ROLES,
    TOPIC_KINDS,
)

T = FieldType

_YEAR = Field(
    "year",
    "年度",
    T.INTEGER,
    ("统计年度", "年份"),
    required=True,
    minimum=2012,
    maximum=2100,
    fill_down=True,
    width=8,
)


def _levels(label: str, *aliases: str) -> Field:
    return Field("level", label, T.CHOICE, aliases, choices=HONOUR_LEVELS, required=True, width=8)


DEBARMENTS = ListKind(
    key="debarments",
    label="取消申报资格名单",
    identity=("unit", "branch", "since", "reason"),
    title_words=("取消申报资格", "取消资格", "限制申报"),
    fields=(
        UNIT,
        BRANCH,
        Field("since", "起始时间", T.PARTIAL_DATE, ("取消资格起始时间", "开始时间"), required=True, width=12),
        Field(
            "until",
            "截止时间",
            T.PARTIAL_DATE,
            ("取消资格截止时间", "解除时间", "结束时间"),
            width=12,
            hint="留空表示尚未解除",
        ),
        Field("reason", "取消资格事由", T.LONG_TEXT, ("事由", "取消原因", "原因"), required=True, width=30),
        Field("document", "文号", T.TEXT, ("依据文号", "处理文号"), width=18),
    ),
)


EARLIER_RESULTS = ListKind(
    key="earlier_results",
    label="以往批次结果",
    identity=("batch", "level", "category", "unit", "branch"),
    title_words=("以往批次结果", "以往批次", "历批次", "前两批", "往届样板支部"),
    fields=(
        UNIT,
        BRANCH,
        Field("batch", "批次", T.TEXT, ("所属批次", "创建批次"), required=True, fill_down=True, width=10),
        _levels("级别", "创建级别", "层级"),
        Field(
            "category",
            "创建类别",
            T.CHOICE,
            ("类别", "项目类别", "创建类型"),
            choices=EARLIER_CATEGORIES,
            open_choice=True,
            required=True,
            width=16,
        ),
        Field(
            "result",
            "建设结果",
            T.CHOICE,
            ("结果", "验收结果", "创建结果"),
            choices=EARLIER_OUTCOMES,
            required=True,
            width=12,
        ),
        Field("decided", "认定时间", T.PARTIAL_DATE, ("公布时间", "验收时间"), width=12),
        Field("title", "称号", T.TEXT, ("认定称号", "称号名称"), width=26),
        Field("document", "文号", T.TEXT, ("依据文号", "公布文号"), width=18),
        NOTE,
    ),
)


STAFFING = ListKind(
    key="staffing",
    label="党务力量配备情况",
    identity=("unit", "year", "role"),
    title_words=("党务力量配备", "人员配备", "党务工作力量", "应配实配"),
    fields=(
        UNIT,
        _YEAR,
        Field(
            "role",
            "岗位",
            T.CHOICE,
            ("配备岗位", "人员类别"),
            choices=STAFF_ROLES,
            required=True,
            width=14,
        ),
        Field("required", "应配人数", T.INTEGER, ("应配", "应配数"), minimum=0, maximum=9999, width=10),
        Field("actual", "实配人数", T.INTEGER, ("实配", "实配数"), minimum=0, maximum=9999, width=10),
        NOTE,
    ),
)


GROWTH = ListKind(
    key="growth",
    label="发展党员情况",
    identity=("unit", "branch", "year", "measure"),
    title_words=("发展党员", "党员发展"),
    fields=(
        UNIT,
        BRANCH,
        _YEAR,
        Field(
            "measure",
            "发展对象类别",
            T.CHOICE,
            ("统计项目", "发展类别", "人员类别"),
            choices=GROWTH_MEASURES,
            required=True,
            width=16,
        ),
        Field(
            "number",
            "发展人数",
            T.INTEGER,
            ("人数", "发展党员数"),
            required=True,
            minimum=0,
            maximum=9999,
            width=10,
        ),
    ),
)


TOPICS = ListKind(
    key="topics",
    label="党建课题与创新项目",
    identity=("unit", "branch", "kind", "title"),
    repeats=True,
    title_words=("党建课题", "创新项目", "党建研究课题", "书记项目"),
    fields=(
        UNIT,
        BRANCH,
        Field(
            "kind",
            "课题类别",
            T.CHOICE,
            ("项目类型", "课题类型", "类别"),
            choices=TOPIC_KINDS,
            required=True,
            width=12,
        ),
        Field("title", "课题名称", T.TEXT, ("项目名称", "题目", "课题题目"), required=True, width=36),
        _levels("级别", "课题级别", "项目级别", "层级"),
        Field("number", "课题编号", T.TEXT, ("项目编号", "编号", "立项编号"), width=14),
        Field("leader", "负责人", T.TEXT, ("主持人", "课题负责人", "项目负责人"), width=10),
        Field("started", "立项时间", T.PARTIAL_DATE, ("开始时间", "立项年月"), width=12),
        Field("ended", "结题时间", T.PARTIAL_DATE, ("完成时间", "结项时间"), width=12),
        NOTE,
    ),
)
