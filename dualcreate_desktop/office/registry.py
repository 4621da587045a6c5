"""The registry: units, branches and the people who lead them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, CompoundSelect, ScalarSelect, case, func, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from db import search
from db.errors import NotAllowed, StaleData
from db.history import Writer
from db.models import Branch, Person, Post, Unit
from dualcreate_desktop.fields import Align, Column
from dualcreate_desktop.lists import BRANCH_KINDS, BRANCHES, UNIT_KINDS
from dualcreate_desktop.office import records
from dualcreate_desktop.office.people import SECRETARY, Body
from dualcreate_desktop.office.records import Form, Value
from dualcreate_desktop.office.registry_writing import insert_branches, update_branches
from dualcreate_desktop.office.store import Changed, Office
from dualcreate_desktop.office.tables import ALL, Listing, Numbers, Page, TableQuery

DISSOLVED = "dissolved"
"""A filter that asks for the branches that are no more; without it only those that stand are listed."""

UNIT_KIND_LABELS: Mapping[str, str] = {choice.value: choice.label for choice in UNIT_KINDS}
BRANCH_KIND_LABELS: Mapping[str, str] = {choice.value: choice.label for choice in BRANCH_KINDS}


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One 院级党组织 as a table shows it."""

    id: str
    order_no: int | None
    code: str | None
    name: str
    short_name: str
    kind: str
    secretary: str
    branches: int
    members: int
    founded: str | None
    phone: str


@dataclass(frozen=True, slots=True)
class BranchRow:
    """One 党支部 as a table shows it; `members` is full and probationary members together, None when nobody said."""

    id: str
    unit_id: str
    unit: str
    code: str | None
    name: str
    kind: str
    secretary: str
    founded: str | None
    full_members: int | None
    probationary_members: int | None
    members: int | None
    planned_end: str | None
    dissolved: str | None
    phone: str
    note: str


def _unit_kind(value: object) -> str:
    return UNIT_KIND_LABELS.get(str(value), str(value))


def _branch_kind(value: object) -> str:
    return BRANCH_KIND_LABELS.get(str(value), str(value))


def masked(value: object) -> str:
    """A telephone number with its middle hidden: 138****5678."""
    text = str(value or "")
    return text if len(text) < 7 else f"{text[:3]}{'*' * (len(text) - 7)}{text[-4:]}"


UNIT_COLUMNS = (
    Column("order_no", "排序号", 8, Align.RIGHT),
    Column("name", "院级党组织", 30),
    Column("short_name", "简称", 14, hidden=True),
    Column("kind", "类型", 14, text=_unit_kind),
    Column("secretary", "书记", 8),
    Column("branches", "党支部数", 9, Align.RIGHT),
    Column("members", "党员数", 8, Align.RIGHT),
    Column("founded", "成立时间", 12, hidden=True),
    Column("code", "组织编码", 14, hidden=True),
    Column("phone", "联系电话", 14, text=masked, hidden=True),
)

BRANCH_COLUMNS = (
    Column("name", "党支部", 34),
    Column("unit", "院级党组织", 18),
    Column("kind", "类型", 14, text=_branch_kind),
    Column("secretary", "书记", 10),
    Column("founded", "成立时间", 12),
    Column("members", "党员数", 8, Align.RIGHT),
    Column("full_members", "正式党员", 10, Align.RIGHT, hidden=True),
    Column("probationary_members", "预备党员", 10, Align.RIGHT, hidden=True),
    Column("planned_end", "预计撤并或毕业", 14, hidden=True),
    Column("dissolved", "撤销时间", 12, hidden=True),
    Column("code", "组织编码", 14, hidden=True),
    Column("phone", "书记电话", 14, text=masked, hidden=True),
    Column("note", "备注", 20, hidden=True),
)


def _secretary(
    body: InstrumentedAttribute[str | None], owner: InstrumentedAttribute[str]
) -> ScalarSelect[str]:
    """The name of the present secretary, as a column of a larger query."""
    return (
        select(Person.name)
        .join(Post, Post.person_id == Person.id)
        .where(body == owner, Post.role == SECRETARY, Post.until.is_(None))
        .order_by(Post.since.desc())
        .limit(1)
        .scalar_subquery()
    )


