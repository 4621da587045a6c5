"""The sheets on the desk of 收件, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from db.errors import FileRefused, UserError
from db.vocabulary import RowState
from dualcreate_desktop.intake.containers import Envelope, Kind, Source
from dualcreate_desktop.intake.grid import Grid
from dualcreate_desktop.lists import LIST_KINDS
from dualcreate_desktop.office.incoming import Arrived
from dualcreate_desktop.office.previewing import Doubt, Preview
from dualcreate_desktop.office.receiving import NO_ANSWERS, Answers
from dualcreate_desktop.office.store import Changed
from ui.theme import Tone
from ui.widgets.chips import ALL, Chip
from ui.widgets.entry_list import Entry

BETWEEN = " › "
"""Between the names of a mail, an archive in it and a file in that."""


class Stand(Enum):
    """What became of a sheet."""

    WAITING = "待导入"
    IMPORTED = "已导入"
    UNDONE = "已撤销"
    STRANGE = "未认出"
    ASIDE = "其他内容"
    REFUSED = "无法读取"

    @property
    def tone(self) -> Tone:
        """The colour of its pill."""
        return _TONES.get(self, Tone.CALM)


_TONES = {
    Stand.WAITING: Tone.WARN,
    Stand.IMPORTED: Tone.GOOD,
    Stand.STRANGE: Tone.WARN,
    Stand.REFUSED: Tone.BAD,
}


class Pile(Enum):
    """A filter of the desk."""

    ALL = "全部"
    TROUBLED = "有问题"
    WAITING = "待导入"
    IMPORTED = "已导入"


@dataclass(slots=True, eq=False)
class Item:
    """One sheet of a file that was given, or a file that could not be read.

    Args:
        path: where it was found, for people: 通知.eml › 附件.zip › 名册.xlsx.
        origin: the file or folder that was given; None for what was pasted.
        grid: of a sheet in which no list was recognised.
        first, answers: what was answered when it came, and all that was answered since; the preview may lag behind.
        trouble: why the file cannot be read, or the sheet not be imported as previewed.
        change_id: of the import; empty while there is none.
        twin: name of a file on the desk that holds just the same; empty for none.
    """

    path: str
    stand: Stand
    origin: Path | None = None
    envelope: Envelope | None = None
    source: Source | None = None
    preview: Preview | None = None
    grid: Grid | None = None
    trouble: UserError | None = None
    first: Answers = NO_ANSWERS
    answers: Answers = NO_ANSWERS
    change_id: str = ""
    twin: str = ""

    @property
    def name(self) -> str:
        """Of its file."""
        return self.path.rpartition(BETWEEN)[2]

    @property
    def within(self) -> str:
        """The mail, archive or folder that holds it; empty for a file that was given itself."""
        return self.path.partition(BETWEEN)[0] if BETWEEN in self.path else ""

    @property
    def ready(self) -> int:
        """How many rows an import would write now."""
        importable = self.stand in (Stand.WAITING, Stand.UNDONE) and self.preview is not None
        return self.preview.ready if importable and self.preview is not None else 0

    @property
    def wrong(self) -> int:
        """How many rows cannot be imported as they are."""
        return 0 if self.preview is None else self.preview.counts.get(RowState.PROBLEM, 0)

    @property
    def is_clean(self) -> bool:
        """Whether it can be imported without anybody looking at it first."""
        if self.preview is None or self.trouble is not None or self.twin or self.stand is not Stand.WAITING:
            return False
        unit = self.preview.sheet.plan.unit
        told = self.preview.needs_layout or self.preview.is_hidden
        doubtful = told or (unit is not None and bool(unit.doubts))
        return bool(self.ready) and not (self.wrong or doubtful or Doubt.WARNED in self.preview.counts)

    def answer_as_shown(self) -> None:
        """Forget what was answered since the preview was made."""
        if self.preview is not None:
            self.answers = self.preview.sheet.answers

    def lies_in(self, pile: Pile) -> bool:
        """Whether a filter shows it."""
        if pile is Pile.ALL:
            return True
        if pile is Pile.IMPORTED:
            return self.stand is Stand.IMPORTED
        if pile is Pile.WAITING:
            return bool(self.ready)
        return self.stand is not Stand.ASIDE and (bool(self.wrong) or self.trouble is not None)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an import ended; without either there was nothing to write."""

    changed: Changed | None = None
    trouble: UserError | None = None


