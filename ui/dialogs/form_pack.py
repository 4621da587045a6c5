"""填报表格: which list, from which units, until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from dualcreate_desktop.fields import Choice, Field, FieldType, ListKind
from dualcreate_desktop.office.form_packs import PackOrder, owner_field
from ui import theme
from ui.dialogs.deadline import until_field, until_of
from ui.dialogs.frame import AskingDialog
from ui.form import FieldForm, Group
from ui.inputs import ChoiceInput
from ui.widgets.buttons import button
from ui.widgets.card import bare_column, label


class FormPackDialog(AskingDialog[PackOrder]):
    """Asks for what is to be made, and writes nothing.

    Args:
        units: id → name, of those that can be asked, in the order of the office.
    """

    def __init__(
        self,
        parent: QWidget | None,
        kinds: Sequence[ListKind],
        units: Mapping[str, str],
        round_id: str | None,
    ) -> None:
        self._kinds, self._round_id = {kind.key: kind for kind in kinds}, round_id
        self.fields = FieldForm((Group("", _fields(kinds)),), {"list": kinds[0].key}, {})
        self.search = QLineEdit()
        self.search.setPlaceholderText("筛选单位")
        self.search.setAccessibleName("筛选单位")
        self.units = _unit_list(units)
        self.all = button("全选", lambda: self._tick(Qt.CheckState.Checked), link=True)
        self.none = button("全不选", lambda: self._tick(Qt.CheckState.Unchecked), link=True)
        self.counted = label("", "muted")
        self.blank = QCheckBox("空表：不预填已有的内容")
        super().__init__(parent, "填报表格", self._content(), accept_words="生成…")
        self.units.itemChanged.connect(lambda _: self._count())
        self.search.textChanged.connect(self._sift)
        chosen = self.fields.input("list")
        assert isinstance(chosen, ChoiceInput)
        chosen.changed.connect(self._show_owners)
        self._count()
        self._show_owners()
        self.resize(720, 620)

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        kinds: Sequence[ListKind],
        units: Mapping[str, str],
        round_id: str | None,
    ) -> PackOrder | None:
        """What is to be made; None when given up."""
        return cls(parent, kinds, units, round_id).asked()

    def accept(self) -> None:
        """Close with the order, unless something is missing."""
        values = self.fields.read()
        if values is None:
            self.tell_problem("有内容需要改正，已用红字标出")
            return
        asked = self._ticked()
        if self._has_owners and not asked:
            self.tell_problem("请至少勾选一个单位")
            return
        self.answer = PackOrder(
            str(values["list"]),
            self._round_id,
            asked if self._has_owners else None,
            until_of(values["until"]),
            str(values["purpose"] or ""),
            blank=self.blank.isChecked(),
        )
        super().accept()

    @property
    def _has_owners(self) -> bool:
        kind = self._kinds.get(str(self.fields.input("list").read().value))
        return kind is None or kind.key == "units" or owner_field(kind) is not None

    def _ticked(self) -> frozenset[str]:
        return frozenset(
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in self._items()
            if item.checkState() is Qt.CheckState.Checked
        )

    def _items(self) -> list[QListWidgetItem]:
        return [self.units.item(number) for number in range(self.units.count())]

    def _tick(self, state: Qt.CheckState) -> None:
        for item in self._items():
            if not item.isHidden():
                item.setCheckState(state)

    def _sift(self, text: str) -> None:
        for item in self._items():
            item.setHidden(text.strip() not in item.text())

    def _count(self) -> None:
        self.counted.setText(f"已选 {len(self._ticked())} 个单位，每个单位一张表")

    def _show_owners(self) -> None:
        for widget in (self.search, self.units, self.all, self.none):
            widget.setEnabled(self._has_owners)

    def _content(self) -> QWidget:
        made, column = bare_column()
        told = (
            "每个单位一张工作簿，已有的内容预先填好，带下拉选择和填表说明；连同邮件文字打成一个压缩包，不设密码。"
            "填好发回后拖进“收件”，不用核对列名。"
        )
        column.addWidget(label(told, "muted", wrap=True))
        column.addWidget(self.fields)
        row = QHBoxLayout()
        row.setSpacing(theme.SMALL)
        for widget in (self.counted, self.all, self.none):
            row.addWidget(widget)
        row.addStretch()
        row.addWidget(self.search)
        column.addLayout(row)
        column.addWidget(self.units, 1)
        column.addWidget(self.blank)
        return made


def _fields(kinds: Sequence[ListKind]) -> tuple[Field, ...]:
    choices = tuple(Choice(kind.key, kind.label) for kind in kinds)
    return (
        Field("list", "填报什么", FieldType.CHOICE, choices=choices, required=True, width=18),
        until_field("请在何时前报送"),
        Field("purpose", "为了什么", FieldType.TEXT, hint="如：开展第三批“双创”申报", width=18),
    )


def _unit_list(units: Mapping[str, str]) -> QListWidget:
    made = QListWidget()
    made.setObjectName("ticked")
    made.setAccessibleName("单位")
    made.setMinimumHeight(160)
    for key, name in units.items():
        item = QListWidgetItem(name)
        item.setData(Qt.ItemDataRole.UserRole, key)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked)
        made.addItem(item)
    return made
