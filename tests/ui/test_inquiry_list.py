"""征求意见名单 in the window: saved for a department, and back through 收件."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from db.vocabulary import Reply
from dualcreate_desktop.office import applications, inquiries, receiving, registry, rounds
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import TableQuery
from dualcreate_desktop.papers.entry_form import HEAD
from ui.main_window import MainWindow


@pytest.fixture
def asked(office: Office) -> int:
    """A round in which three branches apply and one department is asked about them; how many they are."""
    preset = next(preset for preset in rounds.presets() if preset.key == "third-batch-2023")
    made = rounds.create_round(office, "第三批", preset.toml, preset.key)
    branches = registry.branches(office, TableQuery(limit=3)).rows
    rows = [{"unit": row.unit_id, "branch": row.id, "category": "model_branch"} for row in branches]
    with office.change("登记申报") as session:
        added = applications.insert(session, rounds.rules(session, made), rows)
    inquiries.ask(office, made, "publicity", added)
    return len(added)


def test_the_list_of_a_letter_is_saved_for_the_department_and_comes_back_through_intake(
    qtbot: QtBot,
    window: MainWindow,
    office: Office,
    asked: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window.show_tab(window.tabs.applications)
    window.tabs.applications.show_page(2)
    desk = window.tabs.applications.inquiries
    qtbot.waitUntil(lambda: desk.model.total == asked)
    desk.table.select(0)
    path = tmp_path / "宣传部.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(path), ""))
    entry = next(
        action for action in desk.more.menu().actions() if action.text().startswith("导出征求意见名单")
    )
    with qtbot.waitSignal(desk.offered) as offered:
        entry.trigger()
    assert offered.args[0].text == f"已导出 {asked} 项：宣传部.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    column = next(cell.column for cell in sheet[HEAD] if cell.value == "答复")
    for row in range(HEAD + 1, HEAD + 1 + asked):
        sheet.cell(row, column).value = "无异议"
    book.save(path)
    (reception,) = receiving.read_file(office, path)
    receiving.apply(office, reception)
    qtbot.waitUntil(lambda: desk.table.current().answer.answer is Reply.CLEAR)
