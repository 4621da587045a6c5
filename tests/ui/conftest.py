"""A window on a real store: three units, 450 branches, all invented."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from importlib import import_module
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from PySide6.QtCore import QAbstractItemModel, QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

import ui
from db.engine import Database
from db.history import Actor
from dualcreate_desktop.office import applications, registry, registry_writing, rounds
from dualcreate_desktop.office.lock import StoreLock
from dualcreate_desktop.office.store import Office, Seat
from dualcreate_desktop.office.tables import TableQuery
from dualcreate_desktop.paths import Paths
from dualcreate_desktop.rules.dates import PartialDate
from ui import icons, theme
from ui.app import Program
from ui.background import ImmediateRunner
from ui.immortal import keep_constants_alive
from ui.main_window import MainWindow
from ui.settings import Settings
from ui.tabs.list_tab import ListTab
from ui.tabs.tab import Tab

APPEAR = ListTab.appear

Rows = Sequence[Sequence[str]]
StartProgram = Callable[..., Program]

UNITS = ("计算机学院", "材料科学与工程学院", "外国语学院")
KINDS = (("teacher", "教工"), ("undergraduate", "本科生"), ("graduate", "硕士生"))
BRANCHES = 450
APPLICANTS = (("计算机学院教工第1党支部", 1), ("计算机学院教工第4党支部", 2), ("外国语学院教工第1党支部", 1))
"""Branches and their place in the order of preference of their unit."""


@pytest.fixture(scope="session", autouse=True)
def alone(qapp: QApplication) -> Iterator[None]:
    """Nothing of the application outlives it."""
    yield
    _clear_away()
    icons.forget()


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """The house look, light whatever the machine says; windows that a test left behind go with it."""
    keep_constants_alive()
    theme.apply(qapp, theme.LIGHT)
    theme.speak_chinese(qapp)
    yield
    _clear_away()


@pytest.fixture(autouse=True)
def nobody_waits(qapp: QApplication) -> Iterator[None]:
    """A dialog that no test answers is turned down after a minute: its test fails, and the run does not stand still."""
    watch = QTimer(interval=60_000)
    watch.timeout.connect(_turn_down)
    watch.start()
    yield
    watch.stop()


def _turn_down() -> None:
    asking = QApplication.activeModalWidget()
    if isinstance(asking, QDialog):
        asking.done(QDialog.DialogCode.Rejected)


@pytest.fixture(autouse=True)
def cards_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A card is told with its list: a person does not notice that it follows a turn later, a test would outrun it."""
    monkeypatch.setattr(ListTab, "appear", Tab.appear)


@pytest.fixture
def cards_follow(monkeypatch: pytest.MonkeyPatch, cards_at_once: None) -> None:
    """As it is in life."""
    monkeypatch.setattr(ListTab, "appear", APPEAR)


def _clear_away() -> None:
    """A popup goes with whatever opens it: a completer would delete its list once more."""
    for left in QApplication.topLevelWidgets():
        if left.windowType() is not Qt.WindowType.Popup:
            left.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def start_program(qtbot: QtBot) -> Iterator[StartProgram]:
    """Opens the office, or the sample's, of a data folder; all of its windows go with the test."""
    begun: list[Program] = []

    def start(paths: Paths, opened: Path | None = None, *, sample: bool = False) -> Program:
        program = Program(paths, opened)
        begun.append(program)
        with qtbot.waitSignal(program.settled, timeout=30_000):
            program.open_sample() if sample else program.open()
        return program

    yield start
    for program in begun:
        program.end()
        for window in list(program.windows):
            window.close()


@pytest.fixture
def empty_office(database: Database, actor: Actor, now: datetime, tmp_path: Path) -> Iterator[Office]:
    lock = StoreLock(tmp_path / "office.lock", now=now)
    yield Office(database, Seat(actor), lambda: now, Paths(tmp_path), lock)
    lock.release()


@pytest.fixture
def office(empty_office: Office) -> Office:
    """150 branches in each of three units; the secretary of the first is 赵喆."""
    with empty_office.change("导入 名册") as session:
        units = registry_writing.insert_units(
            session, [_unit(n) for n in range(len(UNITS))], today="2024-03-15"
        )
        registry_writing.insert_branches(
            session, [_branch(units, n) for n in range(BRANCHES)], today="2024-03-15"
        )
    return empty_office


