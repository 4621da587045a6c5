"""What conditions look at, gathered as facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from db.models import (
    Application,
    Appraisal,
    Branch,
    Debarment,
    Growth,
    Honour,
    Incident,
    Staffing,
    Topic,
    Unit,
)
from db.vocabulary import Applicant, EndReason, HolderKind
from dualcreate_desktop.office.evidence_reading import Found, Secretary, read_all
from dualcreate_desktop.office.records import partial
from dualcreate_desktop.rules.dates import PartialDate
from dualcreate_desktop.rules.facts import (
    AppraisalFact,
    DebarmentFact,
    Facts,
    GrowthFact,
    HonourFact,
    IncidentFact,
    ScoredItem,
    StaffingFact,
    TopicFact,
)
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
        unit, branch = found.units[item.unit_id], self.branch
        end, reason = self._planned_end()
        return Facts(
            applicant=Applicant.UNIT if branch is None else Applicant.BRANCH,
            kind=unit.kind if branch is None else branch.kind,
            founded=partial(unit.founded) if branch is None else self._descent[0],
            descent=() if branch is None else self._descent[1],
            planned_end=end,
            planned_reason=reason,
            secretary=secretary.name,
            secretary_since=secretary.since,
            double_leader=secretary.double_leader,
            appraisals=(*self._own_appraisals(), *self._elsewhere(secretary)),
            honours=tuple(map(_honour, self._honours(unit))),
            incidents=tuple(map(_incident, self._with_past(found.incidents, inherited=self.rules.incidents))),
            failures=tuple(self._with_past(found.failures, inherited=self.rules.incidents)),
            debarments=tuple(
                map(_debarment, self._with_past(found.debarments, inherited=self.rules.incidents))
            ),
            staffing=tuple(map(_staffing, found.staffing.get(item.unit_id, ()))),
            growth=tuple(self._growth()),
            topics=tuple(map(_topic, self._of_all(found.topics))),
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
    def branch(self) -> Branch | None:
        """None where the unit itself applies."""
        return self.found.branches[self.key] if self.application.branch_id else None

    @property
    def rules(self) -> LineageRules:
        """What is taken over."""
        return self.found.lineage.rules

    @property
    def _descent(self) -> tuple[PartialDate | None, tuple[str, ...]]:
        descent = self.found.lineage.descent(self.key, self.found.founded)
        return descent.founded, descent.told

    def _planned_end(self) -> tuple[PartialDate | None, EndReason | None]:
        """As the registry has it, else as an announced adjustment says."""
        branch = self.branch
        if branch is None:
            return None, None
        if branch.planned_end:
            return partial(branch.planned_end), branch.planned_reason
        announced = self.found.lineage.planned_end(branch.id)
        return announced, EndReason.MERGER if announced else None

    def _own_appraisals(self) -> Iterable[AppraisalFact]:
        recorded = self.found.appraisals
        if self.branch is None or self.key not in self.found.lineage.came:
            return map(_appraisal, recorded.get(self.key, ()))
        family = (self.key, *self.found.lineage.ancestors(self.key))
        facts = {key: tuple(map(_appraisal, recorded.get(key, ()))) for key in family}
        return self.found.lineage.appraisals(self.key, facts, self.found.founded)

    def _elsewhere(self, secretary: Secretary) -> Iterator[AppraisalFact]:
        """What the present secretary was given as that of another body of the unit."""
        for item in self.found.elsewhere.get((self.application.unit_id, secretary.name), ()):
            if (item.branch_id or item.unit_id) != self.key:
                yield _appraisal(item, elsewhere=True)

    def _with_past(self, recorded: Mapping[str, Sequence[T]], *, inherited: bool) -> Iterator[T]:
        """Of the applicant and, where they are taken over, of the branches it came of."""
        yield from recorded.get(self.key, ())
        if inherited and self.branch is not None:
            for other in self.found.lineage.ancestors(self.key):
                yield from recorded.get(other, ())

    def _honours(self, unit: Unit) -> Iterator[Honour]:
        """A unit's honours count those of the members of its branches (“所在单位多名师生”), not those of its branches."""
        yield from self._with_past(self.found.honours, inherited=self.rules.honours)
        if self.branch is not None:
            return
        for branch_id in self.found.branches_of.get(unit.id, ()):
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
        yield from map(_growth, own)
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


def _appraisal(item: Appraisal, *, elsewhere: bool = False) -> AppraisalFact:
    return AppraisalFact(
        item.kind,
        item.year,
        item.grade,
        item.score,
        source=item.id,
        subject=item.subject,
        secretary=item.secretary or "",
        elsewhere=elsewhere,
        items=tuple(map(_scored, item.items or ())),
        reported=item.reported is not False,
    )


def _scored(item: Mapping[str, Any]) -> ScoredItem:
    maximum = item.get("maximum")
    return ScoredItem(str(item["name"]), Decimal(item["points"]), Decimal(maximum) if maximum else None)


def _honour(item: Honour) -> HonourFact:
    return HonourFact(
        item.title,
        item.level,
        PartialDate.parse(item.awarded),
        item.holder,
        item.holder_name,
        item.party,
        item.authority,
        item.document,
        item.id,
    )


def _incident(item: Incident) -> IncidentFact:
    occurred = PartialDate.parse(item.occurred)
    return IncidentFact(item.kind, occurred, item.description, item.source, item.id)


def _debarment(item: Debarment) -> DebarmentFact:
    since = PartialDate.parse(item.since)
    return DebarmentFact(since, partial(item.until), item.reason, item.document, item.id)


def _staffing(item: Staffing) -> StaffingFact:
    return StaffingFact(item.role, item.year, item.required, item.actual, item.id)


def _growth(item: Growth) -> GrowthFact:
    return GrowthFact(item.measure, item.year, item.number, item.id)


def _topic(item: Topic) -> TopicFact:
    started, ended = partial(item.started), partial(item.ended)
    return TopicFact(item.kind, item.title, item.level, started, ended, item.number, item.leader, item.id)
