"""People and the posts they hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.history import Writer
from db.models import Branch, Person, Post, new_id
from db.pinyin import sort_key

SECRETARY = "secretary"
CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Body:
    """Where a post is: a unit, or one of its branches."""

    unit_id: str
    branch_id: str | None = None


@dataclass(frozen=True, slots=True)
class Appointment:
    """Somebody named for a role in a body, as a list says it."""

    body: Body
    role: str
    name: str
    since: str | None = None


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a post now, and since when."""

    name: str
    since: str | None


def holders(session: Session, role: str) -> dict[Body, Holder]:
    """Who holds a role now, by body; the latest when several do."""
    query = (
        select(func.coalesce(Post.unit_id, Branch.unit_id), Post.branch_id, Person.name, Post.since)
        .join(Person, Post.person_id == Person.id)
        .outerjoin(Branch, Post.branch_id == Branch.id)
        .where(Post.role == role, Post.until.is_(None))
        .order_by(Post.since)
    )
    found = session.execute(query)
    return {Body(unit_id, branch_id): Holder(name, since) for unit_id, branch_id, name, since in found}


def appoint(session: Writer, appointments: Iterable[Appointment], *, today: str) -> None:
    """Make each named person the holder of the role, ending the post of whoever held it until now.

    A person is known by name within the unit; no name leaves the post vacant. Where the same person goes on, only a newly told start is written.

    Args:
        today: the stored date on which the former holder's post ends when the new one has no start.
    """
    wanted = list(appointments)
    unit_ids = {item.body.unit_id for item in wanted}
    held = {role: _posts_held(session, role, unit_ids) for role in {item.role for item in wanted}}
    known = select(Person.name, Person.unit_id, Person.id).where(Person.unit_id.in_(unit_ids))
    people = {(name, unit_id): key for name, unit_id, key in session.execute(known)}
    persons: list[dict[str, object]] = []
    posts: list[dict[str, object]] = []
    for item in wanted:
        post, name = held[item.role].get(item.body, (None, ""))
        if name == item.name and post is not None:
            if item.since is not None and post.since != item.since:
                post.since = item.since
            continue
        if post is not None:
            post.until = item.since or today
        if not item.name:
            continue
        person_id = people.get((item.name, item.body.unit_id))
        if person_id is None:
            person_id = people[item.name, item.body.unit_id] = new_id()
            persons.append(_person(person_id, item))
        posts.append(_post(person_id, item))
    session.flush()
    session.record_new(Person, persons)
    session.record_new(Post, posts)


def _posts_held(session: Writer, role: str, unit_ids: set[str]) -> dict[Body, tuple[Post, str]]:
    """The posts of a role in these units and their branches that are held now, with the names of the holders."""
    unit_id = func.coalesce(Post.unit_id, Branch.unit_id)
    query = (
        select(Post, Person.name, unit_id)
        .join(Person, Post.person_id == Person.id)
        .outerjoin(Branch, Post.branch_id == Branch.id)
        .where(Post.role == role, Post.until.is_(None), unit_id.in_(unit_ids))
        .order_by(Post.since)
    )
    return {Body(unit, post.branch_id): (post, name) for post, name, unit in session.execute(query)}


def find_or_add(session: Writer, name: str, unit_id: str | None, **facts: str) -> Person:
    """The person of that name in that unit, added when new; `facts` (title, phone) are written where given."""
    person = session.scalar(select(Person).where(Person.name == name, Person.unit_id == unit_id))
    if person is None:
        person = Person(id=new_id(), name=name, unit_id=unit_id, sort_key=sort_key(name))
        session.add(person)
    for key, value in facts.items():
        if value and getattr(person, key) != value:
            setattr(person, key, value)
    return person


def _person(person_id: str, item: Appointment) -> dict[str, object]:
    return {"id": person_id, "name": item.name, "unit_id": item.body.unit_id, "sort_key": sort_key(item.name)}


def _post(person_id: str, item: Appointment) -> dict[str, object]:
    of_branch = item.body.branch_id is not None
    return {
        "person_id": person_id,
        "unit_id": None if of_branch else item.body.unit_id,
        "branch_id": item.body.branch_id,
        "role": item.role,
        "since": item.since,
    }
