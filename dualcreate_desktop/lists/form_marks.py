"""What tells the program its own forms when they come back, whatever a unit did to their words.

A form carries a hidden row above its head, with the key of the field over each column, and a hidden column with the
identity of each record; where the two cross stands the mark. Marks are cells and nothing else, because cells survive
every program and format in which a unit may save the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

_FORM = re.compile(
    r"DUALCREATE-FORM 1 list=(?P<list>\w+) owner=(?P<owner>\w*) round=(?P<round>\w*)", re.ASCII
)
_ROW = re.compile(r"(?P<id>[0-9a-f]{32}):(?P<revision>[0-9a-f]{0,32})")


@dataclass(frozen=True, slots=True)
class FormMark:
    """Which form it is; ids are those of the store.

    Args:
        list_key: of the ListKind, or of the scores.
        owner_id: the unit whose form it is; the reviewer of a scoring sheet; empty where it is nobody's.
        round_id: empty for lists that belong to no round.
    """

    list_key: str
    owner_id: str = ""
    round_id: str = ""

    def text(self) -> str:
        """As it stands in the cell."""
        return f"DUALCREATE-FORM 1 list={self.list_key} owner={self.owner_id} round={self.round_id}"

    @staticmethod
    def parse(text: str) -> FormMark | None:
        """The mark in a cell; None for any other text."""
        found = _FORM.fullmatch(text.strip())
        return FormMark(found["list"], found["owner"], found["round"]) if found else None


@dataclass(frozen=True, slots=True)
class RowMark:
    """Which record a row is, and the revision that it showed when the form was made; empty when it showed nothing."""

    record_id: str
    revision: str

    def text(self) -> str:
        """As it stands in the cell."""
        return f"{self.record_id}:{self.revision}"

    @staticmethod
    def parse(text: str) -> RowMark | None:
        """The mark in a cell; None for any other text."""
        found = _ROW.fullmatch(text.strip())
        return RowMark(found["id"], found["revision"]) if found else None


class OwnSheet(Enum):
    """A sheet that the program added to a workbook; its mark stands in the first cell, in a hidden row."""

    PROBLEMS = "DUALCREATE-SHEET problems"
    GUIDE = "DUALCREATE-SHEET guide"
    CHOICES = "DUALCREATE-SHEET choices"

    @property
    def label(self) -> str:
        """What the office calls it, and the name of the sheet."""
        return {OwnSheet.PROBLEMS: "问题清单", OwnSheet.GUIDE: "填表说明", OwnSheet.CHOICES: "选项"}[self]

    @staticmethod
    def marked(text: str) -> OwnSheet | None:
        """The kind of sheet whose first cell says so; None for any other."""
        return next((sheet for sheet in OwnSheet if sheet.value == text.strip()), None)
