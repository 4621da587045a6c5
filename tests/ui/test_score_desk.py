"""电子评分表: asked for in 评审, packed with a mail for each reviewer, and known when they come back to 收件."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from dualcreate_desktop.office.store import Office
from ui.background import ImmediateRunner
from ui.dialogs.mail import MailDialog
from ui.dialogs.score_pack import ScorePackDialog
from ui.main_window import MainWindow
from ui.settings import Settings

WhenAsked = Callable[[Callable[[QDialog], None]], None]


def test_scoring_workbooks_go_out_with_a_mail_each_and_come_back_by_themselves(
    undecided: Office, qtbot: QtBot, when_asked: WhenAsked, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window = MainWindow(undecided, ImmediateRunner(), Settings(tmp_path))
    qtbot.addWidget(window)
    window.show()
    window.show_tab(window.tabs.review)
    window.tabs.review.show_page(1)
    desk = window.tabs.review.reviewers
    packed = tmp_path / "评分表.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_kw: (str(packed), ""))

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, ScorePackDialog)
        dialog.fields.input("until").setProperty("text", "哪天")
        qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
        assert "日期需要改正" in dialog.problem.text()
        dialog.fields.input("until").setProperty("text", "2024.4.10")
        qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)

    when_asked(answer)
    desk.write_sheets()
    with zipfile.ZipFile(packed) as archive:
        names = archive.namelist()
    assert sum(name.endswith(".xlsx") for name in names) == 7
    assert sum(name.endswith("邮件.txt") for name in names) == 7
    mails = next(dialog for dialog in desk.findChildren(MailDialog) if dialog.isVisible())
    assert mails.which.count() == 7
    assert "2024年4月10日前" in mails.text.toPlainText()
    mails.close()
    intake = window.tabs.intake
    intake.take_in([packed])
    kinds = {item.preview.kind.label for item in intake.items if item.preview is not None}
    assert kinds == {"评分表"}
    assert sum(item.preview is not None for item in intake.items) == 7
