"""The life of an application and of a project: one table that gives buttons, refusals and the manual's page.

What must hold before a step is named here and found out by `office`, which passes what is met to :func:`require`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from db.errors import NotAllowed
from db.vocabulary import ApplicationState, Labelled, ProjectState

State = ApplicationState | ProjectState


class Subject(Labelled):
    """What goes through the steps."""

    APPLICATION = "application", "申报"
    PROJECT = "project", "建设项目"


class Verb(Labelled):
    """What somebody does to it; the label is the button's."""

    SUBMIT = "submit", "报送"
    RETURN = "return", "退回补正"
    PASS = "pass", "审查通过"
    REJECT = "reject", "审查不通过"
    REOPEN = "reopen", "重新审查"
    PROPOSE = "propose", "列为拟入选"
    RESERVE = "reserve", "列为备选"
    DECLINE = "decline", "列为未入选"
    RECONSIDER = "reconsider", "撤回评定"
    SELECT = "select", "确定入选"
    WITHDRAW = "withdraw", "撤回申报"
    RESTORE = "restore", "恢复申报"
    CONTINUE = "continue", "评估合格"
    RECTIFY = "rectify", "限期整改"
    RECTIFIED = "rectified", "整改合格"
    SUSPEND = "suspend", "暂停支持"
    RESUME = "resume", "恢复支持"
    CLOSE = "close", "予以结项"
    FAIL = "fail", "评定不达标"


