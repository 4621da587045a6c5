"""A list of records inside a rule: one is added, moved and taken out, and a trouble is told where it is."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from importlib.resources import files

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from dualcreate_desktop.office.rule_forms import RuleForms, values_of
from dualcreate_desktop.rules.notice_loading import load_notice
from dualcreate_desktop.rules.notice_parts import Criterion, Rubric
from ui.rule_form import ItemPart, RecordForm, RecordsInput

PRESET = "third-batch-2023"
TypeText = Callable[[str], None]


@pytest.fixture
def form(qtbot: QtBot) -> RecordForm:
    """The rubric of the shipped notice, seen."""
    text = (files("resources") / "notices" / f"{PRESET}.toml").read_text("utf-8")
    notice = load_notice(text, PRESET)
    made = RecordForm(RuleForms(notice), Rubric, values_of(notice.rubric))
    qtbot.addWidget(made)
    made.resize(900, 900)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def records(form: RecordForm) -> RecordsInput:
    made = form.boxes["criteria"].input
    assert isinstance(made, RecordsInput)
    return made


def criteria(form: RecordForm) -> list[str]:
    """The names of the criteria, as the rubric would be saved."""
    rubric = form.peek()
    assert isinstance(rubric, Rubric)
    return [criterion.name for criterion in rubric.criteria]


def shown(records: RecordsInput) -> list[str]:
    """The names of the criteria from top to bottom, as one sees them."""
    items = sorted(records.findChildren(ItemPart), key=lambda item: item.y())
    return [name_of(item).text() for item in items if item.isVisible()]


def name_of(item: ItemPart) -> QLineEdit:
    made = item.form.boxes["name"].input
    assert isinstance(made, QLineEdit)
    return made


def click(qtbot: QtBot, made: QPushButton) -> None:
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def test_a_record_goes_up_and_down_and_its_number_with_it(
    form: RecordForm, records: RecordsInput, qtbot: QtBot
) -> None:
    first, second, *rest = criteria(form)
    assert (records.items[0].up.isEnabled(), records.items[-1].down.isEnabled()) == (False, False)
    with qtbot.waitSignal(form.changed):
        click(qtbot, records.items[1].up)
    assert criteria(form) == shown(records) == [second, first, *rest]
    assert records.items[0].down.accessibleName() == "下移评分项 1"
    click(qtbot, records.items[0].down)
    assert criteria(form) == shown(records) == [first, second, *rest]


def test_a_record_taken_out_leaves_the_keyboard_at_the_next_and_at_last_at_the_button_that_adds(
    form: RecordForm, records: RecordsInput, qtbot: QtBot
) -> None:
    names = criteria(form)
    with qtbot.waitSignal(form.changed):
        click(qtbot, records.items[0].remove)
    assert criteria(form) == shown(records) == names[1:]
    assert name_of(records.items[0]).hasFocus()
    for _ in names[1:]:
        click(qtbot, records.items[-1].remove)
    assert records.peek() == ()
    assert records.add.hasFocus()


def test_an_added_record_has_the_keyboard_and_is_not_saved_before_it_is_whole(
    form: RecordForm, records: RecordsInput, qtbot: QtBot, type_text: TypeText
) -> None:
    before = criteria(form)
    click(qtbot, records.add)
    assert name_of(records.items[-1]).hasFocus()
    assert form.peek() is None
    assert not form.judge()
    type_text("答辩")
    number = records.items[-1].form.boxes["maximum"].input
    number.setFocus()
    type_text("10")
    assert criteria(form) == [*before, "答辩"]
    rubric = form.peek()
    assert isinstance(rubric, Rubric)
    assert rubric.criteria[-1] == Criterion(rubric.criteria[-1].key, "答辩", Decimal(10), Decimal(1))


def test_a_trouble_is_told_beside_its_field_of_its_record(form: RecordForm, records: RecordsInput) -> None:
    assert form.tell("criteria[2].maximum", "不能小于零")
    told = [each.text() for each in records.items[1].findChildren(QLabel) if each.isVisible()]
    assert any("不能小于零" in text for text in told)
    elsewhere = [each.text() for each in records.items[0].findChildren(QLabel)]
    assert not any("不能小于零" in text for text in elsewhere)
    assert not form.tell("nowhere", "不能小于零")
