"""What of a project is settled by saying so: a report or an outcome that came, a result that was published.

Each stands as a receipt beside the paper of the application, with who received it and when, and is taken back by 撤销.
"""

from __future__ import annotations

from sqlalchemy import func, select

from db.errors import NotAllowed
from db.models import Application, Receipt
from dualcreate_desktop.office import projects
from dualcreate_desktop.office.store import Changed, Office
from dualcreate_desktop.rules.projects import PUBLISHED, Due


def settling(due: Due) -> str:
    """What the office does about it, as its button says; empty where something else registers it."""
    if not due.key:
        return ""
    return "登记公布" if due.key.startswith(PUBLISHED) else "登记收到"


def settle(office: Office, project_id: str, key: str) -> Changed | None:
    """Say that something owed came or was published now; an outcome of which several are asked counts one.

    Raises:
        NotAllowed: the project does not owe it, or not any more.
    """
    with office.read() as session:
        item, current, category = projects.opened(session, project_id)
        owed = projects.owed(session, item, current, category, office.clock().date())
    due = next((one for one in owed if one.key == key), None)
    if due is None:
        raise NotAllowed("这件事已经登记过，或不用再办", todo="请刷新后再看应办事项。")
    what = due.what.partition("，")[0]
    with office.change(f"{settling(due)} {projects.title_of(office, project_id)}：{what}") as session:
        application = session.get_one(Application, item.application_id)
        same = select(func.count()).where(Receipt.application_id == application.id, Receipt.material == key)
        session.add(
            Receipt(
                round_id=application.round_id,
                unit_id=application.unit_id,
                application_id=application.id,
                material=key,
                copy=(session.scalar(same) or 0) + 1,
                received_at=office.clock().replace(second=0, microsecond=0),
                received_by=office.actor.name,
            )
        )
    return session.changed
