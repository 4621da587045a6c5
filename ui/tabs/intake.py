"""收件: files are dropped in, previewed, mended, imported, sent back; what came earlier is listed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QStackedWidget, QWidget

from db.errors import StaleData, UserError
from dualcreate_desktop.fields import ListKind
from dualcreate_desktop.office import incoming, laying_out, learning
from dualcreate_desktop.office.incoming import PasswordNeeded
from dualcreate_desktop.office.previewing import Preview
from dualcreate_desktop.office.receiving import Answers
from dualcreate_desktop.office.store import Office
from ui import theme
from ui.background import Progress
from ui.dialogs.memory import MemoryDialog
from ui.settings import Settings
from ui.tabs.intake_answering import Answering
from ui.tabs.intake_items import Item, Outcome, Stand, in_order, set_scans_aside, tell_twins
from ui.tabs.intake_list import IntakeList
from ui.tabs.intake_reading import Batch, import_all, imported
from ui.tabs.intake_sending import Sending
from ui.tabs.intake_taking import Taking
from ui.tabs.tab import Tab
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.page_head import PageHead
from ui.widgets.preview_card import PreviewCard

_LATER_MS = 200
_CLEAN_WORTH = 2
"""From so many sheets without a problem on they are offered to be imported together."""


class IntakeTab(Tab):
    """Takes files in.

    Attributes:
        items: everything on the desk, in the order in which it came.
        shown: the item whose preview is seen.
        taking, answers, sending: what comes in, what is answered in a preview, and what leaves the desk.
    """

    title = "收件"
    manual = "05-收件"
    tables = frozenset({"intake_file"})

    _read = Signal(object)
    _done = Signal(object, object)

    def __init__(self, office: Office, settings: Settings) -> None:
        super().__init__(office)
        self.items: list[Item] = []
        self.shown: Item | None = None
        self.taking = Taking(self, settings, self._read.emit)
        self.answers, self.sending = Answering(self), Sending(self, settings)
        self._kinds: tuple[ListKind, ...] = ()
        self.more = button("更多", lambda: None)
        self.more.setMenu(self._make_menu())
        self.forms = button("填报表格…", self.sending.make_forms)
        self.choose = button("选择文件…", self.taking.choose_files, icon="folder-open")
        self.all = button("", self.import_all)
        self.primary = button("导入", self.import_current, primary=True)
        self.head = PageHead(self.title, (self.more, self.forms, self.choose, self.all, self.primary))
        self.left = IntakeList()
        self.list, self.earlier = self.left.list, self.left.earlier
        self.card = PreviewCard()
        self.begin = button("选择文件…", self.taking.choose_files, primary=True, icon="folder-open")
        self.welcome = EmptyState(
            "inbox",
            "把收到的表格、邮件或压缩包拖到这里",
            "也可以在 Excel、WPS 里复制一块，到这里粘贴（Ctrl+V）。先院级党组织名册，再党支部名册，然后是申报汇总表等；"
            "是哪种表由程序辨认。\n先预览，点“导入”才写入。纸质材料在“申报”里收。",
            self.begin,
        )
        self.again = button("再试一次", self.taking.read_again)
        self.refused_view = EmptyState("triangle-alert", "", "", self.again)
        self._right = QStackedWidget()
        self._lay_out()
        self._connect()
        self._show_all()

    def refresh(self) -> None:
        """What was imported earlier, and which of these imports were undone."""
        self._kinds = laying_out.kinds(self.office, self.round_id)
        self.left.show_earlier(incoming.history(self.office))
        done, before = [item for item in self.items if item.change_id], self.shown and self.shown.stand
        stands = incoming.standing(self.office, [item.change_id for item in done])
        for item in done:
            item.stand = Stand.IMPORTED if item.change_id in stands else Stand.UNDONE
        self._show_all()
        if self.shown is not None and self.shown.stand is not before:
            self._show_item(fresh=False)

    def show_rows(self, chip: str, row: str = "", search: str = "") -> None:
        """Bring a file that was imported earlier into view."""
        self.left.find_earlier(row)

    def take_keyboard(self) -> None:
        """The list of files, or the button that fills it."""
        (self.list if self.items else self.begin).setFocus()

    def take_in(self, paths: Iterable[Path]) -> None:
        """Read files, and those of folders, in the background; each sheet appears as soon as it is read."""
        self.wanted.emit()
        self.taking.take_in(list(paths))

    def take_dropped(self, data: QMimeData) -> None:
        """Read what was let go of over the window."""
        self.wanted.emit()
        self.taking.take_dropped(data)

    def import_current(self) -> None:
        """Write the rows of the sheet that is shown; of one that is done go on to the next that waits."""
        item = self.shown
        if item is not None and item.stand is Stand.IMPORTED:
            self._pick(self._next or item)
            return
        if item is None or item.preview is None or not item.ready:
            return
        preview = item.preview
        self.primary.setEnabled(False)
        self.work(
            f"正在导入 {item.name}",
            lambda progress: imported(self.office, preview, progress),
            lambda outcome: self._imported(item, outcome),
            self._show_primary,
        )

    def import_all(self) -> None:
        """Write every sheet that nobody has to look at first, each as one change."""
        clean = in_order([item for item in self.items if item.is_clean])
        self.all.setEnabled(False)
        self.work(
            f"正在导入 {len(clean)} 张表",
            lambda progress: import_all(self.office, clean, progress, self._done.emit),
            self._all_imported,
            lambda: self._all_given_up(clean),
        )

    def remove_current(self) -> None:
        """Take the sheet that is shown off the list; nothing that was imported changes."""
        if self.shown is not None:
            place = self.items.index(self.shown)
            self.items.remove(self.shown)
            self._show_all()
            self._pick(self.items[min(place, len(self.items) - 1)] if self.items else None)

    def remove_imported(self) -> None:
        """Take what is done off the list; a sheet of which rows were kept out is not."""
        self.items = [item for item in self.items if item.stand is not Stand.IMPORTED or item.wrong]
        self._show_all()
        if self.shown not in self.items:
            self._pick(self.items[0] if self.items else None)

    def show_memory(self) -> None:
        """What was learned; one thing after the other can be forgotten."""
        while (chosen := MemoryDialog.ask(self, learning.remembered(self.office))) is not None:
            learning.forget(self.office, {chosen.id: chosen.memory})

    def preview_again(self, item: Item) -> None:
        """Hold a sheet, as answered, against the store as it is now."""
        preview, answers = item.preview, item.answers
        if preview is not None:
            self.work(
                "正在重新预览",
                lambda progress: self._mended(preview, answers, progress),
                lambda made: self._previewed(item, made, answers),
                lambda: self._answer_given_up(item, answers),
            )

    def preview_troubled(self, shown: Item | None = None) -> None:
        """What a waiting sheet did not find may just have been imported or learned.

        Args:
            shown: one that is previewed again in any case.
        """
        for item in self.items:
            if item.stand is Stand.WAITING and (item.wrong or item is shown):
                self.preview_again(item)

    def show_anew(self, item: Item) -> None:
        """Show a sheet that has become another, if it is the one that is seen."""
        self._show_all()
        if item is self.shown:
            self._show_item(fresh=True)

    def _mended(self, preview: Preview, answers: Answers, progress: Progress) -> Preview | UserError:
        try:
            return incoming.mend(self.office, preview, answers, tick=progress.check)
        except UserError as trouble:
            return trouble

    def _previewed(self, item: Item, made: Preview | UserError, answered: Answers) -> None:
        """A preview that lags behind the answers is not shown: the next is on its way. None pulls a cell from under
        the fingers of somebody who types."""
        if self.card.is_editing and item is self.shown:
            QTimer.singleShot(_LATER_MS, self, lambda: self._previewed(item, made, answered))
        elif answered is item.answers:
            if isinstance(made, UserError):
                self.refused.emit(made)
                item.answer_as_shown()
            else:
                item.preview, item.trouble = made, None
            self._show_all()
            if item is self.shown:
                self._show_item(fresh=False)

    def _imported(self, item: Item, outcome: Outcome) -> None:
        self._note(item, outcome)
        if outcome.trouble is not None:
            self.refused.emit(outcome.trouble)
        else:
            self.preview_troubled()
        self._show_all()
        self._show_item(fresh=False)

    def _all_imported(self, done: int) -> None:
        left = [item for item in self.items if item.trouble is not None and item.stand is Stand.WAITING]
        stale = [item for item in left if isinstance(item.trouble, StaleData)]
        told = [f"已导入 {done} 张表"]
        told += [f"{len(stale)} 张与刚导入的有重合，已重新预览，请看一下再导入"] if stale else []
        told += [f"{len(left) - len(stale)} 张没有导入，请看其中的说明"] if len(left) > len(stale) else []
        self.said.emit("，".join(told))
        for item in stale:
            self.preview_again(item)
        self.preview_troubled()
        self._show_all()
        self._show_item(fresh=False)

    def _all_given_up(self, clean: Sequence[Item]) -> None:
        done = sum(item.stand is Stand.IMPORTED for item in clean)
        self.said.emit(f"已取消：导入了 {done} 张表，还有 {len(clean) - done} 张没有导入")
        self.preview_troubled()
        self._show_all()

    def _answer_given_up(self, item: Item, answered: Answers) -> None:
        if answered is item.answers:
            item.answer_as_shown()

    def _note(self, item: Item, outcome: Outcome) -> None:
        """What became of a sheet."""
        item.trouble = outcome.trouble
        if outcome.changed is not None:
            item.stand, item.change_id = Stand.IMPORTED, outcome.changed.change_id
        self._show_all()

    def _take(self, batch: Batch) -> None:
        """Put what a file holds on the list, in the place of what it held before and that still waits."""
        free_hands = self._leads_keyboard()
        place = self.taking.make_place(batch)
        self.items[place:place] = batch.items
        self._show_all()
        free = self.shown is None or self.shown not in self.items or self.shown.stand is Stand.IMPORTED
        if free and batch.items:
            self._pick(batch.items[0])
            if free_hands:
                self.list.setFocus()

    def _leads_keyboard(self) -> bool:
        """Whether the list takes the keyboard when something comes: the button that was clicked may go with it."""
        at = QApplication.focusWidget()
        idle = at is None or self.head.isAncestorOf(at) or self.welcome.isAncestorOf(at)
        return self.isVisible() and idle

    def _pick(self, item: Item | None) -> None:
        if item is self.shown and item is not None:
            return
        self.shown = item
        self.left.select(item)
        self._show_item(fresh=True)

    def _show_all(self) -> None:
        tell_twins(self.items)
        set_scans_aside(self.items)
        self.left.show_items(self.items, self.shown)
        waiting = sum(bool(item.ready) for item in self.items)
        self.head.figure.setText(f"{waiting} 张表待导入" if waiting else "")
        self._show_primary()

    def _show_primary(self) -> None:
        item = self.shown
        ready = item.ready if item is not None else 0
        clean = sum(item.is_clean for item in self.items)
        self.choose.setVisible(bool(self.items))
        self.all.setVisible(clean >= _CLEAN_WORTH)
        self.all.setEnabled(True)
        self.all.setText(f"导入全部无问题的 {clean} 张")
        self.primary.setVisible(item is not None)
        done = item is not None and item.stand is Stand.IMPORTED
        goes_on = done and self._next is not None
        self.primary.setEnabled(bool(ready) or goes_on)
        told = "看下一张待导入的" if goes_on else "已导入" if done else "没有可导入的行"
        self.primary.setText(f"导入 {ready} 行" if ready else told)

    @property
    def _next(self) -> Item | None:
        """The next sheet with rows that wait, from the one that is shown down and around."""
        place = self.items.index(self.shown) + 1 if self.shown in self.items else 0
        around = self.items[place:] + self.items[:place]
        return next((item for item in around if item.ready), None)

    def _show_item(self, *, fresh: bool) -> None:
        item = self.shown
        self._show_primary()
        if item is None:
            self._right.setCurrentWidget(self._framed_welcome)
        elif item.preview is None and item.trouble is not None:
            self._show_refusal(item, item.trouble)
        elif item.preview is not None:
            trouble = "" if item.trouble is None else str(item.trouble)
            frozen = item.stand is Stand.IMPORTED
            self.card.show_preview(
                item.preview, fresh=fresh, frozen=frozen, trouble=trouble, kinds=self._kinds
            )
            self._right.setCurrentWidget(self.card)

    def _show_refusal(self, item: Item, trouble: UserError) -> None:
        what = f"{item.grid.name}：" if item.grid is not None and item.grid.name not in item.name else ""
        self.refused_view.say(f"{item.name}：{what}{trouble.what.rstrip('。')}", trouble.todo)
        locked = isinstance(trouble, PasswordNeeded)
        words = "输入密码…" if locked else "指明是哪种表…" if item.grid is not None else "再试一次"
        self.again.setText(words)
        self.again.setVisible(bool(item.origin or item.source))
        self._right.setCurrentWidget(self._framed_refusal)

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction("选择文件夹…", self.taking.choose_folder)
        menu.addAction("粘贴复制的单元格或文件（Ctrl+V）", self.taking.paste)
        menu.addSeparator()
        menu.addAction("记住的写法…", self.show_memory)
        menu.addAction("移出选中的（Delete）", self.remove_current)
        menu.addAction("移出已导入的", self.remove_imported)
        return menu

    def _connect(self) -> None:
        self._read.connect(self._take)
        self._done.connect(self._note)
        self.left.picked.connect(self._pick)
        self.left.sifted.connect(self._show_all)
        self.list.opened.connect(self.card.take_keyboard)
        self.list.dropped.connect(self.remove_current)
        card, answers = self.card, self.answers
        for signal, act in (
            (card.mended, answers.mend),
            (card.restored, answers.restore),
            (card.all_restored, answers.restore_all),
            (card.confirmed, answers.confirm_new),
            (card.choosing, answers.choose),
            (card.replacing, answers.replace),
            (card.added, answers.add),
            (card.updated, answers.update),
            (card.left_out, answers.leave_out),
            (card.brought_back, answers.bring_back),
            (card.laid_out, answers.lay_out),
            (card.unit_wanted, answers.say_unit),
            (card.gone_on, answers.go_on),
            (card.sent_back, self.sending.send_back),
            (card.renewed, self._renew),
            (card.removed, self.remove_current),
        ):
            signal.connect(act)
        for keys, action in (
            (QKeySequence("Ctrl+Return"), self.import_current),
            (QKeySequence(QKeySequence.StandardKey.Open), self.taking.choose_files),
            (QKeySequence(QKeySequence.StandardKey.Paste), self.taking.paste),
        ):
            shortcut = QShortcut(keys, self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    def _renew(self) -> None:
        if self.shown is not None:
            self.preview_again(self.shown)

    def _lay_out(self) -> None:
        self._framed_welcome = _framed(self.welcome)
        self._framed_refusal = _framed(self.refused_view)
        for view in (self._framed_welcome, self._framed_refusal, self.card):
            self._right.addWidget(view)
        row = QHBoxLayout()
        row.setSpacing(theme.MEDIUM)
        row.addWidget(self.left)
        row.addWidget(self._right, 1)
        self.page.addWidget(self.head)
        self.page.addLayout(row, 1)


def _framed(view: QWidget) -> Card:
    card = Card()
    card.body.addWidget(view)
    return card
