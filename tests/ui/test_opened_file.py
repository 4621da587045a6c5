"""A double click on a file of ours opens the window at what the file is for, and asks before anything is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from dualcreate_desktop.commands import parser
from dualcreate_desktop.office import rounds
from dualcreate_desktop.paths import Paths
from ui.app import Program, warn_of_cloud
from ui.dialogs.actor import ActorDialog
from ui.dialogs.new_round import NewRoundDialog
from ui.dialogs.restore import RestoreDialog
from ui.main_window import MainWindow
from ui.opened_file import open_file

WhenAsked = Callable[[Callable[[QDialog], None]], None]
StartProgram = Callable[..., Program]


def test_rules_begin_a_new_round(window: MainWindow, when_asked: WhenAsked, tmp_path: Path) -> None:
    path = tmp_path / "第四批 规则.TOML"
    path.write_text(rounds.presets()[0].toml, encoding="utf-8")
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, NewRoundDialog)
        seen.append(dialog.choices.button(0).text())

    when_asked(look)
    open_file(window, path)
    assert len(seen) == 1
    assert rounds.rounds(window.office) == ()


def test_a_backup_is_offered_for_putting_back(
    window: MainWindow, when_asked: WhenAsked, tmp_path: Path
) -> None:
    path = window.office.back_up("manual").rename(tmp_path / "U 盘上的备份.db")
    chosen: list[Path] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, RestoreDialog)
        chosen.append(dialog.chosen)

    when_asked(look)
    open_file(window, path)
    assert chosen == [path]


def test_a_backup_of_ones_own_that_is_opened_stands_first_and_once(
    window: MainWindow, when_asked: WhenAsked
) -> None:
    made = [window.office.back_up(reason) for reason in ("manual", "before-import")]
    seen: list[tuple[Path, int]] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, RestoreDialog)
        seen.append((dialog.chosen, dialog.list.count()))

    for path in made:
        when_asked(look)
        open_file(window, path)
    assert seen == [(made[0], 2), (made[1], 2)]


def test_who_sits_here_is_asked_before_a_file_is_opened(
    qtbot: QtBot, when_asked: WhenAsked, tmp_path: Path, start_program: StartProgram
) -> None:
    path = tmp_path / "规则.toml"
    path.write_text(rounds.presets()[0].toml, encoding="utf-8")
    (window,) = start_program(Paths(tmp_path / "office"), path).windows
    qtbot.waitUntil(lambda: window.findChild(ActorDialog) is not None)
    asking = window.findChild(ActorDialog)
    assert asking is not None
    assert window.findChild(NewRoundDialog) is None
    opened: list[QDialog] = []
    asking.accept()
    when_asked(opened.append)
    qtbot.waitUntil(lambda: bool(opened))
    assert isinstance(opened[0], NewRoundDialog)
    window.close()


@pytest.mark.parametrize("name", ["名册.xlsx", "没有.db", "没有.toml"])
def test_any_other_file_is_a_sentence(window: MainWindow, tmp_path: Path, name: str) -> None:
    open_file(window, tmp_path / name)
    assert "请" in window.status.text


def test_the_command_line_takes_a_file_to_open() -> None:
    assert parser().parse_args(["--open", "规则.toml"]).open == Path("规则.toml")


def test_a_synchronised_folder_is_warned_of(window: MainWindow, tmp_path: Path) -> None:
    object.__setattr__(window.office, "paths", Paths(tmp_path / "OneDrive" / "双创"))
    warn_of_cloud(window)
    assert "OneDrive" in window.status.text
    assert "本机磁盘" in window.status.text