def items_of(found: Arrived, origin: Path | None) -> Iterator[Item]:
    """What the desk lists of a file: its sheets, or why there are none."""
    for preview in found.previews:
        yield Item(*(found.path, Stand.WAITING, origin, found.envelope, found.source, preview))
    for grid in found.strange:
        trouble = found.trouble or FileRefused(
            "没有认出这是哪一种表", where=grid.name, todo="不是要导入的表不用管它；是的话，请指明是哪种表。"
        )
        stand = Stand.ASIDE if found.previews else Stand.STRANGE
        yield Item(
            *(found.path, stand, origin, found.envelope, found.source),
            grid=grid,
            trouble=trouble,
        )
    if found.trouble is not None and not found.strange:
        yield Item(*(found.path, Stand.REFUSED, origin, found.envelope, found.source), trouble=found.trouble)


def tell_twins(items: Sequence[Item]) -> None:
    """Say of each file whether one above it holds just the same."""
    first: dict[str, Item] = {}
    for item in items:
        if item.source is not None:
            other = first.setdefault(item.source.sha256, item)
            item.twin = other.name if other.source is not item.source else ""


def set_scans_aside(items: Sequence[Item]) -> None:
    """A stamped scan beside the table that it shows is nothing to be mended."""
    listed = {(item.origin, item.within) for item in items if item.preview is not None and item.within}
    for item in items:
        is_scan = item.source is not None and item.source.kind in (Kind.PDF, Kind.IMAGE)
        if is_scan and item.stand is Stand.REFUSED and (item.origin, item.within) in listed:
            item.stand = Stand.ASIDE


def in_order(items: Sequence[Item]) -> list[Item]:
    """Rosters of units before those of branches, and these before what speaks of them."""
    places = {kind.key: place for place, kind in enumerate(LIST_KINDS)}

    def place(item: Item) -> int:
        return places.get(item.preview.kind.key, len(places)) if item.preview is not None else len(places)

    return sorted(items, key=place)


def rows_of(items: Sequence[Item], pile: Pile) -> list[Item | str]:
    """What the list shows from top to bottom: items, and above those of one mail or archive a heading."""
    rows: list[Item | str] = []
    above = ""
    for item in items:
        if not item.lies_in(pile):
            continue
        if item.within != above:
            above = item.within
            if above:
                rows.append(_heading(item))
        rows.append(item)
    return rows


def _heading(item: Item) -> str:
    envelope = item.envelope
    if envelope is None:
        return item.within
    sender = envelope.sender.partition("<")[0].strip(' "') or envelope.address
    sent = f"{envelope.sent:%m-%d %H:%M}" if envelope.sent else ""
    return " · ".join(filter(None, (sender, sent, item.within)))


def chips_of(items: Sequence[Item]) -> list[Chip]:
    """The filters, each with how many it shows; an empty one is left out."""
    counted = [(pile, sum(item.lies_in(pile) for item in items)) for pile in Pile]
    return [
        Chip(ALL if pile is Pile.ALL else pile.value, pile.value, count)
        for pile, count in counted
        if count or pile is Pile.ALL
    ]


def entry_of(row: Item | str) -> Entry:
    """What the list shows of a sheet, or of the mail that holds those below."""
    if isinstance(row, str):
        return Entry(row, "", heading=True)
    if row.preview is None:
        sheet = f"{row.grid.name}：" if row.grid is not None else ""
        what = row.trouble.what if row.trouble is not None else ""
        return Entry(row.name, f"{sheet}{what}", _place(row), row.stand.value, row.stand.tone)
    plan = row.preview.sheet.plan
    unit = plan.unit.name if plan.unit is not None else ""
    detail = " · ".join(filter(None, (row.preview.what, unit)))
    note = f"与“{row.twin}”内容相同" if row.twin else row.preview.summary
    return Entry(row.name, detail, note, *_pill(row))


def _pill(item: Item) -> tuple[str, Tone]:
    if item.stand is Stand.WAITING and item.wrong:
        return "有问题", Tone.BAD
    if item.stand is Stand.WAITING and not item.ready:
        return "无变化", Tone.CALM
    if item.stand is Stand.IMPORTED and item.wrong:
        return "部分导入", Tone.WARN
    return item.stand.value, item.stand.tone


def _place(item: Item) -> str:
    """The folders and archives between the outermost and the file."""
    return BETWEEN.join(item.path.split(BETWEEN)[1:-1])
