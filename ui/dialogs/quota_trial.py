"""名额测算: sets of quota rules tried over the real registry, side by side; the one that suits is taken."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from db.errors import UserError
from dualcreate_desktop.office import quota_trials
from dualcreate_desktop.office.quota_trials import TRIAL_COLUMNS, Registry, TrialRow, Tried
from dualcreate_desktop.office.rule_editing import RuleDraft
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import Page, TableQuery, sift
from dualcreate_desktop.rules.quota_variants import QuotaVariant
from ui import theme
from ui.background import Work
from ui.dialogs.files import EXCEL, ask_save_path
from ui.dialogs.frame import AskingDialog
from ui.dialogs.quota_grant import QuotaGrantDialog
from ui.dialogs.rule import RuleDialog
from ui.rows_model import RowsModel
from ui.settings import Settings
from ui.theme import Tone
from ui.widgets.buttons import button
from ui.widgets.card import Card, bare_column, label
from ui.widgets.entry_list import LOW_HEIGHT, Entry, EntryList
from ui.widgets.page_head import PageHead
from ui.widgets.switch import Switch
from ui.widgets.table import Table

LEFT_WIDTH = 264
BY_UNIT, SIDE_BY_SIDE = 0, 1
_HEAD_HEIGHT = 64
"""Of a table whose heads stand on three lines."""

CarryOut = Callable[[Work], object]


class QuotaTrialDialog(AskingDialog[RuleDraft]):
    """Tries quota rules and writes none; what is decided for a single unit is written at once.

    Args:
        draft: the rules that are tried; those of a round that is not opened yet have no id.
        carry_out: takes what is long, for the worker.
    """

    def __init__(
        self, parent: QWidget, office: Office, settings: Settings, draft: RuleDraft, carry_out: CarryOut
    ) -> None:
        self._office, self._settings, self._draft = office, settings, draft
        self._carry_out = carry_out
        self._registry = Registry({}, ())
        self._own: dict[str, list[QuotaVariant]] = {}
        self._trials: tuple[Tried, ...] = ()
        self._variants: tuple[QuotaVariant, ...] = ()
        self._categories = [category.key for category in draft.notice.categories]
        self.categories = Switch([category.short_name for category in draft.notice.categories])
        self.export = button("导出 Excel", self.export_rows, icon="download")
        self.head = PageHead("", (self.export,), lead=self.categories)
        self.list = EntryList("方案", height=LOW_HEIGHT)
        self.own = button("自定方案…", self.add_own, icon="plus")
        self.grant = button("核定、免报…", self.decide_unit)
        self.views = Switch(("按单位", "各方案并排"))
        self.says = label("", "muted", wrap=True)
        self.model: RowsModel[TrialRow] = RowsModel(TRIAL_COLUMNS, self._rows)
        self.table: Table[TrialRow] = Table(self.model, settings, "quota-trial")
        self.side: Table[SimpleNamespace] | None = None
        self._stack = QStackedWidget()
        super().__init__(parent, "名额测算", self._content(), accept_words="采用所选方案")
        self.primary.setEnabled(False)
        self.cancel.setText("关闭")
        self.model.setParent(self)
        self._connect()
        self.resize(min(1240, parent.width() - theme.HUGE * 2), min(760, parent.height() - theme.HUGE * 2))
        self._read()
        self.list.setFocus()

    @classmethod
    def ask(
        cls, parent: QWidget, office: Office, settings: Settings, draft: RuleDraft, carry_out: CarryOut
    ) -> RuleDraft | None:
        """The draft with the quotas that were chosen; None when they stay as they are."""
        return cls(parent, office, settings, draft, carry_out).asked()

    @property
    def category(self) -> str:
        """Key of the category that is looked at."""
        return self._categories[self.categories.place]

    @property
    def chosen(self) -> int:
        """The place of the variant that is looked at; 0 is the round's own rules."""
        return max(self.list.currentIndex().row(), 0)

    def accept(self) -> None:
        """Close with the chosen variant in the draft."""
        if self.chosen == 0:
            self.tell_problem("现在选的就是本批次的规则；请先选另一个方案")
            return
        self.answer = quota_trials.adopted(self._draft, self._variants[self.chosen])
        super().accept()

    def add_own(self) -> None:
        """Ask for numbers of one's own and try them."""
        made = RuleDialog.ask(self, quota_trials.own_rule(self._draft, self.category))
        if made is not None:
            variant = quota_trials.own_variant(self._draft, made)
            self._own.setdefault(self.category, []).append(variant)
            self._try(len(self._variants))

    def decide_unit(self) -> None:
        """Grant the selected unit a number of its own, or lift its duty."""
        row, round_id = self.table.current(), self._draft.saved.round_id
        if row is None or not round_id:
            return
        if QuotaGrantDialog.decide(self, self._office, round_id, row.id):
            self._read()

    def export_rows(self) -> None:
        """Write the comparison and the units into a workbook."""
        name = f"名额测算 {self._office.clock():%Y-%m-%d}.xlsx"
        path = ask_save_path(self, self._settings, "导出名额测算", name, EXCEL)
        if path is None:
            return
        try:
            count = quota_trials.export_trial(path, self._draft, self.category, self._trials, self.chosen)
        except UserError as trouble:
            self.tell_problem(str(trouble))
        else:
            self.tell_problem("")
            self.head.figure.setText(f"已导出 {count} 个单位：{path.name}")

    def _read(self) -> None:
        """Count the branches of all units, in the background."""
        self.export.setEnabled(False)
        self.head.figure.setText("正在统计各单位的党支部……")
        draft = self._draft
        self._carry_out(
            Work(
                "正在统计名额", lambda _: quota_trials.read_registry(self._office, draft), self._show_registry
            )
        )

    def _show_registry(self, found: Registry) -> None:
        """Show what was read, unless the dialog is closed again."""
        if not isValid(self):
            return
        self.export.setEnabled(True)
        self._registry = found
        self._try(self.chosen)

    def _try(self, place: int) -> None:
        """Try all variants of the category, and look at the one of that place."""
        self._variants = (
            *quota_trials.ready_variants(self._draft, self.category),
            *self._own.get(self.category, ()),
        )
        self._trials = quota_trials.tried(self._draft, self._registry, self.category, self._variants)
        self.head.figure.setText(
            f"{len(self._registry.cases)} 个院级党组织，{self._registry.branches} 个党支部　"
            f"目标 {self._trials[0].total.target} 个"
        )
        self.list.entries.show([_entry(one) for one in self._trials])
        self.list.select(place)
        self._show_side()
        self._show_chosen()

    def _show_chosen(self) -> None:
        one = self._trials[self.chosen]
        total = one.total
        self.says.setText(
            f"{one.says}\n可报 {one.allowed}，目标 {total.target} 个，应报 {total.obliged} 个，已报 {total.applied} 个"
            f"；超出 {one.over} 家，还差 {one.short} 家，无法完成 {one.impossible} 家。"
        )
        self.primary.setEnabled(self.chosen > 0)
        self.tell_problem("")
        self.model.load()
        if self.model.total:
            self.table.select(0)

    def _show_side(self) -> None:
        """All variants side by side; their number differs from category to category."""
        columns = quota_trials.side_columns(self._trials)
        rows = quota_trials.side_rows(self._trials)
        if self.side is not None:
            self._stack.removeWidget(self.side)
            self.side.deleteLater()
        model: RowsModel[SimpleNamespace] = RowsModel(
            columns, lambda query: sift(rows, query, texts=lambda row: (row.unit,)), self
        )
        self.side = Table(model, self._settings, f"quota-side-{len(columns)}")
        self.side.horizontalHeader().setFixedHeight(_HEAD_HEIGHT)
        self._stack.addWidget(self.side)
        model.load()
        self._stack.setCurrentIndex(self.views.place)

    def _rows(self, query: TableQuery) -> Page[TrialRow]:
        rows = self._trials[self.chosen].rows if self._trials else ()
        return sift(rows, query, texts=lambda row: (row.unit,), sort_by={"fit": lambda row: row.fit.label})

    def _connect(self) -> None:
        self.categories.chosen.connect(lambda _: self._try(0))
        self.views.chosen.connect(self._stack.setCurrentIndex)
        self.list.picked.connect(lambda place: self._show_chosen() if place >= 0 else None)
        self.list.opened.connect(self.table.setFocus)
        self.table.opened.connect(lambda _: self.decide_unit())
        self.table.picked.connect(self._explain)
        self.grant.setVisible(bool(self._draft.saved.round_id))

    def _explain(self, row: TrialRow | None) -> None:
        self.why.setText(f"{row.unit}：{row.why}" if row is not None else "")

    def _content(self) -> QWidget:
        self.why = label("", "muted", wrap=True)
        made, column = bare_column(theme.MEDIUM)
        column.addWidget(self.head)
        row = QHBoxLayout()
        row.setSpacing(theme.LARGE)
        row.addWidget(self._left())
        row.addLayout(self._right(), 1)
        column.addLayout(row, 1)
        return made

    def _left(self) -> QWidget:
        holder = QWidget()
        holder.setFixedWidth(LEFT_WIDTH)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        listed = Card(margin=1)
        listed.body.addWidget(self.list)
        column.addWidget(listed, 1)
        column.addWidget(self.own, alignment=Qt.AlignmentFlag.AlignLeft)
        return holder

    def _right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.SMALL)
        column.addWidget(self.says)
        bar = QHBoxLayout()
        bar.addWidget(self.views)
        bar.addStretch()
        bar.addWidget(self.grant)
        column.addLayout(bar)
        holder = Card(name="tableCard", margin=0)
        holder.body.setContentsMargins(1, 4, 1, 4)
        self._stack.addWidget(self.table)
        holder.body.addWidget(self._stack)
        column.addWidget(holder, 1)
        column.addWidget(self.why)
        return column


def _entry(one: Tried) -> Entry:
    detail = f"可报 {one.allowed} · 目标 {one.total.target}"
    wrong = [f"超 {one.over} 家"] * bool(one.over) + [f"{one.impossible} 家无法完成"] * bool(one.impossible)
    if wrong:
        return Entry(one.name, detail, state=wrong[0], tone=Tone.BAD if one.over else Tone.WARN)
    if not one.total.unlimited and one.total.allowed < one.total.target:
        return Entry(one.name, detail, state="不够目标", tone=Tone.WARN)
    return Entry(one.name, detail)
