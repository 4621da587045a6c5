"""People and the posts they hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
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


def current_holders(session: Session, role: str) -> dict[Body, tuple[Post, Person]]:
    """Who holds a role now, by body; the latest when several do."""
    query = (
        select(Post, Person, Branch.unit_id)
        .join(Person, Post.person_id == Person.id)
        .outerjoin(Branch, Post.branch_id == Branch.id)
        .where(Post.role == role, Post.until.is_(None))
        .order_by(Post.since)
    )
    return {
        Body(post.unit_id or unit_id, post.branch_id): (post, person)
        for post, person, unit_id in session.execute(query)
    }


def appoint(session: Writer, appointments: Iterable[Appointment], *, today: str) -> None:
    """Make each named person the holder of the role, ending the post of whoever held it until now.

    A person is known by name within the unit. Where the same person goes on, only a newly told start is written.

    Args:
        today: the stored date on which the former holder's post ends when the new one has no start.
    """
    wanted = list(appointments)
    holders = {role: current_holders(session, role) for role in {item.role for item in wanted}}
    people = {(person.name, person.unit_id): person.id for person in session.scalars(select(Person))}
    persons: list[dict[str, object]] = []
    posts: list[dict[str, object]] = []
    for item in wanted:
        post, person = holders[item.role].get(item.body, (None, None))
        if post is not None and person is not None and person.name == item.name:
            if item.since is not None and post.since != item.since:
                post.since = item.since
            continue
        if post is not None:
            post.until = item.since or today
        person_id = people.get((item.name, item.body.unit_id))
        if person_id is None:
            person_id = people[item.name, item.body.unit_id] = new_id()
            persons.append(_person(person_id, item))
        posts.append(_post(person_id, item))
    session.flush()
    session.record_new(Person, persons)
    session.record_new(Post, posts)


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
