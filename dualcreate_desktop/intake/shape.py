"""The shape of a sheet: where the table's head, its rows and the labels around it stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dualcreate_desktop.fields import FieldType, ListKind
from dualcreate_desktop.intake.grid import Grid
from dualcreate_desktop.intake.headings import (
    Heading,
    Vocabulary,
    all_words,
    is_heading,
    layout_signature,
    vocabulary,
)
from dualcreate_desktop.intake.known import Mappings
from dualcreate_desktop.intake.labels import head_values, titles
from dualcreate_desktop.intake.other_tables import table_below
from dualcreate_desktop.intake.own_forms import FoundForm, find_form
from dualcreate_desktop.intake.rows import FEWEST_FIELDS, Layout, RowReader
from dualcreate_desktop.intake.values import clean, folded
from dualcreate_desktop.lists.rounds import SCORE_WORDS

_DEEPEST_HEADER = 60
_MOST_HEADER_ROWS = 3
_LONGEST_HEADING = 60
_ROW_COST = 0.4
_NO_END = 1 << 30
_YEAR = re.compile(r"(20\d{2})\s*(?:年度|年|学年)")


@dataclass(frozen=True, slots=True)
class Guess:
    """How a sheet is read as a list. All rows and columns count from 0.

    Args:
        header_rows: the rows of the head.
        first_row, last_row: of the data; `last_row` is before `first_row` when there is none.
        end: the last row that can belong to the data: the sheet's, or where the user ended it.
        headings: of all columns that have one.
        defaults: field key → text from the labels and titles above the head, for rows that say nothing themselves.
        title: the title lines above the head.
        score: how well the head fits the list; comparable between lists.
        form: the marks of our own form, which make every other guess needless; None for any other sheet.
    """

    kind: ListKind
    header_rows: tuple[int, ...]
    first_row: int
    last_row: int
    headings: tuple[Heading, ...]
    defaults: dict[str, str] = field(default_factory=dict)
    title: str = ""
    score: float = 0.0
    form: FoundForm | None = None
    end: int = _NO_END

    @property
    def layout(self) -> Layout:
        """Where the list stands, to be moved by the user; see `guess_by`."""
        return Layout(self.header_rows, self.first_row, self.end, self.mapping)

    @property
    def mapping(self) -> dict[int, str]:
        """Column → field key."""
        return {heading.column: heading.key for heading in self.headings if heading.key}

    @property
    def unit_text(self) -> str:
        """The unit that the labels above the head name, as written; empty when none is."""
        keys = [field.key for field in self.kind.fields if field.type is FieldType.UNIT]
        return next((self.defaults[key] for key in keys if key in self.defaults), "")


_NOTHING_LEARNED: Mappings = {}


def guess_list(
    grid: Grid,
    lists: Sequence[ListKind],
    *,
    file_name: str = "",
    sender: str = "",
    mappings: Mappings = _NOTHING_LEARNED,
) -> Guess | None:
    """The list whose head is found best in the sheet; None when no row looks like the head of any.

    A form of our own says itself which list it is.

    Args:
        file_name: speaks for a list by its words, as titles and the sheet's name do.
        sender: address of the mail or id of the unit, as `mappings` knows it.
        mappings: layouts that somebody matched before: they need no guess.
    """
    form = find_form(grid)
    if form is not None:
        own = next((kind for kind in lists if kind.key == form.mark.list_key), None)
        return guess_form(grid, own, form) if own is not None else None
    if mappings and (known := _remembered(grid, lists, sender, mappings)):
        return known
    tops = _likely_heads(grid, lists)
    guesses = [guess for kind in lists if (guess := _best_head(grid, kind, file_name, tops)) is not None]
    best = max(guesses, key=lambda guess: guess.score, default=None)
    return best and guess_at(grid, best.kind, best.header_rows, score=best.score)


def guess_at(grid: Grid, kind: ListKind, header_rows: Sequence[int], *, score: float = 0.0) -> Guess:
    """The shape when list and header rows are given: the user may move them.

    The data end above a second head that gives the columns another meaning.
    """
    rows = tuple(header_rows)
    words = vocabulary(kind)
    headings = words.name_headings(heading_texts(grid, rows))
    first = max(rows, default=-1) + 1
    title = "\n".join(titles(grid, min(rows, default=0)))
    guess = Guess(kind, rows, first, first - 1, headings, _defaults(grid, words, rows, title), title, score)
    below = table_below(grid, kind, headings, first) if rows else None
    return _with_last_row(grid, guess if below is None else replace(guess, end=below - 1))


def guess_by(grid: Grid, kind: ListKind, layout: Layout) -> Guess:
    """The shape as the user laid it out: head, region and columns are taken as they are.

    To move the head alone, `guess_at` maps the columns of the new one.
    """
    found = guess_at(grid, kind, layout.header_rows)
    texts = {heading.column: heading.text for heading in found.headings}
    headings = tuple(
        Heading(
            column, texts.get(column, ""), layout.columns.get(column, ""), float(column in layout.columns)
        )
        for column in sorted({*texts, *layout.columns})
    )
    return _with_last_row(
        grid, replace(found, headings=headings, first_row=layout.first_row, end=layout.last_row)
    )


def _remembered(grid: Grid, lists: Sequence[ListKind], sender: str, mappings: Mappings) -> Guess | None:
    """The first head whose layout somebody has matched, of this sender or of anybody."""
    kinds = {kind.key: kind for kind in lists}
    for top in range(min(len(grid.rows), _DEEPEST_HEADER)):
        for depth in _depths(grid, top):
            rows = tuple(range(top, top + depth))
            headings = _plain_headings(grid, rows)
            signature = layout_signature(headings)
            known = mappings.get((signature, sender)) or mappings.get((signature, ""))
            if headings and known and known.list_key in kinds:
                columns = {column: key for key, column in known.columns.items()}
                guess = guess_at(grid, kinds[known.list_key], rows)
                return guess_by(grid, guess.kind, replace(guess.layout, columns=columns))
    return None


def _plain_headings(grid: Grid, rows: Sequence[int]) -> list[Heading]:
    texts = heading_texts(grid, rows)
    return [Heading(column, "/".join(dict.fromkeys(words))) for column, words in enumerate(texts) if words]


def guess_form(grid: Grid, kind: ListKind, form: FoundForm) -> Guess:
    """The shape of our own form, by its marks alone; its headings may have been changed, unless no key stands there."""
    head = form.row + 1
    known = {field.key for field in kind.fields}
    headings = tuple(
        Heading(column, clean(grid.cell(head, column)) or key, key, 1.0)
        for column, key in form.keys.items()
        if key in known
    )
    headings = headings or guess_at(grid, kind, (head,)).headings
    guess = Guess(kind, (head,), head + 1, head, headings, title=kind.label, score=1.0, form=form)
    return _with_last_row(grid, guess)


def _with_last_row(grid: Grid, guess: Guess) -> Guess:
    return replace(guess, last_row=max(data_rows(grid, guess), default=guess.first_row - 1))


def _defaults(grid: Grid, words: Vocabulary, header_rows: Sequence[int], title: str) -> dict[str, str]:
    """Values of fields that stand once above the head: 填报单位：…, 年度：2023, or a year in the title."""
    above = head_values(grid, min(header_rows, default=0))
    found = words.name_headings([[label] for label in above])
    kind = words.kind
    texts = list(above.values())
    defaults = {heading.key: texts[heading.column] for heading in found if heading.key}
    unit = next((field.key for field in kind.fields if field.type is FieldType.UNIT and field.required), None)
    named = next((text for label, text in above.items() if label in UNIT_LABELS), "")
    if unit and named:
        defaults[unit] = named
    year = next((field.key for field in kind.fields if field.label == "年度"), None)
    years = set(_YEAR.findall(title))
    if year and len(years) == 1:
        defaults.setdefault(year, years.pop())
    return defaults


UNIT_LABELS = frozenset(
    {
        "填报单位",
        "报送单位",
        "单位",
        "单位名称",
        "推荐单位",
        "申报单位",
        "填表单位",
        "院级党组织",
        "党总支",
        "学院",
        "所在单位",
    }
)


def _likely_heads(grid: Grid, lists: Sequence[ListKind]) -> dict[int, list[str]]:
    """Row → its texts, of the rows that have a word of any of the lists."""
    words = all_words(tuple(lists))
    rows = (
        [cell for cell in cells if isinstance(cell, str) and cell] for cells in grid.rows[:_DEEPEST_HEADER]
    )
    return {
        row: texts
        for row, texts in enumerate(rows)
        if len(texts) >= FEWEST_FIELDS and any(is_heading(text, words) for text in texts)
    }


def _best_head(
    grid: Grid, kind: ListKind, file_name: str, likely: Mapping[int, Sequence[str]]
) -> Guess | None:
    best: Guess | None = None
    words = vocabulary(kind)
    for top, texts in likely.items():
        if not any(map(words.knows, texts)):
            continue
        for depth in _depths(grid, top):
            rows = tuple(range(top, top + depth))
            headings = words.name_headings(heading_texts(grid, rows))
            score = _score(kind, headings) - _ROW_COST * (depth - 1) - 0.01 * top
            if score > 0 and (best is None or score > best.score):
                best = Guess(kind, rows, top + depth, top + depth - 1, headings, score=score)
    if best is None:
        return None
    if holds_marks(grid, best.header_rows[0]) and not set(SCORE_WORDS).intersection(kind.title_words):
        return None
    spoken = folded(file_name + grid.name + "".join(titles(grid, best.header_rows[0])))
    bonus = max((len(word) for word in kind.title_words if folded(word) in spoken), default=0)
    return replace(best, score=best.score + 0.25 * bonus)


def holds_marks(grid: Grid, header_row: int) -> bool:
    """Whether name or title are those of a sheet of marks, whose columns look like those of other lists."""
    spoken = grid.name + "".join(titles(grid, header_row))
    return any(word in spoken for word in SCORE_WORDS)


def _depths(grid: Grid, top: int) -> range:
    """How many rows the head may have: at least as many as a merged heading takes."""
    tall = [merge.bottom for merge in grid.merges if merge.top == top and merge.left == merge.right]
    least = min(max(tall, default=top) - top + 1, _MOST_HEADER_ROWS)
    return range(least, min(_MOST_HEADER_ROWS, len(grid.rows) - top) + 1)


def _score(kind: ListKind, headings: Sequence[Heading]) -> float:
    """Mapped fields by confidence, more for those that name a record, less for headings that mean nothing."""
    mapped = {heading.key: heading.confidence for heading in headings if heading.key}
    named = sum(key in mapped for key in kind.identity) / max(len(kind.identity), 1)
    if len(mapped) < FEWEST_FIELDS or not named:
        return 0.0
    foreign = sum(not heading.key and not heading.is_counter for heading in headings)
    return sum(mapped.values()) + 2 * named - 0.3 * foreign


def heading_texts(grid: Grid, rows: Sequence[int]) -> list[list[str]]:
    """Per column the texts of the header rows; a merged heading stands over all its columns."""
    width = max((len(grid.rows[row]) for row in rows), default=0)
    columns: list[list[str]] = [[] for _ in range(width)]
    for row in rows:
        cells = [clean(grid.cell(row, column))[:_LONGEST_HEADING] for column in range(width)]
        for merge in grid.merges:
            if merge.top <= row <= merge.bottom and merge.left < len(cells):
                text = clean(grid.cell(merge.top, merge.left))[:_LONGEST_HEADING]
                for column in range(merge.left, min(merge.right + 1, len(cells))):
                    cells[column] = text
        for column, text in enumerate(cells):
            if text:
                columns[column].append(text)
    return columns


def data_rows(grid: Grid, guess: Guess) -> Iterator[int]:
    """The rows of records below the head: no blank, banner, sum, note, signature or repeated head."""
    return RowReader(grid, guess.kind, guess.layout).records()
