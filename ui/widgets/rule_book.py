"""A round's rules as a book: clauses or kinds at the left with the wording below, the chosen one's rules at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from dualcreate_desktop.office.rule_clauses import ClauseLine, ClauseState
from dualcreate_desktop.office.rule_editing import RuleLine
from dualcreate_desktop.office.rule_parts import RuleField
from ui import theme
from ui.theme import Tone
from ui.widgets.buttons import button
from ui.widgets.card import Card, clear, hairline, label
from ui.widgets.entry_list import LOW_HEIGHT, Entry, EntryList
from ui.widgets.rule_card import RuleActions, RuleCard
from ui.widgets.scrolled import scrolled

LEFT_WIDTH = 330
LIST_SHARE, TEXT_SHARE = 3, 2
"""Of the height at the left."""

_TONES = {
    ClauseState.WRONG: Tone.BAD,
    ClauseState.ODD: Tone.WARN,
    ClauseState.BARE: Tone.WARN,
    ClauseState.NARRATIVE: Tone.CALM,
    ClauseState.SUPERSEDED: Tone.CALM,
}


@dataclass(frozen=True, slots=True)
class BookActions:
    """What can be done beside editing a rule.

    Args:
        add: takes the list to which a rule is to be added.
        note: takes a clause without a rule, and the reason that stands there.
    """

    rule: RuleActions
    add: Callable[[RuleField], object]
    note: Callable[[str, str], object]


@dataclass(frozen=True, slots=True)
class _Page:
    """What one entry at the left stands for: a clause, or a kind of rule."""

    key: str
    title: str
    rules: tuple[RuleLine, ...]
    clause: ClauseLine | None = None
    group: RuleField | None = None


class RuleBook(QWidget):
    """Shows rules and asks for what is to be done with them.

    Args:
        kinds: the lists to which a rule can be added.
    """

    def __init__(self, actions: BookActions, kinds: Sequence[RuleField]) -> None:
        super().__init__()
        self._actions, self._kinds = actions, tuple(kinds)
        self._lines: tuple[RuleLine, ...] = ()
        self._clauses: tuple[ClauseLine, ...] = ()
        self._by_clause = True
        self._pages: list[_Page] = []
        self.cards: list[RuleCard] = []
        self.list = EntryList("条款", height=LOW_HEIGHT)
        self.add = button("添加规则", self.open_menu, icon="plus")
        self.note = button("写明为什么没有规则…", self._ask_note, link=True)
        self.menu = QMenu(self)
        for held in self._kinds:
            self.menu.addAction(held.label, partial(actions.add, held))
        self._title = label("", "section", wrap=True)
        self._text = label("", "muted", wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._column = QVBoxLayout()
        self._right = scrolled(self._column)
        self._lay_out()
        self.list.picked.connect(self._open)
        self.list.opened.connect(self._into_rules)

    @property
    def clause(self) -> str:
        """The clause that is shown; empty where a kind is."""
        page = self._page
        return page.clause.clause if page is not None and page.clause is not None else ""

    @property
    def category(self) -> str:
        """The category of the rules that are shown, where they have one."""
        page = self._page
        return next((line.category for line in page.rules if line.category), "") if page is not None else ""

    def show_rules(
        self, lines: Sequence[RuleLine], clauses: Sequence[ClauseLine], at: str | None = None
    ) -> None:
        """Show these; the page that was open stays open.

        Args:
            at: path of a rule that is to be seen, on whichever page it is.
        """
        self._lines, self._clauses = tuple(lines), tuple(clauses)
        self._fill(at)

    def show_by(self, *, clauses: bool) -> None:
        """List the clauses, or the kinds of rule."""
        self._by_clause = clauses
        self.list.setAccessibleName("条款" if clauses else "规则种类")
        self._fill(None)
        self.list.select(0)

    def show_wrong(self) -> None:
        """Open the first page on which something is wrong."""
        for number, page in enumerate(self._pages):
            if any(line.troubles for line in page.rules):
                self.list.select(number)
                return

    def open_page(self, key: str) -> None:
        """Open the page of a clause, or of a list of rules (``conditions``)."""
        for number, page in enumerate(self._pages):
            if page.key == key:
                self.list.select(number)

    def take_keyboard(self) -> None:
        """Give the keyboard to the list."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_menu(self) -> None:
        """Ask which kind of rule is to be added; where only one kind is shown, add one of it."""
        page = self._page
        if page is not None and page.group is not None:
            self._actions.add(page.group)
        else:
            self.menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    @property
    def _page(self) -> _Page | None:
        row = self.list.currentIndex().row()
        return self._pages[row] if 0 <= row < len(self._pages) else None

    def _fill(self, at: str | None) -> None:
        open_key = self._page.key if self._page is not None else None
        self._pages = self._clause_pages() if self._by_clause else self._kind_pages()
        self.list.entries.show([_entry(page) for page in self._pages])
        numbers = range(len(self._pages))
        holding = [n for n in numbers if any(line.path == at for line in self._pages[n].rules)]
        staying = [n for n in numbers if self._pages[n].key == open_key]
        place = (holding or staying or [0])[0]
        if self.list.currentIndex().row() == place:
            self._open(place)
        else:
            self.list.select(place)

    def _clause_pages(self) -> list[_Page]:
        pages = []
        for clause in self._clauses:
            own = tuple(line for line in self._lines if line.clause == clause.clause)
            pages.append(_Page(clause.clause, f"{clause.clause}　{clause.heading}", own, clause=clause))
        loose = tuple(line for line in self._lines if line.clause not in {page.key for page in pages})
        return [*pages, _Page("", "没有注明条款的规则", loose)] if loose else pages

    def _kind_pages(self) -> list[_Page]:
        addable = {held.name: held for held in self._kinds}
        labels = {line.group: line.kind for line in self._lines}
        names = list(dict.fromkeys([*(line.group for line in self._lines), *addable]))
        return [
            _Page(
                name or "basics",
                labels.get(name) or addable[name].label,
                tuple(line for line in self._lines if line.group == name),
                group=addable.get(name),
            )
            for name in names
        ]

    def _open(self, number: int) -> None:
        if not 0 <= number < len(self._pages):
            return
        page = self._pages[number]
        clause = page.clause
        self._title.setText(page.title)
        self._text.setText((clause.text or clause.heading) if clause is not None else "")
        self._text_card.setVisible(clause is not None)
        self.add.setText(f"添加{page.group.label}" if page.group is not None else "添加规则")
        self.add.setVisible(clause is not None or page.group is not None)
        clear(self._column)
        for warning in clause.warnings if clause is not None else ():
            self._column.addWidget(label(f"请核对：{warning}", "warning", wrap=True))
        self.cards = [
            RuleCard(line, self._actions.rule, among_its_kind=clause is None) for line in page.rules
        ]
        for card in self.cards:
            self._column.addWidget(card)
        if not page.rules:
            why = (
                f"没有单独的规则：{clause.note}" if clause is not None and clause.note else "这里还没有规则。"
            )
            self._column.addWidget(label(why, "muted", wrap=True))
        self.note.setVisible(clause is not None and not page.rules)
        self._column.addStretch()

    def _into_rules(self) -> None:
        """From the list into its rules by Enter."""
        target = self.cards[0].edit if self.cards else self.add
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def _ask_note(self) -> None:
        page = self._page
        if page is not None and page.clause is not None:
            self._actions.note(page.clause.clause, page.clause.note)

    def _lay_out(self) -> None:
        listed = Card(margin=1)
        listed.body.addWidget(self.list)
        inner = QVBoxLayout()
        self._text_card = Card(margin=theme.MEDIUM)
        self._text_card.body.addWidget(label("通知原文", "note"))
        inner.addWidget(self._text)
        inner.addStretch()
        self._text_card.body.addWidget(scrolled(inner))
        left = QVBoxLayout()
        left.setSpacing(theme.MEDIUM)
        left.addWidget(listed, LIST_SHARE)
        left.addWidget(self._text_card, TEXT_SHARE)
        holder = QWidget()
        holder.setFixedWidth(LEFT_WIDTH)
        holder.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.setSpacing(theme.SMALL)
        head.addWidget(self._title, 1)
        head.addWidget(self.note)
        head.addWidget(self.add)
        right = QVBoxLayout()
        right.setSpacing(theme.SMALL)
        right.addLayout(head)
        right.addWidget(hairline())
        right.addWidget(self._right, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.LARGE)
        row.addWidget(holder)
        row.addLayout(right, 1)


def _entry(page: _Page) -> Entry:
    count = f"{len(page.rules)} 条规则" if page.rules else "没有规则"
    clause = page.clause
    if any(line.troubles for line in page.rules):
        return Entry(page.title, count, state="有误", tone=Tone.BAD)
    if clause is None or clause.state not in _TONES:
        return Entry(page.title, count)
    if clause.state is ClauseState.BARE:
        return Entry(page.title, clause.text[:24] or clause.heading, state=clause.state.label, tone=Tone.WARN)
    return Entry(page.title, clause.note or count, state=clause.state.label, tone=_TONES[clause.state])
