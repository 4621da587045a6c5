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
from dualcreate_desktop.rules.projects import yuan
from dualcreate_desktop.rules.record_writing import dump_record
from dualcreate_desktop.rules.sentences import sentence


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
class Sentence:
    """One rule in plain words, and the clause that asks for it."""

    text: str
    clause: str


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
    rules: tuple[tuple[str, tuple[Sentence, ...]], ...]
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
        tuple((heading, lines) for heading, lines in _rules(notice) if lines),
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


def _rules(notice: Notice) -> Iterator[tuple[str, tuple[Sentence, ...]]]:
    for category in notice.categories:
        conditions = (
            Sentence(f"{item.label}：{sentence(item)}", item.clause)
            for item in notice.conditions_of(category.key)
        )
        yield f"{category.short_name}的条件", tuple(conditions)
    yield "名额", tuple(Sentence(text, clause) for text, clause in _quotas(notice))
    yield "材料", tuple(Sentence(text, clause) for text, clause in _materials(notice))
    yield "评审和公示", tuple(Sentence(text, clause) for text, clause in _review(notice))
    yield "建设和经费", tuple(Sentence(text, clause) for text, clause in _building(notice))


def _quotas(notice: Notice) -> Iterator[tuple[str, str]]:
    for rule in notice.quotas:
        soft = "（原则上；超出时提醒，不禁止）" if rule.soft else ""
        yield f"{notice.category(rule.category).short_name}：{rule.label}{soft}。", rule.clause


def _materials(notice: Notice) -> Iterator[tuple[str, str]]:
    for item in notice.materials:
        signs = [word for word, wanted in (("盖章", item.stamp), ("签字", item.signature)) if wanted]
        paper = f"纸质一式 {item.copies} 份" if item.copies else "不要纸质"
        parts = [paper, *(["电子版"] if item.electronic else []), *signs]
        yield f"{item.owner.label}交“{item.name}”：{'、'.join(parts)}。", item.clause


def _review(notice: Notice) -> Iterator[tuple[str, str]]:
    rubric, notice_rule = notice.rubric, notice.public_notice
    points = "、".join(f"{item.name} {item.maximum:f} 分" for item in rubric.criteria)
    dropped = f"有效评委满 {rubric.drop_from} 人时去掉最高分和最低分；" if rubric.drop_from else ""
    yield f"评分：{points}；{dropped}总分保留 {rubric.decimals} 位小数。", rubric.clause
    if rubric.reserve_percent:
        yield f"备选名单为目标数的 {rubric.reserve_percent}%，不足一个的按一个。", rubric.clause
    first = "发布当日计入" if notice_rule.issue_day_counts else "发布当日不计"
    yield f"公示 {notice_rule.workdays} 个工作日，{first}。", notice_rule.clause
    yield (
        f"评定程序：{' → '.join(item.name for item in notice.decision_steps)}。",
        notice.decision_steps[0].clause,
    )


def _building(notice: Notice) -> Iterator[tuple[str, str]]:
    yield f"建设周期 {notice.cycle_months} 个月。", notice.cycle_clause
    for fund in notice.funding:
        parts = "，".join(f"{part.name} {yuan(part.fen)}" for part in fund.instalments)
        yield f"{notice.category(fund.category).short_name}每项 {yuan(fund.fen)}：{parts}。", fund.clause
    for item in notice.evaluations:
        grades = "；".join(f"{grade.name}，{grade.consequence}" for grade in item.grades)
        yield f"{item.name}：{grades}。", item.clause
    for minimum in notice.outcome_minimums:
        yield f"成果至少有 {minimum.count} {minimum.measure}{minimum.name}。", minimum.clause
    for training in notice.trainings:
        places = f"，每年 {training.places} 个名额" if training.places else ""
        yield f"{training.name}{places}。", training.clause
