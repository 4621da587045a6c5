"""关于 tells what somebody who helps asks for, and packs a report."""

from __future__ import annotations

import re
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from dualcreate_desktop import __version__
from ui.dialogs.about import LICENCE_TEXTS, LICENCES, AboutDialog
from ui.main_window import MainWindow

ROOT = Path(__file__).parents[2]


def test_it_tells_the_version_and_the_folders(window: MainWindow, qtbot: QtBot) -> None:
    dialog = AboutDialog(window, window.office.paths, "中共江州大学委员会组织部")
    told = {each.text() for each in dialog.findChildren(QLabel)}
    assert any(text.endswith(__version__) for text in told)
    assert {str(window.office.paths.data), str(window.office.paths.logs), "中共江州大学委员会组织部"} <= told


def test_every_part_that_ships_has_its_licence_there(window: MainWindow) -> None:
    dialog = AboutDialog(window, window.office.paths)
    shown = re.sub(r"[-_]", "", dialog.licences.toPlainText().lower())
    parts = {re.sub(r"[-_]", "", name.lower()) for name in shipped_libraries()}
    assert len(parts) > 20
    assert {part for part in parts if part not in shown} - {"pyside6essentials", "pyside6pdf"} == set()
    others = ("pyside6", "pdfium", "openssl", "cpython", "noto sans sc", "nsis", "visual c++", "freetype")
    assert [word for word in others if word not in shown] == []


def shipped_libraries() -> set[str]:
    """What the program needs, with what that needs."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    found, asked = set[str](), list[str](settings["project"]["dependencies"])
    while asked:
        needed = Requirement(asked.pop())
        if needed.name not in found and (needed.marker is None or needed.marker.evaluate({"extra": ""})):
            found.add(needed.name)
            asked += metadata.requires(needed.name) or ()
    return found


def test_the_licences_word_for_word_are_a_click_away(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())))
    dialog = AboutDialog(window, window.office.paths)
    dialog.show()
    (link,) = (each for each in dialog.findChildren(QPushButton) if each.text() == "全文")
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert opened == [LICENCE_TEXTS]
    assert {path.name for path in LICENCE_TEXTS.iterdir()} >= {"LGPL-3.txt", "GPL-3.txt"}


def test_the_report_is_packed_where_one_chooses(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "报告.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    dialog = AboutDialog(window, window.office.paths)
    dialog.show()
    qtbot.mouseClick(dialog.report, Qt.MouseButton.LeftButton)
    assert zipfile.is_zipfile(target)
    assert str(target) in dialog.packed.text()


def test_a_report_that_cannot_be_written_is_told(window: MainWindow, tmp_path: Path) -> None:
    dialog = AboutDialog(window, window.office.paths)
    dialog.pack_report(tmp_path / "没有" / "报告.zip")
    assert "请换一个文件夹" in dialog.problem.text()


def test_the_licences_ship() -> None:
    assert LICENCES == ROOT / "LICENSE"
