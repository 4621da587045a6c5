"""名额测算: what several sets of quota rules would come to over the real registry, before anybody is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace

from db.vocabulary import NumberRounding
from dualcreate_desktop.fields import Align, Column
from dualcreate_desktop.office import registry
from dualcreate_desktop.office.quotas import cases
from dualcreate_desktop.office.rounds import Rules
from dualcreate_desktop.office.rule_editing import RuleDraft
from dualcreate_desktop.office.rule_edits import RuleEdit
from dualcreate_desktop.office.rule_forms import values_of
from dualcreate_desktop.office.rule_sentences import told
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.papers.workbook import Sheet, write_workbook
from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.notice_parts import OFFICE
from dualcreate_desktop.rules.quota_rules import Obligation, QuotaRule, Ratio
from dualcreate_desktop.rules.quota_variants import (
    QuotaTable,
    QuotaTotal,
    QuotaVariant,
    UnitCase,
    quota_tables,
    usual_variants,
    with_limit,
)
from dualcreate_desktop.rules.quotas import Fit, QuotaLine
from dualcreate_desktop.rules.supplements import in_force, superseded

_GROUP = "quotas"


@dataclass(frozen=True, slots=True)
class Registry:
    """The units over which is tried: their names and kinds by id, and what quotas look at."""

    names: dict[str, str]
    cases: tuple[UnitCase, ...]

    @property
    def branches(self) -> int:
        """How many branches stand below all units."""
        return sum(case.facts.branches for case in self.cases)


@dataclass(frozen=True, slots=True)
class TrialRow:
    """One unit under one set of rules.

    Args:
        usual: what the round's own rules allow; None where nothing limits it, as in `allowed`.
        why: how the numbers came about.
    """

    id: str
    unit: str
    kind: str
    branches: int
    members: int
    applied: int
    usual: int | None
    allowed: int | None
    obliged: int
    over: int
    short: int
    fit: Fit
    why: str


@dataclass(frozen=True, slots=True)
class Tried:
    """One set of rules in one category.

    Args:
        number: its place among those that are tried; 0 is the round's own.
        says: its rules as sentences.
        over, short, impossible: how many units.
    """

    number: int
    name: str
    says: str
    total: QuotaTotal
    over: int
    short: int
    impossible: int
    rows: tuple[TrialRow, ...]

    @property
    def allowed(self) -> str:
        """All that may be sent in, as one says it."""
        return "不限" if self.total.unlimited else f"{self.total.allowed} 个"


def _number(value: object) -> str:
    return "不限" if value is None else str(value)


def _kind(value: object) -> str:
    return registry.UNIT_KIND_LABELS.get(str(value), str(value))


def _none(value: object) -> str:
    return str(value) if value else ""


TRIAL_COLUMNS = (
    Column("unit", "院级党组织", 24),
    Column("kind", "类型", 12, text=_kind, hidden=True),
    Column("branches", "支部", 5, Align.RIGHT),
    Column("members", "党员", 6, Align.RIGHT, hidden=True),
    Column("usual", "现行", 5, Align.RIGHT, text=_number),
    Column("allowed", "可报", 5, Align.RIGHT, text=_number),
    Column("obliged", "应报", 5, Align.RIGHT, text=_none),
    Column("applied", "已报", 5, Align.RIGHT, text=_none),
    Column("over", "超出", 5, Align.RIGHT, text=_none),
    Column("short", "还差", 5, Align.RIGHT, text=_none),
    Column("fit", "结论", 9, pill=True),
    Column("why", "怎么算的", 64, hidden=True),
)


def trial_draft(notice: Notice, name: str) -> RuleDraft:
    """The rules of a round that is not opened yet, to be tried."""
    return RuleDraft(Rules("", name, "", 0, in_force(notice), notice), notice)


def read_registry(office: Office, draft: RuleDraft) -> Registry:
    """The units as they stand, with what they sent in; long where there are thousands of branches."""
    with office.read() as session:
        units = registry.UNIT_LISTING.all(session)
        current = replace(draft.saved, notice=in_force(draft.notice))
        found = cases(session, current, units)
    return Registry({unit.id: unit.short_name or unit.name for unit in units}, tuple(found))


def ready_variants(draft: RuleDraft, category: str) -> tuple[QuotaVariant, ...]:
    """The round's own rules first, then what other universities do."""
    notice = in_force(draft.notice)
    return usual_variants(notice.quotas, category, notice.category(category).applicant)


