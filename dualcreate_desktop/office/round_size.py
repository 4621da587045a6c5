"""How much the pages of a round have to read: whether one waits for them, or they come when they are there."""

from __future__ import annotations

from sqlalchemy import func, select

from db.models import Application, Branch
from dualcreate_desktop.office.store import Office

APPLICATIONS_AT_ONCE = 100
"""So many applications are read while one waits; more would be felt."""

BRANCHES_AT_ONCE = 2_000
"""So many branches: a unit that applies itself is judged by the honours, topics and members of all its branches."""


def is_large(office: Office, round_id: str) -> bool:
    """Whether reading all that is known of a round's applications takes longer than one waits without noticing."""
    applications = select(func.count()).where(Application.round_id == round_id)
    branches = select(func.count()).select_from(Branch)
    with office.read() as session:
        return (session.scalar(applications) or 0) > APPLICATIONS_AT_ONCE or (
            session.scalar(branches) or 0
        ) > BRANCHES_AT_ONCE
