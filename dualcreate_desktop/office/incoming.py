"""The desk where files come in: opened once, previewed whatever list they hold, mended, imported, remembered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import FileRefused, UserError
from db.models import Branch, Change, IntakeFile, Unit
from dualcreate_desktop.intake.containers import Envelope, Kind, PasswordNeeded, Source, open_source
from dualcreate_desktop.intake.grid import Grid
from dualcreate_desktop.intake.own_sheets import why_skipped
from dualcreate_desktop.intake.sheets import read_sheets, unpack_source
from dualcreate_desktop.intake.unpacking import Unopened
from dualcreate_desktop.lists import LIST_KINDS
from dualcreate_desktop.office import receiving, score_sheets
from dualcreate_desktop.office.applications import applications
from dualcreate_desktop.office.previewing import Names, Preview, Sheet
from dualcreate_desktop.office.receiving import NO_ANSWERS, Answers, Tick, asking, go_on
from dualcreate_desktop.office.recognising import list_kinds, recognised
from dualcreate_desktop.office.reviews import reviewers
from dualcreate_desktop.office.rounds import rules
from dualcreate_desktop.office.score_sheets import ScoreSheet
from dualcreate_desktop.office.store import Changed, Office

__all__ = [
    "Arrived",
    "PasswordNeeded",
    "Received",
    "apply",
    "arrivals",
    "history",
    "lay_out",
    "mend",
    "open_file",
    "standing",
]

SCORES = "scores"

FEWEST_ROWS = FEWEST_CELLS = 2
"""Less is a cover page or a note, and no list that was not recognised."""


@dataclass(frozen=True, slots=True)
class Received:
    """A sheet that was imported earlier and not undone."""

    id: str
    change_id: str
    name: str
    sheet: str
    list_label: str
    at: datetime
    actor: str
    summary: str


@dataclass(frozen=True, slots=True)
class Arrived:
    """One file that was found in what was given.

    Args:
        path: where it was found, for people: 通知.eml › 附件.zip › 名册.xlsx.
        source: its bytes; None for a file that could not be taken out of its mail or archive.
        previews: of its sheets that hold a list.
        strange: its sheets that hold something, but no list that is known; somebody may say what they are.
        trouble: why it cannot be read, or why nothing of it can be imported.
    """

    path: str
    envelope: Envelope | None = None
    source: Source | None = None
    previews: tuple[Preview, ...] = ()
    strange: tuple[Grid, ...] = ()
    trouble: UserError | None = None


def arrivals(
    office: Office,
    source: Source,
    *,
    round_id: str | None = None,
    passwords: Sequence[str] = (),
    tick: Tick = go_on,
) -> Iterator[Arrived]:
    """Every file in what was given, mails and archives opened, each read and previewed as it comes.

    Args:
        round_id: the round to which applications, reviewers and marks belong.
        passwords: tried on whatever is locked.
        tick: called about ten times a second; stops the reading by raising.
    """
    try:
        items = unpack_source(source, passwords=passwords, cancelled=asking(tick))
    except FileRefused as trouble:
        yield Arrived(source.path, source.envelope, source, trouble=trouble)
        return
    for item in items:
        tick()
        if isinstance(item, Unopened):
            refusal = (PasswordNeeded if item.locked else FileRefused)(item.what, todo=item.todo)
            yield Arrived(item.path, item.envelope, trouble=refusal)
        else:
            yield _arrived(office, item, round_id, passwords, tick)


def _arrived(
    office: Office, source: Source, round_id: str | None, passwords: Sequence[str], tick: Tick
) -> Arrived:
    """A file that stands for itself; whatever is wrong with it is its own."""
    strange: tuple[Grid, ...] = ()
    previews: tuple[Preview, ...] = ()
    trouble = None
    try:
        grids = read_sheets(source, passwords=passwords, cancelled=asking(tick))
        if source.kind is not Kind.DOCX:
            strange = tuple(grid for grid in grids if _may_be_a_list(grid))
        previews = _previewed(office, source, grids, round_id, tick)
    except UserError as refusal:
        trouble = refusal
    taken = {preview.sheet.grid.name for preview in previews}
    others = tuple(grid for grid in strange if grid.name not in taken)
    return Arrived(source.path, source.envelope, source, previews, others, trouble)


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
    grids = read_sheets(source, password=password, cancelled=asking(tick))
    return _previewed(office, source, grids, round_id, tick)


def _previewed(
    office: Office, source: Source, grids: Sequence[Grid], round_id: str | None, tick: Tick
) -> tuple[Preview, ...]:
    with office.read() as session:
        kinds = list_kinds(session, round_id)
        if round_id is not None and reviewers(session, round_id):
            kinds = (*kinds, score_sheets.score_list(rules(session, round_id).notice.rubric))
        names = _names(session, round_id)
        found: list[Sheet] = []
        for grid, guess in recognised(session, source, grids, kinds):
            tick()
            if guess.kind.key == SCORES and round_id is not None:
                found.append(score_sheets.plan_sheet(session, source, grid, guess, round_id, tick=tick))
            else:
                found.append(receiving.plan_sheet(office, session, source, grid, guess, round_id, tick=tick))
    return tuple(Preview(sheet, names) for sheet in found)


def lay_out(
    office: Office,
    source: Source,
    grid: Grid,
    answers: Answers,
    *,
    round_id: str | None = None,
    tick: Tick = go_on,
) -> Preview:
    """Preview a sheet that was not recognised, as the list that somebody says it is.

    Raises:
        FileRefused: nobody has said it yet.
        NotAllowed: the list belongs to a round, and there is none.
    """
    with office.read() as session:
        sheet = receiving.plan_sheet(
            office, session, source, grid, None, round_id, answers=answers, tick=tick
        )
        return Preview(sheet, _names(session, round_id))


def mend(
    office: Office,
    preview: Preview,
    answers: Answers = NO_ANSWERS,
    *,
    tick: Tick = go_on,
) -> Preview:
    """Preview a sheet again, as answered and against the store as it is now.

    Args:
        answers: all of them; none to see it as the sender wrote it.
    """
    sheet: Sheet = preview.sheet
    with office.read() as session:
        names = _names(session, sheet.round_id)
        what = (session, sheet.source, sheet.grid)
        if isinstance(sheet, ScoreSheet):
            sheet = score_sheets.plan_sheet(*what, sheet.guess, sheet.round_id, answers=answers, tick=tick)
        else:
            sheet = receiving.plan_sheet(
                office, *what, sheet.found, sheet.round_id, answers=answers, tick=tick
            )
    return Preview(sheet, names)


def apply(office: Office, preview: Preview, *, tick: Tick = go_on) -> Changed | None:
    """Write what the preview shows, as one change; None when it has nothing to write.

    Raises:
        StaleData: the store changed since, and the import would now be another.
    """
    if isinstance(preview.sheet, ScoreSheet):
        return score_sheets.apply(office, preview.sheet)
    return receiving.apply(office, preview.sheet, tick=tick)


def history(office: Office, *, limit: int = 1_000) -> tuple[Received, ...]:
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
                file.id,
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


def _may_be_a_list(grid: Grid) -> bool:
    """Whether a sheet holds rows of several cells and none of our own making."""
    wide = sum(len(row) - row.count("") >= FEWEST_CELLS for row in grid.rows)
    return wide >= FEWEST_ROWS and not why_skipped(grid)
