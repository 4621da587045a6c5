"""The desk where files come in: opened once, previewed whatever list they hold, mended, imported, remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Branch, Change, IntakeFile, Unit
from dualcreate_desktop.intake.containers import PasswordNeeded, open_source
from dualcreate_desktop.intake.sheets import read_sheets
from dualcreate_desktop.lists import LIST_KINDS
from dualcreate_desktop.office import receiving, score_sheets
from dualcreate_desktop.office.applications import applications
from dualcreate_desktop.office.previewing import Names, Preview, Sheet
from dualcreate_desktop.office.receiving import NO_ANSWERS, Answers, Tick, go_on
from dualcreate_desktop.office.reviews import reviewers
from dualcreate_desktop.office.rounds import rules
from dualcreate_desktop.office.score_sheets import ScoreSheet
from dualcreate_desktop.office.store import Changed, Office

__all__ = ["PasswordNeeded", "Received", "apply", "history", "mend", "open_file", "standing"]

SCORES = "scores"


@dataclass(frozen=True, slots=True)
class Received:
    """A sheet that was imported earlier and not undone."""

    change_id: str
    name: str
    sheet: str
    list_label: str
    at: datetime
    actor: str
    summary: str


def open_file(
    office: Office, path: Path, *, round_id: str | None = None, password: str = "", tick: Tick = go_on
) -> tuple[Preview, ...]:
    """Read a file and preview each of its sheets that holds a list, or the marks of a reviewer of the round.

    Args:
        round_id: the round to which applications, reviewers and marks belong.
        tick: called about ten times a second; stops the reading by raising.

    Raises:
        PasswordNeeded: the file is encrypted, and the password is missing or wrong.
        FileRefused: it cannot be read, or holds nothing that is known.
        NotAllowed: its list belongs to a round, and there is none.
    """
    source = open_source(path)
    grids = read_sheets(source, password=password, cancelled=_asking(tick))
    with office.read() as session:
        kinds = receiving.list_kinds(session, round_id)
        if round_id is not None and reviewers(session, round_id):
            kinds = (*kinds, score_sheets.score_list(rules(session, round_id).notice.rubric))
        names = _names(session, round_id)
        found: list[Sheet] = []
        for grid, guess in receiving.recognised(source, grids, kinds):
            tick()
            if guess.kind.key == SCORES and round_id is not None:
                found.append(score_sheets.plan_sheet(session, source, grid, guess, round_id, tick=tick))
            else:
                found.append(receiving.plan_sheet(office, session, source, grid, guess, round_id, tick=tick))
    return tuple(Preview(sheet, names) for sheet in found)


def mend(
    office: Office,
    preview: Preview,
    answers: Answers = NO_ANSWERS,
    *,
    tick: Tick = go_on,
) -> Preview:
    """Preview a sheet again, with these cells mended and against the store as it is now.

    Args:
        answers: all of them; none to see it as the sender wrote it.
    """
    sheet: Sheet = preview.sheet
    with office.read() as session:
        names = _names(session, sheet.round_id)
        what = (sheet.source, sheet.grid, sheet.guess)
        if isinstance(sheet, ScoreSheet):
            sheet = score_sheets.plan_sheet(session, *what, sheet.round_id, mends=answers.mends, tick=tick)
        else:
            sheet = receiving.plan_sheet(office, session, *what, sheet.round_id, answers=answers, tick=tick)
    return Preview(sheet, names)


def apply(office: Office, preview: Preview, *, tick: Tick = go_on) -> Changed | None:
    """Write what the preview shows, as one change; None when it has nothing to write.

    Raises:
        StaleData: the store changed since, and the import would now be another.
    """
    if isinstance(preview.sheet, ScoreSheet):
        return score_sheets.apply(office, preview.sheet)
    return receiving.apply(office, preview.sheet, tick=tick)


def history(office: Office, *, limit: int = 100) -> tuple[Received, ...]:
    """The sheets that were imported and stand, the newest first."""
    labels = {kind.key: kind.label for kind in LIST_KINDS} | {SCORES: "评分表"}
    query = (
        select(IntakeFile, Change.actor)
        .join(Change, Change.id == IntakeFile.revision)
        .order_by(Change.n.desc())
        .limit(limit)
    )
    with office.read() as session:
        return tuple(
            Received(
                file.revision,
                file.name,
                file.sheet,
                labels.get(file.list_key, file.list_key),
                file.applied_at,
                actor,
                file.summary,
            )
            for file, actor in session.execute(query)
        )


def standing(office: Office, change_ids: Iterable[str]) -> frozenset[str]:
    """Those of some imports that were not undone."""
    with office.read() as session:
        found = select(IntakeFile.revision).where(IntakeFile.revision.in_(list(change_ids)))
        return frozenset(session.scalars(found))


def _names(session: Session, round_id: str | None) -> Names:
    titles = [] if round_id is None else [row.title for row in applications(session, round_id)]
    branches = session.execute(select(Branch.id, Branch.name, Branch.unit_id).order_by(Branch.sort_key))
    return Names(
        dict(iter(session.execute(select(Unit.id, Unit.name).order_by(Unit.order_no)))),
        {key: (name, unit_id) for key, name, unit_id in branches},
        {"applicant": tuple(titles)},
    )


def _asking(tick: Tick) -> Callable[[], bool]:
    """A tick as the reading asks it: whether to stop."""

    def asked() -> bool:
        tick()
        return False

    return asked
