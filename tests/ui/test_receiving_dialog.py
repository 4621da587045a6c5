"""收纸质材料, driven as a person does it: by scanner and by hand, late, a sender at a time."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from dualcreate_desktop.office import application_papers, applications, printing, receipts
from dualcreate_desktop.office.store import Office
from ui.dialogs import receiving
from ui.dialogs.print_preview import PrintPreview
from ui.dialogs.receiving import ReceivingDialog
from ui.main_window import MainWindow
from ui.tabs.application_list import ApplicationList

Key = Qt.Key
TypeText = Callable[[str], None]
WhenAsked = Callable[[Callable[[QDialog], None]], None]

NAMES = ("计算机学院教工第1党支部", "计算机学院教工第4党支部", "外国语学院教工第1党支部")


@pytest.fixture
def tab(qtbot: QtBot, applied_round: str, window: MainWindow) -> ApplicationList:
    """The tab in its window, seen, the first application selected."""
    window.show_tab(window.tabs.applications)
    found = window.tabs.applications.lines
    qtbot.waitUntil(lambda: found.model.total == 3)
    found.table.select(0)
    return found


def id_of(office: Office, round_id: str, name: str) -> str:
    return next(row.id for row in applications.applications_of(office, round_id) if row.title == name)


def chips(tab: ApplicationList) -> list[str]:
    return [made.text() for made in tab.chips.findChildren(QPushButton)]


def test_a_scanner_ticks_copies_and_the_clerk_takes_them_in(
    tab: ApplicationList,
    qtbot: QtBot,
    office: Office,
    applied_round: str,
    when_asked: WhenAsked,
    type_text: TypeText,
) -> None:
    wanted = id_of(office, applied_round, NAMES[2])
    prepared = printing.prepare(office, applied_round, application_papers.forms([wanted]))
    printing.log_run(office, prepared)
    codes = [str(entry["code"]) for entry in prepared.entries]

    def scan(dialog: QDialog) -> None:
        assert isinstance(dialog, ReceivingDialog)
        assert not dialog.scan.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        assert QApplication.focusWidget() is dialog.scan
        for code in codes:
            qtbot.keyClicks(dialog.scan, code)
            qtbot.keyClick(dialog.scan, Key.Key_Return)
        assert dialog.isVisible(), "the Enter of a scanner closes nothing"
        assert dialog.told.text() == "外国语学院教工第1党支部 样板支部申报表 第2份"
        assert dialog.everything.visibleRegion().boundingRect().height() == dialog.everything.height()
        qtbot.keyClicks(dialog.scan, "123")
        qtbot.keyClick(dialog.scan, Key.Key_Return)
        assert "不是本程序的材料编码" in dialog.problem.text()
        assert dialog.primary.text() == "收下 2 份"
        dialog.brought_by.setFocus()
        type_text("李秘书")
        qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)

    when_asked(scan)
    qtbot.mouseClick(tab.receive, Qt.MouseButton.LeftButton)
    paper = receipts.papers_of(office, applied_round)[wanted]
    assert paper.label == "还差 2 份"
    assert {item.brought_by for item in paper.items if item.received_at} == {"李秘书"}


def test_late_paper_is_taken_only_with_a_reason_and_the_slip_follows(
    tab: ApplicationList,
    qtbot: QtBot,
    office: Office,
    applied_round: str,
    when_asked: WhenAsked,
    type_text: TypeText,
) -> None:
    def show_slip(dialog: QDialog) -> None:
        assert isinstance(dialog, PrintPreview)
        assert dialog.windowTitle() == "打印收件回执"
        dialog.reject()

    def receive(dialog: QDialog) -> None:
        assert isinstance(dialog, ReceivingDialog)
        dialog.accept()
        assert dialog.problem.text() == "还没有勾选收到的材料"
        dialog.tick_all()
        assert not dialog.problem.text(), "something is ticked now"
        assert not dialog.late.isVisible(), "09:00 on the last day is in time"
        dialog.at.setText("2024-03-18 08:30")
        assert dialog.late.isVisible()
        dialog.accept()
        assert "请填写逾期原因" in dialog.problem.text()
        dialog.late.setFocus()
        type_text("印刷厂停电")
        assert not dialog.problem.text(), "it is written now"
        dialog.slip.setChecked(True)
        when_asked(show_slip)
        dialog.accept()

    when_asked(receive)
    tab.receive_paper()
    paper = receipts.papers_of(office, applied_round)[id_of(office, applied_round, NAMES[0])]
    assert paper.label == "两份齐"
    assert {item.late_reason for item in paper.items} == {"印刷厂停电"}
    qtbot.waitUntil(lambda: "缺纸质 1" in chips(tab))


def test_all_paper_of_one_application_is_ticked_by_one_link(
    tab: ApplicationList, qtbot: QtBot, office: Office, applied_round: str, when_asked: WhenAsked
) -> None:
    wanted = id_of(office, applied_round, NAMES[1])

    def tick(dialog: QDialog) -> None:
        assert isinstance(dialog, ReceivingDialog)
        links = [made for made in dialog.findChildren(QPushButton) if NAMES[1] in made.accessibleName()]
        qtbot.mouseClick(links[0], Qt.MouseButton.LeftButton)
        assert {key[1] for key, made in dialog.ticks.items() if made.isChecked()} == {wanted}
        assert dialog.everything.isEnabled()
        qtbot.mouseClick(dialog.everything, Qt.MouseButton.LeftButton)
        assert not dialog.everything.isEnabled(), "there is nothing left to tick"
        assert not any(made.isChecked() for made in dialog.ticks.values() if made.text() == "电子版")
        for made in dialog.ticks.values():
            made.setChecked(False)
        file = next(
            made
            for made in dialog.ticks.values()
            if f"{NAMES[0]} 样板支部申报表 电子版" in made.accessibleName()
        )
        qtbot.mouseClick(file, Qt.MouseButton.LeftButton)
        assert dialog.primary.text() == "收下 1 份"
        dialog.accept()

    when_asked(tick)
    qtbot.mouseClick(tab.receive, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: any("电子版 2024-03-15 09:00" in made.text() for made in tab.card.findChildren(QLabel))
    )


@pytest.mark.parametrize("asks", [True, False])
def test_what_stands_below_is_made_behind_the_dialog_or_when_it_is_asked_for(
    tab: ApplicationList, office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, *, asks: bool
) -> None:
    monkeypatch.setattr(receiving, "SENDERS", 1)
    assert tab._desk is not None
    unit_id = next(row.unit_id for row in tab._desk.rows.values() if row.title == NAMES[0])
    senders = len(tab._desk.senders(unit_id))
    dialog = ReceivingDialog(tab, office, tab._desk, unit_id)
    qtbot.addWidget(dialog)
    assert senders > 1
    assert len({key[:2] for key in dialog.ticks}) == 1
    if asks:
        dialog.tick_all()
        assert not dialog.everything.isEnabled()
    qtbot.waitUntil(lambda: len({key[:2] for key in dialog.ticks}) == senders)