def _unit(n: int) -> dict[str, registry.Value]:
    return {"name": f"{UNITS[n]}党委", "short_name": UNITS[n], "kind": "college", "order_no": n + 1}


def _branch(units: list[str], n: int) -> dict[str, registry.Value]:
    kind, word = KINDS[n % 3]
    return {
        "unit": units[n // 150],
        "name": f"{UNITS[n // 150]}{word}第{n % 150 + 1}党支部",
        "kind": kind,
        "founded": PartialDate(2010 + n % 12, 1 + n % 12),
        "full_members": 5 + n % 30,
        "probationary_members": n % 4,
        "secretary": "赵喆"
        if n == 0
        else f"{'钱孙李周吴郑王'[n % 7]}{'文雨晓志嘉'[n % 5]}{'博桐琳强怡'[n // 7 % 5]}",
        "phone": f"1380000{n:04d}",
    }


@pytest.fixture
def applied_round(office: Office) -> str:
    """A round of the third batch in which three branches apply, two of them of one unit."""
    preset = next(preset for preset in rounds.presets() if preset.key == "third-batch-2023")
    made = rounds.create_round(office, "第三批", preset.toml, preset.key)
    found = {row.name: row for row in registry.branches(office, TableQuery(limit=None)).rows}
    rows = [
        {
            "unit": found[name].unit_id,
            "branch": found[name].id,
            "category": "model_branch",
            "preference": place,
            "summary": "支部工作扎实",
        }
        for name, place in APPLICANTS
    ]
    with office.change("登记申报") as session:
        applications.insert(session, rounds.rules(session, made), rows)
    return made


@pytest.fixture
def window(qtbot: QtBot, office: Office, tmp_path: Path) -> MainWindow:
    """The window, shown and active."""
    made = MainWindow(office, ImmediateRunner(), Settings(tmp_path))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


WriteBook = Callable[..., Path]


@pytest.fixture
def write_book(tmp_path: Path) -> WriteBook:
    """Write a list as a workbook that a unit sends, with merged cells and a hidden sheet where they are given."""

    def write(rows: Rows, name: str, *, merges: Sequence[str] = (), hidden: Rows = ()) -> Path:
        book = openpyxl.Workbook()
        page = book.active
        assert isinstance(page, Worksheet)
        for row in rows:
            page.append([word or None for word in row])
        for merge in merges:
            page.merge_cells(merge)
        if hidden:
            other = book.create_sheet("2023年")
            for row in hidden:
                other.append(row)
            other.sheet_state = "hidden"
        path = tmp_path / name
        book.save(path)
        return path

    return write


TypeText = Callable[[str], None]


@pytest.fixture
def type_text() -> TypeText:
    """Type into whatever has the keyboard: Chinese arrives as an input method commits it."""

    def type_it(text: str) -> None:
        widget = QApplication.focusWidget()
        assert widget is not None
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(widget, event)

    return type_it


WhenAsked = Callable[[Callable[[QDialog], None]], None]


@pytest.fixture
def when_asked(qtbot: QtBot) -> WhenAsked:
    """Do something with the next dialog, as the person before the screen would."""

    def arrange(act: Callable[[QDialog], None]) -> None:
        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QDialog) and dialog.isActiveWindow():
                try:
                    act(dialog)
                finally:
                    if dialog.isVisible():  # whatever the test found, nothing may keep waiting for a person
                        dialog.reject()
            else:
                QTimer.singleShot(5, look)

        QTimer.singleShot(0, look)

    return arrange


def _subclasses(base: type) -> Iterator[type]:
    for found in base.__subclasses__():
        yield found
        yield from _subclasses(found)


EveryClass = Callable[[type], set[type]]


@pytest.fixture(scope="session")
def every_class() -> EveryClass:
    """The classes of the window that inherit from another, without those that only others inherit from."""
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        import_module(module.name)

    def find(base: type) -> set[type]:
        known = {found for found in _subclasses(base) if found.__module__.startswith("ui.")}
        return {found for found in known if known.isdisjoint(_subclasses(found))}

    return find


Watch = Callable[[QAbstractItemModel], None]


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Have Qt watch a model until the test is over, and warn; a tester that nobody holds would be gone at once."""
    testers: list[QAbstractItemModelTester] = []
    warn = QAbstractItemModelTester.FailureReportingMode.Warning
    yield lambda model: testers.append(QAbstractItemModelTester(model, warn))
    testers.clear()
