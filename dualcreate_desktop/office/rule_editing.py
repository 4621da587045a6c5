"""A round's rules while they are edited: a frozen draft, what it says, what is wrong with it, and saving it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from db.errors import NotAllowed, StaleData
from dualcreate_desktop.office import rounds
from dualcreate_desktop.office.eligibility import Assessment, assess
from dualcreate_desktop.office.rounds import Rules
from dualcreate_desktop.office.rule_labels import kind_label, label_of
from dualcreate_desktop.office.rule_parts import name_of, rule_fields
from dualcreate_desktop.office.rule_sentences import told
from dualcreate_desktop.office.store import Changed, Office
from dualcreate_desktop.office.working_days import work_calendar
from dualcreate_desktop.rules import record_paths
from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.notice_loading import mistakes
from dualcreate_desktop.rules.record_writing import dump_record
from dualcreate_desktop.rules.records import Mistake
from dualcreate_desktop.rules.supplements import in_force
from dualcreate_desktop.rules.workdays import WorkCalendar

BASICS = ""
"""The path of what stands in no list: title, batch, days and the like."""

CLAUSES = "clauses"
"""The path of the list of clauses: their ids and gists."""


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """The rules of a round as the office is editing them.

    Args:
        saved: as they stand in the store.
        notice: as they would stand; it may hold what cannot be until it is saved.
        calendar: of the office, for what is odd about a day.
    """

    saved: Rules
    notice: Notice
    calendar: WorkCalendar = field(default_factory=WorkCalendar, compare=False)

    @property
    def changed(self) -> bool:
        """Whether there is anything to save."""
        return self.notice != self.saved.written

    @property
    def toml(self) -> str:
        """The rules as a file."""
        return dump_record(self.notice)

    def at(self, path: str) -> Any:
        """The rule at a path such as ``conditions[3]``."""
        return record_paths.value_at(self.notice, path)

    def replaced(self, path: str, rule: Any) -> RuleDraft:
        """With another rule at a path."""
        return replace(self, notice=record_paths.replaced(self.notice, path, rule))

    def added(self, group: str, rule: Any) -> RuleDraft:
        """With one more rule at the end of a list such as ``conditions``."""
        return replace(self, notice=record_paths.added(self.notice, group, rule))

    def removed(self, path: str) -> RuleDraft:
        """Without the rule at a path."""
        return replace(self, notice=record_paths.removed(self.notice, path))

    def moved(self, path: str, by: int) -> RuleDraft:
        """With the rule at a path so many places further down its list, or up."""
        place = record_paths.steps(path)[-1]
        to = int(place) + 1 + by
        return replace(self, notice=record_paths.moved(self.notice, path, to))


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule as the window lists it.

    Args:
        path: of the rule; BASICS for what stands in no list.
        group: the field of the notice that holds it; empty for BASICS.
        kind: 条件, 名额 …
        name: what it is called for short; empty where it has no name.
        troubles: what is wrong with it.
        category: key of the category that it is about; empty where it is about none. `about` is its short name.
        place, of: its number in its list and how many there are; both 0 where it stands in none.
    """

    path: str
    group: str
    kind: str
    clause: str
    name: str
    sentence: str
    troubles: tuple[str, ...]
    category: str = ""
    about: str = ""
    place: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """A finding whose verdict an edit changes; a label is empty where there is no such condition."""

    application_id: str
    condition: str
    before: str
    after: str


def opened(office: Office, round_id: str) -> RuleDraft:
    """The rules of a round, to be edited.

    Raises:
        NotAllowed: there is no such round.
    """
    with office.read() as session:
        saved = rounds.rules(session, round_id)
        return RuleDraft(saved, saved.written, work_calendar(session))


def calendar_of(office: Office) -> WorkCalendar:
    """The calendar of the office as it stands now."""
    with office.read() as session:
        return work_calendar(session)


def troubles(draft: RuleDraft) -> tuple[Mistake, ...]:
    """All that keeps the draft from being saved."""
    return _mistakes(draft.toml, draft.saved.round_name)


@lru_cache(4)
def _mistakes(toml: str, round_name: str) -> tuple[Mistake, ...]:
    """The pages of a draft all ask for them, and each looks the whole notice through."""
    return mistakes(toml, round_name)


