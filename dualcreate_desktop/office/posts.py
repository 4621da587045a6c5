"""任职: who holds which post in a unit or a branch, since when and until when."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, select
from sqlalchemy.orm import Session

from db.errors import NotAllowed, StaleData
from db.history import Writer
from db.models import Branch, Person, Post, Unit
from dualcreate_desktop.fields import Column
from dualcreate_desktop.lists import PEOPLE
from dualcreate_desktop.office import people, records
from dualcreate_desktop.office.people import SECRETARY, Body, Holder
from dualcreate_desktop.office.records import Form, Value
from dualcreate_desktop.office.registry import masked
from dualcreate_desktop.office.store import Changed, Office
from dualcreate_desktop.office.tables import Listing, Page, TableQuery

ROLES = PEOPLE.field("role").choices

POST_FIELDS = tuple(
    PEOPLE.field(key) for key in ("name", "role", "double_leader", "since", "until", "title", "phone", "note")
)
"""What the form of a post asks for; where the post is, it knows."""


@dataclass(frozen=True, slots=True)
class PostRow:
    """One post as a table shows it.

    Args:
        until: None while it is held.
        double_leader: whether a secretary is a 双带头人; None where nobody said.
    """

    id: str
    role: str
    name: str
    since: str | None
    until: str | None
    title: str
    phone: str
    note: str
    double_leader: bool | None


def role_label(value: object) -> str:
    """What the office calls a role."""
    return records.label_of(PEOPLE.field("role"), value)


def _double(value: object) -> str:
    return "" if value is None else "是" if value else "否"


def _until(value: object) -> str:
    return str(value) if value else "现任"


POST_COLUMNS = (
    Column("name", "姓名", 12),
    Column("role", "职务", 12, text=role_label),
    Column("since", "任职时间", 12),
    Column("until", "离任时间", 12, text=_until),
    Column("double_leader", "双带头人", 8, text=_double),
    Column("title", "行政职务职称", 15),
    Column("phone", "联系电话", 14, text=masked),
    Column("note", "备注", 16, hidden=True),
)

_ROLE_ORDER = case({choice.value: place for place, choice in enumerate(ROLES)}, value=Post.role, else_=99)

LISTING = Listing(
    PostRow,
    {
        "id": Post.id,
        "role": Post.role,
        "name": Person.name,
        "since": Post.since,
        "until": Post.until,
        "title": Person.title,
        "phone": Person.phone,
        "note": Post.note,
        "double_leader": Post.double_leader,
    },
    select(Post.id).join(Person, Post.person_id == Person.id),
    natural=(Post.until.is_not(None), Post.until.desc(), _ROLE_ORDER, Post.since.desc(), Post.id),
    sort_by={"name": Person.sort_key, "role": _ROLE_ORDER},
)


def posts(office: Office, body: Body, query: TableQuery) -> Page[PostRow]:
    """The posts of a body: those held now by role, then the former, the newest first."""
    with office.read() as session:
        return LISTING.page(session, query, [_of(body)])


def held(office: Office, body: Body) -> tuple[PostRow, ...]:
    """The posts that are held now, by role."""
    with office.read() as session:
        return LISTING.all(session, _of(body), Post.until.is_(None))


def present(session: Session, body: Body, role: str) -> Holder | None:
    """Who holds a role now; the latest when several do."""
    rows = LISTING.all(session, _of(body), Post.until.is_(None), Post.role == role)
    return Holder(rows[0].name, rows[0].since) if rows else None


def post_form(office: Office, post_id: str, *, ending: bool = False) -> Form:
    """What a form shows of a post; StaleData when it is gone.

    Args:
        ending: propose today as the day on which it ends.
    """
    with office.read() as session:
        post, person = _stored(session, post_id)
        values: dict[str, Value] = {
            "name": person.name,
            "role": post.role,
            "double_leader": post.double_leader,
            "since": records.partial(post.since),
            "until": records.partial(post.until),
            "title": person.title or None,
            "phone": person.phone or None,
            "note": post.note or None,
        }
        if ending and post.until is None:
            values["until"] = records.partial(f"{office.clock():%Y-%m-%d}")
        return Form(post.id, records.revision_of(post, person), values)


def save_post(office: Office, body: Body, form: Form) -> Changed | None:
    """Write a post from a form as one change; None when nothing differs.

    A new 书记 ends the post of the one who held it, on the day of the new start, else today.

    Raises:
        NotAllowed: a required value is missing, or the post would end before it begins.
        StaleData: somebody changed the post since the form read it.
    """
    records.check_required(POST_FIELDS, form)
    _check_dates(form)
    values = form.values
    verb = "新增任职" if form.record_id is None else "修改任职"
    title = f"{verb} {values['name']}（{_body_name(office, body)} {role_label(values['role'])}）"
    with office.change(title) as session:
        post = None if form.record_id is None else _unchanged(session, form)
        person = people.find_or_add(session, str(values["name"]), body.unit_id)
        records.assign(person, {key: str(values.get(key) or "") for key in ("title", "phone")})
        columns: dict[str, object] = {
            "person_id": person.id,
            "role": values["role"],
            "since": _text(values.get("since")),
            "until": _text(values.get("until")),
            "double_leader": values.get("double_leader"),
            "note": str(values.get("note") or ""),
        }
        if post is None:
            _end_former(session, body, columns, today=f"{office.clock():%Y-%m-%d}")
            of_branch = body.branch_id is not None
            unit_id = None if of_branch else body.unit_id
            session.add(Post(unit_id=unit_id, branch_id=body.branch_id, **columns))
        else:
            records.assign(post, columns)
    return session.changed


def _unchanged(session: Session, form: Form) -> Post:
    """The post of a form that nobody changed since it was read; StaleData otherwise."""
    post, person = _stored(session, str(form.record_id))
    records.check_revision(post, form, "这条任职", person)
    return post


def delete_post(office: Office, post_id: str) -> Changed | None:
    """Take a post out, as one that never was; StaleData when it is gone."""
    with office.read() as session:
        post, person = _stored(session, post_id)
        body = Body(post.unit_id or "", post.branch_id)
        title = f"删除任职 {person.name}（{_body_name(office, body)} {role_label(post.role)}）"
    with office.change(title) as session:
        session.delete(_stored(session, post_id)[0])
    return session.changed


def _body_name(office: Office, body: Body) -> str:
    with office.read() as session:
        record = session.get(Branch, body.branch_id) if body.branch_id else session.get(Unit, body.unit_id)
        return record.name if record else ""


def _of(body: Body) -> ColumnElement[bool]:
    return Post.branch_id == body.branch_id if body.branch_id else Post.unit_id == body.unit_id


def _stored(session: Session, post_id: str) -> tuple[Post, Person]:
    post = session.get(Post, post_id)
    if post is None:
        raise StaleData("这条任职已被删除", todo="请重新打开任职列表。")
    return post, session.get_one(Person, post.person_id)


def _check_dates(form: Form) -> None:
    since, until = (records.partial(_text(form.values.get(key))) for key in ("since", "until"))
    if since is not None and until is not None and until.latest < since.earliest:
        raise NotAllowed(f"离任时间 {until} 早于任职时间 {since}", todo="请核对两个时间。")


def _end_former(session: Writer, body: Body, columns: dict[str, object], *, today: str) -> None:
    if columns["role"] != SECRETARY or columns["until"] is not None:
        return
    held_now = select(Post).where(_of(body), Post.role == SECRETARY, Post.until.is_(None))
    for former in session.scalars(held_now):
        former.until = str(columns["since"] or today)


def _text(value: Value) -> str | None:
    return None if value is None else str(value)


NEW_SECRETARY = Form(None, "", {"role": SECRETARY})
"""The form of a post that is to be added; most often it is a new 书记."""
