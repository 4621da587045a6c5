"""等次标准: the scales of all years; 等次核对: where recorded points and grades contradict them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from dualcreate_desktop.fields import Column
from dualcreate_desktop.office import scales
from dualcreate_desktop.office.scales import CONTRADICTION_COLUMNS, SCALE_COLUMNS, ScaleRow
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import sift
from dualcreate_desktop.rules.scales import Contradiction
from ui import theme
from ui.dialogs.frame import AskingDialog
from ui.rows_model import RowsModel
from ui.settings import Settings
from ui.widgets.buttons import button
from ui.widgets.card import Card, bare_column, label
from ui.widgets.table import Table

RowT = TypeVar("RowT")


class Wish(Enum):
    """What is to be done with a row of one of these dialogs."""

    ADD = "add"
    OPEN = "open"
    DELETE = "delete"
    EXPORT = "export"


@dataclass(frozen=True, slots=True)
class Wanted(Generic[RowT]):
    """A wish, and the row that it is about; None where it is about none."""

    wish: Wish
    row: RowT | None = None


@dataclass(frozen=True, slots=True)
class _View:
    """What one of these dialogs is: its list, and what its primary button says and does.

    Args:
        key: stable name, under which widths are remembered.
        fills: the number of the column that takes the width that is left.
    """

    title: str
    key: str
    columns: tuple[Column, ...]
    accept: str
    wish: Wish
    fills: int


_SCALES = _View(
    "等次标准",
    "scales",
    tuple(column for column in SCALE_COLUMNS if column.key != "graded"),
    "新增标准",
    Wish.ADD,
    fills=3,
)
_CONTRADICTIONS = _View(
    "等次核对", "contradictions", CONTRADICTION_COLUMNS, "导出 Excel", Wish.EXPORT, fills=1
)


class _RowsDialog(AskingDialog[Wanted[RowT]], Generic[RowT]):
    """Lists some rows and asks what is to be done; writes nothing."""

    def __init__(
        self,
        parent: QWidget | None,
        settings: Settings,
        view: _View,
        hint: str,
        read: Callable[[], Sequence[RowT]],
        buttons: Sequence[QPushButton] = (),
    ) -> None:
        self._view = view
        self.model: RowsModel[RowT] = RowsModel(
            view.columns, lambda query: sift(read(), query, texts=lambda _: ())
        )
        self.table: Table[RowT] = Table(self.model, settings, view.key, fills=view.fills)
        self.buttons, self._hint = tuple(buttons), label(hint, "muted", wrap=True)
        super().__init__(parent, view.title, self._content(), accept_words=view.accept)
        self.cancel.setText("关闭")
        self.model.setParent(self)
        self.model.load()
        self.table.opened.connect(lambda _: self.want(Wish.OPEN))
        self.table.picked.connect(lambda _: self._enable())
        self.resize(960, 460)
        if self.model.total:
            self.table.select(0)
        self._enable()
        self.table.setFocus()

    def accept(self) -> None:
        """Close with what the primary button says."""
        self.answer = Wanted(self._view.wish, self.table.current())
        super().accept()

    def want(self, wish: Wish) -> None:
        """Close with a wish on the selected row."""
        row = self.table.current()
        if row is not None:
            self.answer = Wanted(wish, row)
            super().accept()

    def _enable(self) -> None:
        for made in self.buttons:
            made.setEnabled(self.table.current() is not None)

    def _content(self) -> QWidget:
        made, column = bare_column(theme.MEDIUM)
        column.addWidget(self._hint)
        holder = Card(name="tableCard", margin=0)
        holder.body.setContentsMargins(1, 4, 1, 4)
        holder.body.addWidget(self.table)
        column.addWidget(holder, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.SMALL)
        for action in self.buttons:
            row.addWidget(action)
        row.addStretch()
        column.addLayout(row)
        return made


class ScalesDialog(_RowsDialog[ScaleRow]):
    """Lists the scales, the newest year first."""

    def __init__(self, parent: QWidget | None, office: Office, settings: Settings) -> None:
        self.edit = button("修改…", partial(self.want, Wish.OPEN))
        self.delete = button("删除…", partial(self.want, Wish.DELETE))
        hint = "每类考核每年一条。登记的得分与等次按当年的标准核对。"
        read = partial(scales.scales, office)
        super().__init__(parent, settings, _SCALES, hint, read, (self.edit, self.delete))
        remove = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.table)
        remove.activated.connect(partial(self.want, Wish.DELETE))


class ContradictionsDialog(_RowsDialog[Contradiction]):
    """Lists what contradicts a scale; one line after the other is opened."""

    def __init__(self, parent: QWidget | None, office: Office, settings: Settings) -> None:
        found = scales.inconsistencies(office)
        self.open_it = button("打开这条…", partial(self.want, Wish.OPEN))
        told = f"有 {len(found)} 处与当年的等次标准不一致。" if found else "没有发现与等次标准不一致的登记。"
        hint = f"{told}没有标准的年度不核对。"
        super().__init__(parent, settings, _CONTRADICTIONS, hint, lambda: found, (self.open_it,))
        self.primary.setEnabled(bool(found))
