"""The card of the selected 党支部: its facts and all that is on record of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton

from dualcreate_desktop.office.branch_ages import Age
from dualcreate_desktop.office.dossiers import Dossier
from dualcreate_desktop.office.lineages import DescentRow
from dualcreate_desktop.office.registry import BRANCH_KIND_LABELS, BranchRow, masked
from ui.theme import Tone
from ui.widgets.dossier import in_words, sections_of
from ui.widgets.record_card import Line, RecordCard, Section


class BranchCard(RecordCard):
    """Shows one branch."""

    def __init__(self, actions: Sequence[QPushButton]) -> None:
        super().__init__("在左侧选择一个党支部，这里显示它的详情。", actions)

    def show_branch(self, row: BranchRow, age: Age, descent: Sequence[DescentRow], found: Dossier) -> None:
        """Show a branch, how old it counts as, and its line of descent."""
        kind = BRANCH_KIND_LABELS.get(row.kind, row.kind)
        sections = (lineage_of(age, descent), *sections_of(found))
        self.show_record(row.name, f"{row.unit} · {kind}", facts_of(row, age), sections)


def lineage_of(age: Age, descent: Sequence[DescentRow]) -> Section:
    """Why the branch counts from another day than its own founding, then all that led to it and what became of it, the newest first."""
    counted = [Line(age.reason)] if age.reason else []
    events = [
        Line(event.sentence, event.document, "计划" if event.planned else "", Tone.WARN) for event in descent
    ]
    return Section("沿革", (*counted, *events))


def facts_of(row: BranchRow, age: Age) -> list[tuple[str, str]]:
    """What the card tells of a branch: (name, text), empty where nothing is known."""
    facts = [
        ("支部书记", row.secretary or ""),
        ("书记电话", masked(row.phone)),
        ("成立时间", in_words(row.founded)),
        ("年限", "" if row.dissolved else age.words),
        ("撤销时间", in_words(row.dissolved)),
        ("党员", _members(row)),
        ("预计撤并或毕业", in_words(row.planned_end)),
        ("组织编码", row.code or ""),
        ("备注", row.note),
    ]
    usual = {"支部书记", "书记电话", "成立时间", "党员"}
    return [(name, text) for name, text in facts if text or name in usual]


def _members(row: BranchRow) -> str:
    if row.full_members is None and row.probationary_members is None:
        return ""
    return f"{row.members} 人（正式 {row.full_members or 0}，预备 {row.probationary_members or 0}）"
