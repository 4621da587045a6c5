"""收件: what was begun can be given up, and says so; nothing is half done or half answered afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dualcreate_desktop.office.store import Office
from ui.background import Progress
from ui.main_window import MainWindow
from ui.tabs import reviewers
from ui.tabs.intake import IntakeTab
from ui.tabs.intake_items import Stand

HEAD = "院级党组织,党支部名称,支部类型,成立时间"


@pytest.fixture
def send(tmp_path: Path) -> Callable[[str], Path]:
    def write(name: str) -> Path:
        path = tmp_path / f"{name}.csv"
        path.write_text(f"{HEAD}\n外国语学院,外国语学院{name}党支部,教工,2019.9", "utf-8-sig")
        return path

    return write


Send = Callable[[str], Path]


@pytest.fixture
def tab(window: MainWindow) -> IntakeTab:
    window.show_tab(window.tabs.intake)
    return window.tabs.intake


@pytest.fixture
def give_up(window: MainWindow) -> Callable[[Callable[[], object]], None]:
    """Do something that takes long, and press 取消 at once."""

    def begin(act: Callable[[], object]) -> None:
        runner = window._runner
        runner.started.connect(runner.cancel)
        act()
        runner.started.disconnect(runner.cancel)

    return begin


GiveUp = Callable[[Callable[[], object]], None]


def test_an_import_that_is_given_up_can_be_begun_again(
    window: MainWindow, tab: IntakeTab, send: Send, give_up: GiveUp
) -> None:
    tab.take_in([send("离退休")])
    give_up(tab.import_current)
    assert tab.items[0].stand is Stand.WAITING
    assert window.status.text.startswith("已取消导入")
    assert tab.primary.isEnabled()
    tab.import_current()
    assert tab.items[0].stand is Stand.IMPORTED


def test_an_import_that_is_undone_can_be_mended_and_imported_again(
    window: MainWindow, qtbot: QtBot, tab: IntakeTab, send: Send
) -> None:
    tab.take_in([send("离退休")])
    tab.import_current()
    assert tab.card.model.frozen
    window.undo()
    qtbot.waitUntil(lambda: tab.items[0].stand is Stand.UNDONE)
    assert not tab.card.model.frozen
    tab.import_current()
    assert tab.items[0].stand is Stand.IMPORTED


def test_an_answer_that_is_given_up_does_not_come_back_with_the_next(
    tab: IntakeTab, send: Send, give_up: GiveUp
) -> None:
    tab.take_in([send("离退休")])
    give_up(lambda: tab.answers.mend((1, 3), "2001.1"))
    tab.answers.mend((1, 2), "离退休")
    preview = tab.items[0].preview
    assert preview is not None
    assert dict(preview.sheet.mends) == {(1, 2): "离退休"}


def test_of_files_that_are_given_up_the_rest_is_told_to_be_missing(
    window: MainWindow, tab: IntakeTab, send: Send
) -> None:
    runner, paths = window._runner, [send(name) for name in ("离退休", "联合", "青年")]
    read: list[str] = []
    tab._read.connect(lambda batch: read.append(batch.items[0].name) or runner.cancel())
    tab.take_in(paths)
    assert read == ["离退休.csv"]
    assert window.status.text == "已取消读取，列表里没有的文件还没有读"


def test_of_all_clean_sheets_those_that_were_not_reached_still_wait(
    window: MainWindow, tab: IntakeTab, send: Send
) -> None:
    tab.take_in([send(name) for name in ("离退休", "联合", "青年")])
    tab._done.connect(lambda *_: window._runner.cancel())
    tab.import_all()
    assert [item.stand for item in tab.items] == [Stand.IMPORTED, Stand.WAITING, Stand.WAITING]
    assert window.status.text == "已取消：导入了 1 张表，还有 2 张没有导入"
    assert tab.all.isEnabled()


def test_score_sheets_that_are_given_up_are_no_fault_of_the_program(
    window: MainWindow, office: Office, send: Send
) -> None:
    path, progress = send("离退休"), Progress(lambda *_: None)
    told: list[object] = []

    def read(_: Progress) -> object:
        progress.tell = lambda *_: progress.cancel()
        return reviewers._read(office, "none", [path], progress)

    window._runner.run("正在读取", read, told.append, told.append)
    assert told == []
