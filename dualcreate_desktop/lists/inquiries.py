"""征求意见名单: what a department says of each application that it was asked about (部门联审)."""

from __future__ import annotations

from db.vocabulary import Reply
from dualcreate_desktop.fields import Choice, Field, FieldType, ListKind

T = FieldType

REPLIES = (
    Choice(
        Reply.CLEAR.value,
        Reply.CLEAR.label,
        ("没有异议", "无意见", "没有意见", "无情况", "没有情况", "无问题", "未发现问题", "无异议。", "同意"),
    ),
    Choice(
        Reply.CONCERN.value,
        Reply.CONCERN.label,
        ("有异议", "有意见", "有问题", "存在问题", "有", "有情况，详见说明", "不同意"),
    ),
)
"""What a department may say; silence is not said."""


INQUIRY_REPLIES = ListKind(
    key="inquiry_replies",
    label="征求意见名单",
    identity=("department", "category", "unit", "branch"),
    title_words=("征求意见名单", "征求意见", "部门意见", "联审意见", "部门答复"),
    fields=(
        Field(
            "department", "部门", T.CHOICE, ("答复部门", "联审部门"), required=True, fill_down=True, width=16
        ),
        Field("branch", "申报党组织", T.BRANCH, ("申报党支部", "党支部", "党支部名称"), width=30),
        Field(
            "category",
            "类别",
            T.CHOICE,
            ("申报类别",),
            required=True,
            fill_down=True,
            width=14,
        ),
        Field("unit", "院级党组织", T.UNIT, ("所属院级党组织", "单位", "所在单位"), width=22),
        Field(
            "answer",
            "答复",
            T.CHOICE,
            ("意见", "部门意见", "反馈意见", "联审意见", "答复意见", "是否有异议"),
            choices=REPLIES,
            width=12,
        ),
        Field(
            "text",
            "情况",
            T.LONG_TEXT,
            ("情况说明", "具体情况", "有关情况", "情况（时间、事由、处理结果）"),
            width=40,
            hint="有情况的，写明时间、事由和处理结果",
        ),
        Field("document", "答复文号", T.TEXT, ("文号", "复函文号"), width=18),
        Field("replied_on", "答复日期", T.DATE, ("反馈日期", "复函日期"), width=12),
    ),
)
