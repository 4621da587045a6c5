"""Each part of a round's rules in plain Chinese, made from its data; what a condition asks is told by `sentences`.

One wording for whoever shows a rule: the editor beside the clause, the draft of a new round, `notice show`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import singledispatch

from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.notice_parts import (
    AppraisalTask,
    BasisDocument,
    Category,
    Contact,
    DecisionStep,
    Department,
    Evaluation,
    Funding,
    GuideList,
    Instalment,
    Material,
    Move,
    OutcomeKind,
    OutcomeMinimum,
    PublicNoticeRule,
    Report,
    Rubric,
    Slip,
    Stage,
    Supplement,
    Training,
)
from dualcreate_desktop.rules.projects import yuan
from dualcreate_desktop.rules.quota_rules import (
    FixedByKind,
    MemberCap,
    Obligation,
    QuotaLimit,
    QuotaRule,
    Ratio,
    StepTable,
)
from dualcreate_desktop.rules.requirements import Condition
from dualcreate_desktop.rules.scales import Scale
from dualcreate_desktop.rules.sentences import sentence
from dualcreate_desktop.rules.terms import APPRAISALS, UNIT_KINDS, kinds_named


@singledispatch
def part_sentence(part: object, _notice: Notice) -> str:
    """What one part of a round's rules says, with its full stop.

    Args:
        _notice: gives the names of what the part refers to.

    Raises:
        TypeError: it is no part of a notice.
        KeyError: it refers to what the notice has not.
    """
    raise TypeError(f"not a part of a notice: {part!r}")


@part_sentence.register
def _(condition: Condition, notice: Notice) -> str:
    return f"{condition.label}：{sentence(condition, notice)}"


@part_sentence.register
def _(category: Category, notice: Notice) -> str:
    whom = kinds_named(category.kinds) if category.kinds else category.applicant.label
    materials = "、".join(_quoted(notice.material(key).name) for key in category.materials)
    return (
        f"{whom}申报{_quoted(category.name)}，目标 {category.target} 个，每项交{materials}；"
        f"入选后称{_quoted(category.status)}，验收后称{_quoted(category.title)}。"
    )


@part_sentence.register
def _(stage: Stage, _notice: Notice) -> str:
    opens = f"{_day(stage.opens)}开始，" if stage.opens else ""
    clock = "" if stage.clock_stated else "（钟点由办公室定）"
    return f"{stage.name}：{opens}{_moment(stage.deadline)} 截止{clock}。"


@part_sentence.register
def _(material: Material, notice: Notice) -> str:
    signs = [word for word, wanted in (("盖章", material.stamp), ("签字", material.signature)) if wanted]
    paper = f"纸质一式 {material.copies} 份" if material.copies else "不要纸质"
    parts = [paper, *(["电子版"] if material.electronic else []), *signs]
    annex = f"（{material.annex}）" if material.annex else ""
    stage = notice.stage(material.stage)
    return f"{material.owner.label}交{_quoted(material.name)}{annex}：{'、'.join(parts)}，{_moment(stage.deadline)} 前送达。"


@part_sentence.register
def _(task: AppraisalTask, notice: Notice) -> str:
    kinds = "、".join(APPRAISALS.get(kind, kind) for kind in task.appraisals)
    focus = f"，重点看{'、'.join(task.focus)}" if task.focus else ""
    earlier = f"；同时考核以往的{'、'.join(task.earlier_models)}" if task.earlier_models else ""
    material = notice.material(task.material).name
    return f"{task.name}：{task.year} 年度{kinds}{focus}{earlier}；结果填入{_quoted(material)}。"


@part_sentence.register
def _(rule: QuotaRule, notice: Notice) -> str:
    whom = f"{_units(rule.unit_kinds)}的" if rule.unit_kinds else ""
    soft = "（原则上；超出时提醒，不禁止）" if rule.soft else ""
    return f"{whom}{notice.category(rule.category).short_name}：{limit_phrase(rule.limit)}{soft}。"


@singledispatch
def limit_phrase(limit: QuotaLimit) -> str:
    """A limit or a duty without its full stop; TypeError for what is neither."""
    raise TypeError(f"not a limit: {limit!r}")


@limit_phrase.register
def _(limit: Ratio) -> str:
    share = f"{limit.numerator}%" if limit.denominator == 100 else f"{limit.numerator}/{limit.denominator}"
    least = "，不足 1 个的按 1 个" if limit.at_least_one else ""
    return f"不超过本单位党支部总数的 {share}，{limit.rounding.label}{least}"


@limit_phrase.register
def _(limit: StepTable) -> str:
    steps = sorted(limit.steps, key=lambda step: step.more_than)
    return "，".join(
        f"{f'党支部超过 {step.more_than} 个' if step.more_than else '有党支部'}的最多 {step.allowed} 个"
        for step in steps
    )


@limit_phrase.register
def _(limit: FixedByKind) -> str:
    told = [f"{UNIT_KINDS.get(kind, kind)}最多 {number} 个" for kind, number in limit.allowed.items()]
    if limit.otherwise is not None:
        told.append(f"{'其余' if told else '每个单位'}最多 {limit.otherwise} 个")
    return "，".join(told) or "没有名额限制"


@limit_phrase.register
def _(limit: MemberCap) -> str:
    return f"每 {limit.members_per_place} 名党员 1 个，{limit.rounding.label}"


@limit_phrase.register
def _(limit: Obligation) -> str:
    exempt = "；".join(f"{_units((item.unit_kind,))}除外：{item.reason}" for item in limit.exempt)
    return f"每个单位至少申报 {limit.count} 个" + (f"（{exempt}）" if exempt else "")


@part_sentence.register
def _(rubric: Rubric, _notice: Notice) -> str:
    points = "、".join(
        f"{item.name} {item.maximum:f} 分" + (f"（权重 {item.weight:f}）" if item.weight != 1 else "")
        for item in rubric.criteria
    )
    dropped = f"有效评委满 {rubric.drop_from} 人时去掉最高分和最低分；" if rubric.drop_from else ""
    reserve = (
        f"；备选名单为目标数的 {rubric.reserve_percent}%，不足一个的按一个" if rubric.reserve_percent else ""
    )
    return f"评分：{points}；{dropped}总分保留 {rubric.decimals} 位小数{reserve}。"


@part_sentence.register
def _(rule: PublicNoticeRule, _notice: Notice) -> str:
    first = "发布当日计入" if rule.issue_day_counts else "发布当日不计"
    return f"公示 {rule.workdays} 个工作日，{first}。"


@part_sentence.register
def _(step: DecisionStep, notice: Notice) -> str:
    steps = notice.decision_steps
    place = f"第 {steps.index(step) + 1} 步" if step in steps else ""
    return f"评定程序{place}：{step.name}。"


@part_sentence.register
def _(report: Report, notice: Notice) -> str:
    judged = notice.evaluation(report.evaluation).name
    return f"每个建设项目 {_moment(report.deadline)} 前交{_quoted(report.name)}，作为{judged}的依据。"


@part_sentence.register
def _(evaluation: Evaluation, _notice: Notice) -> str:
    grades = "；".join(
        f"{grade.name}（{'算' if grade.passes else '不算'}通过，转入“{grade.leads_to.label}”）：{grade.consequence}"
        for grade in evaluation.grades
    )
    published = f"，{_day(evaluation.published)}前公布结果" if evaluation.published else ""
    return f"{evaluation.name}：{_day(evaluation.deadline)}前评定{published}。{grades}。"


@part_sentence.register
def _(funding: Funding, notice: Notice) -> str:
    parts = "；".join(_instalment(part, notice) for part in funding.instalments)
    return f"{notice.category(funding.category).short_name}每项 {yuan(funding.fen)}：{parts}。"


@part_sentence.register
def _(instalment: Instalment, notice: Notice) -> str:
    return f"{_instalment(instalment, notice)}。"


def _instalment(part: Instalment, notice: Notice) -> str:
    after = f"，{notice.evaluation(part.after).name}通过后" if part.after else ""
    return f"{part.name} {yuan(part.fen)}{after}，{_day(part.due)}前拨付"


@part_sentence.register
def _(kind: OutcomeKind, _notice: Notice) -> str:
    return f"成果形式：{kind.name}。"


@part_sentence.register
def _(minimum: OutcomeMinimum, notice: Notice) -> str:
    judged = notice.evaluation(minimum.evaluation).name
    return f"{judged}时每个建设项目至少有 {minimum.count} {minimum.measure}{minimum.name}。"


@part_sentence.register
def _(training: Training, _notice: Notice) -> str:
    years = "、".join(str(year) for year in training.years)
    places = f"每年 {training.places} 个名额" if training.places else "名额不限"
    forms = f"；形式：{'、'.join(training.forms)}" if training.forms else ""
    priority = f"；{training.priority}" if training.priority else ""
    return f"{training.name}：{years} 年，{places}{priority}{forms}。"


@part_sentence.register
def _(contact: Contact, _notice: Notice) -> str:
    known = (
        ("联系人", contact.person),
        ("电话", contact.phone),
        ("地址", contact.place),
        ("邮箱", contact.email),
    )
    told = "，".join(f"{label} {value}" for label, value in known if value)
    return f"{contact.name}：{told or '联系方式待填写'}。"


@part_sentence.register
def _(department: Department, _notice: Notice) -> str:
    return f"部门联审：征求{department.name}的意见（{department.asks}）。"


@part_sentence.register
def _(guide: GuideList, notice: Notice) -> str:
    items = "；".join(item.text for item in guide.items)
    note = guide.source_note.removesuffix("待核对").rstrip("，")
    source = f"（待核对：{note}）" if note else ""
    every = "；各单位按全部党支部汇总，没有申报的也计入" if guide.every_branch else ""
    return f"{notice.category(guide.category).short_name}对照{_quoted(guide.name)}逐项回答：{items}{source}{every}。"


@part_sentence.register
def _(document: BasisDocument, _notice: Notice) -> str:
    return f"依据《{document.title}》{f'（{document.doc_number}）' if document.doc_number else ''}。"


@part_sentence.register
def _(supplement: Supplement, _notice: Notice) -> str:
    number = f"（{supplement.doc_number}）" if supplement.doc_number else ""
    issued = f"，{_day(supplement.issued)}印发" if supplement.issued else ""
    gone = f"；取代{'、'.join(supplement.supersedes)}" if supplement.supersedes else ""
    return f"{supplement.kind.label}《{supplement.title}》{number}{issued}{gone}。"


@part_sentence.register
def _(move: Move, notice: Notice) -> str:
    names = {item.key: item.name for item in getattr(notice, move.of)}
    opens = f"改为 {_day(move.opens)}开始，" if move.opens else ""
    return f"“{names[move.key]}”{opens}截止改为 {_moment(move.deadline)}。"


@part_sentence.register
def _(slip: Slip, _notice: Notice) -> str:
    return f"通知写作“{slip.found}”，应为“{slip.meant}”。"


@part_sentence.register
def _(scale: Scale, _notice: Notice) -> str:
    return f"{scale.year} 年度{APPRAISALS.get(scale.kind, scale.kind)}的等次：{'；'.join(_scale(scale)) or '不设分数'}。"


def _scale(scale: Scale) -> Iterator[str]:
    if scale.maximum is not None:
        yield f"满分 {scale.maximum:f}"
    for band in scale.bands:
        yield f"得分率 {band.at_least:f}% 以上为“{band.grade}”"
    for share in scale.shares:
        yield f"“{share.grade}”不超过 {share.percent:f}%"


def _quoted(name: str) -> str:
    """A name in quotation marks; those inside it become single ones."""
    return f"“{name.replace('“', '‘').replace('”', '’')}”"


def _units(kinds: Iterable[str]) -> str:
    return "、".join(UNIT_KINDS.get(kind, kind) for kind in kinds)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _moment(moment: datetime) -> str:
    return f"{_day(moment)} {moment:%H:%M}"
