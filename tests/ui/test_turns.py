"""Pieces of work are done one in each turn of the event loop, and end with the window."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from pytestqt.qtbot import QtBot

from ui.turns import Turns


def test_whatever_happens_meanwhile_comes_between_two_pieces(qtbot: QtBot) -> None:
    parent, done = QObject(), list[object]()
    clock = QTimer(parent, interval=0)
    clock.timeout.connect(lambda: done.append("tick"))
    turns = Turns([partial(done.append, number) for number in range(3)], parent)
    with qtbot.waitSignal(turns.finished):
        clock.start()
        turns.begin()
    places = [done.index(number) for number in range(3)]
    assert places == sorted(places)
    assert all("tick" in done[one:next_] for one, next_ in pairwise(places))


def test_a_piece_that_fails_does_not_keep_the_others_from_being_done(qtbot: QtBot) -> None:
    parent, done = QObject(), list[int]()
    turns = Turns([lambda: 1 // 0, partial(done.append, 2)], parent)
    with qtbot.captureExceptions() as faults, qtbot.waitSignal(turns.finished):
        turns.begin()
    assert [kind for kind, _, _ in faults] == [ZeroDivisionError]
    assert done == [2]


def test_nothing_is_done_for_a_parent_that_is_gone(qtbot: QtBot) -> None:
    parent, done = QObject(), list[int]()
    Turns([partial(done.append, 1)], parent).begin()
    parent.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.wait(30)
    assert done == []


def test_what_is_left_can_be_asked_for_at_once(qtbot: QtBot) -> None:
    parent, done = QObject(), list[int]()
    turns = Turns([partial(done.append, number) for number in range(3)], parent)
    turns.begin()
    turns.finish()
    assert done == [0, 1, 2]
    qtbot.wait(30)
    assert done == [0, 1, 2], "and is done once"


def test_what_is_not_wanted_any_more_is_left(qtbot: QtBot) -> None:
    parent, done = QObject(), list[int]()
    turns = Turns([partial(done.append, number) for number in range(3)], parent)
    turns.finished.connect(lambda: done.append(9))
    turns.begin()
    turns.stop()
    qtbot.wait(30)
    assert done == []
