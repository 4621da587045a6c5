"""恢复备份: choose one, and see first how it differs from what there is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from db.errors import StoreError
from dualcreate_desktop.office import backup
from dualcreate_desktop.office.backup import Backup, Counts
from ui import theme
from ui.dialogs.frame import FramedDialog
from ui.widgets.buttons import button
from ui.widgets.card import clear, label


class RestoreDialog(FramedDialog):
    """Lists backups, the newest first, and compares the chosen one with the present store. Writes nothing.

    Args:
        known: of this PC; others can be chosen as files.
        present: what the store holds now; None when it cannot be read.
    """

    def __init__(self, parent: QWidget | None, known: Sequence[Backup], present: Counts | None) -> None:
        self._known, self._present = list(known), present
        self.list = QListWidget()
        self.list.setObjectName("backups")
        self.list.setAccessibleName("备份")
        self._beside = QVBoxLayout()
        super().__init__(parent, "恢复备份", self._content(), accept_words="恢复这份备份")
        self.list.currentRowChanged.connect(self._compare)
        for row in self._known:
            self.list.addItem(_words(row))
        self.foot.insertWidget(0, button("其他文件…", self.choose_file, icon="folder-open"))
        self.primary.setEnabled(bool(self._known))
        self.list.setCurrentRow(0)
        self.list.setFocus()
        self.resize(760, 460)

    @classmethod
    def ask(cls, parent: QWidget | None, known: Sequence[Backup], present: Counts | None) -> Path | None:
        """The backup that is to be put back; None when none is."""
        dialog = cls(parent, known, present)
        chosen = dialog.chosen if dialog.exec() else None
        dialog.deleteLater()
        return chosen

    @property
    def chosen(self) -> Path:
        """The backup that is selected."""
        return self._known[self.list.currentRow()].path

    def choose_file(self) -> None:
        """Add a backup that stands elsewhere: on a stick, on another disk."""
        path, _ = QFileDialog.getOpenFileName(self, "选择备份文件", "", "备份文件 (*.db)")
        if path:
            self.add_file(Path(path))

    def add_file(self, path: Path) -> None:
        """Put a file on top of the list and select it."""
        row = backup.described_file(path)
        self._known.insert(0, row)
        self.list.insertItem(0, _words(row))
        self.list.setCurrentRow(0)
        self._compare(0)

    def _compare(self, number: int) -> None:
        """Show what would change: counts now and then."""
        clear(self._beside)
        if number < 0:
            return
        row = self._known[number]
        try:
            held = backup.counts(row.path)
        except StoreError as trouble:
            self._beside.addWidget(label(str(trouble), "problem", wrap=True))
            self._beside.addStretch()
            self.primary.setEnabled(False)
            return
        self.primary.setEnabled(True)
        self._beside.addWidget(label(f"{row.at:%Y-%m-%d %H:%M} · {row.reason}", "section"))
        self._beside.addLayout(_comparison(held, self._present))
        self._beside.addSpacing(theme.SMALL)
        self._beside.addWidget(label(_lost(held, self._present), "warning", wrap=True))
        self._beside.addWidget(
            label("恢复前先核对备份是否完好；现有数据另存为一份备份，以后还能恢复回来。", "muted", wrap=True)
        )
        self._beside.addStretch()

    def _content(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.HUGE)
        row.addWidget(self.list, 1)
        row.addLayout(self._beside, 1)
        return made


def _words(row: Backup) -> str:
    return f"{row.at:%Y-%m-%d %H:%M}   {row.reason}   {row.size / 1_048_576:.1f} MB"


def _comparison(held: Counts, present: Counts | None) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.HUGE)
    grid.setVerticalSpacing(theme.SMALL)
    grid.setColumnStretch(3, 1)
    for column, text in enumerate(("", "现在", "备份中")):
        grid.addWidget(label(text, "note"), 0, column, Qt.AlignmentFlag.AlignRight)
    for number, (name, now, then) in enumerate(_pairs(held, present), start=1):
        grid.addWidget(label(name, "muted"), number, 0)
        grid.addWidget(label(now), number, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(label(then), number, 2, Qt.AlignmentFlag.AlignRight)
    return grid


def _pairs(held: Counts, present: Counts | None) -> list[tuple[str, str, str]]:
    named = (("院级党组织", "units"), ("党支部", "branches"), ("申报", "applications"), ("操作", "newest"))
    return [
        (name, "读不出" if present is None else str(getattr(present, key)), str(getattr(held, key)))
        for name, key in named
    ]


def _lost(held: Counts, present: Counts | None) -> str:
    """What of the present store would not be there any more."""
    if present is None or present.last is None or present.newest == held.newest:
        return ""
    return f"这份备份之后又有 {max(present.newest - held.newest, 0)} 次操作，恢复后都不再有。"
