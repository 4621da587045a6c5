"""沿革…: one adjustment of a branch, with what it will do told as one types."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from db.errors import UserError
from dualcreate_desktop.fields import Field, FieldType
from dualcreate_desktop.office import lineage_forms, lineages
from dualcreate_desktop.office.lineage_forms import Adjustment
from dualcreate_desktop.office.registry import BranchRow, unit_choices
from dualcreate_desktop.office.reorganising import Impossible, Order
from dualcreate_desktop.office.store import Office
from ui import theme
from ui.dialogs.frame import AskingDialog
from ui.form import FieldForm, Group
from ui.inputs import ChoiceInput
from ui.widgets.branch_picker import BranchPicker
from ui.widgets.card import bare_column, label

WIDTH = 720
TALLEST = 660
AROUND = 148
REST_MS = 150
"""How long the typing rests before what it would do is told."""

_SOURCE = Field("source", "院级党组织", FieldType.UNIT)
UNTOLD = "填好时间后，这里说明名册会有什么变化。"


class LineageDialog(AskingDialog[Order]):
    """Asks for one adjustment and writes nothing; what is impossible is refused beside its field."""

    def __init__(
        self, parent: QWidget | None, office: Office, row: BranchRow, adjustment: Adjustment
    ) -> None:
        self._office, self._row, self._adjustment = office, row, adjustment
        values = lineage_forms.first_values(row, adjustment)
        units = unit_choices(office)
        others = [choice for choice in units if choice[0] != row.unit_id]
        self.fields = FieldForm(
            (Group("", adjustment.fields),), values, {"unit_id": units if adjustment.with_others else others}
        )
        self.source = ChoiceInput(_SOURCE, row.unit_id, units)
        self.source.setAccessibleName("从哪个院级党组织选")
        near = lineage_forms.partners(office, row, row.unit_id) if adjustment.with_others else ()
        self.picker = BranchPicker(near, "一同合并的党支部", self.source)
        self.source.changed.connect(self._offer_branches)
        self.outlook = label(UNTOLD, "muted", wrap=True)
        super().__init__(
            parent, f"{adjustment.title} {row.name}", self._content(), accept_words=adjustment.verb
        )
        self.guard(self.fields.changed)
        self._rest = QTimer(self, interval=REST_MS, singleShot=True)
        self._rest.timeout.connect(self.tell_outlook)
        self.fields.changed.connect(self._rest.start)
        self.picker.changed.connect(self._rest.start)
        self.resize(WIDTH, min(self._tall(), TALLEST))
        self.picker.search.setFocus() if adjustment.with_others else self.fields.focus(
            adjustment.fields[0].key
        )

    @classmethod
    def ask(
        cls, parent: QWidget | None, office: Office, row: BranchRow, adjustment: Adjustment
    ) -> Order | None:
        """The order as the user gives it; None when it is given up."""
        return cls(parent, office, row, adjustment).asked()

    def accept(self) -> None:
        """Close with the order, unless it is impossible."""
        values = self.fields.read()
        order = None if values is None else self._order(values)
        if order is None:
            self.tell_problem("有内容需要改正，已用红字标出")
            return
        try:
            lineages.foretell(self._office, order)
        except UserError as trouble:
            self._refuse(trouble)
            return
        self.answer = order
        super().accept()

    def tell_outlook(self) -> None:
        """Say what the order would do, or why it cannot be, as far as it is filled in."""
        values = self.fields.peek()
        order = self._order(values)
        missing = any(field.required and values[field.key] is None for field in self._adjustment.fields)
        if order is None or missing:
            self._say(UNTOLD)
            return
        self.primary.setText("登记计划" if order.planned else self._adjustment.verb)
        try:
            self._say("；".join(lineages.foretell(self._office, order)) + "。")
        except UserError as trouble:
            self._say(str(trouble), role="warning")

    def _offer_branches(self) -> None:
        """Those of the unit that was chosen, as soon as what is typed names one."""
        unit_id = self.source.read().value
        if isinstance(unit_id, str):
            self.picker.offer(lineage_forms.partners(self._office, self._row, unit_id))

    def _order(self, values: lineage_forms.Values) -> Order | None:
        return lineage_forms.order_of(self._row, self._adjustment, values, self.picker.picked())

    def _refuse(self, trouble: UserError) -> None:
        """Beside its field, where the form has it; else at the foot."""
        about = trouble.about if isinstance(trouble, Impossible) else ""
        if any(field.key == about for field in self._adjustment.fields):
            self.fields.tell(about, str(trouble))
            self.tell_problem("有内容需要改正，已用红字标出")
        else:
            self.tell_problem(str(trouble))

    def _say(self, text: str, *, role: str = "muted") -> None:
        self.outlook.setText(text)
        self.outlook.setProperty("role", role)
        self.outlook.style().unpolish(self.outlook)
        self.outlook.style().polish(self.outlook)

    def _tall(self) -> int:
        picker = self.picker.sizeHint().height() if self._adjustment.with_others else 0
        return self.fields.sizeHint().height() + picker + AROUND + 3 * theme.ROW_HEIGHT

    def _content(self) -> QWidget:
        made, column = bare_column()
        column.addWidget(label(f"{self._row.unit} · {self._row.name}", "muted", wrap=True))
        if self._adjustment.with_others:
            column.addWidget(label("与哪些党支部合并", "section"))
            column.addWidget(self.picker)
        column.addWidget(self.fields)
        column.addWidget(label("将会怎样", "section"))
        column.addWidget(self.outlook)
        column.addStretch()
        return made
