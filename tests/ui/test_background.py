"""One worker: results, troubles and faults reach the thread of the window; work can be given up."""

from __future__ import annotations

import threading
import time

import pytest
from pytestqt.qtbot import QtBot

from db.errors import FileRefused, UserError
from ui.background import BackgroundRunner, Cancelled, ImmediateRunner, Progress, Runner
from ui.widgets.status_line import StatusLine


class Outcome:
    """What the window learned."""

    def __init__(self) -> None:
        self.results: list[object] = []
        self.troubles: list[UserError] = []
        self.threads: set[int] = set()

    def done(self, result: object) -> None:
        self.threads.add(threading.get_ident())
        self.results.append(result)

    def failed(self, trouble: UserError) -> None:
        self.threads.add(threading.get_ident())
        self.troubles.append(trouble)


@pytest.fixture(params=[BackgroundRunner, ImmediateRunner])
def runner(request: pytest.FixtureRequest) -> object:
    made = request.param()
    yield made
    made.close()


def refuse(progress: Progress) -> None:
    raise FileRefused("文件打不开", where="甲.xlsx", todo="请重新保存。")


def test_a_result_arrives_in_the_thread_of_the_window(runner: Runner, qtbot: QtBot) -> None:
    outcome = Outcome()
    runner.run("算", lambda _: 6 * 7, outcome.done, outcome.failed)
    qtbot.waitUntil(lambda: outcome.results == [42])
    assert outcome.threads == {threading.get_ident()}
    assert not runner.busy


def test_a_trouble_of_the_user_is_told_and_is_no_crash(runner: Runner, qtbot: QtBot) -> None:
    outcome = Outcome()
    runner.run("读", refuse, outcome.done, outcome.failed)
    qtbot.waitUntil(lambda: len(outcome.troubles) == 1)
    assert str(outcome.troubles[0]) == "文件打不开（甲.xlsx）。请重新保存。"
    assert outcome.results == []


def test_a_fault_of_the_program_reaches_the_crash_hook(qtbot: QtBot) -> None:
    runner, outcome = BackgroundRunner(), Outcome()
    with qtbot.captureExceptions() as faults:
        runner.run("错", lambda _: 1 // 0, outcome.done, outcome.failed)
        qtbot.waitUntil(lambda: len(faults) == 1)
    assert faults[0][0] is ZeroDivisionError
    assert not runner.busy
    runner.close()


def test_works_run_one_after_the_other_away_from_the_window(qtbot: QtBot) -> None:
    runner, outcome = BackgroundRunner(), Outcome()
    for number in range(5):
        runner.run("排队", lambda _, n=number: (n, threading.get_ident()), outcome.done, outcome.failed)
    qtbot.waitUntil(lambda: len(outcome.results) == 5)
    numbers, threads = zip(*outcome.results, strict=True)  # type: ignore[arg-type]
    assert numbers == (0, 1, 2, 3, 4)
    assert len(set(threads)) == 1
    assert threads[0] != threading.get_ident()
    runner.close()


def test_work_that_is_given_up_ends_at_its_next_step_and_tells_nothing(qtbot: QtBot) -> None:
    runner, outcome = BackgroundRunner(), Outcome()
    begun, may_go_on, ended = threading.Event(), threading.Event(), []

    def work(progress: Progress) -> None:
        begun.set()
        may_go_on.wait(5)
        try:
            progress.step(1, 2, "第二步")
        except Cancelled:
            ended.append("noticed")
            raise

    runner.run("长", work, outcome.done, outcome.failed)
    assert begun.wait(5)
    assert runner.busy
    runner.cancel()
    may_go_on.set()
    with qtbot.waitSignal(runner.ended):
        pass
    assert ended == ["noticed"]
    assert not outcome.results
    assert not outcome.troubles
    runner.close()


def test_the_status_line_shows_how_far_a_long_work_is(qtbot: QtBot) -> None:
    runner = ImmediateRunner()
    line = StatusLine(runner, "王小明")
    qtbot.addWidget(line)
    line.show()
    seen: list[str] = []

    def work(progress: Progress) -> None:
        progress.step(3, 44, "导入")
        line._work._soon.timeout.emit()  # as if it took long
        line._work._later.timeout.emit()
        seen.append(line._work._what.text())
        assert line._work.isVisible()
        assert line._work._cancel.isVisible()

    runner.run("导入", work, lambda _: None, lambda _: None)
    assert seen == ["导入 3/44"]
    assert not line._work.isVisible()


def test_work_that_waited_can_be_given_up_like_the_first(qtbot: QtBot) -> None:
    runner, outcome = BackgroundRunner(), Outcome()
    begun = threading.Event()

    def endless(progress: Progress) -> None:
        begun.set()
        while not progress.cancelled:
            time.sleep(0.01)
        raise Cancelled

    runner.run("一", lambda _: 1, outcome.done, outcome.failed)
    runner.run("二", endless, outcome.done, outcome.failed)
    assert begun.wait(10), "it begins before the window has heard of the end of the first"
    qtbot.waitUntil(lambda: outcome.results == [1])
    assert runner.busy
    runner.cancel()
    qtbot.waitUntil(lambda: not runner.busy)
    runner.close()


def test_a_runner_that_is_closed_tells_nobody_what_came_of_its_work(qtbot: QtBot) -> None:
    outcome, runner = Outcome(), BackgroundRunner()
    begun = threading.Event()

    def work(progress: Progress) -> None:
        begun.set()
        while True:
            progress.check()
            time.sleep(0.001)

    told: list[str] = []
    runner.given_up.connect(told.append)
    runner.run("算", work, outcome.done, outcome.failed, lambda: told.append("given up"))
    assert begun.wait(5)
    runner.close()
    qtbot.wait(20)
    assert (told, outcome.results, outcome.troubles) == ([], [], [])
