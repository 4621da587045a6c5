"""The algebra of verdicts, and the spans of time that conditions look back on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from db.vocabulary import Verdict
from dualcreate_desktop.rules.dates import PartialDate, add_months
from dualcreate_desktop.rules.notice import Reference
from dualcreate_desktop.rules.requirements import Counting

TO_CONFIRM = "须具名确认"
"""The evidence of what only a person can decide; it goes as soon as one has."""

UNDECIDED = "登记的数据不能判断"
"""Of a judgement that nobody has given yet."""

DECIDED = "由核实人判断"
"""What stands in its place as soon as somebody has."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One record that a verdict rests on: what it says, and where it stands."""

    text: str
    table: str
    record_id: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with what it rests on.

    Args:
        evidence: Chinese sentences without full stops.
        links: the records behind them, each once.
    """

    verdict: Verdict
    evidence: tuple[str, ...]
    links: tuple[Evidence, ...] = ()


def linked(links: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Those that name a record, each once, in their order."""
    return tuple({(link.table, link.record_id, link.text): link for link in links if link.record_id}.values())


@dataclass(frozen=True, slots=True)
class Window:
    """A span of days, both included."""

    first: date
    last: date

    def holds(self, day: PartialDate) -> bool:
        """Whether the day surely lies inside."""
        return self.first <= day.earliest and day.latest <= self.last

    def may_hold(self, day: PartialDate) -> bool:
        """Whether the day can lie inside."""
        return day.earliest <= self.last and self.first <= day.latest

    def __str__(self) -> str:
        return f"{self.first} 至 {self.last}"


def window(years: int, counted: Counting, reference: Reference) -> Window:
    """“近 `years` 年” before the reference day; see :class:`Counting`."""
    if counted is Counting.CALENDAR_YEARS:
        return Window(date(reference.last_appraisal_year - years + 1, 1, 1), reference.deadline)
    return Window(add_months(reference.deadline, -12 * years) + timedelta(days=1), reference.deadline)


def settle(*, sure: bool, possible: bool) -> Verdict:
    """The verdict on what is known in part: met at the worst, or only at the best."""
    if sure:
        return Verdict.PASS
    return Verdict.UNVERIFIED if possible else Verdict.FAIL


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """OR: one 通过 is enough.

    Without one, 待核实 while a part is open, or while a part was 不适用: a way that was not open to the applicant
    neither helps nor condemns, so a person decides. All 不适用: 不适用.
    """
    found = set(verdicts)
    if Verdict.PASS in found:
        return Verdict.PASS
    if found <= {Verdict.NOT_APPLICABLE}:
        return Verdict.NOT_APPLICABLE
    return Verdict.FAIL if found == {Verdict.FAIL} else Verdict.UNVERIFIED


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """AND: 不通过 before 待核实 before 通过; 不适用 counts for nothing unless there is nothing else."""
    found = set(verdicts)
    for verdict in (Verdict.FAIL, Verdict.UNVERIFIED, Verdict.PASS):
        if verdict in found:
            return verdict
    return Verdict.NOT_APPLICABLE