UNIT_SECRETARY = _secretary(Post.unit_id, Unit.id)
BRANCH_SECRETARY = _secretary(Post.branch_id, Branch.id)
UNIT_SHOWN = case((Unit.short_name == "", Unit.name), else_=Unit.short_name)
BRANCH_MEMBERS = func.coalesce(Branch.full_members, 0) + func.coalesce(Branch.probationary_members, 0)
_UNIT_BRANCHES = (
    select(func.count()).where(Branch.unit_id == Unit.id, Branch.dissolved.is_(None)).scalar_subquery()
)
UNIT_MEMBERS = (
    select(func.coalesce(func.sum(BRANCH_MEMBERS), 0))
    .where(Branch.unit_id == Unit.id, Branch.dissolved.is_(None))
    .correlate(Unit)
    .scalar_subquery()
)

_UNIT_ORDER = (Unit.order_no.is_(None), Unit.order_no, Unit.sort_key)

UNIT_LISTING = Listing(
    UnitRow,
    {
        "id": Unit.id,
        "order_no": Unit.order_no,
        "code": Unit.code,
        "name": Unit.name,
        "short_name": Unit.short_name,
        "kind": Unit.kind,
        "secretary": UNIT_SECRETARY,
        "branches": _UNIT_BRANCHES,
        "members": UNIT_MEMBERS,
        "founded": Unit.founded,
        "phone": Unit.phone,
    },
    select(Unit.id),
    natural=_UNIT_ORDER,
    sort_by={"name": Unit.sort_key},
)

BRANCH_LISTING = Listing(
    BranchRow,
    {
        "id": Branch.id,
        "unit_id": Branch.unit_id,
        "unit": UNIT_SHOWN,
        "code": Branch.code,
        "name": Branch.name,
        "kind": Branch.kind,
        "secretary": BRANCH_SECRETARY,
        "founded": Branch.founded,
        "full_members": Branch.full_members,
        "probationary_members": Branch.probationary_members,
        "members": case(
            (Branch.full_members.is_not(None), BRANCH_MEMBERS), else_=Branch.probationary_members
        ),
        "planned_end": Branch.planned_end,
        "dissolved": Branch.dissolved,
        "phone": Branch.phone,
        "note": Branch.note,
    },
    select(Branch.id).join(Unit, Branch.unit_id == Unit.id),
    natural=(*_UNIT_ORDER, Branch.sort_key, Branch.id),
    sort_by={"name": Branch.sort_key, "unit": Unit.sort_key},
    chip="kind",
)


def units(office: Office, query: TableQuery = ALL) -> Page[UnitRow]:
    """Units, in the order of their 排序号 unless the query sorts otherwise."""
    with office.read() as session:
        return UNIT_LISTING.page(session, query, unit_filter(query))


def branches(office: Office, query: TableQuery = ALL) -> Page[BranchRow]:
    """Branches that stand, by unit and name unless the query sorts otherwise; `counts` are those of the kinds, in their order."""
    with office.read() as session:
        found = _branches_found(query.search) if query.search.strip() else None
        page = BRANCH_LISTING.page(session, query, _standing_of_units(query), found)
    order = {choice.value: place for place, choice in enumerate(BRANCH_KINDS)}
    return replace(page, counts=dict(sorted(page.counts.items(), key=lambda item: order[item[0]])))


def dissolved_count(office: Office, query: TableQuery) -> int:
    """How many branches that are no more the search of a query finds; where there are none, nothing is searched."""
    gone = select(func.count()).select_from(Branch).where(Branch.dissolved.is_not(None))
    with office.read() as session:
        count = session.scalar(gone) or 0
        if not count or not query.search.strip():
            return count
        found = search.row_number("branch").in_(_branches_found(query.search))
        return session.scalar(gone.where(found)) or 0


def branch(office: Office, branch_id: str) -> BranchRow:
    """One branch; NotAllowed when it is gone."""
    with office.read() as session:
        rows = BRANCH_LISTING.all(session, Branch.id == branch_id)
    if not rows:
        raise NotAllowed("这个党支部已不在名册中", todo="请刷新后再试。")
    return rows[0]


def unit_choices(office: Office) -> tuple[tuple[str, str], ...]:
    """(id, name) of all units, for a form's choice."""
    return tuple((row.id, row.name) for row in units(office).rows)


def branch_form(office: Office, branch_id: str) -> Form:
    """What a form shows of a branch; StaleData when it is gone."""
    with office.read() as session:
        record = session.get(Branch, branch_id)
        if record is None:
            raise StaleData("这个党支部已被删除", todo="请刷新列表。")
        body = Body(record.unit_id, record.id)
        revision = records.revision_of(record, *posts_of(session, body, SECRETARY))
        values = {**records.from_record(BRANCHES, record), **holders_of(session, body)}
        return Form(record.id, revision, values)


