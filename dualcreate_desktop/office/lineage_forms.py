"""The forms of 沿革: what is asked for each adjustment of one branch, and the order that the answers make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from db.vocabulary import LineageKind
from dualcreate_desktop.fields import Choice, Field, FieldType
from dualcreate_desktop.lists import BRANCH_KINDS
from dualcreate_desktop.office.branch_choices import standing_branches
from dualcreate_desktop.office.records import Value
from dualcreate_desktop.office.registry import BranchRow
from dualcreate_desktop.office.reorganisation_lists import names_in
from dualcreate_desktop.office.reorganising import Order
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.rules.dates import PartialDate

K, T = LineageKind, FieldType
Values = Mapping[str, Value]

DONE, PLANNED = "done", "planned"

_ON = Field("on", "时间", T.PARTIAL_DATE, required=True, width=12, hint="年月即可，如 2023.9")
_DOCUMENT = Field("document", "文号", width=12, hint="批复的文号，没有可不填")
_NOTE = Field("note", "备注", width=20)
_STATUS = Field(
    "status",
    "实施情况",
    T.CHOICE,
    required=True,
    choices=(Choice(DONE, "已实施"), Choice(PLANNED, "计划中（预计）")),
)
_SECRETARY = Field("secretary", "书记", width=12)
_KIND = Field("branch_kind", "支部类型", T.CHOICE, choices=BRANCH_KINDS, hint="与原支部相同时可不填")


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One thing that can be done with a branch.

    Args:
        title: what the office calls it.
        fields: what is asked; `with_others` when other branches take part, too.
    """

    kind: LineageKind
    title: str
    fields: tuple[Field, ...]
    with_others: bool = False

    @property
    def verb(self) -> str:
        """What a button says that it will do."""
        return self.title.removesuffix("另一院级党组织")


ADJUSTMENTS = (
    Adjustment(
        K.RENAMED,
        "更名",
        (
            Field("after", "新名称", required=True, width=30),
            replace(_KIND, hint="没有变化时可不填"),
            _ON,
            _DOCUMENT,
            _NOTE,
        ),
    ),
    Adjustment(
        K.REELECTED, "换届", (replace(_SECRETARY, label="新任书记", required=True), _ON, _DOCUMENT, _NOTE)
    ),
    Adjustment(
        K.MERGED,
        "合并",
        (
            Field(
                "after",
                "合并后的名称",
                required=True,
                width=30,
                hint="写其中一个支部的名称，表示并入它",
            ),
            Field("unit_id", "合并后所属院级党组织", T.UNIT, required=True, width=22),
            _KIND,
            _SECRETARY,
            _ON,
            _STATUS,
            _DOCUMENT,
            _NOTE,
        ),
        with_others=True,
    ),
    Adjustment(
        K.SPLIT,
        "拆分",
        (
            Field(
                "after",
                "拆分后的各个支部",
                T.LONG_TEXT,
                required=True,
                hint="每行一个名称；原支部继续的，也写上它的名称",
            ),
            _KIND,
            _ON,
            _STATUS,
            _DOCUMENT,
            _NOTE,
        ),
    ),
    Adjustment(
        K.MOVED,
        "转入另一院级党组织",
        (
            Field("unit_id", "转入的院级党组织", T.UNIT, required=True, width=22),
            Field("after", "转入后的名称", width=30, hint="名称不变时可不填"),
            _ON,
            _DOCUMENT,
            _NOTE,
        ),
    ),
    Adjustment(K.DISSOLVED, "撤销党支部", (_ON, _STATUS, _DOCUMENT, _NOTE)),
)
"""As a menu lists them."""


def first_values(row: BranchRow, adjustment: Adjustment) -> dict[str, Value]:
    """What a form begins with."""
    keys = {field.key for field in adjustment.fields}
    known: dict[str, Value] = {"status": DONE}
    if adjustment.kind is K.MERGED:
        known["unit_id"] = row.unit_id
    if adjustment.kind is K.RENAMED:
        known["after"] = row.name
    if adjustment.kind is K.SPLIT:
        known["after"] = f"{row.name}\n"
    return {key: value for key, value in known.items() if key in keys}


def order_of(
    row: BranchRow, adjustment: Adjustment, values: Values, others: Sequence[str] = ()
) -> Order | None:
    """The order that the answers make; None while they do not yet say when.

    Args:
        others: ids of the branches that take part, too.
    """
    on = values.get("on")
    if not isinstance(on, PartialDate):
        return None
    text = {key: str(values.get(key) or "") for key in ("branch_kind", "secretary", "document", "note")}
    after = str(values.get("after") or "")
    several = adjustment.kind is K.SPLIT
    return Order(
        adjustment.kind,
        str(values.get("unit_id") or row.unit_id),
        on,
        (row.id, *others),
        names_in(after) if several else tuple(filter(None, (after.strip(),))),
        planned=values.get("status") == PLANNED,
        **text,
    )


def partners(office: Office, row: BranchRow, unit_id: str) -> tuple[tuple[str, str], ...]:
    """(id, name) of the other branches of a unit that stand, by name."""
    return tuple(choice for choice in standing_branches(office, unit_id) if choice[0] != row.id)
