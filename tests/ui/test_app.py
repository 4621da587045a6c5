"""The program opens its stores behind a frame, one window for each, and says in words what keeps it out."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from dualcreate_desktop.office import rounds
from dualcreate_desktop.office.store import Actor, open_office
from dualcreate_desktop.paths import Paths
from ui import single
from ui.app import Program
from ui.dialogs.message import TroubleDialog
from ui.frame import Frame
from ui.seating import ACTOR_KEY
from ui.settings import Settings
from ui.tabs.overview import COMING, NO_ROUND

WhenAsked = Callable[[Callable[[QDialog], None]], None]
StartProgram = Callable[..., Program]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A data folder where somebody said already who sits there."""
    made = Paths(tmp_path / "office")
    made.make()
    Settings(made.data).put(ACTOR_KEY, {"name": "李梅", "day": f"{datetime.now():%Y-%m-%d}"})
    return made


@pytest.fixture
def program(paths: Paths) -> Iterator[Program]:
    """A program that has opened nothing yet."""
    made = Program(paths)
    yield made
    made.end()
    for window in list(made.windows):
        window.close()


def test_a_store_is_made_behind_a_frame_that_makes_place_for_the_window(
    program: Program, paths: Paths, qtbot: QtBot
) -> None:
    frame = Frame(paths)
    qtbot.addWidget(frame)
    with qtbot.waitSignal(program.settled):
        program.open(frame)
        assert frame.isVisible()
        assert program.windows == []
    (window,) = program.windows
    assert window.isVisible()
    assert not frame.isVisible()


def test_the_window_stands_where_its_frame_was_put(program: Program, paths: Paths, qtbot: QtBot) -> None:
    frame = Frame(paths)
    qtbot.addWidget(frame)
    with qtbot.waitSignal(program.settled):
        program.open(frame)
        place = QRect(3, 90, 1000, 700)  # where the small screen of the tests has room for it
        frame.setGeometry(place)  # by the system, or by hand
    (window,) = program.windows
    assert window.geometry() == place


def test_who_clicks_twice_opens_one_window(program: Program, qtbot: QtBot) -> None:
    with qtbot.waitSignal(program.settled):
        program.open()
        program.open()
        assert (
            sum(isinstance(each, Frame) for each in QApplication.topLevelWidgets() if each.isVisible()) == 1
        )
    assert len(program.windows) == 1


def test_the_program_opens_its_store_once_and_lets_go_of_it(
    paths: Paths, qtbot: QtBot, start_program: StartProgram
) -> None:
    program = start_program(paths)
    (window,) = program.windows
    qtbot.waitExposed(window)
    second = start_program(paths)
    assert second.windows == [], "the first window comes forward instead"
    window.close()
    assert program.windows == []
    with qtbot.waitSignal(second.settled):
        second.open()
    assert second.windows[0].office.actor.name == "李梅"


def test_an_office_that_is_open_comes_forward(paths: Paths, start_program: StartProgram) -> None:
    program = start_program(paths)
    (window,) = program.windows
    window.showMinimized()
    program.open()
    assert not window.isMinimized(), "at once, and without a frame"
    assert program.windows == [window]


def test_a_fault_in_what_is_read_ahead_keeps_nobody_from_the_office(
    paths: Paths, actor: Actor, monkeypatch: pytest.MonkeyPatch, start_program: StartProgram
) -> None:
    office = open_office(paths, actor)
    preset = rounds.presets()[0]
    rounds.create_round(office, "第三批", preset.toml, preset.key)
    office.close()
    monkeypatch.delattr("ui.app.overview")
    (window,) = start_program(paths).windows
    assert window.rounds.currentText() == "第三批"


def test_a_frame_that_is_closed_meanwhile_opens_nothing_and_lets_go_of_the_store(
    program: Program, paths: Paths, qtbot: QtBot, actor: Actor
) -> None:
    frame = Frame(paths)
    qtbot.addWidget(frame)
    with qtbot.waitSignal(program.settled):
        program.open(frame)
        frame.close()
    assert program.windows == []
    open_office(paths, actor).close()


def test_a_store_that_cannot_be_opened_is_told_in_words(
    paths: Paths, when_asked: WhenAsked, start_program: StartProgram
) -> None:
    paths.store.write_bytes(b"this is no store at all" * 100)
    said: list[str] = []

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, TroubleDialog)
        assert isinstance(dialog.parent(), Frame), "it stands over the frame, wherever that is"
        said.extend(label.text() for label in dialog.findChildren(QLabel))

    when_asked(read)
    assert start_program(paths).windows == []
    assert any("不是本程序的数据库" in text for text in said), said


def test_a_store_that_another_program_has_is_told_and_no_backup_put_over_it(
    paths: Paths,
    actor: Actor,
    when_asked: WhenAsked,
    start_program: StartProgram,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(single, "STARTING_S", 0.1)
    other = open_office(paths, actor)
    other.back_up("manual")
    offered: list[bool] = []

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, TroubleDialog)
        assert any("数据已被打开" in label.text() for label in dialog.findChildren(QLabel))
        offered.append(any("恢复备份" in made.text() for made in dialog.findChildren(QPushButton)))

    when_asked(read)
    assert start_program(paths).windows == []
    assert offered == [False]
    other.close()


def test_the_sample_has_a_store_of_its_own_and_its_own_day(
    paths: Paths, qtbot: QtBot, sample_folder: Path, start_program: StartProgram
) -> None:
    paths.sample.make()
    shutil.copyfile(Paths(sample_folder).store, paths.sample.store)
    program = start_program(paths, sample=True)
    (window,), (frame,) = program.windows, program._frames.values()
    qtbot.waitUntil(lambda: not window._runner.busy)
    assert window.windowTitle().startswith("示例")
    assert frame.windowTitle() == window.windowTitle()
    assert window.rounds.count() == 3, "it is filled already: its round, its rules, and the way to a new one"
    assert window.rounds.round_id is not None
    assert window.office.clock().year == 2024
    assert not paths.store.exists()


def test_a_sample_that_is_given_up_half_way_is_made_anew_next_time(
    paths: Paths, qtbot: QtBot, start_program: StartProgram
) -> None:
    (window,) = start_program(paths, sample=True).windows
    qtbot.waitUntil(lambda: window._runner.busy)
    first = window.tabs.overview
    assert first.empty.sentence.text() == COMING
    assert first.begin.isHidden(), "nobody begins a round while the sample's is being made"

    def offers_a_round() -> bool:
        window._runner.cancel()  # the backup of the day may come before the sample
        return first.empty.sentence.text() == NO_ROUND

    qtbot.waitUntil(offers_a_round)
    assert not first.begin.isHidden()
    window.close()
    assert not paths.sample.store.exists()
    again = start_program(paths, sample=True)
    assert again.windows, "what its first window backed up is not taken for a lost store"


def test_the_sample_is_opened_beside_the_office_from_its_first_page(
    paths: Paths, qtbot: QtBot, start_program: StartProgram
) -> None:
    program = start_program(paths)
    offered = {made.text(): made for made in program.windows[0].start.findChildren(QPushButton)}
    with qtbot.waitSignal(program.settled, timeout=30_000):
        qtbot.mouseClick(offered["打开示例"], Qt.MouseButton.LeftButton)
    assert [made.office.paths for made in program.windows] == [paths, paths.sample]
