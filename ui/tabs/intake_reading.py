"""What the worker of 收件 does with what was given: one file after the other, each listed as soon as it is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from db.errors import FileRefused, UserError
from dualcreate_desktop.intake.containers import Source, open_source, source_of
from dualcreate_desktop.intake.folders import FoundFile, files_of
from dualcreate_desktop.intake.pasted import open_pasted
from dualcreate_desktop.office import incoming
from dualcreate_desktop.office.previewing import Preview
from dualcreate_desktop.office.store import Office
from ui.background import Progress
from ui.dropped import VirtualFile
from ui.tabs.intake_items import Item, Outcome, Stand, items_of


@dataclass(frozen=True, slots=True)
class Batch:
    """What was found in one file.

    Args:
        origin: the file that was given; None for what was pasted.
        begins: the first of that file: what it brought before gives way.
        instead: the item in whose place these stand.
    """

    items: tuple[Item, ...]
    origin: Path | None = None
    begins: bool = True
    instead: Item | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads for the desk.

    Args:
        give: takes each batch, in the thread of the worker.
        passwords: tried on whatever is locked.
    """

    office: Office
    round_id: str | None
    passwords: tuple[str, ...]
    give: Callable[[Batch], object]

    def read_paths(self, progress: Progress, paths: Sequence[Path]) -> int:
        """Read files, and those of folders; how many there were. A folder that is refused keeps nothing else out."""
        found, refused = [], 0
        for path in paths:
            progress.check()
            try:
                found += list(files_of(path))
            except UserError as trouble:
                self._refuse(path, trouble)
                refused += 1
        for number, file in enumerate(found):
            progress.step(number, len(found), f"正在读取 {file.path.name}")
            self._read_file(progress, file)
        return len(found) + refused

    def read_pasted(self, progress: Progress, text: str, html: str) -> None:
        """Read what stands in the clipboard.

        Raises:
            FileRefused: there is no table in it.
        """
        self.read_source(progress, open_pasted(text, html))

    def read_virtual(self, progress: Progress, files: Sequence[VirtualFile]) -> int:
        """Read what another program offered; how many files there were."""
        for number, file in enumerate(files):
            progress.step(number, len(files), f"正在读取 {file.name}")
            try:
                source = _offered(file)
            except UserError as trouble:
                self.give(Batch((Item(file.name, Stand.REFUSED, trouble=trouble),)))
            else:
                self.read_source(progress, source)
        return len(files)

    def read_source(
        self, progress: Progress, source: Source, origin: Path | None = None, instead: Item | None = None
    ) -> None:
        """Read bytes that are there."""
        begins = True
        for found in incoming.arrivals(
            self.office, source, round_id=self.round_id, passwords=self.passwords, tick=progress.check
        ):
            progress.check()
            items = tuple(items_of(found, origin))
            self.give(Batch(items, origin, begins, instead if begins else None))
            begins = False

    def _read_file(self, progress: Progress, file: FoundFile) -> None:
        try:
            source = open_source(file.path)
        except UserError as trouble:
            self._refuse(file.path, trouble)
            return
        self.read_source(progress, replace(source, inside=file.inside), file.path)

    def _refuse(self, path: Path, trouble: UserError) -> None:
        self.give(Batch((Item(path.name, Stand.REFUSED, path, trouble=trouble),), path))


def imported(office: Office, preview: Preview, progress: Progress) -> Outcome:
    """Import; the user's trouble comes back as well, for it is told beside the sheet."""
    try:
        return Outcome(incoming.apply(office, preview, tick=progress.check))
    except UserError as trouble:
        return Outcome(trouble=trouble)


def import_all(
    office: Office, items: Sequence[Item], progress: Progress, give: Callable[[Item, Outcome], object]
) -> int:
    """Import sheet after sheet, each as a change of its own; how many were."""
    done = 0
    for number, item in enumerate(items):
        progress.step(number, len(items), f"正在导入 {item.name}")
        if item.preview is not None:
            outcome = imported(office, item.preview, progress)
            done += outcome.changed is not None
            give(item, outcome)
    return done


def _offered(file: VirtualFile) -> Source:
    """The file as a source; FileRefused with the way out when the other program kept its content."""
    if not file.content:
        raise FileRefused(
            "没有拿到内容：邮件不能从 Outlook 直接拖进来",
            where=file.name,
            todo="请先把它拖到桌面或一个文件夹里，再把那里的文件拖到这里；也可以只拖其中的附件。",
        )
    return source_of(file.name, file.content)
