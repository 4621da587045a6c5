"""Which unit or branch a name means: what may be meant, side by side, for somebody who decides."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from dualcreate_desktop.fields import Field, FieldType, ListKind
from dualcreate_desktop.intake import known, matching
from dualcreate_desktop.intake.known import PlanValue
from dualcreate_desktop.intake.matching import Match, Matcher
from dualcreate_desktop.intake.names import normal
from dualcreate_desktop.intake.plan import PlanRow
from dualcreate_desktop.lists import BRANCHES, UNITS
from dualcreate_desktop.office.branch_choices import endings
from dualcreate_desktop.office.previewing import Preview
from dualcreate_desktop.office.receivers import RECEIVERS
from dualcreate_desktop.office.receiving import context_of, organisations
from dualcreate_desktop.office.store import Office

_TOLD = ("short_name", "kind", "founded", "secretary", "full_members", "code")
"""The fields by which somebody tells one organisation from another."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation that may be meant.

    Args:
        unit_id, unit: to which a branch belongs; empty for a unit.
        reason: why it may be the one, a Chinese clause.
        different: an ordinal, level or role differs: shown as help.
        namesake: it is called just as it was written, but so is one of another unit: only the unit tells them apart.
        facts: label → what the office holds, in the order of `Question.said`.
    """

    id: str
    name: str
    unit_id: str
    unit: str
    reason: str
    different: bool
    namesake: bool
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """A name of which nobody knows yet what it means.

    Args:
        row: as Excel counts.
        written: the name; `what` is 党支部 or 院级党组织.
        unit: to which the row belongs; empty when it names none.
        said: label → what the row says, of the facts that are compared.
        others: id and name of everything else that it may be; what is no more comes last and says when it ended.
        may_be_new: the list is a roster, which may add it.
    """

    row: int
    written: str
    what: str
    unit: str
    said: Mapping[str, str]
    candidates: tuple[Candidate, ...]
    others: tuple[tuple[str, str], ...]
    may_be_new: bool


def asks(preview: Preview, key: str) -> bool:
    """Whether a problem of that field is a question after an organisation."""
    return (
        bool(key)
        and preview.kind.key != "scores"
        and (_roster(preview.kind, key) or _is_reference(preview.kind.field(key)))
    )


def was_taken_for(preview: Preview, row: PlanRow, key: str) -> str:
    """The organisation for which another name in that field was taken; empty where it is called just so."""
    meant = row.record_id if _roster(preview.kind, key) else row.values.get(key)
    column = next((column for column in preview.columns if column.field.key == key), None)
    renamed = any(change.key == key for change in row.changes)
    if column is None or not isinstance(meant, str) or renamed or not asks(preview, key):
        return ""
    units, branches = preview.names.units, preview.names.branches
    known = units.get(meant, "") if _meant(preview.kind, key) is UNITS else branches.get(meant, ("", ""))[0]
    return "" if normal(preview.cell(row, column).typed) == normal(known) else known


def question(office: Office, preview: Preview, row: PlanRow, key: str) -> Question:
    """What the name in a field of a row may mean."""
    column = next(column for column in preview.columns if column.field.key == key)
    written = preview.cell(row, column).typed
    kind, may_be_new = _meant(preview.kind, key), _roster(preview.kind, key)
    unit_id = _unit_of(preview.kind, row, key)
    held = _held(office, kind)
    match = _match(Matcher(held.known), kind, written, unit_id)
    candidates = tuple(_candidate(preview, kind, held, written, each) for each in match.candidates)
    return Question(
        row.row,
        written,
        "院级党组织" if kind is UNITS else "党支部",
        held.units.get(unit_id or "", ""),
        _said(preview, kind, row) if may_be_new else {},
        candidates,
        _others(held, kind, unit_id, {each.id for each in candidates}),
        may_be_new,
    )


@dataclass(frozen=True, slots=True)
class _Held:
    """What the office holds of the organisations that may be meant.

    Args:
        ended: by id, of those that are no more: when they ended, as it stands behind the name.
        values: by id, what the roster says in which the answer stands.
    """

    known: known.Known
    ended: Mapping[str, str]
    values: Mapping[str, Mapping[str, PlanValue | None]]

    @property
    def units(self) -> dict[str, str]:
        return {unit.id: unit.name for unit in self.known.units}

    def unit_of(self, branch_id: str) -> str:
        """The id of its unit; empty for what is no branch."""
        return next((branch.unit_id for branch in self.known.branches if branch.id == branch_id), "")

    def named(self, key: str, name: str) -> str:
        """The name, with its end where it is no more."""
        return name + self.ended.get(key, "")


def _held(office: Office, kind: ListKind) -> _Held:
    with office.read() as session:
        stored = RECEIVERS[kind.key].known(session, context_of(office, session, None))
        return _Held(
            organisations(session), endings(session), {record.id: record.values for record in stored}
        )


def _candidate(
    preview: Preview, kind: ListKind, held: _Held, written: str, found: matching.Candidate
) -> Candidate:
    unit_id = held.unit_of(found.id)
    return Candidate(
        found.id,
        held.named(found.id, found.name),
        unit_id,
        held.units.get(unit_id, ""),
        found.reason,
        found.different,
        normal(found.name) == normal(written),
        _facts(preview, kind, held.values.get(found.id, {})),
    )


def _others(
    held: _Held, kind: ListKind, unit_id: str | None, told: Collection[str]
) -> tuple[tuple[str, str], ...]:
    """What is not told as a candidate; what is no more comes last."""
    pairs = [pair for pair in _all(held.known, kind, unit_id) if pair[0] not in told]
    pairs.sort(key=lambda pair: pair[0] in held.ended)
    return tuple((key, held.named(key, name)) for key, name in pairs)


def _roster(kind: ListKind, key: str) -> bool:
    return key == "name" and kind.key in (UNITS.key, BRANCHES.key)


def _is_reference(field: Field) -> bool:
    return field.type in (FieldType.UNIT, FieldType.BRANCH)


def _meant(kind: ListKind, key: str) -> ListKind:
    """The roster in which the answer stands."""
    if _roster(kind, key):
        return kind
    return UNITS if kind.field(key).type is FieldType.UNIT else BRANCHES


def _unit_of(kind: ListKind, row: PlanRow, key: str) -> str | None:
    """The unit to which the row belongs, other than by that field."""
    units = (field.key for field in kind.fields if field.type is FieldType.UNIT and field.key != key)
    found = (row.values.get(unit) for unit in units)
    return next((value for value in found if isinstance(value, str)), None)


def _match(matcher: Matcher, kind: ListKind, written: str, unit_id: str | None) -> Match:
    return matcher.unit(written) if kind is UNITS else matcher.branch(written, unit_id)


def _all(store: known.Known, kind: ListKind, unit_id: str | None) -> tuple[tuple[str, str], ...]:
    if kind is UNITS:
        return tuple((unit.id, unit.name) for unit in store.units)
    return tuple((branch.id, branch.name) for branch in store.branches if unit_id in (None, branch.unit_id))


def _compared(kind: ListKind) -> tuple[Field, ...]:
    return tuple(field for field in kind.fields if field.key in _TOLD)


def _said(preview: Preview, kind: ListKind, row: PlanRow) -> dict[str, str]:
    """Empty where the row says nothing in a column that its list has."""
    return {
        field.label: preview.words(field, row.values[field.key])
        for field in _compared(kind)
        if field.key in row.values
    }


def _facts(preview: Preview, kind: ListKind, values: Mapping[str, PlanValue | None]) -> dict[str, str]:
    return {
        field.label: preview.words(field, value)
        for field in _compared(kind)
        if (value := values.get(field.key)) is not None
    }
