"""审查意见 of one application: every condition with what the notice says, what it rests on and what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from db.errors import StaleData
from db.models import Application
from dualcreate_desktop.office.applications import LISTING, ApplicationRow
from dualcreate_desktop.office.eligibility import Assessment, assess_these
from dualcreate_desktop.office.finding_prints import Since, since_printed
from dualcreate_desktop.office.rounds import rules
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.rules.requirements import Guide
from dualcreate_desktop.rules.sentences import sentence


@dataclass(frozen=True, slots=True)
class FindingPage:
    """What the page shows.

    Args:
        category: its short name.
        clauses: id → what the notice says there.
        sentences: key of a condition → its rule as a Chinese sentence.
        guided: keys of the conditions that a guide's answers settle.
        since: what changed since the sheet was printed; None when it never was.
    """

    row: ApplicationRow
    category: str
    assessment: Assessment
    clauses: Mapping[str, str]
    sentences: Mapping[str, str]
    guided: frozenset[str]
    since: Since | None


def finding_page(office: Office, application_id: str) -> FindingPage:
    """Read everything of one application at one moment.

    Raises:
        StaleData: it is gone.
    """
    with office.read() as session:
        item = session.get(Application, application_id)
        if item is None:
            raise StaleData("这项申报已不存在", todo="请刷新列表。")
        current = rules(session, item.round_id)
        (row,) = LISTING.all(session, Application.id == application_id)
        assessments = assess_these(session, current, [item])
        asked = current.notice.conditions_of(item.category)
        return FindingPage(
            row,
            current.notice.category(item.category).short_name,
            assessments[application_id],
            current.notice.all_clauses,
            {condition.key: sentence(condition, current.notice) for condition in asked},
            frozenset(condition.key for condition in asked if isinstance(condition.requirement, Guide)),
            since_printed(session, item.round_id, assessments).get(application_id),
        )
