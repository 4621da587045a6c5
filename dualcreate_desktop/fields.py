"""What a record looks like, declared once.

A :class:`Field` drives import, form pack, dialogs and answers; a :class:`Column` drives the window's tables, Excel,
PDF and CSV. Neither knows where the value is stored: `office` maps the key to its column.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class FieldType(StrEnum):
    """How a value is typed, checked and shown."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    PHONE = "phone"
    """str, one telephone number or several"""
    INTEGER = "integer"
    DECIMAL = "decimal"
    """decimal.Decimal, at most `decimals` decimals"""
    MONEY = "money"
    """int, 分; typed and shown in 元 or 万元"""
    PARTIAL_DATE = "partial_date"
    """rules.dates.PartialDate"""
    DATE = "date"
    DATETIME = "datetime"
    CHOICE = "choice"
    """str, one of `choices`, or any text when `open_choice`"""
    FLAG = "flag"
    """bool, 是/否"""
    UNIT = "unit"
    """a 院级党组织, written by its name or code; the id of the unit in the store"""
    BRANCH = "branch"
    """a 党支部, likewise"""
    PERSON = "person"
    """a person's name; office finds or makes the Person"""


@dataclass(frozen=True, slots=True)
class Choice:
    """One allowed value and the other words that people write for it."""

    value: str
    label: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One fact of a record.

    Args:
        key: stable name, used in code, stored mappings and hidden columns.
        label: what the office calls it; the heading of a column, the label of an input.
        aliases: other headings that mean it.
        required: an empty cell keeps the row out.
        minimum, maximum: inclusive bounds of INTEGER and DECIMAL.
        decimals: of DECIMAL, how many a value may have; never more than four, which is what the store keeps.
        choices: of CHOICE; `open_choice` accepts others with a warning.
        fill_down: a merged or blank cell continues the one above (批次 or 学院 columns).
        mask: personal data, hidden in part on screen and in exports.
        width: of a table column, in half-width characters.
        hint: what to type, shown beside the input and in the form pack.
    """

    key: str
    label: str
    type: FieldType = FieldType.TEXT
    aliases: tuple[str, ...] = ()
    required: bool = False
    minimum: int | None = None
    maximum: int | Decimal | None = None
    decimals: int = 4
    choices: tuple[Choice, ...] = ()
    open_choice: bool = False
    fill_down: bool = False
    mask: bool = False
    width: int = 12
    hint: str = ""


@dataclass(frozen=True, slots=True)
class ListKind:
    """One kind of list that units send in: its fields and what identifies a row.

    Args:
        identity: keys whose values together name one record; a UNIT or BRANCH field among them stands for its id.
        title_words: words in titles, file and sheet names that speak for this kind.
        repeats: two records may be named alike: a post that somebody held twice, two incidents of one day, a topic
            that was taken up again.
    """

    key: str
    label: str
    fields: tuple[Field, ...]
    identity: tuple[str, ...]
    title_words: tuple[str, ...] = ()
    repeats: bool = False

    def field(self, key: str) -> Field:
        """The field of that key; KeyError when there is none."""
        for field in self.fields:
            if field.key == key:
                return field
        raise KeyError(key)


class Align(StrEnum):
    """Text left, numbers right, pills and dates centred or left."""

    LEFT = "left"
    RIGHT = "right"
    CENTER = "center"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table, wherever it is shown.

    Args:
        key: name of the attribute of the row and of the sort key in `office`.
        width: in half-width characters; the window and the papers scale it.
        text: makes the shown text of a value; the default is `str`, and empty for None.
        pill: the value is a state, drawn as a coloured word.
        sortable: office can order by it.
        hint: the whole heading, where the label is a part of it.
    """

    key: str
    label: str
    width: int = 12
    align: Align = Align.LEFT
    text: Callable[[object], str] | None = None
    pill: bool = False
    sortable: bool = True
    hidden: bool = False
    hint: str = ""

    def show(self, row: object) -> str:
        """The text of this column for a row (a dataclass with an attribute of that key)."""
        value = getattr(row, self.key)
        if self.text is not None:
            return self.text(value)
        return "" if value is None else str(getattr(value, "label", value))
