"""How the rows of each list are found in the store and written to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.errors import NotAllowed
from db.history import Writer
from db.models import (
    Alias,
    Application,
    Appraisal,
    Branch,
    InquiryReply,
    LineageEvent,
    Person,
    Post,
    Record,
    Reviewer,
    Unit,
)
from dualcreate_desktop.fields import ListKind
from dualcreate_desktop.intake.identity import OLD_NAME
from dualcreate_desktop.intake.known import KnownRecord, NewUnit, PlanValue
from dualcreate_desktop.lists import (
    APPLICATIONS,
    APPRAISALS,
    BRANCHES,
    DEBARMENTS,
    EARLIER_RESULTS,
    GROWTH,
    HONOURS,
    INCIDENTS,
    INQUIRY_REPLIES,
    LINEAGE,
    PEOPLE,
    REORGANISATIONS,
    REVIEWERS,
    STAFFING,
    TOPICS,
    UNITS,
)
from dualcreate_desktop.office import (
    applications,
    inquiry_lists,
    lineage_lists,
    people,
    recording,
    records,
    registry_writing,
    reorganisation_lists,
    reviews,
    scored_items,
)
from dualcreate_desktop.office.people import CONTACT, SECRETARY, Body
from dualcreate_desktop.office.records import Value
from dualcreate_desktop.office.rounds import Rules
from dualcreate_desktop.office.scored_items import ITEMS

Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Incoming:
    """A row that a plan writes.

    Args:
        values: by field key.
        extra: heading → text of the columns that mean no field; 原名 for an old name.
    """

    values: Values
    extra: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Context:
    """What writing a list needs besides its rows; `rules` only for applications.

    Args:
        today: as a stored date.
        actor: who takes the list in.
    """

    today: str
    rules: Rules | None = None
    actor: str = ""

    @property
    def day(self) -> date:
        """Today."""
        return date.fromisoformat(self.today)

    @property
    def round_rules(self) -> Rules:
        """The rules of the round that the list belongs to; NotAllowed when none was chosen."""
        if self.rules is None:
            raise NotAllowed("这种表须导入到某个批次", todo="请先选择或新建批次。")
        return self.rules


Insert = Callable[[Writer, Context, Sequence[Incoming]], list[str]]
Update = Callable[[Writer, Context, Mapping[str, Incoming]], None]


@dataclass(frozen=True, slots=True)
class Receiver:
    """One list: how its stored records are read, added and changed.

    Args:
        known: every stored record of the list, with its values by field key.
        insert: adds rows and returns their ids.
        update: writes the given values of stored records, by id.
        fixed: keys of the identity that `update` does not write.
    """

    model: type[Record]
    known: Callable[[Session, Context], Iterator[KnownRecord]]
    insert: Insert
    update: Update
    fixed: frozenset[str] = frozenset()


def _clean(values: Mapping[str, Value]) -> dict[str, Value]:
    """Without empty values, as a plan compares."""
    return {key: value for key, value in values.items() if value is not None}


def _known_units(session: Session, _context: Context) -> Iterator[KnownRecord]:
    roles = {role: people.holders(session, role) for role in (SECRETARY, CONTACT)}
    for unit in session.scalars(select(Unit)):
        named = {
            role: holders[Body(unit.id)].name for role, holders in roles.items() if Body(unit.id) in holders
        }
        values = _clean({**records.from_record(UNITS, unit), **named})
        yield KnownRecord(unit.id, unit.revision, values, unit.dissolved is not None)


def _known_branches(session: Session, _context: Context) -> Iterator[KnownRecord]:
    led = people.holders(session, SECRETARY)
    for branch in session.scalars(select(Branch)):
        values = records.from_record(BRANCHES, branch)
        if (holder := led.get(Body(branch.unit_id, branch.id))) is not None:
            values |= {"secretary": holder.name, "secretary_since": records.partial(holder.since)}
        yield KnownRecord(branch.id, branch.revision, _clean(values), branch.dissolved is not None)


def _known_people(session: Session, _context: Context) -> Iterator[KnownRecord]:
    query = (
        select(Post, Person, Branch.unit_id)
        .join(Person, Post.person_id == Person.id)
        .outerjoin(Branch, Post.branch_id == Branch.id)
    )
    for post, person, unit_of_branch in session.execute(query):
        values: dict[str, Value] = {
            "body_unit": post.unit_id or unit_of_branch,
            "body_branch": post.branch_id,
            "name": person.name,
            "role": post.role,
            "since": records.partial(post.since),
            "until": records.partial(post.until),
            "double_leader": post.double_leader,
            "title": person.title or None,
            "phone": person.phone or None,
            "note": post.note or None,
        }
        yield KnownRecord(post.id, post.revision, _clean(values), post.until is not None)


def _known_applications(session: Session, context: Context) -> Iterator[KnownRecord]:
    query = (
        select(Application, Person.name)
        .outerjoin(Person, Application.contact_id == Person.id)
        .where(Application.round_id == context.round_rules.round_id)
    )
    for record, contact in session.execute(query):
        yield KnownRecord(record.id, record.revision, _clean(applications.values_of(record, contact)))


def _insert_people(session: Writer, _context: Context, rows: Sequence[Incoming]) -> list[str]:
    posts = []
    for row in (incoming.values for incoming in rows):
        unit_id, branch_id = str(row["body_unit"]), row.get("body_branch")
        title, phone = str(row.get("title") or ""), str(row.get("phone") or "")
        person = people.find_or_add(session, str(row["name"]), unit_id, title=title, phone=phone)
        post = Post(
            person_id=person.id,
            unit_id=None if branch_id else unit_id,
            branch_id=None if branch_id is None else str(branch_id),
            role=str(row["role"]),
            since=_text(row.get("since")),
            until=_text(row.get("until")),
            double_leader=row.get("double_leader"),
            note=str(row.get("note") or ""),
        )
        session.add(post)
        session.flush()
        posts.append(post.id)
    return posts


def _update_post(session: Writer, _context: Context, post_id: str, values: Values) -> None:
    post = session.get_one(Post, post_id)
    person = session.get_one(Person, post.person_id)
    dated = {key: _text(values[key]) for key in ("since", "until") if key in values}
    own = {key: values[key] for key in ("double_leader", "note") if key in values}
    records.assign(post, {**dated, **own})
    records.assign(person, {key: values[key] for key in ("title", "phone") if key in values})


def _known_reviewers(session: Session, context: Context) -> Iterator[KnownRecord]:
    query = (
        select(Reviewer, Person.name, Person.title)
        .join(Person, Reviewer.person_id == Person.id)
        .where(Reviewer.round_id == context.round_rules.round_id)
    )
    for record, name, title in session.execute(query):
        values: dict[str, Value] = {
            "number": record.number,
            "name": name,
            "affiliation": record.affiliation or None,
            "title": title or None,
            "statement": record.statement or None,
        }
        yield KnownRecord(record.id, record.revision, _clean(values))


def _text(value: Value) -> str | None:
    return None if value is None else str(value)


def _insert_units(session: Writer, context: Context, rows: Sequence[Incoming]) -> list[str]:
    values, extras = [row.values for row in rows], [_kept(row) for row in rows]
    ids = registry_writing.insert_units(session, values, today=context.today, extras=extras)
    _keep_old_names(session, Alias.unit_id, dict(zip(ids, rows, strict=True)))
    return ids


def _update_units(session: Writer, context: Context, rows: Mapping[str, Incoming]) -> None:
    extras = {key: _kept(row) for key, row in rows.items()}
    registry_writing.update_units(session, _values(rows), today=context.today, extras=extras)
    _keep_old_names(session, Alias.unit_id, rows)


def _insert_branches(session: Writer, context: Context, rows: Sequence[Incoming]) -> list[str]:
    values, extras = [row.values for row in rows], [_kept(row) for row in rows]
    ids = registry_writing.insert_branches(session, values, today=context.today, extras=extras)
    _keep_old_names(session, Alias.branch_id, dict(zip(ids, rows, strict=True)))
    return ids


def _update_branches(session: Writer, context: Context, rows: Mapping[str, Incoming]) -> None:
    extras = {key: _kept(row) for key, row in rows.items()}
    registry_writing.update_branches(session, _values(rows), today=context.today, extras=extras)
    _keep_old_names(session, Alias.branch_id, rows)


def _values(rows: Mapping[str, Incoming]) -> dict[str, Values]:
    return {key: row.values for key, row in rows.items()}


def _kept(row: Incoming) -> dict[str, str]:
    """What stays beside the record as the list says it."""
    return {heading: text for heading, text in row.extra.items() if heading != OLD_NAME}


def _keep_old_names(
    session: Writer, owner: InstrumentedAttribute[str | None], rows: Mapping[str, Incoming]
) -> None:
    """Old names in brackets become aliases of the records of these ids, each once."""
    named = {(key, row.extra[OLD_NAME]) for key, row in rows.items() if OLD_NAME in row.extra}
    if named:
        told = {(key, text) for key, text in session.execute(select(owner, Alias.text)) if key}
        session.record_new(Alias, [{owner.key: key, "text": text} for key, text in sorted(named - told)])


def _evidence(kind: ListKind) -> Receiver:
    """What is stored as it is listed, and known under its branch's present unit."""
    model = recording.MODELS[kind.key]

    def known(session: Session, _context: Context) -> Iterator[KnownRecord]:
        moved = dict(session.execute(select(Branch.id, Branch.unit_id)).all())
        for record in session.scalars(select(model)):
            values = records.from_record(kind, record)
            unit_id = moved.get(str(values.get("branch")), values["unit"])
            items = {ITEMS: scored_items.typed(record.items)} if isinstance(record, Appraisal) else {}
            yield KnownRecord(record.id, record.revision, _clean({**values, "unit": unit_id, **items}))

    return Receiver(
        model,
        known,
        lambda session, context, rows: recording.insert(
            session, kind, [row.values for row in rows], recorded_by=context.actor
        ),
        lambda session, _context, rows: recording.update(session, kind, _values(rows)),
    )


