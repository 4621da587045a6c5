"""关于 tells what somebody who helps asks for, and packs a report."""

from __future__ import annotations

import re
import tomllib
import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from dualcreate_desktop import __version__
from ui.dialogs.about import LICENCES, AboutDialog
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
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    names = [re.match(r"[\w-]+", part) for part in settings["project"]["dependencies"]]
    parts = {re.sub(r"[-_]", "", name[0].lower()) for name in names if name}
    assert len(parts) > 10
    assert {part for part in parts if part not in shown} - {"pyside6essentials", "pyside6pdf"} == set()
    assert all(word in shown for word in ("pyside6", "pdfium", "openssl", "cpython", "noto sans sc"))


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
