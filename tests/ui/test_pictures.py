"""Every tab and dialog is brought to the screen at two sizes, in light and dark, and nothing on it is cut."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QSize
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from dualcreate_desktop.office import applications, registry, rounds
from dualcreate_desktop.office.store import Office
from ui import pictures, theme
from ui.background import ImmediateRunner
from ui.cut_words import cut_words
from ui.main_window import MainWindow
from ui.settings import Settings
from ui.tabs.all import TITLES
from ui.tabs.tab import Tab

Watch = Callable[[QAbstractItemModel], None]
EveryClass = Callable[[type], set[type]]

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
    with_round: Office,
    qtbot: QtBot,
    qapp: QApplication,
    tmp_path: Path,
    watch: Watch,
    every_class: EveryClass,
    size: str,
    colours: str,
) -> None:
    """Every class of tab and dialog is among the pictures, and Qt watches every model that they show."""
    theme.apply(qapp, theme.DARK if colours == "dark" else theme.LIGHT)
    window = MainWindow(with_round, ImmediateRunner(), Settings(tmp_path))
    qtbot.addWidget(window)
    SCREENS.mkdir(exist_ok=True)
    troubles: dict[str, list[str]] = {}
    seen: set[type] = set()
    watched: dict[int, QAbstractItemModel] = {}
    for name, widget in pictures.views(window, SIZES[size]):
        widget.grab().save(str(SCREENS / f"{name}-{size}-{colours}.png"))
        troubles[name] = cut_words(widget)
        seen |= {type(widget), *(type(tab) for tab in widget.findChildren(Tab) if tab.isVisible())}
        for model in shown_models(widget):
            if id(model) not in watched:
                watched[id(model)] = model
                watch(model)
        assert widget.width() <= SIZES[size].width()
        assert widget.height() <= SIZES[size].height()
    assert len(troubles) >= len(TITLES) + len(pictures.DIALOGS)
    assert not any(troubles.values()), troubles
    assert (every_class(QDialog) | every_class(Tab)) - seen == set(), "these have no picture"
    unwatched = every_class(QAbstractItemModel) - {type(model) for model in watched.values()}
    assert unwatched == set(), "these models are seen in no picture"


def shown_models(widget: QWidget) -> list[QAbstractItemModel]:
    """The models of ours that are seen."""
    models = [view.model() for view in widget.findChildren(QAbstractItemView) if view.isVisible()]
    return [model for model in models if type(model).__module__.startswith("ui.")]


def test_a_cut_label_would_be_noticed(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    label = QLabel("一个很长的名称", holder)
    holder.show()
    label.setFixedWidth(20)
    assert cut_words(holder)


def test_a_cut_hint_would_be_noticed(qtbot: QtBot) -> None:
    line = QLineEdit()
    line.setPlaceholderText("与当年评价标准的满分不同时填写")
    holder = QWidget()
    line.setParent(holder)
    line.resize(120, 32)
    qtbot.addWidget(holder)
    holder.show()
    assert cut_words(holder)
    line.resize(400, 32)
    assert not cut_words(holder)


def test_pictures_for_the_manual_are_files(with_round: Office, tmp_path: Path) -> None:
    taken = pictures.take(with_round, tmp_path / "pictures")
    assert {"overview.png", "branches.png", "branch-dialog.png"} <= {path.name for path in taken}
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in taken)
