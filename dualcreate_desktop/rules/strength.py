"""Requirements on what a unit or branch has: staff, a leading secretary, new members, topics, tasks met.

Nothing on record is 待核实: these figures come in late and not from everybody.
"""

from __future__ import annotations

from collections.abc import Sequence

from db.vocabulary import GuideOccasion, Verdict
from dualcreate_desktop.rules.facts import Facts, GrowthFact, GuideFact, StaffingFact, TopicFact
from dualcreate_desktop.rules.notice import Reference
from dualcreate_desktop.rules.requirements import DoubleLeader, Guide, MemberGrowth, Staffing, Topics
from dualcreate_desktop.rules.terms import GROWTH, LEVELS, STAFF, TOPICS, at_or_above
from dualcreate_desktop.rules.verdicts import Evidence, Judged, Window, all_of, linked, settle, window


def judge_staffing(requirement: Staffing, facts: Facts, reference: Reference) -> Judged:
    """Of each role, the newest year on record up to the round's."""
    latest = [_newest(role, facts.staffing, reference.deadline.year) for role in requirement.roles]
    told = tuple(
        _staffed(role, item) if item else f"{STAFF.get(role, role)}应配、实配未登记"
        for role, item in zip(requirement.roles, latest, strict=True)
    )
    links = linked(Evidence(_staffed(item.role, item), item.TABLE, item.source) for item in latest if item)
    return Judged(all_of(map(_staffing, latest)), told, links)


def _newest(role: str, found: Sequence[StaffingFact], last: int) -> StaffingFact | None:
    known = [item for item in found if item.role == role and item.year <= last]
    return max(known, key=lambda item: (item.year, item.source), default=None)


def _staffing(item: StaffingFact | None) -> Verdict:
    if item is None or item.required is None or item.actual is None:
        return Verdict.UNVERIFIED
    return Verdict.PASS if item.actual >= item.required else Verdict.FAIL


def _staffed(role: str, item: StaffingFact) -> str:
    required = "未登记" if item.required is None else str(item.required)
    actual = "未登记" if item.actual is None else str(item.actual)
    return f"{item.year} {STAFF.get(role, role)}应配 {required}，实配 {actual}"


def judge_double_leader(requirement: DoubleLeader, facts: Facts, reference: Reference) -> Judged:
    """Whether the present secretary is a 双带头人."""
    name = f"书记{facts.secretary}" if facts.secretary else "书记"
    if facts.double_leader is None:
        return Judged(Verdict.UNVERIFIED, (f"{name}是否“双带头人”未登记",))
    told = f"{name}{'是' if facts.double_leader else '不是'}“双带头人”"
    return Judged(Verdict.PASS if facts.double_leader else Verdict.FAIL, (told,))


def judge_growth(requirement: MemberGrowth, facts: Facts, reference: Reference) -> Judged:
    """Enough new members of every measure; a year without a figure may hold any number."""
    last = reference.last_appraisal_year
    years = range(last - requirement.period_years + 1, last + 1)
    parts = [_growth(requirement, measure, facts, years) for measure in requirement.measures]
    return Judged(
        all_of(part.verdict for part in parts),
        tuple(text for part in parts for text in part.evidence),
        linked(link for part in parts for link in part.links),
    )


def _growth(requirement: MemberGrowth, measure: str, facts: Facts, years: range) -> Judged:
    name = GROWTH.get(measure, measure)
    known = sorted(
        (item for item in facts.growth if item.measure == measure and item.year in years),
        key=lambda item: (item.year, item.source),
    )
    total = sum(item.number for item in known)
    complete = {item.year for item in known} == set(years)
    verdict = settle(sure=total >= requirement.count, possible=total >= requirement.count or not complete)
    figures = "，".join(f"{item.year} 年 {item.number} 人" for item in known) or "未登记"
    told = f"{name}发展党员：{figures}；须 {requirement.count} 人，已有 {total} 人"
    return Judged(verdict, (told,), linked(_figure(name, item) for item in known))


def _figure(name: str, item: GrowthFact) -> Evidence:
    return Evidence(f"{item.year} 年{name}发展党员 {item.number} 人", item.TABLE, item.source)


def judge_topics(requirement: Topics, facts: Facts, reference: Reference) -> Judged:
    """Enough topics that ran at some time in the last years; nothing on record at all is 待核实."""
    span = window(requirement.period_years, requirement.counted, reference)
    possible = [item for item in facts.topics if _may_count(requirement, item, span)]
    possible.sort(key=lambda item: (str(item.started or ""), item.title, item.source))
    sure = [item for item in possible if _surely_ran(item, span)]
    verdict = settle(
        sure=len(sure) >= requirement.count,
        possible=len(possible) >= requirement.count or not facts.topics,
    )
    told = tuple(_topic(item, doubtful=item not in sure) for item in possible)
    links = linked(Evidence(_topic(item, doubtful=False), item.TABLE, item.source) for item in possible)
    none = f"{span} 没有登记{LEVELS[requirement.level]}以上的课题或项目"
    return Judged(verdict, told or (none,), links)


def _may_count(requirement: Topics, topic: TopicFact, span: Window) -> bool:
    wanted = not requirement.kinds or topic.kind in requirement.kinds
    begun = topic.started is None or topic.started.earliest <= span.last
    over = topic.ended is not None and topic.ended.latest < span.first
    return wanted and begun and not over and at_or_above(topic.level, requirement.level)


def _surely_ran(topic: TopicFact, span: Window) -> bool:
    """It began in the span, or ended in it, or began before and is known to have ended after."""
    began, ended = topic.started, topic.ended
    if began is not None and span.holds(began):
        return True
    if ended is None or ended.earliest < span.first:
        return False
    return span.holds(ended) or (began is not None and began.latest <= span.last)


def _topic(topic: TopicFact, *, doubtful: bool) -> str:
    when = f"{topic.started.year if topic.started else '时间未登记'}"
    details = [
        TOPICS.get(topic.kind, topic.kind),
        LEVELS.get(topic.level, topic.level),
        topic.leader,
        topic.number,
    ]
    doubt = "：起止时间待核实" if doubtful else ""
    return f"{when} {topic.title}（{'，'.join(filter(None, details))}）{doubt}"


def judge_guide(requirement: Guide, facts: Facts, reference: Reference) -> Judged:
    """Each item answered as met at application; one that is not met is 不通过, one unanswered 待核实."""
    items = reference.guides.get(requirement.guide, {})
    answers = {
        item.item: item
        for item in sorted(facts.guide, key=lambda item: item.source)
        if item.guide == requirement.guide and item.occasion is GuideOccasion.APPLICATION
    }
    told = [(answers.get(key), _guide_item(text, answers.get(key))) for key, text in items.items()]
    links = linked(Evidence(text, item.TABLE, item.source) for item, text in told if item)
    verdicts = [_answered(item) for item, _ in told] or [Verdict.UNVERIFIED]
    evidence = tuple(text for _, text in told) or ("任务指南没有列出条目，须具名确认",)
    return Judged(all_of(verdicts), evidence, links)


def _answered(answer: GuideFact | None) -> Verdict:
    if answer is None or answer.met is None:
        return Verdict.UNVERIFIED
    return Verdict.PASS if answer.met else Verdict.FAIL


def _guide_item(text: str, answer: GuideFact | None) -> str:
    if answer is None or answer.met is None:
        return f"{text}：未答"
    said = f"，{answer.text}" if answer.text else ""
    return f"{text}：{'达到' if answer.met else '未达到'}{said}"
