"""Every tab and dialog is brought to the screen at two sizes, in light and dark, and nothing on it is cut."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from dualcreate_desktop.office import applications, registry, rounds
from dualcreate_desktop.office.store import Office
from ui import pictures, theme
from ui.background import ImmediateRunner
from ui.cut_words import cut_words
from ui.main_window import MainWindow
from ui.settings import Settings
from ui.tabs.all import TITLES

SCREENS = Path(__file__).parent / "screens"
SIZES = {"1280x800": QSize(1280, 800), "1024x700": QSize(1024, 700)}


@pytest.fixture
def with_round(office: Office) -> Office:
    """A round in which one branch applies."""
    preset = rounds.presets()[0]
    round_id = rounds.create_round(office, "第三批新时代党建“双创”", preset.toml, preset.key)
    branch = registry.branches(office).rows[0]
    row = {"unit": branch.unit_id, "branch": branch.id, "category": "model_branch", "preference": 1}
    with office.change("登记申报") as session:
        applications.insert(session, rounds.rules(session, round_id), [row])
    return office


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_no_label_of_any_tab_or_dialog_is_cut(
    with_round: Office, qtbot: QtBot, qapp: QApplication, tmp_path: Path, size: str, colours: str
) -> None:
    theme.apply(qapp, theme.DARK if colours == "dark" else theme.LIGHT)
    window = MainWindow(with_round, ImmediateRunner(), Settings(tmp_path))
    qtbot.addWidget(window)
    SCREENS.mkdir(exist_ok=True)
    troubles = {}
    for name, widget in pictures.views(window, SIZES[size]):
        widget.grab().save(str(SCREENS / f"{name}-{size}-{colours}.png"))
        troubles[name] = cut_words(widget)
        assert widget.width() <= SIZES[size].width()
        assert widget.height() <= SIZES[size].height()
    assert len(troubles) >= len(TITLES) + len(pictures.DIALOGS)
    assert not any(troubles.values()), troubles


def test_a_cut_label_would_be_noticed(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    label = QLabel("一个很长的名称", holder)
    holder.show()
    label.setFixedWidth(20)
    assert cut_words(holder)


def test_pictures_for_the_manual_are_files(with_round: Office, tmp_path: Path) -> None:
    taken = pictures.take(with_round, tmp_path / "pictures")
    assert {"overview.png", "branches.png", "branch-dialog.png"} <= {path.name for path in taken}
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in taken)
