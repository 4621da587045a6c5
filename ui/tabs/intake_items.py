"""The sheets on the desk of 收件, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from db.errors import UserError
from db.vocabulary import RowState
from dualcreate_desktop.intake.grid import Place
from dualcreate_desktop.office.previewing import Preview
from dualcreate_desktop.office.receiving import Answers
from dualcreate_desktop.office.store import Changed
from ui.theme import Tone
from ui.widgets.entry_list import Entry

_LOCK_FILES = "~$"
"""What the name of Excel's lock file begins with, which stands beside an open workbook."""


class Stand(Enum):
    """What became of a sheet."""

    WAITING = "待导入"
    IMPORTED = "已导入"
    UNDONE = "已撤销"
    REFUSED = "无法读取"

    @property
    def tone(self) -> Tone:
        """The colour of its pill."""
        return {Stand.WAITING: Tone.WARN, Stand.IMPORTED: Tone.GOOD, Stand.REFUSED: Tone.BAD}.get(
            self, Tone.CALM
        )


@dataclass(slots=True, eq=False)
class Item:
    """One sheet of a file that was given, or a file that could not be read.

    Args:
        mends: all that were typed; the preview may still lag behind them.
        separate: names that were confirmed to be new.
        left_out: numbers of the rows that shall not be imported.
        trouble: why the file cannot be read, or the sheet not be imported as previewed.
        change_id: of the import; empty while there is none.
    """

    path: Path
    stand: Stand
    preview: Preview | None = None
    trouble: UserError | None = None
    mends: dict[Place, str] = field(default_factory=dict)
    separate: frozenset[str] = frozenset()
    left_out: frozenset[int] = frozenset()
    change_id: str = ""

    def answers(self) -> Answers:
        """What was answered so far."""
        return Answers(dict(self.mends), self.separate, self.left_out)

    @property
    def ready(self) -> int:
        """How many rows an import would write now."""
        importable = self.stand in (Stand.WAITING, Stand.UNDONE) and self.preview is not None
        return len(self.preview.sheet.plan.applicable) if importable and self.preview is not None else 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an import ended; without either there was nothing to write."""

    changed: Changed | None = None
    trouble: UserError | None = None


def files_of(paths: Iterable[Path]) -> Iterable[Path]:
    """The files, and those that stand in a folder, in the order of their names."""
    for path in paths:
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        yield from (
            file for file in inside if file.is_file() and not file.name.startswith((_LOCK_FILES, "."))
        )


def entry_of(item: Item) -> Entry:
    """What the list shows of a sheet."""
    if item.preview is None:
        what = item.trouble.what if item.trouble is not None else ""
        return Entry(item.path.name, what, "", item.stand.value, item.stand.tone)
    plan = item.preview.sheet.plan
    detail = item.preview.what
    if item.stand is Stand.WAITING and not item.ready:
        wrong = bool(plan.counts[RowState.PROBLEM])
        return Entry(
            item.path.name, detail, plan.summary, *(("有问题", Tone.BAD) if wrong else ("无变化", Tone.CALM))
        )
    return Entry(item.path.name, detail, plan.summary, item.stand.value, item.stand.tone)
