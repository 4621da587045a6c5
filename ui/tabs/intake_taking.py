"""How things come onto the desk of 收件: chosen, dropped, pasted, and tried once more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from db.errors import UserError
from dualcreate_desktop.office.incoming import PasswordNeeded
from ui.dialogs.password import PasswordDialog
from ui.dropped import VirtualFile, brings_files, local_files, virtual_files
from ui.settings import Settings
from ui.tabs.intake_items import Item, Stand
from ui.tabs.intake_reading import Batch, Reader

if TYPE_CHECKING:
    from ui.tabs.intake import IntakeTab

_KEY = "intake"
_KINDS = (
    "表格、邮件和压缩包 (*.xlsx *.xls *.et *.xlsm *.xlsb *.ods *.csv *.txt *.docx *.eml *.msg *.zip)"
    ";;所有文件 (*)"
)


class Taking:
    """Has the worker read what is given.

    Args:
        give: takes each batch, in whichever thread reads.

    Attributes:
        passwords: those that were typed since the program was started.
    """

    def __init__(self, tab: IntakeTab, settings: Settings, give: Callable[[Batch], object]) -> None:
        self._tab, self._settings, self._give = tab, settings, give
        self.passwords: tuple[str, ...] = ()

    def choose_files(self) -> None:
        """Ask for files in the folder where the last ones were."""
        chosen, _ = QFileDialog.getOpenFileNames(self._tab, "选择收到的表格", self._folder, _KINDS)
        if chosen:
            self._settings.put(_KEY, {"folder": str(Path(chosen[0]).parent)})
            self._tab.take_in([Path(name) for name in chosen])

    def choose_folder(self) -> None:
        """Ask for a folder, of which all files are taken in."""
        chosen = QFileDialog.getExistingDirectory(self._tab, "选择放有收到的表格的文件夹", self._folder)
        if chosen:
            self._settings.put(_KEY, {"folder": chosen})
            self._tab.take_in([Path(chosen)])

    def take_in(self, paths: Sequence[Path]) -> None:
        """Read files, and those of folders."""
        reader = self._reader()
        self._tab.work(
            "正在读取",
            lambda progress: reader.read_paths(progress, paths),
            self._say_when_nothing,
            self._say_rest,
        )

    def take_dropped(self, data: QMimeData) -> None:
        """Read the files in what was dropped or copied: those of the disk, else those that a program offers."""
        if files := local_files(data):
            self.take_in(files)
        else:
            self._take_virtual(virtual_files(data))

    def _take_virtual(self, files: Sequence[VirtualFile]) -> None:
        reader = self._reader()
        self._tab.work(
            "正在读取",
            lambda progress: reader.read_virtual(progress, files),
            self._say_when_nothing,
            self._say_rest,
        )

    def paste(self) -> None:
        """Take in what was copied: files, or a selection of cells."""
        data = (
            QGuiApplication.clipboard().mimeData() or QMimeData()
        )  # an empty clipboard may hold nothing at all
        if brings_files(data):
            self.take_dropped(data)
            return
        text, html, reader = data.text(), data.html(), self._reader()
        self._tab.work(
            "正在读取粘贴的内容", lambda progress: reader.read_pasted(progress, text, html), lambda _: None
        )

    def read_again(self) -> None:
        """Try once more what could not be read: with a password, as a list that somebody names, or as it is now."""
        item = self._tab.shown
        if item is None or item.trouble is None:
            return
        if item.grid is not None:
            self._tab.answers.lay_out_strange()
            return
        locked = isinstance(item.trouble, PasswordNeeded)
        if locked and not self._ask_password(item, item.trouble):
            return
        reader, source, origin = self._reader(), item.source, item.origin
        if origin is not None and not (locked and source is not None):
            self._tab.work(
                f"正在读取 {item.name}",
                lambda progress: reader.read_paths(progress, [origin]),
                lambda _: None,
            )
        elif source is not None:
            self._tab.work(
                f"正在读取 {item.name}",
                lambda progress: reader.read_source(progress, source, origin, item),
                lambda _: None,
            )

    def make_place(self, batch: Batch) -> int:
        """Take what a batch replaces off the desk; where the batch belongs."""
        if batch.instead is not None and batch.instead in self._tab.items:
            place = self._tab.items.index(batch.instead)
            self._tab.items.remove(batch.instead)
            return place
        same = [item for item in self._tab.items if batch.origin is not None and item.origin == batch.origin]
        if not batch.begins:
            return self._tab.items.index(same[-1]) + 1 if same else len(self._tab.items)
        old = [item for item in same if item.stand is not Stand.IMPORTED]
        place = self._tab.items.index(old[0]) if old else len(self._tab.items)
        self._tab.items = [item for item in self._tab.items if item not in old]
        return place

    @property
    def _folder(self) -> str:
        return str(self._settings.get(_KEY).get("folder", ""))

    def _ask_password(self, item: Item, trouble: UserError) -> bool:
        password = PasswordDialog.ask(self._tab, item.name, trouble)
        if password:
            self.passwords = (password, *(known for known in self.passwords if known != password))
        return bool(password)

    def _reader(self) -> Reader:
        return Reader(self._tab.office, self._tab.round_id, self.passwords, self._give)

    def _say_when_nothing(self, count: int) -> None:
        if not count:
            self._tab.said.emit("没有可读取的文件")

    def _say_rest(self) -> None:
        self._tab.said.emit("已取消读取，列表里没有的文件还没有读")
