"""The clauses of a notice while its rules are edited: their wording, how many rules each has, and a new wording."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files

from db.vocabulary import Labelled
from dualcreate_desktop.office.rule_editing import RuleDraft, RuleLine
from dualcreate_desktop.rules.clauses import clause_texts, services
from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.notice_parts import OFFICE
from dualcreate_desktop.rules.notice_warnings import notice_warnings

GIST_LENGTH = 24
"""So many characters of a clause make its gist where nobody wrote one."""


class ClauseState(Labelled):
    """What is to be said of a clause at a glance."""

    WRONG = "wrong", "有误"
    ODD = "odd", "请核对"
    BARE = "bare", "没有规则"
    NARRATIVE = "narrative", "说明"
    SUPERSEDED = "superseded", "已被取代"
    RULED = "ruled", ""


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """One clause as the window lists it.

    Args:
        text: its wording; empty where the office has only its gist.
        rules: how many cite it.
        note: why it makes no rule, or inside of what it is served; empty where it makes some.
        warnings: what is odd about it and tolerated.
    """

    clause: str
    heading: str
    text: str
    rules: int
    state: ClauseState
    note: str
    warnings: tuple[str, ...] = ()


def clauses(draft: RuleDraft, rules: Iterable[RuleLine]) -> tuple[ClauseLine, ...]:
    """Each clause of the notice and of its supplements, and OFFICE for what the office rules itself."""
    listed = list(rules)
    notice = draft.notice
    texts = clause_wordings(notice)
    headings = {**notice.all_clauses, OFFICE: "通知没有规定、由办公室定的"}
    sound = not any(rule.troubles for rule in listed)
    odd = _odd(draft) if sound else {}
    served = {service.clause: service.by for service in services(notice)} if sound else {}
    return tuple(
        _line(notice, clause, heading, texts.get(clause, ""), _Found(listed, odd, served))
        for clause, heading in headings.items()
    )


def wording(notice: Notice) -> str:
    """The text of the notice: what the office put in, else that of the shipped notice from which it was made."""
    if notice.text:
        return notice.text
    shipped = files("resources") / "notices" / f"{notice.key}.txt"
    return shipped.read_text("utf-8") if shipped.is_file() else ""


def clause_text(notice: Notice, clause: str) -> str:
    """The wording of a clause; empty where the office has only its gist."""
    return clause_wordings(notice).get(clause, "")


def with_wording(draft: RuleDraft, text: str) -> RuleDraft:
    """The draft with another text of the notice: its clauses follow the text.

    A clause keeps the gist that it had. One that the text no longer has stays as long as a rule cites it.
    """
    notice = draft.notice
    found = {
        clause: notice.clauses.get(clause) or gist_of(words)
        for clause, words in clause_texts(text).items()
        if words
    }
    cited = {clause for clause, _ in notice.citations()}
    kept = {clause: gist for clause, gist in notice.clauses.items() if clause in cited}
    narrative = {clause: why for clause, why in notice.narrative.items() if clause in found}
    return replace(draft, notice=replace(notice, text=text, clauses={**found, **kept}, narrative=narrative))


def with_note(draft: RuleDraft, clause: str, reason: str) -> RuleDraft:
    """The draft with the reason why a clause makes no rule; without one where it is empty."""
    rest = {key: why for key, why in draft.notice.narrative.items() if key != clause}
    narrative = {**rest, clause: reason} if reason else rest
    return replace(draft, notice=replace(draft.notice, narrative=narrative))


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found of the clauses: all rules, and by clause what is odd and what serves it (inside a rule, too)."""

    rules: list[RuleLine]
    odd: Mapping[str, tuple[str, ...]]
    served: Mapping[str, tuple[str, ...]]


def _line(notice: Notice, clause: str, heading: str, text: str, found: _Found) -> ClauseLine:
    own = [rule for rule in found.rules if rule.clause == clause]
    by = found.served.get(clause, ())
    note = notice.narrative.get(clause, "") or "、".join(by)
    state = _state(notice, clause, own, note, odd=clause in found.odd)
    warnings = () if state is ClauseState.BARE else found.odd.get(clause, ())
    return ClauseLine(clause, heading, text, len(own), state, "" if own else note, warnings)


def _state(notice: Notice, clause: str, own: list[RuleLine], note: str, *, odd: bool) -> ClauseState:
    if any(rule.troubles for rule in own):
        return ClauseState.WRONG
    if any(clause in later.supersedes for later in notice.supplements):
        return ClauseState.SUPERSEDED
    if not (own or note or clause == OFFICE or _has_parts(notice, clause)):
        return ClauseState.BARE
    if odd:
        return ClauseState.ODD
    return ClauseState.NARRATIVE if clause in notice.narrative and not own else ClauseState.RULED


def _odd(draft: RuleDraft) -> Mapping[str, tuple[str, ...]]:
    """What is odd about each clause, in sentences; that one has no rule is told by its state."""
    found: dict[str, tuple[str, ...]] = {}
    for warning in notice_warnings(draft.notice, draft.calendar):
        for clause in warning.clause.split("、"):
            found[clause] = (*found.get(clause, ()), warning.text)
    return found


def _has_parts(notice: Notice, clause: str) -> bool:
    """Whether it only holds further clauses, as 二 holds 二(一)."""
    return any(other != clause and other.startswith(clause) for other in notice.all_clauses)


def clause_wordings(notice: Notice) -> Mapping[str, str]:
    """The wording of each clause; of a later notice's its gist where the office does not keep its text."""
    later = {
        clause: texts.get(clause.partition("·")[2], gist)
        for one in notice.supplements
        for texts in (clause_texts(one.text),)
        for clause, gist in one.clauses.items()
    }
    return {**clause_texts(wording(notice)), **later}


def gist_of(words: str) -> str:
    """What a clause says for short where nobody wrote a gist: the beginning of its first line."""
    first = words.strip().splitlines()[0]
    return first if len(first) <= GIST_LENGTH else f"{first[:GIST_LENGTH]}…"
