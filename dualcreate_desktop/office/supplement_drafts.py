"""补充、延期、验收通知: a later notice of the round, its text split into clauses of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from db.errors import NotAllowed
from dualcreate_desktop.fields import Choice, Field, FieldType
from dualcreate_desktop.office.records import Value
from dualcreate_desktop.office.rule_clauses import gist_of
from dualcreate_desktop.office.rule_editing import RuleDraft
from dualcreate_desktop.rules.clauses import PREAMBLE, clause_texts
from dualcreate_desktop.rules.notice_parts import Supplement, SupplementKind

_GROUP = "supplements"

SUPPLEMENT_FIELDS = (
    Field(
        "kind",
        "哪种通知",
        FieldType.CHOICE,
        required=True,
        choices=tuple(Choice(kind.value, kind.label) for kind in SupplementKind),
    ),
    Field("doc_number", "文号", hint="如：党组字〔2024〕5号"),
    Field("issued", "成文日期", FieldType.DATE, hint="如 2024-03-08"),
    Field("title", "标题", required=True, width=40),
    Field("text", "正文", FieldType.LONG_TEXT, required=True, hint="粘贴全文，按“一、”“（一）”“1.”自动分条"),
)
"""What is asked for a later notice before its effects are."""


def with_supplement(draft: RuleDraft, values: Mapping[str, Value]) -> tuple[RuleDraft, str]:
    """The draft with one more notice, and the path at which it stands.

    Its clauses are cited as 补2·一: the second later notice, clause 一.

    Raises:
        NotAllowed: title or text is missing.
    """
    title, text = str(values.get("title") or "").strip(), str(values.get("text") or "").strip()
    if not title or not text:
        raise NotAllowed("补充通知要有标题和正文", todo="请补上后再添加。")
    number = _next_number(draft)
    issued = values.get("issued")
    made = Supplement(
        key=f"supplement-{number}",
        kind=SupplementKind.of(str(values["kind"])),
        title=title,
        clauses=_clauses(number, text),
        doc_number=str(values.get("doc_number") or ""),
        issued=issued if isinstance(issued, date) else None,
        text=text,
    )
    changed = draft.added(_GROUP, made)
    return changed, f"{_GROUP}[{len(changed.notice.supplements)}]"


def _next_number(draft: RuleDraft) -> int:
    """The first number whose clauses and key are free."""
    number = len(draft.notice.supplements) + 1
    taken = {later.key for later in draft.notice.supplements}
    while f"supplement-{number}" in taken or any(
        clause.startswith(f"补{number}·") for clause in draft.notice.all_clauses
    ):
        number += 1
    return number


def _clauses(number: int, text: str) -> dict[str, str]:
    """Its clauses and their gists; a text without numbers is one clause."""
    found = clause_texts(text)
    numbered = {clause: words for clause, words in found.items() if clause != PREAMBLE and words}
    return {f"补{number}·{clause}": gist_of(words) for clause, words in (numbered or found).items() if words}
