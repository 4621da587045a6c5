"""等次标准 of a kind of appraisal and a year: where each grade begins, and how many may have it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtWidgets import QGridLayout, QWidget

from db.errors import NotAllowed
from dualcreate_desktop.fields import Field
from dualcreate_desktop.office import scale_forms
from dualcreate_desktop.office.records import Value
from dualcreate_desktop.office.scale_forms import GRADE, LEAST, MOST, PERCENT, POINTS, GradeLine
from dualcreate_desktop.office.scales import ScaleForm
from ui import theme
from ui.dialogs.frame import AskingDialog
from ui.form import FieldForm, Group
from ui.inputs import ChoiceInput, Input, make_input
from ui.widgets.card import bare_column, label

ROWS = 6
"""More grades than any scale met so far has."""

HINT = "从高到低写，没有分数线或比例限制的留空。比例按一个单位当年已评等次的个数计算，舍去小数。"


class ScaleDialog(AskingDialog[ScaleForm]):
    """Edits a scale and writes nothing."""

    def __init__(self, parent: QWidget | None, form: ScaleForm) -> None:
        adding = form.scale_id is None
        scale = form.scale
        values: dict[str, Value] = {
            "kind": scale.kind,
            "year": scale.year or None,
            "measure": PERCENT,
            "maximum": scale.maximum,
            "note": form.note or None,
        }
        self.fields = FieldForm((Group("", scale_forms.FIELDS),), values, {})
        self._form = form
        self.rows = [_row(line) for line in _filled(scale_forms.lines_of(scale))]
        self._least = label("", "muted")
        title = "新增等次标准" if adding else "修改等次标准"
        super().__init__(parent, title, self._content(), accept_words="新增" if adding else "保存")
        for changed in (self.fields.changed, *(made.changed for row in self.rows for made in row)):
            self.guard(changed)
        self.fields.input("measure").left.connect(self._name_least)
        self._name_least()
        self.resize(720, 600)
        self.fields.focus("year" if adding else "maximum")

    @classmethod
    def ask(cls, parent: QWidget | None, form: ScaleForm, *, problem: str = "") -> ScaleForm | None:
        """The scale as the user leaves it; None when nothing is to be written.

        Args:
            problem: why an earlier answer could not be saved.
        """
        return cls(parent, form).asked(problem)

    def accept(self) -> None:
        """Close with the scale, unless something cannot be."""
        values = self.fields.read()
        if values is None:
            self.tell_problem("有内容需要改正，已用红字标出")
            return
        try:
            self.answer = scale_forms.scale_form(self._form, values, self._lines())
        except NotAllowed as trouble:
            self.tell_problem(str(trouble))
            return
        super().accept()

    def _lines(self) -> list[GradeLine]:
        """Each grade that is named; NotAllowed says which number cannot be read or has no grade."""
        return [
            line for number, row in enumerate(self.rows, 1) if (line := self._line(number, row)) is not None
        ]

    def _line(self, number: int, row: Sequence[Input]) -> GradeLine | None:
        read = [made.read() for made in row]
        for made, found in zip(row, read, strict=True):
            if found.issue is not None:
                made.setFocus()
                raise NotAllowed(f"第 {number} 行：{found.issue.message}", todo="请改正。")
        grade, least, most = (found.value for found in read)
        if grade is None and (least is not None or most is not None):
            row[0].setFocus()
            raise NotAllowed(f"第 {number} 行没有写等次", todo="请选择等次，或清空这一行。")
        if grade is None:
            return None
        return GradeLine(str(grade), _number(least), _number(most))

    def _name_least(self) -> None:
        by_points = self.fields.peek()["measure"] == POINTS
        self._least.setText("最低得分（分）" if by_points else "最低为满分的（%）")

    def _content(self) -> QWidget:
        made, column = bare_column()
        column.addWidget(self.fields)
        column.addWidget(label("各等次", "section"))
        column.addWidget(label(HINT, "muted", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.LARGE)
        grid.setVerticalSpacing(theme.SMALL)
        heads = (label("等次", "muted"), self._least, label("最多占（%）", "muted"))
        for place, head in enumerate(heads):
            grid.addWidget(head, 0, place)
            grid.setColumnStretch(place, 1)
        for number, row in enumerate(self.rows, 1):
            for place, cell in enumerate(row):
                grid.addWidget(cell, number, place)
        column.addLayout(grid)
        column.addStretch()
        return made


def _filled(lines: Sequence[GradeLine]) -> list[GradeLine]:
    return [*lines, *(GradeLine("") for _ in range(ROWS - len(lines)))]


def _row(line: GradeLine) -> tuple[Input, Input, Input]:
    parts: tuple[tuple[Field, Value, str], ...] = (
        (GRADE, line.grade or None, "等次"),
        (LEAST, line.least, "最低"),
        (MOST, line.most, "最多占"),
    )
    grade, least, most = (_named(make_input(field, value), name) for field, value, name in parts)
    return grade, least, most


def _named(made: Input, name: str) -> Input:
    made.setAccessibleName(name)
    if isinstance(made, ChoiceInput):
        made.setMinimumWidth(120)
    return made


def _number(value: Value) -> Decimal | None:
    return value if isinstance(value, Decimal) else None
