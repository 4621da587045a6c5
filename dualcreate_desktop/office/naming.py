"""What a person calls a stored row: itself by name, else by whom it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from db.history import StoredRow
from db.models import Application, Branch, Person, Project, Reviewer, Round, Unit
from dualcreate_desktop.office.own_unit import LABELS

OWNERS = ("application_id", "project_id", "person_id", "branch_id", "unit_id", "reviewer_id", "round_id")
"""Columns that say whose a row is; the first that is filled says it best."""

PIECE = 500
"""Ids asked for at once; SQLite takes only so many."""


def name_of(row: StoredRow, names: Mapping[str, str]) -> str:
    """What a row is called; empty where neither it nor its owner has a name.

    Args:
        names: what the ids are called that the row points at; see `names_of`.
    """
    own = row.get("name") or row.get("title") or LABELS.get(str(row.get("key")))
    owners = (names[str(row[key])] for key in OWNERS if str(row.get(key)) in names)
    return str(own or next(owners, ""))


def names_of(session: Session, rows: Iterable[StoredRow]) -> dict[str, str]:
    """What the ids are called that stand in these rows."""
    ids = sorted({str(value) for row in rows for key, value in row.items() if key.endswith("_id") and value})
    found: dict[str, str] = {}
    for start in range(0, len(ids), PIECE):
        found |= dict(_named(session, ids[start : start + PIECE]))
    return found


def _named(session: Session, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    applicant = case((Application.branch_id.is_(None), Unit.name), else_=Branch.name)
    applied = (
        select(Application.id, applicant)
        .join(Unit, Application.unit_id == Unit.id)
        .outerjoin(Branch, Application.branch_id == Branch.id)
    )
    built = (
        select(Project.id, applicant)
        .join(Application, Project.application_id == Application.id)
        .join(Unit, Application.unit_id == Unit.id)
        .outerjoin(Branch, Application.branch_id == Branch.id)
    )
    judged = select(Reviewer.id, Person.name).join(Person, Reviewer.person_id == Person.id)
    queries = [select(model.id, model.name) for model in (Unit, Branch, Person, Round)]
    for query in (*queries, applied, built, judged):
        key = query.selected_columns[0]
        yield from ((row[0], row[1]) for row in session.execute(query.where(key.in_(ids))))
