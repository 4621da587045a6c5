"""Lists of how branches came about: 沿革, as it was; 党支部调整, as it is to be carried out."""

from __future__ import annotations

from dualcreate_desktop.fields import Field, FieldType, ListKind
from dualcreate_desktop.lists.bodies import NOTE, UNIT
from dualcreate_desktop.lists.choices import BRANCH_KINDS, LINEAGE_KINDS, REORGANISATION_KINDS

T = FieldType

LINEAGE = ListKind(
    key="lineage",
    label="党支部沿革",
    identity=("unit", "branch", "kind", "occurred"),
    title_words=("党支部沿革", "沿革", "历史沿革"),
    fields=(
        UNIT,
        Field(
            "branch",
            "现党支部",
            T.BRANCH,
            ("党支部", "党支部名称", "支部名称", "现支部名称"),
            required=True,
            width=30,
        ),
        Field(
            "kind",
            "沿革事项",
            T.CHOICE,
            ("事项", "变动类型", "变更类型"),
            choices=LINEAGE_KINDS,
            required=True,
            width=10,
        ),
        Field(
            "occurred",
            "变动时间",
            T.PARTIAL_DATE,
            ("时间", "变更时间", "发生时间", "批准时间"),
            required=True,
            width=12,
        ),
        Field(
            "before",
            "变动前支部",
            T.TEXT,
            ("原支部", "前身", "原名称", "原支部名称"),
            width=30,
            hint="多个支部用顿号分开",
        ),
        Field("document", "文号", T.TEXT, ("批复文号", "依据文号"), width=18),
        NOTE,
    ),
)


REORGANISATIONS = ListKind(
    key="reorganisations",
    label="党支部调整",
    identity=("unit", "kind", "old", "new"),
    title_words=("学生党支部调整", "党支部调整", "支部调整", "支部设置调整"),
    fields=(
        UNIT,
        Field(
            "kind",
            "调整方式",
            T.CHOICE,
            ("调整类型", "调整类别", "方式"),
            choices=REORGANISATION_KINDS,
            required=True,
            width=10,
        ),
        Field(
            "old",
            "调整前党支部",
            T.TEXT,
            ("原党支部名称", "原支部名称", "调整前名称", "原名称", "调整前支部"),
            width=30,
            hint="多个支部用顿号分开；新建时留空",
        ),
        Field(
            "new",
            "调整后党支部",
            T.TEXT,
            ("新党支部名称", "新支部名称", "调整后名称", "新名称", "调整后支部"),
            width=30,
            hint="多个支部用顿号分开；撤销时留空",
        ),
        Field(
            "branch_kind",
            "支部类型",
            T.CHOICE,
            ("党支部类型", "支部类别"),
            choices=BRANCH_KINDS,
            width=14,
            hint="与原支部相同时可留空",
        ),
        Field(
            "occurred",
            "调整时间",
            T.PARTIAL_DATE,
            ("调整年月", "批准时间", "批复时间"),
            required=True,
            fill_down=True,
            width=12,
        ),
        Field("document", "文号", T.TEXT, ("批复文号", "依据文号"), fill_down=True, width=18),
        NOTE,
    ),
)
