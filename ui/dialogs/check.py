"""完成资格审查: what it comes to, before it is done."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from dualcreate_desktop.office.progress import CheckOutlook
from ui import theme
from ui.dialogs.frame import FramedDialog
from ui.widgets.card import bare_column, label

SHOWN = 100
"""Those that fail, by name; more than that is looked through in the list."""


class CheckDialog(FramedDialog):
    """Says how many pass, fail and stay open, and names those that fail; Enter does nothing to them."""

    def __init__(self, parent: QWidget | None, outlook: CheckOutlook) -> None:
        super().__init__(
            parent,
            "完成资格审查",
            _content(outlook),
            accept_words=f"完成 {outlook.settled} 项的审查",
        )
        self.resize(600, 440 if outlook.failing else 240)
        self.primary.setAutoDefault(True)
        self.cancel.setAutoDefault(True)
        self.cancel.setDefault(True)
        self.cancel.setFocus()

    @classmethod
    def ask(cls, parent: QWidget | None, outlook: CheckOutlook) -> bool:
        """Whether to go on."""
        return cls(parent, outlook).agreed()


def _content(outlook: CheckOutlook) -> QWidget:
    made, column = bare_column()
    column.addWidget(label(f"审查通过 {outlook.passing} 项", "section"))
    if outlook.waiting:
        waiting = f"还有待核实条件的 {outlook.waiting} 项不动，核实后再完成审查。"
        column.addWidget(label(waiting, "muted", wrap=True))
    if outlook.failing:
        column.addSpacing(theme.SMALL)
        column.addWidget(label(f"审查不通过 {len(outlook.failing)} 项，不再进入评审", "section"))
    for applicant, clauses in outlook.failing[:SHOWN]:
        column.addWidget(label(applicant, wrap=True))
        column.addWidget(label(clauses, "note", wrap=True))
    if more := outlook.failing[SHOWN:]:
        told = f"另有 {len(more)} 项：先不完成，在申报列表上方点“不通过”，可以逐项查看。"
        column.addWidget(label(told, "muted", wrap=True))
    column.addSpacing(theme.SMALL)
    column.addWidget(label("可以用“撤销”恢复。", "muted"))
    column.addStretch()
    return made
