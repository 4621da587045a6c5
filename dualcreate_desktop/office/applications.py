"""Applications (申报) of a round: who applies for what, and where each stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import case, exists, select
from sqlalchemy.orm import Session, aliased

from db.errors import NotAllowed
from db.history import Writer
from db.models import Application, Branch, Person, Project, Unit
from db.vocabulary import Applicant, ApplicationState
from dualcreate_desktop.fields import Choice, ListKind
from dualcreate_desktop.lists import APPLICATIONS
from dualcreate_desktop.office import people, records, registry
from dualcreate_desktop.office.records import Value
from dualcreate_desktop.office.rounds import Rules
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import Listing
from dualcreate_desktop.rules.dates import PartialDate
from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.terms import kinds_named

ANSWERS = ("summary", "goals", "outcomes")
"""What the form asks for in words."""


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """One application as a table shows it; `applicant` is the branch, or the unit where it applies itself."""

    id: str
    unit_id: str
    branch_id: str | None
    unit: str
    unit_name: str
    applicant: str
    kind: str
    category: str
    preference: int | None
    state: ApplicationState
    founded: str | None
    secretary: str
    full_members: int | None
    probationary_members: int | None
    members: int
    contact: str
    phone: str
    answers: Mapping[str, str]
    note: str
    state_reason: str

    @property
    def kind_label(self) -> str:
        """What the office calls the kind of the branch, or of the unit where it applies itself."""
        labels = registry.UNIT_KIND_LABELS if self.branch_id is None else registry.BRANCH_KIND_LABELS
        return labels.get(self.kind, self.kind)

    @property
    def title(self) -> str:
        """The applicant's name by itself, with the unit's where the branch's name does not lead with it."""
        stem = self.unit_name.removesuffix("党委").removesuffix("党总支")
        if self.branch_id is None or self.applicant.startswith((stem, self.unit)):
            return self.applicant
        return f"{self.unit}{self.applicant}"


_CONTACT = aliased(Person)

LISTING = Listing(
    ApplicationRow,
    {
        "id": Application.id,
        "unit_id": Application.unit_id,
        "branch_id": Application.branch_id,
        "unit": registry.UNIT_SHOWN,
        "unit_name": Unit.name,
        "applicant": case((Application.branch_id.is_(None), Unit.name), else_=Branch.name),
        "kind": case((Application.branch_id.is_(None), Unit.kind), else_=Branch.kind),
        "category": Application.category,
        "preference": Application.preference,
        "state": Application.state,
        "founded": case((Application.branch_id.is_(None), Unit.founded), else_=Branch.founded),
        "secretary": case(
            (Application.branch_id.is_(None), registry.UNIT_SECRETARY), else_=registry.BRANCH_SECRETARY
        ),
        "full_members": Branch.full_members,
        "probationary_members": Branch.probationary_members,
        "members": case(
            (Application.branch_id.is_(None), registry.UNIT_MEMBERS), else_=registry.BRANCH_MEMBERS
        ),
        "contact": _CONTACT.name,
        "phone": Application.phone,
        "answers": Application.answers,
        "note": Application.note,
        "state_reason": Application.state_reason,
    },
    select(Application.id)
    .join(Unit, Application.unit_id == Unit.id)
    .outerjoin(Branch, Application.branch_id == Branch.id)
    .outerjoin(_CONTACT, Application.contact_id == _CONTACT.id),
    natural=(
        Unit.order_no.is_(None),
        Unit.order_no,
        Unit.sort_key,
        Application.branch_id.is_not(None),
        Application.preference.is_(None),
        Application.preference,
        Branch.sort_key,
        Application.id,
    ),
)


def applications(session: Session, round_id: str) -> tuple[ApplicationRow, ...]:
    """All applications of a round, by unit and order of preference."""
    return LISTING.all(session, Application.round_id == round_id)


def selected(session: Session, round_id: str) -> tuple[ApplicationRow, ...]:
    """Those of a round that became projects, in the same order."""
    has_project = exists().where(Project.application_id == Application.id)
    return LISTING.all(session, Application.round_id == round_id, has_project)


