"""A row of small widgets goes on in the next line where it is full."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.flow import FlowLayout

WIDTH, HEIGHT, GAP = 100, 20, 5


@pytest.fixture
def holder(qtbot: QtBot) -> QWidget:
    """What the row stands in."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def flow(holder: QWidget) -> FlowLayout:
    """Three widgets in a row."""
    made = FlowLayout(holder, spacing=GAP)
    for _ in range(3):
        made.insert_widget(made.count(), _part(holder))
    holder.show()
    return made


def _part(holder: QWidget) -> QWidget:
    made = QLabel(parent=holder)
    made.setFixedSize(WIDTH, HEIGHT)
    return made


def test_it_is_as_high_as_its_lines(flow: FlowLayout) -> None:
    assert flow.heightForWidth(3 * WIDTH + 2 * GAP) == HEIGHT
    assert flow.heightForWidth(3 * WIDTH + 2 * GAP - 1) == 2 * HEIGHT + GAP
    assert flow.heightForWidth(WIDTH) == 3 * HEIGHT + 2 * GAP


def test_a_widget_that_comes_goes_or_grows_changes_its_height(flow: FlowLayout) -> None:
    holder, room = flow.parentWidget(), 3 * WIDTH + 2 * GAP
    assert flow.heightForWidth(room) == HEIGHT
    flow.insert_widget(0, new := _part(holder))
    new.show()
    assert flow.heightForWidth(room) == 2 * HEIGHT + GAP
    flow.removeWidget(new)
    assert flow.heightForWidth(room) == HEIGHT
    flow.itemAt(1).widget().setFixedWidth(WIDTH + 1)
    assert flow.heightForWidth(room) == 2 * HEIGHT + GAP


def test_a_widget_that_is_put_first_stands_first(flow: FlowLayout) -> None:
    flow.insert_widget(0, new := _part(flow.parentWidget()))
    new.show()
    flow.setGeometry(QRect(0, 0, 500, HEIGHT))
    assert [flow.itemAt(place).widget().x() for place in range(4)] == [0, 105, 210, 315]
    assert flow.itemAt(0).widget() is new
