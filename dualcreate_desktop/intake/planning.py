"""From a sheet and a picture of the store to an import plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from db.vocabulary import ProblemKind, RowState
from dualcreate_desktop.fields import ListKind
from dualcreate_desktop.intake.collecting import collecting_paused
from dualcreate_desktop.intake.containers import Source
from dualcreate_desktop.intake.grid import Grid
from dualcreate_desktop.intake.guessing import guess_unit
from dualcreate_desktop.intake.identity import Identity, identifier
from dualcreate_desktop.intake.known import Known, KnownRecord, Learned
from dualcreate_desktop.intake.marked_rows import Marked
from dualcreate_desktop.intake.matching import Matcher
from dualcreate_desktop.intake.notes import sheet_notes
from dualcreate_desktop.intake.plan import AbsentRecord, FieldChange, ImportPlan, PlanRow
from dualcreate_desktop.intake.reading import Draft, SheetReader
from dualcreate_desktop.intake.references import References
from dualcreate_desktop.intake.shape import Guess
from dualcreate_desktop.intake.values import Issue
from dualcreate_desktop.rules.dates import PartialDate

_NO_LEARNING = Learned()
_ROWS_BETWEEN_TICKS = 256


def _go_on() -> None:
    """Nobody wants to stop."""


def make_plan(
    guess: Guess,
    grid: Grid,
    known: Known,
    *,
    source: Source,
    learned: Learned = _NO_LEARNING,
    tick: Callable[[], None] = _go_on,
) -> ImportPlan:
    """Decide for every record of the sheet what its import will do. Nothing is written.

    Args:
        guess: the list and its shape in this grid, as guessed or as the user corrected it.
        known: what the store holds; a later commit refuses rows whose revision has changed since.
        learned: earlier answers of the office.
        tick: called every few hundred rows; stops the planning by raising.
    """
    with collecting_paused():
        return _plan(guess, grid, known, source, learned, tick)


def _plan(
    guess: Guess, grid: Grid, known: Known, source: Source, learned: Learned, tick: Callable[[], None]
) -> ImportPlan:
    matcher = Matcher(known, learned)
    unit = guess_unit(guess, grid, source, known, matcher, learned)
    reader = SheetReader(grid, guess, learned.choices_of(unit.id if unit else ""))
    references = References(reader, matcher, unit.id if unit else None)
    identify = identifier(guess.kind, known, matcher, learned)
    marked = Marked(guess.kind, known)
    planned: list[tuple[Draft, Identity]] = []
    for number, draft in enumerate(reader.drafts()):
        if number % _ROWS_BETWEEN_TICKS == 0:
            tick()
        stored = marked.record(draft)
        references.resolve(draft, stored)
        identity = marked.identity(draft, reader, stored) if stored else identify(draft, reader)
        _require(reader, draft, identity)
        planned.append((draft, identity))
    _refuse_shared_claims(reader, planned)
    _refuse_contradictions(reader, planned)
    copies = _settle_repeats(reader, planned)
    return ImportPlan(
        source_name=source.name,
        sha256=source.sha256,
        sheet=grid.name,
        list_key=guess.kind.key,
        rows=tuple(_row(guess.kind, draft, identity, copies) for draft, identity in planned),
        absent=_absent(guess.kind, known, planned, unit.id if unit else None),
        notes=tuple(sheet_notes(grid, guess)),
        skipped=reader.skipped(),
        unit=unit,
    )


def _require(reader: SheetReader, draft: Draft, identity: Identity) -> None:
    """Fields that must be filled: always where the list has the column, and for a new record in any case."""
    told = {problem.key for problem in draft.problems}
    for field in reader.guess.kind.fields:
        if not field.required or field.key in draft.values or field.key in told:
            continue
        if field.key in reader.letters:
            reader.problem(draft, field.key, Issue(ProblemKind.MISSING, f"“{field.label}”没有填写"))
        elif identity.record is None:
            message = f"新增的行必须有“{field.label}”，表中没有这一列"
            reader.problem(draft, field.key, Issue(ProblemKind.MISSING, message))


def _refuse_shared_claims(reader: SheetReader, planned: Sequence[tuple[Draft, Identity]]) -> None:
    """One 组织编码 or one new name for several organisations: nobody can say whose it is."""
    owners: dict[object, dict[object, Draft]] = defaultdict(dict)
    for draft, identity in planned:
        for claim in identity.claims:
            owners[claim].setdefault(identity.key, draft)
    shared = {claim: drafts for claim, drafts in owners.items() if len(drafts) > 1}
    for draft, identity in planned if shared else ():
        claim = next((claim for claim in identity.claims if claim in shared), None)
        if claim is not None:
            key, what = ("code", "组织编码") if isinstance(claim, str) else ("name", "名称")
            other = next(other for owner, other in shared[claim].items() if owner != identity.key)
            message = f"{what}与第 {other.row + 1} 行相同，却不是同一个组织"
            reader.problem(draft, key, Issue(ProblemKind.INCONSISTENT, message))


def _refuse_contradictions(reader: SheetReader, planned: Sequence[tuple[Draft, Identity]]) -> None:
    """Rows that name one record differently, as the branches of one split do, must say the same of it."""
    told: dict[str, dict[object, list[Draft]]] = defaultdict(lambda: defaultdict(list))
    for draft, identity in planned:
        if identity.record is not None and not draft.failed:
            told[identity.record.id][identity.key].append(draft)
    own = frozenset(reader.guess.kind.identity)
    for ways in told.values():
        firsts = [drafts[0] for drafts in ways.values()]
        for drafts in ways.values() if len(firsts) > 1 else ():
            for other in [first for first in firsts if _contradict(drafts[0], first, own)][:1]:
                message = f"与第 {other.row + 1} 行说的是同一件事，内容不同"
                for draft in drafts:
                    reader.problem(draft, "", Issue(ProblemKind.DUPLICATE_ROW, message))


def _contradict(one: Draft, other: Draft, identity: frozenset[str]) -> bool:
    shared = one.values.keys() & other.values.keys() - identity
    return any(one.values[key] != other.values[key] for key in shared)


def _settle_repeats(reader: SheetReader, planned: Sequence[tuple[Draft, Identity]]) -> set[int]:
    """The rows that repeat an earlier one word for word; rows that contradict one another are all kept out.

    Taking the first of two contradicting rows would make the result depend on the order of the rows.
    """
    groups: dict[object, list[Draft]] = defaultdict(list)
    for draft, identity in planned:
        if identity.key is not None and not draft.failed:
            groups[identity.key].append(draft)
    copies: set[int] = set()
    for drafts in groups.values():
        if len(drafts) == 1:
            continue
        if all(draft.values == drafts[0].values for draft in drafts):
            copies.update(draft.row for draft in drafts[1:])
            continue
        for draft in drafts:
            other = next(each for each in drafts if each is not draft)
            message = f"与第 {other.row + 1} 行重复，内容不同"
            reader.problem(draft, "", Issue(ProblemKind.DUPLICATE_ROW, message))
    return copies


def _row(kind: ListKind, draft: Draft, identity: Identity, copies: set[int]) -> PlanRow:
    record = identity.record
    if record is not None:
        _keep_the_more_exact(draft, record)
    changes = () if record is None or draft.failed else tuple(_changes(kind, draft, record))
    if draft.failed:
        state = RowState.PROBLEM
    elif draft.row in copies:
        state = RowState.DUPLICATE
    elif record is None:
        state = RowState.NEW
    else:
        state = RowState.CHANGED if changes else RowState.SAME
    return PlanRow(
        draft.row + 1,
        state,
        record.id if record else None,
        record.revision if record else None,
        draft.values,
        changes,
        tuple(draft.problems),
        draft.extra,
    )


def _keep_the_more_exact(draft: Draft, record: KnownRecord) -> None:
    """A month in which the stored day lies says nothing new, and shall not make the store forget the day."""
    for key, value in draft.values.items():
        stored = record.values.get(key)
        if isinstance(value, PartialDate) and isinstance(stored, PartialDate) and stored.refines(value):
            draft.values[key] = stored


def _changes(kind: ListKind, draft: Draft, record: KnownRecord) -> Iterable[FieldChange]:
    """Fields whose value the file gives and the store does not hold."""
    stored, values = record.values, draft.values
    for field in kind.fields:
        after = values.get(field.key)
        if after is not None and after != stored.get(field.key):
            yield FieldChange(field.key, stored.get(field.key), after)


def _absent(
    kind: ListKind, known: Known, planned: Sequence[tuple[Draft, Identity]], unit_id: str | None
) -> tuple[AbsentRecord, ...]:
    """Stored records of the covered groups that no row means.

    A group is what the list's continued columns name: a unit, a year, a kind. What a row may mean without being
    sure is not absent, nor is what came to its end; and of the units a unit lists itself.
    """
    keys = [key for key in kind.identity if kind.field(key).fill_down]
    covered = {tuple(draft.values.get(key) for key in keys) for draft, _ in planned}
    met = {key for _, identity in planned for key in identity.may_mean}
    return tuple(
        AbsentRecord(record.id, record.revision, names)
        for names, record in known.records.items()
        if record.id not in met
        and not record.ended
        and tuple(record.values.get(key) for key in keys) in covered
        and (kind.key != "units" or unit_id in (None, record.id))
    )
