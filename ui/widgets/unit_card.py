"""The card of the selected 院级党组织: its facts, how it stands in the round, and what is on record of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton

from dualcreate_desktop.lists import STAFFING
from dualcreate_desktop.office.dossiers import Dossier
from dualcreate_desktop.office.registry import UNIT_KIND_LABELS, UnitRow, masked
from dualcreate_desktop.office.staffing import StaffingRow, Strength, UnitStrength
from dualcreate_desktop.office.units import Standing, UnitFacts
from dualcreate_desktop.rules.quotas import QuotaLine
from ui.theme import Tone
from ui.widgets.dossier import in_words, sections_of
from ui.widgets.record_card import Line, RecordCard, Section

_ROLES = STAFFING.field("role").choices


class UnitCard(RecordCard):
    """Shows one unit."""

    def __init__(self, actions: Sequence[QPushButton]) -> None:
        super().__init__("在左侧选择一个院级党组织，这里显示它的详情。", actions)

    def show_unit(
        self,
        row: UnitRow,
        facts: UnitFacts,
        standing: Standing | None,
        strength: UnitStrength,
        found: Dossier,
    ) -> None:
        """Show a unit: first what the office does next about it, last what hardly ever changes.

        Args:
            standing: None without a round.
        """
        owed, quota = _standing(standing) if standing else ((), ())
        sections = (
            Section("还缺什么", owed),
            Section("本批次名额", quota),
            people_of(strength),
            Section("登记信息", registered(row, facts)),
            *sections_of(found),
        )
        self.show_record(row.name, UNIT_KIND_LABELS.get(row.kind, row.kind), facts_of(row, facts), sections)


def facts_of(row: UnitRow, facts: UnitFacts) -> list[tuple[str, str]]:
    """Whom to ring up, and how large it is: (name, text), empty where nothing is known."""
    return [
        ("书记", row.secretary or ""),
        ("联系人", "　".join(filter(None, (facts.contact, masked(row.phone))))),
        ("党支部", f"{row.branches} 个，党员 {row.members} 人"),
    ]


def registered(row: UnitRow, facts: UnitFacts) -> tuple[Line, ...]:
    """What else the registry knows of it."""
    known = (
        ("成立时间", in_words(row.founded)),
        ("上级党组织", facts.parent),
        ("组织编码", row.code or ""),
        ("备注", facts.note),
    )
    return tuple(Line(f"{name} {text}") for name, text in known if text)


def people_of(strength: UnitStrength) -> Section:
    """应配 and 实配 of each role, and how many secretaries of teacher branches are 双带头人."""
    known = strength.staffing
    lines = list(staffing_lines(known)) if known else []
    if strength.leaders:
        lines.append(Line(f"双带头人 {strength.leaders} 人，教师党支部 {strength.branches} 个"))
    return Section(f"人员配备（{known.year}年）" if known else "人员配备", tuple(lines))


def staffing_lines(row: StaffingRow) -> tuple[Line, ...]:
    """A line for each role of which something is known."""
    return tuple(_post(role.label, row.posts[role.value]) for role in _ROLES if role.value in row.posts)


def _post(role: str, post: Strength) -> Line:
    required, actual = ("未填" if number is None else str(number) for number in (post.required, post.actual))
    text = f"{role}应配 {required}，实配 {actual}"
    return Line(text, "", f"缺 {post.short} 人", Tone.WARN) if post.short else Line(text)


def _standing(standing: Standing) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """What is still missing, and how it stands with its numbers."""
    return tuple(map(Line, standing.missing)), tuple(_quota(name, line) for name, line in standing.lines)


def _quota(name: str, line: QuotaLine) -> Line:
    """A category: how many it may, must and does send; red what is too much, amber what is owed."""
    allowed = f"可报 {line.allowed}" if line.allowed is not None else "不限名额"
    obliged = f"，必报 {line.obliged}" if line.obliged else ""
    clause = f"（{line.clause}）" if line.clause else ""
    exempt = f"，免报：{line.exempt}" if line.exempt else ""
    granted = f"，{line.granted}" if line.granted else ""
    text, note = f"{name} 已报 {line.applied}", f"{allowed}{obliged}{exempt}{granted}{clause}"
    if line.impossible:
        obstacle = line.explanation.split("；")[-1].removeprefix("无法完成：")
        return Line(text, f"必报 {line.obliged}，{obstacle}{clause}", "无法完成", Tone.WARN)
    if line.over:
        return Line(text, note, f"超 {line.over} 项", Tone.WARN if line.soft else Tone.BAD)
    if line.short:
        return Line(text, note, f"还差 {line.short} 项", Tone.WARN)
    return Line(text, note)
