"""What a received sheet seems to be, each guess with its reason, for somebody who must agree or object."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dualcreate_desktop.fields import FieldType
from dualcreate_desktop.intake.containers import Source
from dualcreate_desktop.intake.grid import Grid
from dualcreate_desktop.intake.known import Known, Learned
from dualcreate_desktop.intake.matching import Matcher
from dualcreate_desktop.intake.shape import Guess
from dualcreate_desktop.intake.values import clean, folded

_MOST_SPELLINGS = 8
"""A column with more names than that is the list of many units."""

SAID = "由您指定"
"""The reason of a unit about which somebody has said so."""


@dataclass(frozen=True, slots=True)
class UnitGuess:
    """Whose list a sheet seems to be.

    Args:
        reason: what says so, a Chinese phrase: 表内“填报单位”写的是“机械学院”.
        doubts: what names another unit, likewise.
    """

    id: str
    name: str
    reason: str
    doubts: tuple[str, ...] = ()


def guess_unit(
    guess: Guess, grid: Grid, source: Source, known: Known, matcher: Matcher, learned: Learned
) -> UnitGuess | None:
    """The unit that the sheet, else its title, its names, its mail or its sender tells; None when nothing does."""
    names = {unit.id: unit.name for unit in known.units}
    said = [
        (unit_id, why) for unit_id, why in _signs(guess, grid, source, matcher, learned) if unit_id in names
    ]
    if not said:
        return None
    first, reason = said[0]
    doubts = tuple(f"{why}（{names[unit_id]}）" for unit_id, why in said[1:] if unit_id != first)
    return UnitGuess(first, names[first], reason, doubts)


def _signs(
    guess: Guess, grid: Grid, source: Source, matcher: Matcher, learned: Learned
) -> Iterator[tuple[str, str]]:
    """Unit and reason of everything that names one, the surest first."""
    if learned.unit:
        yield learned.unit, SAID
    if guess.form is not None:
        yield guess.form.mark.owner_id, "是发给这个单位的填报表"
    if unit_id := _unit_of_rows(guess, grid, matcher):
        yield unit_id, "表中各行写的都是这个单位"
    if guess.unit_text and (unit_id := matcher.unit(guess.unit_text).id):
        yield unit_id, f"表内“填报单位”写的是“{guess.unit_text}”"
    envelope = source.envelope
    texts = (
        ("标题里有单位名", guess.title),
        ("工作表名里有单位名", grid.name),
        ("文件名里有单位名", source.name),
        *((f"所在的“{name}”里有单位名", name) for name in reversed(source.inside)),
        ("邮件主题里有单位名", envelope.subject if envelope else ""),
        ("发件人名里有单位名", envelope.sender if envelope else ""),
    )
    for reason, text in texts:
        if text and (unit_id := matcher.unit_inside(text)):
            yield unit_id, reason
    if envelope and (known_sender := learned.senders.get(envelope.address)):
        yield known_sender, f"{envelope.address} 以前报送的是这个单位"


def _unit_of_rows(guess: Guess, grid: Grid, matcher: Matcher) -> str | None:
    """The one known unit that the rows name; None when they name none or several."""
    units = {field.key for field in guess.kind.fields if field.type is FieldType.UNIT and field.required}
    column = next((column for column, key in guess.mapping.items() if key in units), None)
    written: set[str] = set()
    for row in range(guess.first_row, min(guess.last_row + 1, len(grid.rows)) if column is not None else 0):
        written.add(clean(grid.cell(row, column or 0)))
        if len(written) > _MOST_SPELLINGS:
            return None
    found = {matcher.unit(text).id for text in written if text} - {None}
    return found.pop() if len(found) == 1 else None


def kind_reason(guess: Guess, grid: Grid, source: Source) -> str:
    """Why the sheet is taken for that list, a Chinese phrase."""
    spoken = folded(f"{source.name}{grid.name}{guess.title}")
    word = max((word for word in guess.kind.title_words if folded(word) in spoken), key=len, default="")
    columns = f"{len(guess.mapping)} 列的列名属于“{guess.kind.label}”"
    return f"标题或文件名里有“{word}”，{columns}" if word else columns
