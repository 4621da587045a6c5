"""评审, driven as a person does it, on the sample office before anything is decided."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from db.vocabulary import ApplicationState, ConflictState
from dualcreate_desktop.office import journal, panel, review_papers, reviews
from dualcreate_desktop.office.applications import applications_of
from dualcreate_desktop.office.sample import Loaded
from dualcreate_desktop.office.standings import LineKind, Standing, score_lines
from dualcreate_desktop.office.store import Office
from ui.background import ImmediateRunner
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.marks import MarksDialog
from ui.dialogs.proposal import ProposalDialog
from ui.dialogs.reviewer import ReviewerDialog
from ui.dialogs.score_import import ScoreImportDialog
from ui.main_window import MainWindow
from ui.pills import Pill
from ui.settings import Settings
from ui.tabs.ranking import RankingTab
from ui.tabs.reviewers import ReviewersTab

Key = Qt.Key
Watch = Callable[[QAbstractItemModel], None]
WhenAsked = Callable[[Callable[[QDialog], None]], None]


@pytest.fixture
def window(undecided: Office, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    made = MainWindow(undecided, ImmediateRunner(), Settings(tmp_path))
    qtbot.addWidget(made)
    made.show()
    made.show_tab(made.tabs.review)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def ranking(window: MainWindow) -> RankingTab:
    return window.tabs.review.ranking


@pytest.fixture
def members(window: MainWindow) -> ReviewersTab:
    window.tabs.review.show_page(1)
    return window.tabs.review.reviewers


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def words(widget: QWidget) -> list[str]:
    """What can be read on a widget now."""
    settle()
    pills = [pill.text for pill in widget.findChildren(Pill) if pill.isVisible()]
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()] + pills


def settle() -> None:
    """What was written reaches the window with the next turn of its loop, and what is shown finds its place."""
    for _ in range(2):
        QApplication.processEvents()


def find(tab: RankingTab, title: str) -> None:
    place = tab.model.find(lambda row: row.title == title)
    assert place is not None
    tab.table.select(place)


def test_the_models_keep_qts_rules(ranking: RankingTab, members: ReviewersTab, watch: Watch) -> None:
    for model in (ranking.model, members.model, members.card.model):
        watch(model)
        model.load()


def test_the_ranking_shows_ties_and_draws_the_line_above_a_tie_that_crosses_it(ranking: RankingTab) -> None:
    ranking.choose_chip("benchmark_unit")
    rows = [ranking.model.row_at(number) for number in range(ranking.model.total)]
    assert [row.place_shown for row in rows if row] == ["1", "2", "3 并列", "3 并列", "5"]
    assert [row.last_in for row in rows if row] == [False, True, False, False, False]
    assert [row.outcome for row in rows if row][2:4] == [Standing.ON_THE_LINE] * 2
    assert ranking.head.figure.text() == "5 项 · 名额 3 个"


def test_the_line_is_drawn_in_red_and_only_in_the_order_of_places(ranking: RankingTab) -> None:
    ranking.choose_chip("benchmark_unit")

    def reds() -> int:
        image = ranking.table.viewport().grab().toImage()
        return sum(image.pixelColor(300, y).name() == "#b42318" for y in range(image.height()))

    assert reds() == 2
    ranking.table.horizontalHeader().setSortIndicator(2, Qt.SortOrder.AscendingOrder)
    assert reds() == 0


def test_the_card_tells_what_each_reviewer_gave_and_what_does_not_count(ranking: RankingTab) -> None:
    find(ranking, "计算机学院党委")
    said = words(ranking.card)
    assert "93.44" in said
    assert {"回避：评委所在单位申报", "最低分，不计", "最高分，不计", "入围"} <= set(said)


def test_a_search_by_initials_finds_an_application(ranking: RankingTab, qtbot: QtBot) -> None:
    ranking.search.setFocus()
    qtbot.keyClicks(ranking.search, "fxyjgdyd")
    qtbot.waitUntil(lambda: ranking.model.total == 1)
    row = ranking.model.row_at(0)
    assert row is not None
    assert row.title == "法学院教工第一党支部"


def test_marks_are_entered_by_keyboard_and_taken_back(
    ranking: RankingTab, window: MainWindow, qtbot: QtBot, when_asked: WhenAsked, loaded: Loaded
) -> None:
    find(ranking, "机关党委")
    before = ranking.table.current()
    assert before is not None

    def fill_in(dialog: QDialog) -> None:
        assert isinstance(dialog, MarksDialog)
        for number, mark in enumerate(("31", "30", "20", "20")):
            assert focus() is dialog.fields.input(dialog._form.fields[number].key)
            qtbot.keyClicks(focus(), mark)
            qtbot.keyClick(focus(), Key.Key_Tab)
        qtbot.keyClick(dialog, Key.Key_Return)
        assert dialog.isVisible(), "31 of 30 is not taken"
        assert "超出范围" in dialog.fields.message("foundation")
        qtbot.keyClick(focus(), Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClicks(focus(), "30")
        assert dialog.total.text() == "合计 100 分"
        qtbot.keyClick(focus(), Key.Key_Return)

    when_asked(fill_in)
    ranking.table.setFocus()
    qtbot.keyClick(ranking.table, Key.Key_Return)
    settle()
    after = ranking.table.current()
    assert after is not None
    assert after.id == before.id
    assert after.total is not None
    assert before.total is not None
    assert after.total > before.total
    lines = score_lines(reviews.review_round(ranking.office, loaded.round_id), after.id)
    assert max(line.total for line in lines if line.total is not None) == 100
    assert window.status.text.startswith("已录入评分")
    window.undo()
    settle()
    assert ranking.table.current() == before


def test_after_saving_the_next_reviewer_follows(
    ranking: RankingTab, when_asked: WhenAsked, qtbot: QtBot
) -> None:
    find(ranking, "机关党委")
    shown: list[str] = []

    def save_and_go_on(dialog: QDialog) -> None:
        assert isinstance(dialog, MarksDialog)
        shown.append(dialog.judges.currentText())
        when_asked(look)
        assert dialog.other.text() == "保存，录下一位", "all have marked, so Enter closes"
        dialog.other.click()

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, MarksDialog)
        shown.append(dialog.judges.currentText())
        dialog.reject()

    when_asked(save_and_go_on)
    ranking.enter_marks()
    assert shown == ["1 岑彦野", "2 喻予溪"]


def test_choosing_another_reviewer_loses_no_typed_mark_unasked(
    ranking: RankingTab, when_asked: WhenAsked, qtbot: QtBot
) -> None:
    find(ranking, "机关党委")
    seen: list[str] = []

    def type_and_choose(dialog: QDialog) -> None:
        assert isinstance(dialog, MarksDialog)
        first = dialog.fields.input("foundation")
        given = first.text()  # type: ignore[union-attr]  # a line
        dialog.judges.setCurrentIndex(1)
        assert not dialog.unsaved.isVisible(), "nothing was typed"
        dialog.judges.setCurrentIndex(0)
        qtbot.keyClick(focus(), Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClicks(focus(), "7.5")
        dialog.judges.setCurrentIndex(1)
        assert (dialog.judges.currentIndex(), dialog.fields.input("foundation").text()) == (0, "7.5")  # type: ignore[union-attr]  # a line
        assert "给“1 岑彦野”填的评分还没有保存" in dialog.unsaved.told.text()
        seen.append(dialog.unsaved.carry.text())
        dialog.unsaved.carry.click()
        assert (dialog.judges.currentIndex(), dialog.fields.input("foundation").text()) == (1, "7.5")  # type: ignore[union-attr]  # a line
        dialog.judges.setCurrentIndex(0)
        dialog.unsaved.drop.click()
        assert (dialog.judges.currentIndex(), dialog.fields.input("foundation").text()) == (0, given)  # type: ignore[union-attr]  # a line
        dialog.reject()

    when_asked(type_and_choose)
    ranking.enter_marks()
    assert seen == ["改记给“2 喻予溪”"]


def test_a_mark_with_more_decimals_than_the_total_is_told_beside_its_field(
    ranking: RankingTab, when_asked: WhenAsked, qtbot: QtBot
) -> None:
    find(ranking, "机关党委")

    def type_it(dialog: QDialog) -> None:
        assert isinstance(dialog, MarksDialog)
        qtbot.keyClick(focus(), Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClicks(focus(), "7.125")
        qtbot.keyClick(focus(), Key.Key_Tab)
        assert dialog.fields.message("foundation") == "“7.125”最多保留 2 位小数"
        dialog.reject()

    when_asked(type_it)
    ranking.enter_marks()


def test_enter_goes_on_to_the_next_reviewer_as_long_as_one_has_not_marked(
    ranking: RankingTab, when_asked: WhenAsked, qtbot: QtBot, loaded: Loaded
) -> None:
    office = ranking.office
    for number, name in ((98, "卜未评"), (99, "计未评")):
        panel.save_reviewer(office, loaded.round_id, panel.Form(None, "", {"number": number, "name": name}))
    settle()
    find(ranking, "机关党委")
    shown: list[tuple[str, str, str]] = []

    def mark(dialog: QDialog) -> None:
        assert isinstance(dialog, MarksDialog)
        shown.append((dialog.judges.currentText(), dialog.primary.text(), dialog.other.text()))
        for field in dialog._form.fields:
            dialog.fields.focus(field.key)
            qtbot.keyClicks(focus(), "18")
        if len(shown) == 1:
            when_asked(mark)
        qtbot.keyClick(focus(), Key.Key_Return)

    when_asked(mark)
    ranking.enter_marks()
    assert shown == [
        ("98 卜未评　未评", "保存，录下一位", "只保存这一位"),
        ("99 计未评　未评", "保存", "保存，录下一位"),
    ]


def test_the_list_is_made_when_the_meeting_settled_each_tie(
    ranking: RankingTab, window: MainWindow, qtbot: QtBot, when_asked: WhenAsked, loaded: Loaded
) -> None:
    def decide(dialog: QDialog) -> None:
        assert isinstance(dialog, ProposalDialog)
        dialog.primary.click()
        assert "须勾选 1 项，现在勾选了 0 项" in dialog.problem.text()
        for tie in dialog.ties.values():
            for box in tie.boxes:
                box.click()
        assert not dialog.problem.text(), "what was wanting may be there now"
        dialog.primary.click()
        assert "现在勾选了 2 项" in dialog.problem.text(), "two for one place are refused"
        for tie in dialog.ties.values():
            tie.boxes[0].click()
        dialog.primary.click()
        assert "会议意见" in dialog.problem.text()
        assert focus() is next(iter(dialog.ties.values())).reason, (
            "the keyboard is where something is wanting"
        )
        for tie in dialog.ties.values():
            tie.reason.setFocus()
            tie.reason.setText("会议表决")
        qtbot.keyClick(focus(), Key.Key_Return)
        assert not dialog.isVisible()

    when_asked(decide)
    qtbot.mouseClick(ranking.propose, Qt.MouseButton.LeftButton)
    settle()
    states = [row.state for row in applications_of(ranking.office, loaded.round_id)]
    assert states.count(ApplicationState.PROPOSED) == 23
    assert not ranking.propose.isVisible()
    ranking.choose_chip("benchmark_unit")
    third, fourth = ranking.model.row_at(2), ranking.model.row_at(3)
    assert third is not None
    assert fourth is not None
    assert third.outcome is ApplicationState.PROPOSED, "who was taken stands above the other of the tie"
    assert third.last_in
    assert fourth.outcome is ApplicationState.RESERVE
    assert window.status.text.startswith("已形成拟入选名单 ")
    assert not ranking.card.enter.isEnabled()


def test_a_missing_mark_refuses_the_list_with_its_reason(
    ranking: RankingTab, window: MainWindow, qtbot: QtBot, loaded: Loaded
) -> None:
    office = ranking.office
    outside = panel.panel(office, loaded.round_id)[-1]
    panel.save_reviewer(
        office, loaded.round_id, panel.Form(None, "", {"number": outside.number + 1, "name": "卜未评"})
    )
    settle()
    qtbot.mouseClick(ranking.propose, Qt.MouseButton.LeftButton)
    assert "评分还不齐全" in window.status.text
    row = ranking.table.current()
    assert row is not None
    assert row.counted_shown == f"{row.counted} 人，缺 1 人"
    assert "尚未评分" in words(ranking.card)


def test_escape_makes_no_list(ranking: RankingTab, qtbot: QtBot, when_asked: WhenAsked) -> None:
    before = journal.last_undoable(ranking.office)
    when_asked(lambda dialog: qtbot.keyClick(dialog, Key.Key_Escape))
    ranking.propose_list()
    assert journal.last_undoable(ranking.office) == before


def test_conflicts_are_answered_by_key_and_the_computed_one_is_locked(
    members: ReviewersTab, window: MainWindow, qtbot: QtBot, loaded: Loaded
) -> None:
    members.table.select(6)
    row = members.table.current()
    assert row is not None
    assert (row.name, row.not_asked) == ("鲁霁朔", 33)
    table = members.card.table
    table.setFocus()
    table.select(0)
    qtbot.keyClick(table, Key.Key_2)
    settle()
    qtbot.keyClick(table, Key.Key_3)
    known = panel.conflict_rows(members.office, loaded.round_id, row.id)
    assert [item.state for item in known[:3]] == [
        ConflictState.NONE,
        ConflictState.DECLARED,
        ConflictState.NOT_ASKED,
    ]
    table.selectAll()
    qtbot.mouseClick(members.card.answers[ConflictState.NONE], Qt.MouseButton.LeftButton)
    settle()
    again = members.table.current()
    assert again is not None
    assert (again.kept_out, again.not_asked) == (0, 0)
    members.table.select(0)
    table.select(0)
    qtbot.mouseClick(members.card.answers[ConflictState.NONE], Qt.MouseButton.LeftButton)
    assert "应当回避" in window.status.text
    assert "不能更改" in members.card.locked.text()


def test_a_declared_conflict_keeps_its_reason_and_names_it_in_the_ranking(
    members: ReviewersTab, loaded: Loaded
) -> None:
    members.table.select(5)
    members.card.table.select(0)
    members.card.reason.setText("弃权")
    members.card.answer(ConflictState.DECLARED)
    row = members.card.table.current()
    assert row is not None
    lines = score_lines(reviews.review_round(members.office, loaded.round_id), row.id)
    assert [
        (line.name, line.note) for line in lines if line.kind is LineKind.KEPT_OUT and line.note == "弃权"
    ] == [("朱云峰", "弃权")]


def test_a_reviewer_is_added_edited_and_removed(
    members: ReviewersTab, window: MainWindow, qtbot: QtBot, when_asked: WhenAsked
) -> None:
    def add(dialog: QDialog) -> None:
        assert isinstance(dialog, ReviewerDialog)
        name = dialog.fields.input("name")
        assert focus() is name
        name.setText("成新来")
        dialog.fields.input("affiliation").setText("物理学院党委")
        qtbot.keyClick(focus(), Key.Key_Return)

    when_asked(add)
    qtbot.mouseClick(members.add, Qt.MouseButton.LeftButton)
    row = members.table.current()
    assert row is not None
    assert (row.number, row.name, row.given) == (8, "成新来", 0)
    assert row.kept_out > 0, "whoever belongs to an applicant's unit keeps out at once"

    def take_a_taken_number(dialog: QDialog) -> None:
        assert isinstance(dialog, ReviewerDialog)
        dialog.fields.input("number").setText("1")
        when_asked(look)
        dialog.primary.click()

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, ReviewerDialog)
        assert "编号 1 已属于评委岑彦野" in dialog.problem.text()
        dialog.reject()

    when_asked(take_a_taken_number)
    members.edit_reviewer()

    def agree(dialog: QDialog) -> None:
        assert isinstance(dialog, ConfirmDialog)
        assert any("回避" in text for text in words(dialog))
        dialog.primary.click()

    when_asked(agree)
    members.card.remove.click()
    settle()
    assert members.model.total == 7
    assert window.status.text == "已删除评委 成新来"


def test_removing_a_reviewer_takes_the_marks_and_undo_brings_them_back(
    members: ReviewersTab, window: MainWindow, when_asked: WhenAsked, loaded: Loaded
) -> None:
    before = members.model.row_at(1)
    assert before is not None
    members.table.select(1)
    when_asked(lambda dialog: dialog.accept())
    members.remove_reviewer()
    settle()
    assert members.model.total == 6
    when_asked(lambda dialog: dialog.accept())
    window.undo()
    settle()
    assert members.model.row_at(1) == before


def test_sheets_that_came_back_are_shown_and_taken_in(
    members: ReviewersTab,
    window: MainWindow,
    when_asked: WhenAsked,
    loaded: Loaded,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    from openpyxl import load_workbook

    judge = members.model.row_at(6)
    assert judge is not None
    (path,) = review_papers.write_score_workbooks(
        members.office, loaded.round_id, tmp_path / "评分表", chosen=[judge.id]
    )
    book = load_workbook(path)
    for column, mark in zip("DEFG", (28, 27.5, 18, 17), strict=True):
        book.active[f"{column}4"] = mark
    book.save(path)
    broken = tmp_path / "说明.txt"
    broken.write_text("不是评分表", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path), str(broken)], ""))

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, ScoreImportDialog)
        assert dialog.primary.text() == "导入 1 行", words(dialog)
        assert any("说明.txt" in text for text in words(dialog))
        dialog.primary.click()

    when_asked(look)
    members.import_sheets()
    settle()
    assert window.status.text.startswith("已导入 评分表-07")
