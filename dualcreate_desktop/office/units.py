"""院级党组织: the form of one, and how it stands in a round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.errors import NotAllowed, StaleData
from db.history import Writer
from db.models import Post, Unit
from dualcreate_desktop.lists import UNIT_KINDS, UNITS
from dualcreate_desktop.office import records, registry, registry_writing
from dualcreate_desktop.office.applications import applications
from dualcreate_desktop.office.people import CONTACT, SECRETARY, Body
from dualcreate_desktop.office.posts import present
from dualcreate_desktop.office.quotas import quotas
from dualcreate_desktop.office.receipts import Paper, papers, unit_papers
from dualcreate_desktop.office.records import Form, Value
from dualcreate_desktop.office.rounds import rules
from dualcreate_desktop.office.store import Changed, Office
from dualcreate_desktop.office.tables import TableQuery
from dualcreate_desktop.rules.quotas import QuotaLine

OWING, SILENT = "owing", "silent"
"""The chips of units that still owe something in the round, and of those that sent no application; others are kinds."""

_NAMED = (SECRETARY, CONTACT)
"""The posts whose holders a unit's form names."""


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What the card tells of a unit beside its row; texts are empty where nothing is known."""

    parent: str
    contact: str
    note: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a unit stands in a round.

    Args:
        lines: its quota in each category: (short name of the category, line).
        missing: what it still owes, a sentence each.
    """

    lines: tuple[tuple[str, QuotaLine], ...]
    missing: tuple[str, ...]

    @property
    def silent(self) -> bool:
        """Whether no application has come from it, whether or not one must."""
        return not any(line.applied for _, line in self.lines)


def unit_kind_counts(office: Office, query: TableQuery) -> dict[str, int]:
    """Kind → number of units that the search finds, whatever kind is chosen."""
    wanted = registry.unit_filter(TableQuery(query.search))
    counts = select(Unit.kind, func.count()).where(*wanted).group_by(Unit.kind)
    with office.read() as session:
        found = dict(session.execute(counts).all())
    order = [choice.value for choice in UNIT_KINDS]
    return {kind: found[kind] for kind in (*order, "") if kind in found}


def found_among(office: Office, query: TableQuery, ids: Collection[str]) -> int:
    """How many of the units of these ids the search finds."""
    wanted = registry.unit_filter(TableQuery(query.search, {"id": frozenset(ids)}))
    with office.read() as session:
        return session.scalar(select(func.count()).select_from(Unit).where(*wanted)) or 0


def unit_facts(office: Office, unit_id: str) -> UnitFacts:
    """What stands beside the row; StaleData when the unit is gone."""
    with office.read() as session:
        record = _stored(session, unit_id)
        parent = session.get(Unit, record.parent_id) if record.parent_id else None
        contact = present(session, Body(record.id), CONTACT)
        return UnitFacts(parent.name if parent else "", contact.name if contact else "", record.note)


def standings(office: Office, round_id: str) -> dict[str, Standing]:
    """How every unit stands in a round, by its id."""
    with office.read() as session:
        current = rules(session, round_id)
        owed = papers(session, current)
        rows = applications(session, round_id)
        short = Counter(row.unit_id for row in rows if owed[row.id].missing)
        applying = {row.unit_id for row in rows}
        own = {key: paper for key, paper in unit_papers(session, current).items() if key in applying}
        names = {category.key: category.short_name for category in current.notice.categories}
        return {
            row.unit_id: Standing(
                tuple((names[line.category], line) for line in row.lines),
                (
                    *(
                        f"{names[line.category]}还应报 {line.short} 项（{line.clause}）"
                        for line in row.lines
                        if line.short
                    ),
                    *([f"{short[row.unit_id]} 项申报的纸质材料没收齐"] if short[row.unit_id] else []),
                    *_own_missing(own.get(row.unit_id)),
                ),
            )
            for row in quotas(session, current)
        }


def _own_missing(paper: Paper | None) -> Iterator[str]:
    """What the unit itself sends once and has not sent; nothing is asked of a unit that does not apply."""
    for item in paper.items if paper else ():
        if item.received_at is None:
            copy = f"第 {item.copy} 份" if item.copies > 1 else ""
            yield f"{item.name}{copy}还没收到"


def unit_form(office: Office, unit_id: str) -> Form:
    """What a form shows of a unit; StaleData when it is gone."""
    with office.read() as session:
        record = _stored(session, unit_id)
        holders: dict[str, Value] = {}
        for role in _NAMED:
            holder = present(session, Body(record.id), role)
            holders[role] = holder.name if holder else None
        revision = records.revision_of(record, *_posts(session, record.id))
        return Form(record.id, revision, {**records.from_record(UNITS, record), **holders})


def parent_choices(office: Office, unit_id: str | None) -> tuple[tuple[str, str], ...]:
    """(id, name) of the units below which one may stand: not itself, nor one that stands below it."""
    with office.read() as session:
        above = dict(session.execute(select(Unit.id, Unit.parent_id)).all())
    return tuple(choice for choice in registry.unit_choices(office) if unit_id not in _line(choice[0], above))


def save_unit(office: Office, form: Form) -> Changed | None:
    """Write a unit from a form as one change; None when nothing differs.

    Raises:
        NotAllowed: a required value is missing, or another unit has the name or the code.
        StaleData: somebody changed the unit since the form read it.
    """
    records.check_required(UNITS.fields, form)
    today = f"{office.clock():%Y-%m-%d}"
    verb = "新增" if form.record_id is None else "修改"
    with office.change(f"{verb} {form.values['name']}") as session:
        _refuse_namesake(session, form)
        if form.record_id is None:
            registry_writing.insert_units(session, [form.values], today=today)
        else:
            posts = _posts(session, form.record_id)
            records.check_revision(_stored(session, form.record_id), form, "这个院级党组织", *posts)
            registry_writing.update_units(session, {form.record_id: form.values}, today=today)
    return session.changed


def _posts(session: Session, unit_id: str) -> tuple[Post, ...]:
    return registry.posts_of(session, Body(unit_id), *_NAMED)


def _stored(session: Session, unit_id: str) -> Unit:
    record = session.get(Unit, unit_id)
    if record is None:
        raise StaleData("这个院级党组织已被删除", todo="请刷新列表。")
    return record


def _line(unit_id: str | None, above: Mapping[str, str | None]) -> set[str]:
    """The unit and all above it."""
    found: set[str] = set()
    while unit_id is not None and unit_id not in found:
        found.add(unit_id)
        unit_id = above.get(unit_id)
    return found


def _refuse_namesake(session: Writer, form: Form) -> None:
    name, code = form.values["name"], form.values.get("code")
    for column, text, what in ((Unit.name, name, f"“{name}”"), (Unit.code, code, f"组织编码“{code}”")):
        taken = session.scalar(select(Unit.id).where(column == text)) if text else None
        if taken is not None and taken != form.record_id:
            raise NotAllowed(f"名册中已有{what}", todo="请核对后换一个，或修改原有的院级党组织。")
