"""Which sheets of a file hold one of the lists, and where: as found, as learned, or as the office says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from db.errors import FileRefused
from db.models import Round
from dualcreate_desktop.fields import ListKind
from dualcreate_desktop.intake import known, word_forms
from dualcreate_desktop.intake.containers import Source
from dualcreate_desktop.intake.grid import Grid
from dualcreate_desktop.intake.own_sheets import why_skipped
from dualcreate_desktop.intake.rows import Layout
from dualcreate_desktop.intake.shape import Guess, guess_by, guess_list
from dualcreate_desktop.lists import LIST_KINDS
from dualcreate_desktop.office import applications, inquiry_lists, learning
from dualcreate_desktop.office.rounds import rules


def recognised(
    session: Session, source: Source, grids: Sequence[Grid], kinds: Sequence[ListKind]
) -> list[tuple[Grid, Guess]]:
    """The sheets that hold one of the lists, with their shape; by what was learned of the sender's layouts, too.

    Raises:
        FileRefused: there is none.
    """
    if word_forms.is_document(grids):
        found = word_forms.recognised(grids, kinds, file_name=source.name)
    else:
        theirs = (grid for grid in grids if not why_skipped(grid))
        guessed = ((grid, _guessed(grid, kinds, source, learning.mappings(session))) for grid in theirs)
        found = [(grid, guess) for grid, guess in guessed if guess is not None]
    if not found:
        raise FileRefused(
            "没有认出这是哪一种表",
            where=source.name,
            todo="请确认表头行里有“党支部名称”“院级党组织”这类列名，或改用程序导出的空表。",
        )
    return found


def _guessed(grid: Grid, kinds: Sequence[ListKind], source: Source, mappings: known.Mappings) -> Guess | None:
    sender = source.envelope.address if source.envelope else ""
    return guess_list(grid, kinds, file_name=source.name, sender=sender, mappings=mappings)


def list_kinds(session: Session, round_id: str | None) -> tuple[ListKind, ...]:
    """The lists that can come in; those of a round with its categories and departments."""
    if round_id is None:
        return LIST_KINDS
    notice = rules(session, round_id).notice
    of_round = {kind.key: kind for kind in (applications.list_kind(notice), inquiry_lists.list_kind(notice))}
    return tuple(of_round.get(kind.key, kind) for kind in LIST_KINDS)


def laid_out(
    grid: Grid, found: Guess | None, kinds: Sequence[ListKind], list_key: str, layout: Layout | None
) -> Guess:
    """How a sheet is read: as it was found, unless somebody said otherwise.

    Args:
        list_key: of the list that it was said to be; empty for the one that was found.
        layout: where the list was said to stand; None for where it was found.

    Raises:
        FileRefused: it was not recognised, and nobody has said what it is.
    """
    key = list_key or (found.kind.key if found is not None else "")
    kind = next((kind for kind in kinds if kind.key == key), found.kind if found is not None else None)
    if kind is not None and layout is not None:
        return guess_by(grid, kind, layout)
    if found is None:
        raise FileRefused("还没有指明这是哪一种表", where=grid.name, todo="请选择表的种类和表头行。")
    return found


def of_its_round(session: Session, guess: Guess, round_id: str | None) -> tuple[Guess, str | None]:
    """A form belongs to the round that it was made for, whichever is looked at."""
    own = guess.form.mark.round_id if guess.form is not None else ""
    if not own or own == round_id or session.get(Round, own) is None:
        return guess, round_id
    kinds = {kind.key: kind for kind in list_kinds(session, own)}
    return replace(guess, kind=kinds.get(guess.kind.key, guess.kind)), own