def applications_of(office: Office, round_id: str) -> tuple[ApplicationRow, ...]:
    """`applications`, outside a session."""
    with office.read() as session:
        return applications(session, round_id)


def subject(office: Office, application_ids: Iterable[str]) -> str:
    """Whose applications, as the title of an action says it: 某某支部, 某某支部等 3 项; empty when they are gone."""
    ids = list(application_ids)
    with office.read() as session:
        first = LISTING.all(session, Application.id == ids[0]) if ids else ()
    name = first[0].title if first else ""
    return f"{name}等 {len(ids)} 项" if name and len(ids) > 1 else name


def list_kind(notice: Notice) -> ListKind:
    """The 申报汇总表 of a round: its categories are the choices, by full or short name."""
    choices = tuple(Choice(item.key, item.name, (item.short_name, item.status)) for item in notice.categories)
    fields = tuple(
        replace(field, choices=choices, open_choice=False) if field.key == "category" else field
        for field in APPLICATIONS.fields
    )
    return replace(APPLICATIONS, fields=fields)


def insert(session: Writer, rules: Rules, rows: Sequence[Mapping[str, Value]]) -> list[str]:
    """Add applications to a round; returns their ids.

    Raises:
        NotAllowed: a branch applies in a category of units, a unit in one of branches, or one of a kind that the
            category does not admit.
    """
    made = []
    for row in rows:
        _check_applicant(session, rules.notice, row)
        columns = _columns(session, rules.notice, row)
        record = Application(
            round_id=rules.round_id, **{"state": ApplicationState.SUBMITTED, "answers": {}, **columns}
        )
        session.add(record)
        made.append(record)
    session.flush()
    return [record.id for record in made]


def update(session: Writer, rules: Rules, application_id: str, values: Mapping[str, Value]) -> None:
    """Write the given values of an application; keys that are not given stay."""
    record = session.get_one(Application, application_id)
    columns = _columns(session, rules.notice, {"unit": record.unit_id, **values})
    if "answers" in columns:
        columns["answers"] = {**record.answers, **columns["answers"]}
    records.assign(record, columns)


def values_of(record: Application, contact: str | None) -> dict[str, Value]:
    """What the 申报汇总表 says of a stored application."""
    answers = {key: record.answers.get(key) or None for key in ANSWERS}
    return {**records.from_record(APPLICATIONS, record), "contact": contact, **answers}


def _check_applicant(session: Session | Writer, notice: Notice, row: Mapping[str, Value]) -> None:
    trouble = applicant_trouble(session, notice, row)
    if trouble:
        raise NotAllowed(trouble, todo="请检查申报类别和申报党支部两列。")


def applicant_trouble(session: Session | Writer, notice: Notice, row: Mapping[str, object]) -> str:
    """Why the applicant cannot apply in the category; empty when it can: it stands, and is of the kinds admitted."""
    category = notice.category(str(row["category"]))
    by_branch = row.get("branch") is not None
    if by_branch != (category.applicant is Applicant.BRANCH):
        todo = "不能填写申报党支部" if by_branch else "须写明申报党支部"
        return f"“{category.short_name}”由{category.applicant.label}申报，{todo}"
    body = session.get(Branch, row["branch"]) if by_branch else session.get(Unit, row["unit"])
    if body is not None and body.dissolved:
        return f"“{body.name}”已于{PartialDate.parse(body.dissolved).chinese}撤销，不能申报"
    if body is None or category.admits(category.applicant, body.kind):
        return ""
    return f"“{category.short_name}”只限{kinds_named(category.kinds)}申报"


def _columns(session: Writer, notice: Notice, row: Mapping[str, Value]) -> dict[str, Any]:
    columns = records.to_columns(list_kind(notice), Application, row)
    answers = {key: str(row[key]) for key in ANSWERS if row.get(key) is not None}
    if answers:
        columns["answers"] = answers
    if row.get("contact"):
        phone = str(row.get("phone") or "")
        columns["contact_id"] = people.find_or_add(
            session, str(row["contact"]), str(row["unit"]), phone=phone
        ).id
    return columns
