"""A filled application form of Word as a list of one row, to be planned like any sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dualcreate_desktop.fields import Field, FieldType, ListKind
from dualcreate_desktop.intake.form_labels import Pair, pairs
from dualcreate_desktop.intake.grid import Grid
from dualcreate_desktop.intake.headings import Vocabulary, is_heading, vocabulary
from dualcreate_desktop.intake.shape import Guess, guess_list
from dualcreate_desktop.intake.ticks import ticked
from dualcreate_desktop.intake.values import folded
from dualcreate_desktop.intake.word import BODY
from dualcreate_desktop.lists.rounds import APPLICATIONS

FORM = "申报表"
"""What the sheet of a form is called."""

_FEWEST = 3
"""Fields that a document must have to be an application form."""

_TICKED = frozenset({FieldType.CHOICE, FieldType.FLAG})


def read_forms(grids: Sequence[Grid], kind: ListKind) -> list[tuple[Grid, Guess]]:
    """The applications in a document, each a sheet of one row; empty when it holds no form.

    A document may hold several: the next begins where the first label comes again.
    """
    words = vocabulary(kind)
    tables = [grid for grid in grids if grid.name != BODY]
    forms = _forms(tables, words) or _forms([_in_one_cell(grid) for grid in grids], words)
    return [
        _sheet(form, kind, words, _title(grids), FORM if len(forms) == 1 else f"{FORM} {number}")
        for number, form in enumerate(forms, 1)
    ]


def is_document(grids: Sequence[Grid]) -> bool:
    """Whether what was read is a Word document."""
    return bool(grids) and grids[0].name == BODY


def recognised(
    grids: Sequence[Grid], kinds: Sequence[ListKind], *, file_name: str = ""
) -> list[tuple[Grid, Guess]]:
    """What a Word document holds: filled application forms, else lists in its tables.

    A table is taken for a list rather than a form when its head names more of a list's fields.
    """
    lists = [(grid, guess) for grid in grids[1:] if (guess := guess_list(grid, kinds, file_name=file_name))]
    lists = [(grid, guess) for grid, guess in lists if guess.last_row >= guess.first_row]
    form = next((kind for kind in kinds if kind.key == APPLICATIONS.key), None)
    forms = read_forms(grids, form) if form is not None else []
    most = max((len(guess.mapping) for _, guess in lists), default=0)
    return forms if any(len(guess.mapping) >= most for _, guess in forms) else lists


def _forms(grids: Sequence[Grid], words: Vocabulary) -> list[list[Pair]]:
    return [
        form
        for form in _apart(pairs(grids, lambda text: is_heading(text, words.words)))
        if _fields(form, words) >= _FEWEST
    ]


def _in_one_cell(grid: Grid) -> Grid:
    """The text between the tables as one cell, where a form has no table, or no label in one."""
    return Grid(BODY, (("\n".join(_lines(grid)),),)) if grid.name == BODY else grid


def _lines(grid: Grid) -> list[str]:
    return [str(row[0]) for row in grid.rows if row]


def _apart(found: Iterable[Pair]) -> Iterator[list[Pair]]:
    """The pairs of each form."""
    form: list[Pair] = []
    first = ""
    for pair in found:
        label = folded(pair.label)
        if form and pair.known and label == first:
            yield form
            form = []
        if pair.known and not first:
            first = label
        form.append(pair)
    if form:
        yield form


def _fields(form: Sequence[Pair], words: Vocabulary) -> int:
    return sum(bool(heading.key) for heading in words.name_headings([[pair.label] for pair in form]))


def _title(grids: Sequence[Grid]) -> tuple[str, ...]:
    """The lines above and between the tables."""
    return tuple(line for grid in grids if grid.name == BODY for line in _lines(grid))


def _sheet(
    form: Sequence[Pair], kind: ListKind, words: Vocabulary, title: Sequence[str], name: str
) -> tuple[Grid, Guess]:
    """The labels as heads and the values below them, each with the place where it truly stands."""
    headings = words.name_headings([[pair.label] for pair in form])
    known = {heading.key for heading in headings}
    columns = [*form, *_from_title(kind, known, title)]
    headings = words.name_headings([[pair.label] for pair in columns])
    by_column = {heading.column: kind.field(heading.key) for heading in headings if heading.key}
    values = tuple(_value(pair, by_column.get(place)) for place, pair in enumerate(columns))
    grid = Grid(
        name,
        (tuple(pair.label for pair in columns), values),
        origins={(1, place): pair.place for place, pair in enumerate(columns)},
    )
    return grid, Guess(kind, (0,), 1, 1, headings, title="\n".join(title[:3]), score=float(len(by_column)))


def _value(pair: Pair, field: Field | None) -> str:
    """What was ticked where a choice is asked for; any other text keeps its signs."""
    return ticked(pair.value) if field is not None and field.type in _TICKED else pair.value


def _from_title(kind: ListKind, known: set[str], title: Sequence[str]) -> Iterator[Pair]:
    """A choice that only the title names: （党建工作样板支部）."""
    for field in kind.fields:
        if field.type is not FieldType.CHOICE or field.key in known or not field.required:
            continue
        named = [
            (len(word), choice.label, number)
            for number, line in enumerate(title, 1)
            for choice in field.choices
            for word in (choice.label, *choice.synonyms)
            if folded(word) in folded(line)
        ]
        if named:
            _, label, number = max(named)
            yield Pair(field.label, label, f"{BODY}第 {number} 段")