def tried(
    draft: RuleDraft, found: Registry, category: str, variants: Sequence[QuotaVariant]
) -> tuple[Tried, ...]:
    """What each set of rules comes to in a category; the first is compared with."""
    notice = in_force(draft.notice)
    tables = quota_tables(variants, found.cases, notice.categories)
    return tuple(
        _tried(notice, found, category, tables[0], table, number) for number, table in enumerate(tables)
    )


def own_rule(draft: RuleDraft, category: str) -> RuleEdit:
    """The form of a rule that the office makes up itself: it begins with that of the round, else with 10%."""
    ratios = [rule.limit for rule in draft.notice.quotas if rule.category == category]
    ratio = next((limit for limit in ratios if isinstance(limit, Ratio)), None)
    limit = ratio or Ratio(10, 100, NumberRounding.FLOOR, at_least_one=True)
    rule = QuotaRule("", category, OFFICE, "自定方案", limit)
    return RuleEdit(draft, _GROUP, QuotaRule, values_of(rule), is_new=True)


def own_variant(draft: RuleDraft, made: RuleDraft) -> QuotaVariant:
    """The variant of the rule that was added last to `made`: it takes the place of the others of its sort."""
    rule: QuotaRule = made.notice.quotas[-1]
    rules = in_force(draft.notice).quotas
    if isinstance(rule.limit, Obligation):
        kept = [
            one for one in rules if one.category != rule.category or not isinstance(one.limit, Obligation)
        ]
        return QuotaVariant(rule.label, (*kept, rule))
    if rule.unit_kinds or rule.soft:
        kept = [one for one in rules if one.category != rule.category or isinstance(one.limit, Obligation)]
        return QuotaVariant(rule.label, (*kept, rule))
    return QuotaVariant(rule.label, with_limit(rules, rule.category, rule.label, rule.limit))


def adopted(draft: RuleDraft, variant: QuotaVariant) -> RuleDraft:
    """The draft with the quotas of a variant; those that a later notice took back stay on record."""
    gone = superseded(draft.notice)
    kept = tuple(rule for rule in draft.notice.quotas if rule.clause in gone)
    return replace(draft, notice=replace(draft.notice, quotas=(*variant.rules, *kept)))


def side_columns(trials: Sequence[Tried]) -> tuple[Column, ...]:
    """The columns of the variants side by side: what each unit may send in under each."""
    own = (
        Column("unit", "院级党组织", 22),
        Column("branches", "党支部", 8, Align.RIGHT),
        Column("applied", "已报", 7, Align.RIGHT),
    )
    return (
        *own,
        *(
            Column(f"v{one.number}", _broken(one.name), _wide(one.name), Align.RIGHT, text=_number)
            for one in trials
        ),
    )


def side_rows(trials: Sequence[Tried]) -> tuple[SimpleNamespace, ...]:
    """A row for each unit, as `side_columns` shows it."""
    return tuple(
        SimpleNamespace(
            id=rows[0].id,
            unit=rows[0].unit,
            branches=rows[0].branches,
            applied=rows[0].applied,
            **{f"v{one.number}": row.allowed for one, row in zip(trials, rows, strict=True)},
        )
        for rows in zip(*(one.rows for one in trials), strict=True)
    )


