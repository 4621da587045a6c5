"""What conditions look at, gathered as facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy.orm import Session

from db.models import Application
from db.vocabulary import Applicant, EndReason, HolderKind
from dualcreate_desktop.office.evidence_reading import Found, read_all
from dualcreate_desktop.office.evidence_rows import Body, Secretary
from dualcreate_desktop.rules.dates import PartialDate
from dualcreate_desktop.rules.facts import AppraisalFact, Facts, GrowthFact, HonourFact, IncidentFact
from dualcreate_desktop.rules.lineage import LineageRules

T = TypeVar("T")

USUAL = LineageRules()
"""What a reorganised branch takes over where no round says otherwise."""

_NOBODY = Secretary("", None, None)


def gather(
    session: Session, applications: Sequence[Application], rules: LineageRules = USUAL
) -> dict[str, Facts]:
    """The facts of each applicant, by the id of the application; a few queries, however many there are.

    What is recorded of a branch stays its own when it comes under another unit.

    Args:
        rules: the round's settings on what a merged or split branch takes over.
    """
    found = read_all(session, applications, rules)
    return {item.id: _Gatherer(found, item).facts() for item in applications}


@dataclass(frozen=True, slots=True)
class _Gatherer:
    """Puts the facts of one applicant together."""

    found: Found
    application: Application

    def facts(self) -> Facts:
        """Of the branch, with those it came of; of the unit, with the honours, topics and members of its branches."""
        found, item = self.found, self.application
        secretary = found.secretaries.get(self.key, _NOBODY)
        branch = self.branch
        descent = found.lineage.descent(self.key, found.founded)
        end, reason = self._planned_end()
        return Facts(
            applicant=Applicant.UNIT if branch is None else Applicant.BRANCH,
            kind=(branch or found.units[item.unit_id]).kind,
            founded=found.units[item.unit_id].founded if branch is None else descent.founded,
            descent=descent.told,
            planned_end=end,
            planned_reason=reason,
            secretary=secretary.name,
            secretary_since=secretary.since,
            double_leader=secretary.double_leader,
            appraisals=(*self._own_appraisals(), *self._elsewhere(secretary)),
            honours=tuple(self._honours()),
            incidents=tuple(self._incidents()),
            failures=tuple(self._with_past(found.failures, inherited=self.rules.incidents)),
            debarments=tuple(self._with_past(found.debarments, inherited=self.rules.incidents)),
            staffing=tuple(found.staffing.get(item.unit_id, ())),
            growth=tuple(self._growth()),
            topics=tuple(self._of_all(found.topics)),
            replies=tuple(found.replies.get(item.id, ())),
            guide=tuple(found.guides.get(item.id, ())),
            confirmations=found.confirmations.get(item.id, {}),
            source=self.key,
        )

    @property
    def key(self) -> str:
        """The id of the branch, or of the unit itself."""
        return self.application.branch_id or self.application.unit_id

    @property
    def branch(self) -> Body | None:
        """None where the unit itself applies."""
        return self.found.branches[self.key] if self.application.branch_id else None

    @property
    def rules(self) -> LineageRules:
        """What is taken over."""
        return self.found.lineage.rules

    def _planned_end(self) -> tuple[PartialDate | None, EndReason | None]:
        """As the registry has it, else as an announced adjustment says."""
        branch = self.branch
        if branch is None:
            return None, None
        if branch.planned_end:
            return branch.planned_end, branch.planned_reason
        announced = self.found.lineage.planned_end(self.key)
        return announced, EndReason.MERGER if announced else None

    def _own_appraisals(self) -> Sequence[AppraisalFact]:
        return self.found.lineage.appraisals(self.key, self.found.appraisals, self.found.founded)

    def _elsewhere(self, secretary: Secretary) -> Iterator[AppraisalFact]:
        """What the present secretary was given as that of another body of the unit."""
        known = self.found.elsewhere.get((self.application.unit_id, secretary.name), ())
        yield from (fact for body, fact in known if body != self.key)

    def _with_past(self, recorded: Mapping[str, Sequence[T]], *, inherited: bool) -> Iterator[T]:
        """Of the applicant and, where they are taken over, of the branches it came of."""
        yield from recorded.get(self.key, ())
        if inherited and self.branch is not None:
            for other in self.found.lineage.ancestors(self.key):
                yield from recorded.get(other, ())

    def _incidents(self) -> Iterator[IncidentFact]:
        """Of the applicant; of a branch also those of its unit, which may concern its people."""
        yield from self._with_past(self.found.incidents, inherited=self.rules.incidents)
        if self.branch is not None:
            of_unit = self.found.incidents.get(self.application.unit_id, ())
            yield from (replace(item, of_unit=True) for item in of_unit)

    def _honours(self) -> Iterator[HonourFact]:
        """A unit's honours count those of the members of its branches (“所在单位多名师生”), not those of its branches."""
        yield from self._with_past(self.found.honours, inherited=self.rules.honours)
        if self.branch is not None:
            return
        for branch_id in self.found.branches_of.get(self.key, ()):
            honours = self.found.honours.get(branch_id, ())
            yield from (item for item in honours if item.holder is HolderKind.MEMBER)

    def _of_all(self, recorded: Mapping[str, Sequence[T]]) -> Iterator[T]:
        """Of the applicant; of a unit also of its branches."""
        yield from recorded.get(self.key, ())
        if self.branch is None:
            for branch_id in self.found.branches_of.get(self.key, ()):
                yield from recorded.get(branch_id, ())

    def _growth(self) -> Iterator[GrowthFact]:
        """The applicant's own figures; a unit that reported none for a year and measure has those of its branches."""
        own = self.found.growth.get(self.key, ())
        yield from own
        if self.branch is not None:
            return
        reported = {(item.measure, item.year) for item in own}
        sums: Counter[tuple[str, int]] = Counter()
        for branch_id in self.found.branches_of.get(self.key, ()):
            for item in self.found.growth.get(branch_id, ()):
                sums[item.measure, item.year] += item.number
        for (measure, year), number in sorted(sums.items()):
            if (measure, year) not in reported:
                yield GrowthFact(measure, year, number)
