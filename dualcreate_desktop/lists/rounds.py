"""Lists that belong to a round: applications and reviewers."""

from __future__ import annotations

from dualcreate_desktop.fields import Field, FieldType, ListKind

T = FieldType


SCORE_WORDS = ("评分表", "打分表")
"""In the title of a sheet of marks, which only the criteria of its round can read."""

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
            hint="类别名称，如 样板支部",
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
        Field("phone", "联系电话", T.PHONE, ("电话", "手机", "联系方式"), mask=True, width=14),
        Field(
            "summary",
            "特色做法",
            T.LONG_TEXT,
            (
                "主要特色",
                "工作特色",
                "申报理由",
                "工作基础",
                "成功做法",
                "工作基础与特色做法",
                "工作基础与成功做法",
                "工作基础和特色做法",
                "特色经验",
                "特色亮点",
                "主要做法",
            ),
            width=40,
        ),
        Field(
            "goals",
            "建设目标",
            T.LONG_TEXT,
            (
                "工作目标",
                "建设思路",
                "预期目标",
                "建设目标与实施计划",
                "建设目标和实施计划",
                "建设思路与目标",
                "建设计划",
                "实施计划",
                "工作计划",
            ),
            width=40,
        ),
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