def export_trial(path: Path, draft: RuleDraft, category: str, trials: Sequence[Tried], chosen: int) -> int:
    """Write the comparison, the variants side by side and the units under the chosen one; returns the units.

    Raises:
        UserError: the file cannot be written.
    """
    name = draft.notice.category(category).short_name
    title = f"{draft.saved.round_name}　{name}名额测算"
    picked = trials[chosen]
    sheets = (
        Sheet("方案对比", _TOTAL_COLUMNS, [_total_row(one) for one in trials], banner=(title,)),
        Sheet("各单位并排", _typed(side_columns(trials)), side_rows(trials), banner=(title,)),
        Sheet(
            "所选方案",
            _typed(TRIAL_COLUMNS),
            picked.rows,
            banner=(title, f"{picked.name}：{picked.says}"),
            totals=frozenset({"branches", "members", "allowed", "obliged", "applied", "over", "short"}),
        ),
    )
    write_workbook(path, sheets)
    return len(picked.rows)


_TOTAL_COLUMNS = (
    Column("name", "方案", 26),
    Column("target", "目标数", 10, Align.RIGHT),
    Column("allowed", "可报合计", 10, Align.RIGHT),
    Column("obliged", "应报合计", 10, Align.RIGHT),
    Column("applied", "已报", 8, Align.RIGHT),
    Column("over", "超出单位", 10, Align.RIGHT),
    Column("short", "还差单位", 10, Align.RIGHT),
    Column("impossible", "无法完成单位", 14, Align.RIGHT),
    Column("says", "规则", 60),
)


def _total_row(one: Tried) -> SimpleNamespace:
    return SimpleNamespace(
        name=one.name,
        target=one.total.target,
        allowed="不限" if one.total.unlimited else one.total.allowed,
        obliged=one.total.obliged,
        applied=one.total.applied,
        over=one.over,
        short=one.short,
        impossible=one.impossible,
        says=one.says,
    )


def _typed(columns: Sequence[Column]) -> tuple[Column, ...]:
    """For Excel: numbers stay numbers, every column is shown, heads stand on one line."""
    kept = {"kind", "fit"}
    return tuple(
        replace(
            column,
            hidden=False,
            label=column.label.replace("\n", "，"),
            text=column.text if column.key in kept else None,
        )
        for column in columns
    )


def _broken(name: str) -> str:
    """A name over several lines, so that many stand side by side."""
    return name.replace("，", "\n")


def _wide(name: str) -> int:
    """Half-width characters of the longest line of a name."""
    lines = _broken(name).split("\n")
    return max(sum(1 + (not letter.isascii()) for letter in line) for line in lines)


def _tried(
    notice: Notice, found: Registry, category: str, own: QuotaTable, table: QuotaTable, number: int
) -> Tried:
    rows = tuple(_row(found, case, category, own, table) for case in found.cases)
    rules = [rule for rule in table.variant.rules if rule.category == category]
    fits = [row.fit for row in rows]
    return Tried(
        number,
        table.variant.name,
        "".join(told(notice, rule) for rule in rules) or "没有名额限制。",
        table.total(category),
        fits.count(Fit.OVER),
        fits.count(Fit.SHORT),
        fits.count(Fit.IMPOSSIBLE),
        rows,
    )


def _row(found: Registry, case: UnitCase, category: str, own: QuotaTable, table: QuotaTable) -> TrialRow:
    line = _line(table, case.id, category)
    return TrialRow(
        case.id,
        found.names[case.id],
        case.facts.kind,
        case.facts.branches,
        case.facts.members,
        line.applied,
        _line(own, case.id, category).allowed,
        line.allowed,
        line.obliged,
        line.over,
        line.short,
        line.fit,
        "；".join(filter(None, [line.explanation, f"免报：{line.exempt}" if line.exempt else ""])),
    )


def _line(table: QuotaTable, unit_id: str, category: str) -> QuotaLine:
    return next(line for line in table.lines[unit_id] if line.category == category)
