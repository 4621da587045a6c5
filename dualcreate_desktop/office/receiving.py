"""The intake desk: an e-mailed file becomes plans to look at, and a plan becomes one change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.errors import StaleData
from db.history import Writer
from db.models import Alias, Branch, Change, IntakeFile, Unit
from db.vocabulary import Door, RowState
from dualcreate_desktop.fields import ListKind
from dualcreate_desktop.intake import known
from dualcreate_desktop.intake.collecting import collecting_paused
from dualcreate_desktop.intake.containers import Source, open_source
from dualcreate_desktop.intake.grid import Grid
from dualcreate_desktop.intake.known import NewUnit
from dualcreate_desktop.intake.mending import Mends, mended, without_rows
from dualcreate_desktop.intake.plan import ImportPlan, PlanRow
from dualcreate_desktop.intake.planning import make_plan
from dualcreate_desktop.intake.rows import Layout
from dualcreate_desktop.intake.shape import Guess
from dualcreate_desktop.intake.sheets import read_sheets
from dualcreate_desktop.office import learning
from dualcreate_desktop.office.examining import examined
from dualcreate_desktop.office.receivers import RECEIVERS, Context, Incoming, Receiver
from dualcreate_desktop.office.recognising import laid_out, list_kinds, of_its_round, recognised
from dualcreate_desktop.office.records import Value
from dualcreate_desktop.office.rounds import rules
from dualcreate_desktop.office.store import Changed, Office


@dataclass(frozen=True, slots=True)
class Answers:
    """What the office answered in a preview.

    Args:
        mends: laid over the cells.
        separate: names that are new ones, although they look like known ones.
        left_out: numbers of the rows that shall not be imported, as Excel counts.
        added: of the rows that shall be added, although a stored record is named alike.
        list_key: of the list that the sheet was said to be; empty for the one that it was taken for.
        layout: where the list was said to stand; None for where it was found.
        unit: id of the unit whose list it was said to be; empty for the one that was guessed.
    """

    mends: Mends = field(default_factory=dict)
    separate: frozenset[str] = frozenset()
    left_out: frozenset[int] = frozenset()
    added: frozenset[int] = frozenset()
    list_key: str = ""
    layout: Layout | None = None
    unit: str = ""


NO_ANSWERS = Answers()

_RECORDS_BETWEEN_TICKS = 512
_ROWS_AT_ONCE = 2_000
"""New rows that are written before one is asked whether they are still wanted."""


@dataclass(frozen=True, slots=True)
class Reception:
    """One sheet of a received file, planned against the store.

    Args:
        grid: as the sender wrote it; `mends` are laid over it.
        guess: how it is read; `found` how it was taken before anybody said anything, None where nothing was known.
        round_id: the round that its applications belong to; None when none is chosen.
        seen: the number of the newest change when it was planned.
        earlier: when a file with the same content was imported before; empty when never.
    """

    source: Source
    grid: Grid
    guess: Guess
    plan: ImportPlan
    round_id: str | None
    seen: int
    earlier: str = ""
    answers: Answers = NO_ANSWERS
    found: Guess | None = None

    @property
    def mends(self) -> Mends:
        """What is laid over the cells."""
        return self.answers.mends


Tick = Callable[[], None]
"""Called now and then during long work, which it stops by raising."""


def go_on() -> None:
    """The tick of a work that nobody stops."""


def asking(tick: Tick) -> Callable[[], bool]:
    """A tick as the reading asks it: whether to stop."""

    def asked() -> bool:
        tick()
        return False

    return asked


def read_file(office: Office, path: Path, *, round_id: str | None = None) -> tuple[Reception, ...]:
    """Read a file and plan each of its sheets that holds one of the lists.

    Args:
        round_id: the round that an 申报汇总表 would belong to.

    Raises:
        FileRefused: the file cannot be read, or none of its sheets looks like a list.
    """
    source = open_source(path)
    grids = read_sheets(source)
    with office.read() as session:
        return tuple(
            plan_sheet(office, session, source, grid, guess, round_id)
            for grid, guess in recognised(session, source, grids, list_kinds(session, round_id))
        )


def plan_sheet(
    office: Office,
    session: Session,
    source: Source,
    grid: Grid,
    found: Guess | None,
    round_id: str | None,
    *,
    answers: Answers = NO_ANSWERS,
    tick: Tick = go_on,
) -> Reception:
    """Plan one sheet, as answered, against the store as it is now; a form belongs to the round that it was made for.

    Args:
        found: None for a sheet that was not recognised; then the answers say what it is.
    """
    guess = laid_out(grid, found, list_kinds(session, round_id), answers.list_key, answers.layout)
    guess, round_id = of_its_round(session, guess, round_id)
    context = context_of(office, session, round_id)
    plan = _plan(session, context, source, grid, guess, answers, tick)
    newest, before = newest_change(session), imported_before(session, source)
    return Reception(source, grid, guess, plan, round_id, newest, before, answers, found)


def _plan(
    session: Session,
    context: Context,
    source: Source,
    grid: Grid,
    guess: Guess,
    answers: Answers,
    tick: Tick = go_on,
) -> ImportPlan:
    learned = replace(
        learning.learned(session, guess.kind),
        separate=answers.separate,
        added=answers.added,
        unit=answers.unit,
    )
    held = picture(session, guess.kind, context, tick)
    plan = make_plan(guess, answered(grid, guess, answers), held, source=source, learned=learned, tick=tick)
    return naming_left_out(examined(session, context, guess, plan), answers)


def answered(grid: Grid, guess: Guess, answers: Answers) -> Grid:
    """The sheet as it shall be read: mended, and without the rows that are left out."""
    sheet = mended(grid, answers.mends)
    return mended(sheet, without_rows(sheet, guess, answers.left_out))


def naming_left_out(plan: ImportPlan, answers: Answers) -> ImportPlan:
    """The plan with the rows that are left out in their places: what was not imported is never lost from sight."""
    left_out = [PlanRow(row, RowState.SKIPPED, None, None, {}) for row in sorted(answers.left_out)]
    rows = sorted((*plan.rows, *left_out), key=lambda row: row.row)
    return replace(plan, rows=tuple(rows)) if left_out else plan


def apply(office: Office, reception: Reception, *, tick: Tick = go_on) -> Changed | None:
    """Write what the plan says, as one change; None when it has nothing to write.

    Args:
        tick: called between the parts of the work; when it raises nothing is written.

    Raises:
        StaleData: the store changed since the plan was made, and the plan would now be another.
    """
    plan = reception.plan
    if not plan.applicable:
        return None
    title = f"导入 {plan.source_name}（{plan.summary}）"
    with collecting_paused(), office.change(title, door=Door.IMPORT) as session:
        context = context_of(office, session, reception.round_id)
        _refuse_stale(session, reception, context, tick)
        receiver = RECEIVERS[plan.list_key]
        made = _insert(
            session, context, receiver, [row for row in plan.applicable if row.state is RowState.NEW], tick
        )
        tick()
        changed = {
            row.record_id: _incoming(row, made)
            for row in plan.applicable
            if row.state is RowState.CHANGED and row.record_id is not None
        }
        receiver.update(session, context, changed)
        note_file(office, session, reception.source, plan)
        if reception.answers.layout is not None:
            learning.keep_layout(session, reception.source, reception.guess)
        learning.keep_sender(session, reception.source, plan)
        tick()
    return session.changed


def note_file(office: Office, session: Writer, source: Source, plan: ImportPlan) -> None:
    """Remember that a file was taken in, so that the same one is known when it comes again."""
    session.add(
        IntakeFile(
            name=plan.source_name,
            sheet=plan.sheet,
            sha256=plan.sha256,
            list_key=plan.list_key,
            applied_at=office.clock(),
            summary=plan.summary,
            sender=source.envelope.sender if source.envelope else None,
            subject=source.envelope.subject if source.envelope else None,
            origin=source.path if source.inside else None,
            unit_id=plan.unit.id if plan.unit else None,
        )
    )


def picture(session: Session, kind: ListKind, context: Context, tick: Tick = go_on) -> known.Known:
    """What the store holds, as a plan of that list compares with it."""
    records, twins = _by_identity(kind, _with_ticks(RECEIVERS[kind.key].known(session, context), tick))
    return replace(organisations(session), records=records, fixed=RECEIVERS[kind.key].fixed, twins=twins)


def organisations(session: Session) -> known.Known:
    """The units and branches alone, by all their names."""
    aliases = _aliases(session)
    return known.Known(
        units=tuple(
            known.Unit(unit.id, unit.name, unit.code or "", unit.short_name, aliases.get(unit.id, ()))
            for unit in session.scalars(select(Unit))
        ),
        branches=tuple(
            known.Branch(key, name, unit_id, code or "", aliases.get(key, ()))
            for key, name, unit_id, code in session.execute(
                select(Branch.id, Branch.name, Branch.unit_id, Branch.code)
            )
        ),
    )


def _with_ticks(stored: Iterable[known.KnownRecord], tick: Tick) -> Iterator[known.KnownRecord]:
    for number, record in enumerate(stored):
        if number % _RECORDS_BETWEEN_TICKS == 0:
            tick()
        yield record


def _by_identity(
    kind: ListKind, stored: Iterable[known.KnownRecord]
) -> tuple[dict[tuple[Value, ...], known.KnownRecord], tuple[known.KnownRecord, ...]]:
    """The records by what names them, and those that are named like another."""
    records: dict[tuple[Value, ...], known.KnownRecord] = {}
    twins = []
    for record in stored:
        names = tuple(record.values.get(key) for key in kind.identity)
        if names in records:
            twins.append(records[names])
        records[names] = record
    return records, tuple(twins)


def context_of(office: Office, session: Session, round_id: str | None) -> Context:
    """What writing to a list of that round needs, today."""
    current = None if round_id is None else rules(session, round_id)
    return Context(f"{office.clock():%Y-%m-%d}", current, office.actor.name)


def _refuse_stale(session: Writer, reception: Reception, context: Context, tick: Tick) -> None:
    """Plan again when something was written since; the same plan may go on.

    The header of the change under way is the newest, so the one before it counts.
    """
    if newest_change(session) == reception.seen + 1:
        return
    again = _plan(
        session, context, reception.source, reception.grid, reception.guess, reception.answers, tick
    )
    if again.digest() != reception.plan.digest():
        raise StaleData(
            "预览之后数据有变动，导入结果会不同",
            where=reception.plan.source_name,
            todo="请重新预览后再导入。",
        )


def _insert(
    session: Writer, context: Context, receiver: Receiver, rows: Sequence[PlanRow], tick: Tick
) -> dict[str, str]:
    """Add the new rows, those that point at a unit of the same file after it; returns name → id."""
    made: dict[str, str] = {}
    for wave in _waves(rows):
        for start in range(0, len(wave), _ROWS_AT_ONCE):
            some = wave[start : start + _ROWS_AT_ONCE]
            ids = receiver.insert(session, context, [_incoming(row, made) for row in some])
            names = (str(row.values.get("name")) for row in some)
            made |= dict(zip(names, ids, strict=True))
            tick()
    return made


def _waves(rows: Sequence[PlanRow]) -> Iterator[list[PlanRow]]:
    """Rows in the order of their dependence on other new rows; a circle comes last, without its references."""
    names = {str(row.values.get("name")) for row in rows}
    made: set[str] = set()
    waiting = list(rows)
    while waiting:
        ready = [row for row in waiting if _needs(row) & names <= made] or waiting
        yield ready
        made |= {str(row.values.get("name")) for row in ready}
        places = {row.row for row in ready}
        waiting = [row for row in waiting if row.row not in places]


def _needs(row: PlanRow) -> set[str]:
    return {value.name for value in row.values.values() if isinstance(value, NewUnit)}


def _incoming(row: PlanRow, made: Mapping[str, str]) -> Incoming:
    values = {
        key: made.get(value.name) if isinstance(value, NewUnit) else value
        for key, value in row.values.items()
    }
    return Incoming(values, row.extra or {})


def _aliases(session: Session) -> dict[str, tuple[str, ...]]:
    result: dict[str, tuple[str, ...]] = {}
    for alias in session.scalars(select(Alias)):
        owner = alias.branch_id or alias.unit_id
        if owner is not None:
            result[owner] = (*result.get(owner, ()), alias.text)
    return result


def newest_change(session: Session) -> int:
    """The number of the newest change; 0 in a new store."""
    return session.scalar(select(func.max(Change.n))) or 0


def imported_before(session: Session, source: Source) -> str:
    """A sentence on when a file with the same content was imported; empty when none was."""
    same = select(IntakeFile).where(IntakeFile.sha256 == source.sha256).order_by(IntakeFile.applied_at.desc())
    earlier = session.scalars(same).first()
    return (
        ""
        if earlier is None
        else f"内容相同的文件“{earlier.name}”已于 {earlier.applied_at:%Y-%m-%d %H:%M} 导入过"
    )