class Need(Labelled):
    """What must hold before a step."""

    MATERIALS = "materials", "申报材料已按份数收齐"
    IN_TIME = "in_time", "在截止时间前送达，或逾期收下已写明理由"
    REASON = "reason", "写明理由"
    NO_OPEN_FINDING = "no_open_finding", "审查意见没有待核实"
    ALL_PASSED = "all_passed", "审查结论为通过"
    FAILED = "failed", "审查结论为不通过"
    SCORES = "scores", "评分齐全"
    DECISION = "decision", "会议决定已登记"
    NOTICE_OVER = "notice_over", "公示期已满"
    NO_OPEN_OBJECTION = "no_open_objection", "异议均已办结"
    REPORT = "report", "报告已收到"
    OUTCOMES = "outcomes", "成果达到底线"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the table: from a state by a verb to a state, when the needs are met."""

    subject: Subject
    state: State
    verb: Verb
    to: State
    needs: tuple[Need, ...] = ()

    @property
    def label(self) -> str:
        """What the button says."""
        return self.verb.label


_A, _P, _V, _N = ApplicationState, ProjectState, Verb, Need

_APPLICATION: tuple[tuple[ApplicationState, Verb, ApplicationState, tuple[Need, ...]], ...] = (
    (_A.DRAFT, _V.SUBMIT, _A.SUBMITTED, (_N.MATERIALS, _N.IN_TIME)),
    (_A.DRAFT, _V.WITHDRAW, _A.WITHDRAWN, ()),
    (_A.SUBMITTED, _V.PASS, _A.ELIGIBLE, (_N.NO_OPEN_FINDING, _N.ALL_PASSED)),
    (_A.SUBMITTED, _V.REJECT, _A.INELIGIBLE, (_N.FAILED, _N.REASON)),
    (_A.SUBMITTED, _V.RETURN, _A.RETURNED, (_N.REASON,)),
    (_A.SUBMITTED, _V.WITHDRAW, _A.WITHDRAWN, (_N.REASON,)),
    (_A.RETURNED, _V.SUBMIT, _A.SUBMITTED, (_N.MATERIALS, _N.IN_TIME)),
    (_A.RETURNED, _V.WITHDRAW, _A.WITHDRAWN, (_N.REASON,)),
    (_A.ELIGIBLE, _V.PROPOSE, _A.PROPOSED, (_N.SCORES, _N.DECISION)),
    (_A.ELIGIBLE, _V.RESERVE, _A.RESERVE, (_N.SCORES, _N.DECISION)),
    (_A.ELIGIBLE, _V.DECLINE, _A.NOT_SELECTED, (_N.DECISION,)),
    (_A.ELIGIBLE, _V.REOPEN, _A.SUBMITTED, (_N.REASON,)),
    (_A.ELIGIBLE, _V.WITHDRAW, _A.WITHDRAWN, (_N.REASON,)),
    (_A.INELIGIBLE, _V.REOPEN, _A.SUBMITTED, (_N.REASON,)),
    (_A.PROPOSED, _V.SELECT, _A.SELECTED, (_N.DECISION, _N.NOTICE_OVER, _N.NO_OPEN_OBJECTION)),
    (_A.PROPOSED, _V.DECLINE, _A.NOT_SELECTED, (_N.DECISION, _N.REASON)),
    (_A.PROPOSED, _V.RECONSIDER, _A.ELIGIBLE, (_N.REASON,)),
    (_A.PROPOSED, _V.WITHDRAW, _A.WITHDRAWN, (_N.REASON,)),
    (_A.RESERVE, _V.PROPOSE, _A.PROPOSED, (_N.DECISION,)),
    (_A.RESERVE, _V.DECLINE, _A.NOT_SELECTED, (_N.DECISION,)),
    (_A.RESERVE, _V.RECONSIDER, _A.ELIGIBLE, (_N.REASON,)),
    (_A.RESERVE, _V.WITHDRAW, _A.WITHDRAWN, (_N.REASON,)),
    (_A.NOT_SELECTED, _V.RECONSIDER, _A.ELIGIBLE, (_N.DECISION, _N.REASON)),
    (_A.WITHDRAWN, _V.RESTORE, _A.DRAFT, (_N.REASON,)),
)

_PROJECT: tuple[tuple[ProjectState, Verb, ProjectState, tuple[Need, ...]], ...] = (
    (_P.RUNNING, _V.CONTINUE, _P.RUNNING, (_N.REPORT,)),
    (_P.RUNNING, _V.RECTIFY, _P.RECTIFYING, (_N.REASON,)),
    (_P.RUNNING, _V.SUSPEND, _P.SUSPENDED, (_N.DECISION, _N.REASON)),
    (_P.RUNNING, _V.CLOSE, _P.CLOSED, (_N.REPORT, _N.OUTCOMES, _N.DECISION)),
    (_P.RUNNING, _V.FAIL, _P.FAILED, (_N.DECISION, _N.REASON)),
    (_P.RECTIFYING, _V.RECTIFIED, _P.RUNNING, (_N.REPORT,)),
    (_P.RECTIFYING, _V.SUSPEND, _P.SUSPENDED, (_N.DECISION, _N.REASON)),
    (_P.RECTIFYING, _V.CLOSE, _P.CLOSED, (_N.REPORT, _N.OUTCOMES, _N.DECISION)),
    (_P.RECTIFYING, _V.FAIL, _P.FAILED, (_N.DECISION, _N.REASON)),
    (_P.SUSPENDED, _V.RESUME, _P.RUNNING, (_N.DECISION, _N.REASON)),
    (_P.SUSPENDED, _V.FAIL, _P.FAILED, (_N.DECISION, _N.REASON)),
)

STEPS: tuple[Step, ...] = (
    *(Step(Subject.APPLICATION, *line) for line in _APPLICATION),
    *(Step(Subject.PROJECT, *line) for line in _PROJECT),
)
"""Every step there is. A selected application goes no further: it becomes a project."""


def allowed(state: State) -> tuple[Step, ...]:
    """The steps from a state, in the order of their buttons; an end state has none."""
    return tuple(step for step in STEPS if step.state is state)


def step(state: State, verb: Verb) -> Step:
    """The step from a state by a verb.

    Raises:
        NotAllowed: there is none; says what can be done instead.
    """
    for candidate in allowed(state):
        if candidate.verb is verb:
            return candidate
    choices = "、".join(f"“{candidate.label}”" for candidate in allowed(state))
    raise NotAllowed(
        f"“{state.label}”状态下不能“{verb.label}”",
        todo=f"现在可以{choices}" if choices else "这是最终状态，不能再变动",
    )


def require(taken: Step, met: Collection[Need]) -> None:
    """Refuse a step whose needs are not all met.

    Raises:
        NotAllowed: names the needs that are wanting.
    """
    wanting = [need.label for need in taken.needs if need not in met]
    if wanting:
        raise NotAllowed(f"还不能“{taken.label}”", todo=f"须先满足：{'；'.join(wanting)}")
