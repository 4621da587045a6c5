"""Which unit or branch a name means: what may be meant, side by side, for somebody who decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dualcreate_desktop.fields import Field, FieldType, ListKind
from dualcreate_desktop.intake import known
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
    kind = _meant(preview.kind, key)
    unit_id = _unit_of(preview.kind, row, key)
    with office.read() as session:
        store = organisations(session)
        context = context_of(office, session, None)
        ended = endings(session)
        values = {record.id: record.values for record in RECEIVERS[kind.key].known(session, context)}
    match = _match(Matcher(store), kind, written, unit_id)
    said = {
        field.label: preview.words(field, row.values[field.key])
        for field in _compared(kind)
        if _roster(preview.kind, key) and field.key in row.values
    }
    units = {unit.id: unit.name for unit in store.units}
    owners = {branch.id: branch.unit_id for branch in store.branches}
    candidates = tuple(
        Candidate(
            each.id,
            each.name + ended.get(each.id, ""),
            owners.get(each.id, ""),
            units.get(owners.get(each.id, ""), ""),
            each.reason,
            each.different,
            normal(each.name) == normal(written),
            _facts(preview, kind, values.get(each.id, {})),
        )
        for each in match.candidates
    )
    told = {each.id for each in candidates}
    others = [pair for pair in _all(store, kind, unit_id) if pair[0] not in told]
    return Question(
        row.row,
        written,
        "院级党组织" if kind is UNITS else "党支部",
        units.get(unit_id or "", ""),
        said,
        candidates,
        tuple(
            (key, name + ended.get(key, ""))
            for key, name in sorted(others, key=lambda each: each[0] in ended)
        ),
        _roster(preview.kind, key),
    )


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


def _facts(preview: Preview, kind: ListKind, values: Mapping[str, PlanValue | None]) -> dict[str, str]:
    return {
        field.label: preview.words(field, value)
        for field in _compared(kind)
        if (value := values.get(field.key)) is not None
    }
