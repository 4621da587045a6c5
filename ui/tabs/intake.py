"""收件: files are dropped in, previewed, mended, imported; what came earlier is listed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from db.errors import UserError
from db.vocabulary import RowState
from dualcreate_desktop.intake.grid import Place
from dualcreate_desktop.office import incoming
from dualcreate_desktop.office.incoming import PasswordNeeded, Received
from dualcreate_desktop.office.previewing import Preview
from dualcreate_desktop.office.receiving import Answers
from dualcreate_desktop.office.store import Office
from ui import theme
from ui.background import Progress
from ui.dialogs.password import PasswordDialog
from ui.settings import Settings
from ui.tabs.intake_items import Item, Outcome, Stand, entry_of, files_of
from ui.tabs.tab import Tab
from ui.widgets.buttons import button
from ui.widgets.card import Card, label
from ui.widgets.empty_state import EmptyState
from ui.widgets.entry_list import Entry, EntryList
from ui.widgets.page_head import PageHead
from ui.widgets.preview_card import PreviewCard

LEFT_WIDTH = 284
_KEY = "intake"
_LATER_MS = 200


class IntakeTab(Tab):
    """Takes files in.

    Signals:
        wanted: files were given and this tab should be seen.
    """

    title = "收件"
    manual = "05-收件"
    tables = frozenset({"intake_file"})

    _read = Signal(object)

    def __init__(self, office: Office, settings: Settings) -> None:
        super().__init__(office)
        self._settings = settings
        self.items: list[Item] = []
        self._shown: Item | None = None
        self.choose = button("选择文件…", self.choose_files, icon="folder-open")
        self.primary = button("导入", self.import_current, primary=True)
        self.head = PageHead(self.title, (self.choose, self.primary))
        self.list = EntryList("收到的表格")
        self.earlier = EntryList("以往导入", selectable=False)
        self.nothing_earlier = label("导入过的文件列在这里。", "muted", wrap=True)
        self.card = PreviewCard()
        self.welcome = EmptyState(
            "inbox",
            "把收到的表格拖到这里",
            "先院级党组织名册，再党支部名册，然后是申报汇总表等；是哪种表由程序辨认。\n"
            "先预览，点“导入”才写入。纸质材料在“申报”里收。",
            button("选择文件…", self.choose_files, primary=True, icon="folder-open"),
        )
        self.again = button("再试一次", self.read_again)
        self.refused_view = EmptyState("triangle-alert", "", "", self.again)
        self._right = QStackedWidget()
        self._lay_out()
        self._connect()
        self._show_all()

    def refresh(self) -> None:
        """What was imported earlier, and which of these imports were undone."""
        self._show_earlier(incoming.history(self.office))
        imported = [item for item in self.items if item.change_id]
        stands = incoming.standing(self.office, [item.change_id for item in imported])
        for item in imported:
            item.stand = Stand.IMPORTED if item.change_id in stands else Stand.UNDONE
        self._show_all()

    def take_keyboard(self) -> None:
        """The list of files, or the button that fills it."""
        (self.list if self.items else self.choose).setFocus()

    def choose_files(self) -> None:
        """Ask for files in the folder where the last ones were."""
        folder = str(self._settings.get(_KEY).get("folder", ""))
        kinds = "表格和申报表 (*.xlsx *.xls *.et *.xlsm *.xlsb *.ods *.csv *.txt *.docx);;所有文件 (*)"
        chosen, _ = QFileDialog.getOpenFileNames(self, "选择收到的表格", folder, kinds)
        if chosen:
            self._settings.put(_KEY, {"folder": str(Path(chosen[0]).parent)})
            self.take_in([Path(name) for name in chosen])

    def take_in(self, paths: Iterable[Path]) -> None:
        """Read files, and those of folders, in the background; each sheet appears as soon as it is read."""
        files = list(files_of(paths))
        self.wanted.emit()
        if not files:
            self.said.emit("没有可读取的文件")
            return
        round_id = self.round_id
        self.work("正在读取", lambda progress: self._read_all(progress, files, round_id), lambda _: None)

    def read_again(self) -> None:
        """Try a file once more that could not be read; an encrypted one with its password."""
        item = self._shown
        if item is None or item.trouble is None:
            return
        password = ""
        if isinstance(item.trouble, PasswordNeeded):
            password = PasswordDialog.ask(self, item.path.name, item.trouble)
            if not password:
                return
        round_id = self.round_id
        self.work(
            f"正在读取 {item.path.name}",
            lambda progress: self._read_one(progress, item.path, round_id, password),
            self._take,
        )

    def import_current(self) -> None:
        """Write the rows of the sheet that is shown."""
        item = self._shown
        if item is None or item.preview is None or not item.ready:
            return
        preview = item.preview
        self.primary.setEnabled(False)
        self.work(
            f"正在导入 {preview.sheet.source.name}",
            lambda progress: _applied(self.office, preview, progress),
            lambda outcome: self._imported(item, outcome),
        )

    def remove_current(self) -> None:
        """Take the sheet that is shown off the list; nothing that was imported changes."""
        if self._shown is not None:
            place = self.items.index(self._shown)
            self.items.remove(self._shown)
            self._show_all()
            self._pick(min(place, len(self.items) - 1))

    def mend(self, place: Place, text: str) -> None:
        """Lay a text over a cell and preview the sheet again."""
        self._mend(self._shown, {place: text})

    def restore(self, place: Place) -> None:
        """Show a cell as the sender wrote it."""
        if self._shown is not None:
            self._shown.mends.pop(place, None)
            self._preview_again(self._shown)

    def restore_all(self) -> None:
        """Show the whole sheet so."""
        if self._shown is not None:
            self._shown.mends.clear()
            self._shown.separate = self._shown.left_out = frozenset()
            self._preview_again(self._shown)

    def leave_out(self, number: int) -> None:
        """Do not import a row of the sheet that is shown."""
        if self._shown is not None:
            self._shown.left_out |= {number}
            self._preview_again(self._shown)

    def confirm_new(self, name: str) -> None:
        """A name that looks like known ones is a new one."""
        if self._shown is not None:
            self._shown.separate |= {name}
            self._preview_again(self._shown)

    def preview_again(self) -> None:
        """Hold the sheet that is shown against the store as it is now."""
        if self._shown is not None:
            self._preview_again(self._shown)

    def _mend(self, item: Item | None, mends: dict[Place, str]) -> None:
        if item is not None:
            item.mends |= mends
            self._preview_again(item)

    def _preview_again(self, item: Item) -> None:
        preview, answers = item.preview, item.answers()
        if preview is not None:
            self.work(
                "正在重新预览",
                lambda progress: incoming.mend(self.office, preview, answers, tick=progress.check),
                lambda made: self._previewed(item, made, answers),
            )

    def _previewed(self, item: Item, made: Preview, answered: Answers) -> None:
        """A preview that lags behind the mends is not shown: the next is on its way. None pulls a cell from under
        the fingers of somebody who types."""
        if self.card.table.is_editing and item is self._shown:
            QTimer.singleShot(_LATER_MS, self, lambda: self._previewed(item, made, answered))
        elif answered == item.answers():
            item.preview, item.trouble = made, None
            self._show_all()
            if item is self._shown:
                self._show_item(fresh=False)

    def _imported(self, item: Item, outcome: Outcome) -> None:
        item.trouble = outcome.trouble
        if outcome.trouble is not None:
            self.refused.emit(outcome.trouble)
        if outcome.changed is not None:
            item.stand, item.change_id = Stand.IMPORTED, outcome.changed.change_id
            self._preview_troubled()
        self._show_all()
        self._show_item(fresh=False)

    def _preview_troubled(self) -> None:
        """What a waiting sheet did not find may just have been imported."""
        for item in self.items:
            preview = item.preview
            if item.stand is Stand.WAITING and preview and preview.counts.get(RowState.PROBLEM):
                self._preview_again(item)

    def _read_all(self, progress: Progress, files: Sequence[Path], round_id: str | None) -> None:
        for number, path in enumerate(files):
            progress.step(number, len(files), f"正在读取 {path.name}")
            self._read.emit(self._read_one(progress, path, round_id))

    def _read_one(
        self, progress: Progress, path: Path, round_id: str | None, password: str = ""
    ) -> list[Item]:
        """The items of a file: done in the worker's thread."""
        try:
            found = incoming.open_file(
                self.office, path, round_id=round_id, password=password, tick=progress.check
            )
        except UserError as trouble:
            return [Item(path, Stand.REFUSED, trouble=trouble)]
        return [Item(path, Stand.WAITING, preview) for preview in found]

    def _take(self, items: list[Item]) -> None:
        """Put the items of a file on the list, in the place of those that it gave before and that still wait."""
        path = items[0].path
        old = [item for item in self.items if item.path == path and item.stand is not Stand.IMPORTED]
        place = self.items.index(old[0]) if old else len(self.items)
        self.items = [item for item in self.items if item not in old]
        self.items[place:place] = items
        self._show_all()
        if self._shown is None or self._shown not in self.items or self._shown.stand is Stand.IMPORTED:
            self._pick(place)

    def _pick(self, number: int) -> None:
        self._shown = self.items[number] if 0 <= number < len(self.items) else None
        if self._shown is not None and self.list.currentIndex().row() != number:
            self.list.select(number)
        self._show_item(fresh=True)

    def _show_all(self) -> None:
        self.list.entries.show([entry_of(item) for item in self.items])
        waiting = sum(bool(item.ready) for item in self.items)
        self.head.figure.setText(f"{waiting} 张表待导入" if waiting else "")
        if self._shown in self.items:
            self.list.select(self.items.index(self._shown))
        self._show_primary()

    def _show_primary(self) -> None:
        item = self._shown
        ready = item.ready if item is not None else 0
        self.choose.setVisible(bool(self.items))
        self.primary.setVisible(item is not None)
        self.primary.setEnabled(bool(ready))
        if item is not None:
            done = item.stand is Stand.IMPORTED
            self.primary.setText(f"导入 {ready} 行" if ready else "已导入" if done else "没有可导入的行")

    def _show_item(self, *, fresh: bool) -> None:
        item = self._shown
        self._show_primary()
        if item is None:
            self._right.setCurrentWidget(self._framed_welcome)
        elif item.preview is None and item.trouble is not None:
            self.refused_view.say(f"{item.path.name}：{item.trouble.what.rstrip('。')}", item.trouble.todo)
            locked = isinstance(item.trouble, PasswordNeeded)
            self.again.setText("输入密码…" if locked else "再试一次")
            self._right.setCurrentWidget(self._framed_refusal)
        elif item.preview is not None:
            trouble = "" if item.trouble is None else str(item.trouble)
            frozen = item.stand is Stand.IMPORTED
            self.card.show_preview(item.preview, fresh=fresh, frozen=frozen, trouble=trouble)
            self._right.setCurrentWidget(self.card)

    def _show_earlier(self, received: Sequence[Received]) -> None:
        self.earlier.entries.show(
            [
                Entry(row.name, f"{row.list_label} · {row.summary}", f"{row.at:%Y-%m-%d %H:%M} · {row.actor}")
                for row in received
            ]
        )
        self.earlier.setVisible(bool(received))
        self.nothing_earlier.setVisible(not received)

    def _connect(self) -> None:
        self._read.connect(self._take)
        self.list.picked.connect(self._on_picked)
        self.list.opened.connect(self.card.table.setFocus)
        self.list.dropped.connect(self.remove_current)
        self.card.mended.connect(self.mend)
        self.card.restored.connect(self.restore)
        self.card.all_restored.connect(self.restore_all)
        self.card.confirmed.connect(self.confirm_new)
        self.card.left_out.connect(self.leave_out)
        self.card.renewed.connect(self.preview_again)
        self.card.removed.connect(self.remove_current)
        for keys, action in (
            (QKeySequence("Ctrl+Return"), self.import_current),
            (QKeySequence(QKeySequence.StandardKey.Open), self.choose_files),
        ):
            shortcut = QShortcut(keys, self)
            shortcut.activated.connect(action)

    def _on_picked(self, number: int) -> None:
        if 0 <= number < len(self.items) and self.items[number] is not self._shown:
            self._pick(number)

    def _lay_out(self) -> None:
        self._framed_welcome = _framed(self.welcome)
        self._framed_refusal = _framed(self.refused_view)
        for view in (self._framed_welcome, self._framed_refusal, self.card):
            self._right.addWidget(view)
        left = QWidget()
        left.setFixedWidth(LEFT_WIDTH)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(_list_card("收到的表格", self.list), 3)
        column.addWidget(_list_card("以往导入", self.earlier, self.nothing_earlier), 2)
        row = QHBoxLayout()
        row.setSpacing(theme.MEDIUM)
        row.addWidget(left)
        row.addWidget(self._right, 1)
        self.page.addWidget(self.head)
        self.page.addLayout(row, 1)


def _applied(office: Office, preview: Preview, progress: Progress) -> Outcome:
    """Import; the user's trouble comes back as well, for it is told beside the sheet."""
    try:
        return Outcome(incoming.apply(office, preview, tick=progress.check))
    except UserError as trouble:
        return Outcome(trouble=trouble)


def _framed(view: QWidget) -> Card:
    card = Card()
    card.body.addWidget(view)
    return card


def _list_card(title: str, *content: QWidget) -> Card:
    card = Card(margin=2)
    heading = label(title, "section")
    heading.setContentsMargins(14, theme.SMALL, 14, theme.TINY)
    card.body.setSpacing(0)
    card.body.addWidget(heading)
    for widget in content:
        widget.setContentsMargins(14, 0, 14, 0) if not isinstance(widget, EntryList) else None
        card.body.addWidget(widget, 1)
    return card
