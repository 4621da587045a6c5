"""While a window is open, the collector looks at young objects alone; the rest is collected between two works."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.background import BackgroundRunner
from ui.collecting import NEVER, Collector


class Knot:
    """Refers to itself: nothing but a collection takes it away."""

    def __init__(self) -> None:
        self.self = self


@pytest.fixture
def runner() -> Iterator[BackgroundRunner]:
    made = BackgroundRunner()
    yield made
    made.close()


@pytest.fixture
def collector(runner: BackgroundRunner) -> Iterator[Collector]:
    parent, before = QObject(), gc.get_threshold()
    made = Collector(parent)
    made.watch(runner)
    yield made
    if runner in made._watched:
        made.leave(runner)
    assert gc.get_threshold() == before
    gc.unfreeze()


def test_no_full_collection_comes_by_chance_while_a_runner_is_watched(
    collector: Collector, runner: BackgroundRunner
) -> None:
    assert gc.get_threshold()[2] == NEVER
    collector.leave(runner)
    assert gc.get_threshold()[2] != NEVER


def test_what_an_action_left_behind_goes_before_the_next_work(
    collector: Collector, runner: BackgroundRunner, qtbot: QtBot
) -> None:
    left = weakref.ref(Knot())
    gc.collect(1)  # old enough to be left alone by the collections of young objects
    kept = weakref.ref(Knot())
    gc.freeze()
    runner.run("算", lambda _: 1, lambda _: None, lambda _: None)
    qtbot.waitUntil(lambda: not runner.busy)
    assert left() is None
    assert kept() is not None, "what is frozen is not looked at"


def test_what_a_work_has_read_is_not_looked_at_again(
    collector: Collector, runner: BackgroundRunner, qtbot: QtBot
) -> None:
    read: list[list[object]] = []
    runner.run("读", lambda _: [[] for _ in range(5_000)], read.extend, lambda _: None)
    qtbot.waitUntil(lambda: len(read) == 5_000)
    looked_at = {id(one) for one in gc.get_objects()}
    assert not [one for one in read if id(one) in looked_at]
