"""The clauses of a notice while its rules are edited: their wording, how many rules each has, and a new wording."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files

from db.vocabulary import Labelled
from dualcreate_desktop.office.rule_editing import RuleDraft, RuleLine
from dualcreate_desktop.rules.clauses import clause_texts
from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.notice_parts import OFFICE

GIST_LENGTH = 24
"""So many characters of a clause make its gist where nobody wrote one."""


class ClauseState(Labelled):
    """What is to be said of a clause at a glance."""

    WRONG = "wrong", "有误"
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
        note: why it makes no rule; empty where it makes some.
    """

    clause: str
    heading: str
    text: str
    rules: int
    state: ClauseState
    note: str


def clauses(draft: RuleDraft, rules: Iterable[RuleLine]) -> tuple[ClauseLine, ...]:
    """Each clause of the notice and of its supplements, and OFFICE for what the office rules itself."""
    listed = list(rules)
    notice = draft.notice
    texts = _texts(notice)
    headings = {**notice.all_clauses, OFFICE: "通知没有规定、由办公室定的"}
    gone = {clause for later in notice.supplements for clause in later.supersedes}
    return tuple(
        _line(notice, clause, heading, texts.get(clause, ""), listed, gone)
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
    return _texts(notice).get(clause, "")


def with_wording(draft: RuleDraft, text: str) -> RuleDraft:
    """The draft with another text of the notice: its clauses follow the text.

    A clause keeps the gist that it had. One that the text no longer has stays as long as a rule cites it.
    """
    notice = draft.notice
    found = {
        clause: notice.clauses.get(clause) or _gist(words)
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


def _line(
    notice: Notice, clause: str, heading: str, text: str, rules: list[RuleLine], gone: set[str]
) -> ClauseLine:
    own = [rule for rule in rules if rule.clause == clause]
    note = notice.narrative.get(clause, "")
    if any(rule.troubles for rule in own):
        state = ClauseState.WRONG
    elif clause in gone:
        state = ClauseState.SUPERSEDED
    elif own or clause == OFFICE or _has_parts(notice, clause):
        state = ClauseState.RULED
    else:
        state = ClauseState.NARRATIVE if note else ClauseState.BARE
    return ClauseLine(clause, heading, text, len(own), state, "" if own else note)


def _has_parts(notice: Notice, clause: str) -> bool:
    """Whether it only holds further clauses, as 二 holds 二(一)."""
    return any(other != clause and other.startswith(clause) for other in notice.all_clauses)


def _texts(notice: Notice) -> Mapping[str, str]:
    """The wording of each clause; of a later notice's its gist."""
    later = {clause: gist for one in notice.supplements for clause, gist in one.clauses.items()}
    return {**clause_texts(wording(notice)), **later}


def _gist(words: str) -> str:
    first = words.strip().splitlines()[0]
    return first if len(first) <= GIST_LENGTH else f"{first[:GIST_LENGTH]}…"
