"""A round before it is opened: a preset with its dates and numbers as the office changes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from db.vocabulary import Labelled
from dualcreate_desktop.fields import Field, FieldType
from dualcreate_desktop.office.records import Value
from dualcreate_desktop.office.rounds import presets
from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.notice_loading import load_notice
from dualcreate_desktop.rules.notice_sentences import RuleSentence, told_notice
from dualcreate_desktop.rules.record_writing import dump_record


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
    """A preset as the office reads it before it opens a round with it.

    Args:
        settings: what may be changed, in the order of the form.
        rules: heading → its rules in plain words.
        assumptions: what the notice leaves open, and how it was taken.
        slips: slips of the pen in the notice.
    """

    key: str
    batch: str
    title: str
    name: str
    settings: tuple[Setting, ...]
    rules: tuple[tuple[str, tuple[RuleSentence, ...]], ...]
    assumptions: tuple[str, ...]
    slips: tuple[str, ...]


def drafts() -> tuple[Draft, ...]:
    """A draft of each shipped notice, the newest first."""
    return tuple(_draft(load_notice(preset.toml, preset.key)) for preset in presets())


def toml_of(key: str, values: Mapping[str, Value]) -> str:
    """The rules of a preset with the values that the office gave its settings; the shipped text when none differs.

    Raises:
        KeyError: there is no preset of that key.
    """
    toml = {preset.key: preset.toml for preset in presets()}[key]
    notice = load_notice(toml, key)
    changed = _with(notice, {name: value for name, value in values.items() if value is not None})
    return toml if changed == notice else dump_record(changed)


def _draft(notice: Notice) -> Draft:
    return Draft(
        notice.key,
        notice.batch,
        notice.title,
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