def save_branch(office: Office, form: Form) -> Changed | None:
    """Write a branch from a form as one change; None when nothing differs.

    Raises:
        NotAllowed: a required value is missing, or another branch has the name in that unit or the code.
        StaleData: somebody changed the branch since the form read it.
    """
    records.check_required(BRANCHES.fields, form)
    verb = "新增" if form.record_id is None else "修改"
    with office.change(f"{verb} {form.values['name']}") as session:
        _refuse_namesake(session, form)
        if form.record_id is None:
            insert_branches(session, [form.values], today=f"{office.clock():%Y-%m-%d}")
        else:
            posts = posts_of(session, Body("", form.record_id), SECRETARY)
            records.check_revision(session.get(Branch, form.record_id), form, "这个党支部", *posts)
            update_branches(session, {form.record_id: form.values}, today=f"{office.clock():%Y-%m-%d}")
    return session.changed


def posts_of(session: Session, body: Body, *roles: str) -> tuple[Post, ...]:
    """The posts of a body that are held now: a form that names who holds them is stale when one changes."""
    owner = Post.branch_id == body.branch_id if body.branch_id else Post.unit_id == body.unit_id
    held = select(Post).where(owner, Post.role.in_(roles), Post.until.is_(None)).order_by(Post.id)
    return tuple(session.scalars(held))


def holders_of(session: Session, body: Body) -> dict[str, Value]:
    """The present secretary and the start of the post, as values of a list."""
    owner = Post.branch_id == body.branch_id if body.branch_id else Post.unit_id == body.unit_id
    found = session.execute(
        select(Person.name, Post.since)
        .join(Post, Post.person_id == Person.id)
        .where(owner, Post.role == SECRETARY, Post.until.is_(None))
        .order_by(Post.since.desc())
    ).first()
    return {} if found is None else {"secretary": found[0], "secretary_since": records.partial(found[1])}


def _refuse_namesake(session: Writer, form: Form) -> None:
    name, code = form.values["name"], form.values.get("code")
    if _is_taken(session, form, Branch.unit_id == form.values["unit"], Branch.name == name):
        raise NotAllowed(f"该院级党组织已有“{name}”", todo="请换一个名称，或修改原有的党支部。")
    if code and _is_taken(session, form, Branch.code == code):
        raise NotAllowed(f"组织编码“{code}”已属于另一个党支部", todo="请核对编码，或先修改那个党支部。")


def _is_taken(session: Writer, form: Form, *wanted: ColumnElement[bool]) -> bool:
    found = session.scalar(select(Branch.id).where(*wanted))
    return found is not None and found != form.record_id


def unit_filter(query: TableQuery) -> list[ColumnElement[bool]]:
    """What a query asks of a unit."""
    wanted: list[ColumnElement[bool]] = []
    if query.search.strip():
        wanted.append(Unit.id.in_(_units_found(query.search)))
    if kinds := query.filters.get("kind"):
        wanted.append(Unit.kind.in_(kinds))
    if (ids := query.filters.get("id")) is not None:
        wanted.append(Unit.id.in_(ids))
    return wanted


def _units_found(text: str) -> CompoundSelect[str]:
    """By their own names and their people's; most people lead branches and are passed by."""
    hits = search.Hits(text)
    led = Post.unit_id.is_not(None) & Post.person_id.in_(hits.of("person"))
    return union_all(hits.of("unit"), select(Post.unit_id).where(led))


def _standing_of_units(query: TableQuery) -> list[ColumnElement[bool]]:
    """Those that stand, or those that are no more; of all units or of some."""
    unit_ids = query.filters.get("unit_id")
    gone = DISSOLVED in query.filters
    standing = Branch.dissolved.is_not(None) if gone else Branch.dissolved.is_(None)
    return [standing, *([Branch.unit_id.in_(unit_ids)] if unit_ids else [])]


def _branches_found(text: str) -> Numbers:
    """By their own names, their units' and their people's; one union, since SQLite would look up each OR twice."""
    hits, number = search.Hits(text), search.row_number("branch")
    return union_all(
        select(number).where(Branch.id.in_(hits.of("branch"))),
        select(number).where(Branch.unit_id.in_(hits.of("unit"))),
        select(number)
        .join_from(Branch, Post, Post.branch_id == Branch.id)
        .where(Post.person_id.in_(hits.of("person"))),
    )
