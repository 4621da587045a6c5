"""What is on record of one unit or branch, for the card beside the list; what bars it only eligibility shows."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, select

from db.models import Application, Round
from db.vocabulary import ApplicationState
from dualcreate_desktop.office.evidence_lists import (
    APPRAISAL_LIST,
    HONOUR_LIST,
    AppraisalRow,
    HonourRow,
)
from dualcreate_desktop.office.histories import HistoryRow, body_history
from dualcreate_desktop.office.people import Body
from dualcreate_desktop.office.posts import PostRow, held
from dualcreate_desktop.office.rounds import rules
from dualcreate_desktop.office.store import Office

SHOWN_ACTIONS = 3

YEARS = 3
"""How many years of appraisals a card tells."""


@dataclass(frozen=True, slots=True)
class AppliedRow:
    """One application in any round."""

    round_name: str
    category: str
    state: ApplicationState


@dataclass(frozen=True, slots=True)
class Dossier:
    """What is on record of a body.

    Args:
        appraisals: of the newest three years that were appraised, the newest first.
        posts: that are held now.
        history: the newest actions first.
    """

    posts: tuple[PostRow, ...]
    appraisals: tuple[AppraisalRow, ...]
    honours: tuple[HonourRow, ...]
    applications: tuple[AppliedRow, ...]
    history: tuple[HistoryRow, ...]


def dossier(office: Office, body: Body) -> Dossier:
    """What is on record of a branch, or of a unit itself."""
    appraisals = APPRAISAL_LIST.of_body(office, body)
    newest = max((row.year for row in appraisals), default=0)
    return Dossier(
        posts=held(office, body),
        appraisals=tuple(row for row in appraisals if row.year > newest - YEARS),
        honours=HONOUR_LIST.of_body(office, body),
        applications=_applied(office, body),
        history=body_history(office, body, limit=SHOWN_ACTIONS),
    )


def _applied(office: Office, body: Body) -> tuple[AppliedRow, ...]:
    own = (
        Application.branch_id == body.branch_id
        if body.branch_id
        else and_(Application.branch_id.is_(None), Application.unit_id == body.unit_id)
    )
    found = (
        select(Application.round_id, Round.name, Application.category, Application.state)
        .join(Round, Application.round_id == Round.id)
        .where(own)
        .order_by(Round.name.desc())
    )
    with office.read() as session:
        return tuple(
            AppliedRow(name, rules(session, round_id).notice.category(category).short_name, state)
            for round_id, name, category, state in session.execute(found)
        )
