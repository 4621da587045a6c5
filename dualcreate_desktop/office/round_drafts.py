"""A round before it is opened: a shipped notice, last year's round or a file, with its dates and numbers to be set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from db.vocabulary import Labelled
from dualcreate_desktop.fields import Field, FieldType
from dualcreate_desktop.office import round_files, rounds
from dualcreate_desktop.office.quota_trials import trial_draft
from dualcreate_desktop.office.records import Value
from dualcreate_desktop.office.rounds import presets
from dualcreate_desktop.office.rule_editing import RuleDraft
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.notice_loading import load_notice
from dualcreate_desktop.rules.notice_sentences import RuleSentence, told_notice
from dualcreate_desktop.rules.quota_rules import QuotaRule
from dualcreate_desktop.rules.record_writing import dump_record
from dualcreate_desktop.rules.yearly import a_year_later


class Part(Labelled):
    """What a group of settings or sentences is about."""

    TARGETS = "targets", "类别和目标数"
    DATES = "dates", "时间"
    LATER = "later", "建设和验收"


@dataclass(frozen=True, slots=True)
class Setting:
    """One number or day of a round that the office may change before it opens it; emptied, it stays as it was."""

    part: Part
    field: Field
    value: Value


@dataclass(frozen=True, slots=True)
class Draft:
    """Rules as the office reads them before it opens a round with them.

    Args:
        origin: where they come from: the title of a notice, the round that is copied, the name of a file.
        toml: the rules as they stand there.
        settings: what may be changed, in the order of the form.
        rules: heading → its rules in plain words.
        assumptions: what the notice leaves open, and how it was taken.
        slips: slips of the pen in the notice.
    """

    key: str
    origin: str
    toml: str
    name: str
    settings: tuple[Setting, ...]
    rules: tuple[tuple[str, tuple[RuleSentence, ...]], ...]
    assumptions: tuple[str, ...]
    slips: tuple[str, ...]


@cache
def drafts() -> tuple[Draft, ...]:
    """A draft of each shipped notice, the newest first; worked out once, since reading the notices can be felt."""
    shipped = ((load_notice(preset.toml, preset.key), preset.toml) for preset in presets())
    return tuple(_draft(notice, f"{notice.batch}　{notice.title}", toml) for notice, toml in shipped)


def copies(office: Office) -> tuple[Draft, ...]:
    """A draft of each round that there is, a year later."""
    return tuple(_copy(office, row.id) for row in rounds.rounds(office))


def from_file(path: Path) -> Draft:
    """A draft of the rules of a file.

    Raises:
        FileRefused: it cannot be read.
        UserError: it has mistakes; names them.
    """
    toml = round_files.read(path)
    return _draft(load_notice(toml, path.name), f"规则文件　{path.name}", toml)


def toml_of(draft: Draft, values: Mapping[str, Value]) -> str:
    """The rules of a draft with the values that the office gave its settings; its own text when none differs."""
    notice = load_notice(draft.toml, draft.key)
    changed = _with(notice, {name: value for name, value in values.items() if value is not None})
    return draft.toml if changed == notice else dump_record(changed)


def rules_of(draft: Draft, values: Mapping[str, Value]) -> RuleDraft:
    """The rules of a draft with those values, for 名额测算."""
    name = str(values.get("name") or draft.name)
    return trial_draft(load_notice(toml_of(draft, values), draft.key), name)


def with_quotas(draft: Draft, quotas: tuple[QuotaRule, ...]) -> Draft:
    """The draft with other quotas."""
    notice = replace(load_notice(draft.toml, draft.key), quotas=quotas)
    return replace(draft, toml=dump_record(notice), rules=told_notice(notice))


def _copy(office: Office, round_id: str) -> Draft:
    current = rounds.rules_of(office, round_id)
    notice = a_year_later(current.notice)
    return _draft(notice, f"照搬“{current.round_name}”，日期顺延一年", dump_record(notice))


def _draft(notice: Notice, origin: str, toml: str) -> Draft:
    return Draft(
        notice.key,
        origin,
        toml,
        f"{notice.batch}党建“双创”（{notice.deadline.year}）",
        tuple(_settings(notice)),
        told_notice(notice),
        notice.assumptions,
        tuple(f"{slip.clause}：“{slip.found}”应为“{slip.meant}”" for slip in notice.slips),
    )


def _settings(notice: Notice) -> Iterator[Setting]:
    for category in notice.categories:
        label = f"{category.short_name}（{category.clause}）"
        yield Setting(Part.TARGETS, _number(f"target.{category.key}", label), category.target)
    year = _number("last_appraisal_year", "考核年度算到")
    yield Setting(Part.TARGETS, replace(year, minimum=2000, maximum=2100), notice.last_appraisal_year)
    for stage in notice.stages:
        yield Setting(
            Part.DATES, _moment(f"stage.{stage.key}", f"{stage.name}截止", stage.clause), stage.deadline
        )
    yield Setting(Part.DATES, _day("cycle_starts", "建设周期开始", notice.cycle_clause), notice.cycle_starts)
    for report in notice.reports:
        yield Setting(
            Part.LATER, _moment(f"report.{report.key}", report.name, report.clause), report.deadline
        )
    for item in notice.evaluations:
        yield Setting(Part.LATER, _day(f"evaluation.{item.key}", item.name, item.clause), item.deadline)
    for fund in notice.funding:
        name = notice.category(fund.category).short_name
        for part in fund.instalments:
            label = f"{name}·{part.name}"
            yield Setting(Part.LATER, _day(f"instalment.{part.key}", label, part.clause), part.due)


def _number(key: str, label: str) -> Field:
    return Field(key, label, FieldType.INTEGER, minimum=1, maximum=9_999)


def _day(key: str, label: str, clause: str) -> Field:
    return Field(key, f"{label}（{clause}）", FieldType.DATE, hint="如 2024-03-15")


def _moment(key: str, label: str, clause: str) -> Field:
    return Field(key, f"{label}（{clause}）", FieldType.DATETIME, hint="如 2024-03-15 17:00")


def _with(notice: Notice, values: Mapping[str, Value]) -> Notice:
    """The notice with other targets and days."""

    def moved(items: tuple[Any, ...], kind: str, attribute: str) -> tuple[Any, ...]:
        return tuple(
            replace(item, **{attribute: values.get(f"{kind}.{item.key}", getattr(item, attribute))})
            for item in items
        )

    top: dict[str, Any] = {
        name: values[name] for name in ("cycle_starts", "last_appraisal_year") if name in values
    }
    return replace(
        notice,
        categories=moved(notice.categories, "target", "target"),
        stages=moved(notice.stages, "stage", "deadline"),
        reports=moved(notice.reports, "report", "deadline"),
        evaluations=moved(notice.evaluations, "evaluation", "deadline"),
        funding=tuple(
            replace(fund, instalments=moved(fund.instalments, "instalment", "due")) for fund in notice.funding
        ),
        **top,
    )
