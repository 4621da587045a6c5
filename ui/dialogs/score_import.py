"""Before scoring sheets are taken in: whose they are, what they bring, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.errors import UserError
from dualcreate_desktop.office.score_sheets import ScoreSheet
from ui import theme
from ui.dialogs.frame import FramedDialog
from ui.widgets.card import bare_column, label

SHOWN_PROBLEMS = 30
"""Of one sheet; the rest is told as a number."""


@dataclass(frozen=True, slots=True)
class ReadSheets:
    """Files that were read: the sheets, and why others could not be."""

    sheets: tuple[ScoreSheet, ...]
    refused: tuple[UserError, ...]

    @property
    def rows(self) -> int:
        """How many rows would be written."""
        return sum(len(sheet.plan.applicable) for sheet in self.sheets)


class ScoreImportDialog(FramedDialog):
    """Shows what was read; with nothing to write it can only be closed."""

    def __init__(self, parent: QWidget | None, read: ReadSheets) -> None:
        words = f"导入 {read.rows} 行" if read.rows else "知道了"
        super().__init__(parent, "导入评分表", _content(read), accept_words=words)
        self.cancel.setVisible(bool(read.rows))
        self.resize(660, 400)

    @classmethod
    def ask(cls, parent: QWidget | None, read: ReadSheets) -> bool:
        """Whether to write the rows; never when there are none."""
        return cls(parent, read).agreed() and read.rows > 0


def _content(read: ReadSheets) -> QWidget:
    made, column = bare_column()
    for sheet in read.sheets:
        _add_sheet(column, sheet)
    for trouble in read.refused:
        column.addWidget(label(str(trouble), "problem", wrap=True))
    column.addStretch()
    return made


def _add_sheet(column: QVBoxLayout, sheet: ScoreSheet) -> None:
    column.addWidget(label(f"{sheet.reviewer.number} {sheet.reviewer.name}", "section"))
    column.addWidget(label(f"{sheet.plan.source_name}：{sheet.plan.summary}", "muted", wrap=True))
    problems = sheet.plan.all_problems
    for problem in problems[:SHOWN_PROBLEMS]:
        role = "problem" if problem.is_error else "warning"
        column.addWidget(label(f"第 {problem.row} 行　{problem.message}", role, wrap=True))
    if len(problems) > SHOWN_PROBLEMS:
        column.addWidget(label(f"……还有 {len(problems) - SHOWN_PROBLEMS} 处", "note"))
    column.addSpacing(theme.SMALL)