def troubles_at(draft: RuleDraft, path: str) -> tuple[tuple[str, str], ...]:
    """(path inside the rule, reason) of all that is wrong with one rule."""
    return tuple(
        (rest, item.reason)
        for item in troubles(draft)
        if (rest := record_paths.within(item.path, path)) is not None
    )


def lines(draft: RuleDraft) -> tuple[RuleLine, ...]:
    """Every rule, list by list, with what is wrong with it; what stands in no list comes first."""
    return tuple(_lines(draft.notice, troubles(draft)))


def verdict_changes(office: Office, draft: RuleDraft) -> tuple[VerdictChange, ...]:
    """The findings of the round's applications whose verdict would be another by the draft."""
    with office.read() as session:
        before = assess(session, draft.saved)
        after = assess(session, replace(draft.saved, notice=in_force(draft.notice)))
    return tuple(
        change for key, assessment in before.items() for change in _verdict_changes(assessment, after[key])
    )


def save(office: Office, draft: RuleDraft, reason: str) -> Changed | None:
    """Make the draft the next version of the rules; what cites an earlier one keeps citing it.

    Raises:
        UserError: the rules have a mistake; names the first.
        NotAllowed: no reason is given.
        StaleData: the rules were changed in the meantime.
    """
    if not reason.strip():
        raise NotAllowed("修改规则须写明理由", todo="请填写理由后再保存。")
    if rounds.rules_of(office, draft.saved.round_id).version_id != draft.saved.version_id:
        raise StaleData("批次规则刚刚被改过", todo="请关闭后重新打开批次规则，再作修改。")
    return rounds.edit_rules(
        office, draft.saved.round_id, draft.toml, draft.saved.round_name, reason=reason.strip()
    )


def _lines(notice: Notice, wrong: tuple[Mistake, ...]) -> Iterator[RuleLine]:
    places = [held.name for held in rule_fields()]
    listing = [item for item in wrong if _of_listing(item)]
    elsewhere = [item for item in wrong if not _inside(item.path, places) and item not in listing]
    yield RuleLine(
        BASICS,
        "",
        kind_label(Notice),
        notice.cycle_clause,
        notice.batch,
        told(notice, notice),
        tuple(f"{item.path}：{item.reason}" if item.path else item.reason for item in elsewhere),
    )
    ids = "、".join(notice.clauses)
    reasons = tuple(item.reason for item in listing)
    label = label_of(Notice, CLAUSES).text
    yield RuleLine(CLAUSES, CLAUSES, label, "", "", f"{len(notice.clauses)} 条：{ids}。", reasons)
    for held in rule_fields():
        if held.many:
            rules = getattr(notice, held.name)
            for number, rule in enumerate(rules, 1):
                line = _line(notice, f"{held.name}[{number}]", held.name, rule, wrong)
                yield replace(line, place=number, of=len(rules))
        else:
            yield _line(notice, held.name, held.name, getattr(notice, held.name), wrong)


def _line(notice: Notice, path: str, group: str, rule: Any, wrong: tuple[Mistake, ...]) -> RuleLine:
    return RuleLine(
        path,
        group,
        kind_label(type(rule)),
        getattr(rule, "clause", ""),
        name_of(rule),
        told(notice, rule),
        tuple(item.reason for item in wrong if record_paths.within(item.path, path) is not None),
        category := getattr(rule, "category", ""),
        {item.key: item.short_name for item in notice.categories}.get(category, category),
    )


def _of_listing(item: Mistake) -> bool:
    """Whether it is about the list of clauses, or about why one of them makes no rule."""
    return any(record_paths.within(item.path, place) is not None for place in (CLAUSES, "narrative"))


def _inside(path: str, places: list[str]) -> bool:
    """Whether a path lies inside a single rule or an item of a list; a mistake of a whole list is told apart."""
    return any(record_paths.within(path, place) not in (None, "") for place in places)


def _verdict_changes(before: Assessment, after: Assessment) -> Iterator[VerdictChange]:
    said = {finding.key: finding.verdict.label for finding in before.findings}
    says = {finding.key: finding.verdict.label for finding in after.findings}
    labels = {finding.key: finding.label for finding in (*before.findings, *after.findings)}
    for key, label in labels.items():
        if said.get(key, "") != says.get(key, ""):
            yield VerdictChange(before.application_id, label, said.get(key, ""), says.get(key, ""))