def _each(update: Callable[[Writer, Context, str, Values], None]) -> Update:
    """One record after the other, for lists that are short."""

    def update_all(session: Writer, context: Context, rows: Mapping[str, Incoming]) -> None:
        for key, row in rows.items():
            update(session, context, key, row.values)

    return update_all


def told(values: Mapping[str, PlanValue]) -> Values:
    """The values of a row of a list in which no row makes a unit."""
    return {key: value for key, value in values.items() if not isinstance(value, NewUnit)}


def _carried_out(_session: Writer, _context: Context, rows: Mapping[str, Incoming]) -> None:
    """An adjustment that was carried out is a fact of the lineage: a list never changes it."""
    if rows:
        raise NotAllowed("已实施的调整不能由名单修改", todo="请在党支部的沿革中核对。")


RECEIVERS: Mapping[str, Receiver] = {
    UNITS.key: Receiver(Unit, _known_units, _insert_units, _update_units),
    BRANCHES.key: Receiver(Branch, _known_branches, _insert_branches, _update_branches),
    PEOPLE.key: Receiver(
        Post, _known_people, _insert_people, _each(_update_post), frozenset(PEOPLE.identity)
    ),
    **{
        kind.key: _evidence(kind)
        for kind in (APPRAISALS, HONOURS, INCIDENTS, EARLIER_RESULTS, STAFFING, GROWTH, TOPICS, DEBARMENTS)
    },
    LINEAGE.key: Receiver(
        LineageEvent,
        lambda session, _context: lineage_lists.known(session),
        lambda session, _context, rows: lineage_lists.insert(session, [row.values for row in rows]),
        lambda session, _context, rows: lineage_lists.update(session, _values(rows)),
        frozenset(LINEAGE.identity),
    ),
    REORGANISATIONS.key: Receiver(
        LineageEvent,
        lambda _session, _context: iter(()),
        lambda session, context, rows: reorganisation_lists.insert(
            session, [row.values for row in rows], context.day
        ),
        _carried_out,
    ),
    REVIEWERS.key: Receiver(
        Reviewer,
        _known_reviewers,
        lambda session, context, rows: reviews.insert(
            session, context.round_rules.round_id, [row.values for row in rows]
        ),
        _each(lambda session, _context, key, values: reviews.update(session, key, values)),
        frozenset(REVIEWERS.identity),
    ),
    INQUIRY_REPLIES.key: Receiver(
        InquiryReply,
        lambda session, context: inquiry_lists.known(session, context.round_rules),
        lambda _session, _context, rows: inquiry_lists.refuse_new() if rows else [],
        lambda session, _context, rows: inquiry_lists.update(session, _values(rows)),
        frozenset(INQUIRY_REPLIES.identity),
    ),
    APPLICATIONS.key: Receiver(
        Application,
        _known_applications,
        lambda session, context, rows: applications.insert(
            session, context.round_rules, [row.values for row in rows]
        ),
        _each(
            lambda session, context, key, values: applications.update(
                session, context.round_rules, key, values
            )
        ),
        frozenset(APPLICATIONS.identity),
    ),
}
"""By the key of the list."""
