"""批次规则, driven as a person does it: find the rule beside its clause, change it, see what it means, save, undo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from dualcreate_desktop.office import applications, registry, rounds
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.requirements import GradeCount, Group, Honours, Join
from ui.background import ImmediateRunner
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.notice_text import NoticeTextDialog
from ui.dialogs.reason import ReasonDialog
from ui.dialogs.rule import UNFINISHED, RuleDialog
from ui.dialogs.rule_saving import RuleSavingDialog
from ui.dialogs.rules import RulesDialog
from ui.form import FieldBox
from ui.main_window import MainWindow
from ui.rule_form import CompoundBox, EitherInput, RecordForm, RecordsInput
from ui.rule_inputs import TicksInput
from ui.settings import Settings

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
TypeText = Callable[[str], None]
WhenAsked = Callable[[Callable[[QDialog], None]], None]


@pytest.fixture
def with_round(office: Office) -> Office:
    """A round in which the first branch applies."""
    preset = next(one for one in rounds.presets() if one.key == "third-batch-2023")
    round_id = rounds.create_round(office, "第三批", preset.toml, preset.key)
    branch = registry.branches(office).rows[0]
    row = {"unit": branch.unit_id, "branch": branch.id, "category": "model_branch", "preference": 1}
    with office.change("登记申报") as session:
        applications.insert(session, rounds.rules(session, round_id), [row])
    return office


@pytest.fixture
def main(with_round: Office, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    made = MainWindow(with_round, ImmediateRunner(), Settings(tmp_path))
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def book(main: MainWindow, qtbot: QtBot) -> RulesDialog:
    """The window of rules, opened from the selector of the round."""
    main.rounds.setCurrentIndex(main.rounds.findText("批次规则…"))
    assert main.rounds.currentText() == "第三批"
    (dialog,) = main.findChildren(RulesDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def click(qtbot: QtBot, button: QPushButton) -> None:
    assert button.isEnabled()
    qtbot.mouseClick(button, LEFT)


def words(widget: QWidget) -> list[str]:
    QApplication.processEvents()
    return [part.text() for part in widget.findChildren(QLabel) if part.isVisible()]


def field(form: RecordForm, name: str) -> FieldBox:
    box = form.boxes[name]
    assert isinstance(box, FieldBox)
    return box


def within(form: RecordForm, name: str) -> QWidget:
    box = form.boxes[name]
    assert isinstance(box, CompoundBox)
    return box.input


def type_into(qtbot: QtBot, type_text: TypeText, form: RecordForm, name: str, text: str) -> None:
    """Go to a field and type over what stands there."""
    made = field(form, name).input
    made.setFocus()
    made.selectAll()  # type: ignore[union-attr]
    type_text(text)


def choose(form: RecordForm, name: str, word: str) -> None:
    combo = field(form, name).input
    place = combo.findText(word, Qt.MatchFlag.MatchContains)  # type: ignore[union-attr]
    assert place >= 0, word
    combo.setCurrentIndex(place)  # type: ignore[union-attr]


def kind(either: QWidget, word: str) -> RecordForm:
    """Choose what kind of requirement it is; the form that follows."""
    assert isinstance(either, EitherInput)
    place = either.kinds.findText(word)
    assert place >= 0, word
    either.kinds.setCurrentIndex(place)
    return either.form


def tick(form: RecordForm, name: str, *values: str) -> None:
    ticks = within(form, name)
    assert isinstance(ticks, TicksInput)
    for value in values:
        ticks.tick(value)


def add_to(qtbot: QtBot, form: RecordForm, name: str) -> RecordForm:
    records = within(form, name)
    assert isinstance(records, RecordsInput)
    click(qtbot, records.add)
    return records.items[-1].form


def notice(main: MainWindow) -> Notice:
    assert main.rounds.round_id is not None
    return rounds.rules_of(main.office, main.rounds.round_id).notice


def say_why(reason: str, seen: list[list[str]]) -> Callable[[QDialog], None]:
    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, RuleSavingDialog)
        dialog.accept()
        assert dialog.problem.text() == "请写明修改理由"
        seen.append(words(dialog))
        dialog.reason.setPlainText(reason)
        dialog.accept()

    return act


def test_ten_per_cent_become_fifteen_and_can_be_taken_back(
    main: MainWindow, book: RulesDialog, qtbot: QtBot, type_text: TypeText, when_asked: WhenAsked
) -> None:
    book.book.open_page("三(二)")
    card = next(one for one in book.book.cards if one.line.kind == "名额")
    assert any("10%" in text for text in words(card))
    said: list[str] = []

    def change_it(dialog: QDialog) -> None:
        assert isinstance(dialog, RuleDialog)
        limit = within(dialog.form, "limit")
        assert isinstance(limit, EitherInput)
        type_into(qtbot, type_text, limit.form, "numerator", "15")
        said.append(dialog.says.text())
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)

    when_asked(change_it)
    click(qtbot, card.edit)
    assert "15%" in said[0], "the sentence follows while one types"
    assert "改动 1 处" in book.head.figure.text()
    assert notice(main).quotas[0].limit.numerator == 10, "nothing is written yet"
    seen: list[list[str]] = []
    when_asked(say_why("党委会议定放宽", seen))
    click(qtbot, book.save)
    told = "".join(seen[0])
    assert "现有申报的审查意见都不变。" in told
    assert "10%" in told
    assert "15%" in told
    assert notice(main).quotas[0].limit.numerator == 15
    assert book.head.figure.text() == "已保存为第 2 版"
    book.reject()
    assert not book.isVisible()
    qtbot.waitUntil(lambda: main.status.text == f"已修改批次规则 {main.rounds.currentText()}：党委会议定放宽")
    main.undo()
    qtbot.waitUntil(lambda: main.status.text.startswith("已撤销"))
    assert notice(main).quotas[0].limit.numerator == 10


def test_a_period_of_zero_is_refused_beside_its_field(
    main: MainWindow, book: RulesDialog, qtbot: QtBot, type_text: TypeText, when_asked: WhenAsked
) -> None:
    book.book.open_page("二(二)3")
    seen: list[str] = []

    def try_zero(dialog: QDialog) -> None:
        assert isinstance(dialog, RuleDialog)
        group = within(dialog.form, "requirement")
        assert isinstance(group, EitherInput)
        parts = within(group.form, "parts")
        assert isinstance(parts, RecordsInput)
        grades = within(parts.items[1].form, "requirement")
        assert isinstance(grades, EitherInput)
        type_into(qtbot, type_text, grades.form, "period_years", "0")
        assert dialog.says.text() == UNFINISHED
        dialog.accept()
        assert dialog.isVisible()
        wrong = field(grades.form, "period_years")
        seen.append(wrong.message)
        assert not wrong.visibleRegion().isEmpty(), "what is wrong is scrolled into sight"
        type_into(qtbot, type_text, grades.form, "period_years", "3")
        tick(grades.form, "grades")
        grades_ticks = within(grades.form, "grades")
        assert isinstance(grades_ticks, TicksInput)
        grades_ticks.tick("好", on=False)
        dialog.accept()
        assert dialog.isVisible()
        seen.append(grades.form.boxes["grades"].message)
        dialog.reject()

    when_asked(try_zero)
    click(qtbot, book.book.cards[0].edit)
    assert "0" in seen[0]
    assert seen[1] == "不能为空"
    assert not book.draft.changed


def test_two_grades_or_a_provincial_honour_by_clicks(
    main: MainWindow, book: RulesDialog, qtbot: QtBot, type_text: TypeText, when_asked: WhenAsked
) -> None:
    book.book.open_page("二(二)3")
    before = len(book.book.cards)

    def build(dialog: QDialog) -> None:
        assert isinstance(dialog, RuleDialog)
        assert field(dialog.form, "clause").input.read().value == "二(二)3", "the clause is known already"
        assert field(dialog.form, "category").input.read().value == "model_branch"
        type_into(qtbot, type_text, dialog.form, "label", "两次优秀或省级表彰")
        group = kind(within(dialog.form, "requirement"), "组合（满足其一或全部）")
        choose(group, "join", "满足其一")
        first = add_to(qtbot, group, "parts")
        type_into(qtbot, type_text, first, "label", "近三年两次优秀")
        grades = kind(within(first, "requirement"), "考核等次达到次数")
        tick(grades, "appraisals", "branch_work")
        tick(grades, "grades", "优秀")
        type_into(qtbot, type_text, grades, "times", "2")
        type_into(qtbot, type_text, grades, "period_years", "3")
        second = add_to(qtbot, group, "parts")
        type_into(qtbot, type_text, second, "label", "省级以上表彰")
        honours = kind(within(second, "requirement"), "表彰荣誉")
        tick(honours, "holders", "branch")
        choose(honours, "level", "省部级")
        type_into(qtbot, type_text, honours, "period_years", "3")
        choose(honours, "counted", "按自然年计")
        told = dialog.says.text()
        assert "下列各项满足其一即可" in told
        assert "“优秀”至少 2 次" in told
        assert "省部级以上" in told
        dialog.accept()
        assert not dialog.isVisible(), dialog.problem.text()

    when_asked(build)
    next(one for one in book.book.menu.actions() if one.text() == "条件").trigger()
    assert len(book.book.cards) == before + 1
    requirement = book.draft.notice.conditions[-1].requirement
    assert isinstance(requirement, Group)
    assert requirement.join is Join.ANY
    assert [type(part.requirement) for part in requirement.parts] == [GradeCount, Honours]
    seen: list[list[str]] = []
    when_asked(say_why("按通知补上", seen))
    click(qtbot, book.save)
    assert "1 项申报的 1 条审查意见会变：" in seen[0]
    assert notice(main).conditions[-1].label == "两次优秀或省级表彰"


def test_a_category_is_added_with_a_condition_of_parts_inside_parts(
    main: MainWindow, book: RulesDialog, qtbot: QtBot, type_text: TypeText, when_asked: WhenAsked
) -> None:
    book.switch.button(1).click()
    book.book.open_page("categories")

    def new_category(dialog: QDialog) -> None:
        assert isinstance(dialog, RuleDialog)
        dialog.accept()
        assert dialog.problem.text() == "有内容需要改正，已用红字标出"
        for name, text in (("name", "先锋研究生支部"), ("short_name", "先锋支部"), ("target", "8")):
            type_into(qtbot, type_text, dialog.form, name, text)
        for name, text in (("status", "先锋支部培育单位"), ("title", "先锋支部")):
            type_into(qtbot, type_text, dialog.form, name, text)
        choose(dialog.form, "clause", "二(二)")
        choose(dialog.form, "applicant", "党支部")
        tick(dialog.form, "materials", "branch_form")
        tick(dialog.form, "kinds", "graduate")
        dialog.accept()
        assert not dialog.isVisible(), dialog.problem.text()

    when_asked(new_category)
    click(qtbot, book.book.add)
    category = book.draft.notice.categories[-1]
    assert (category.name, category.kinds, category.target) == ("先锋研究生支部", ("graduate",), 8)
    book.book.open_page("conditions")

    def new_condition(dialog: QDialog) -> None:
        assert isinstance(dialog, RuleDialog)
        choose(dialog.form, "category", "先锋研究生支部")
        choose(dialog.form, "clause", "二(二)3")
        type_into(qtbot, type_text, dialog.form, "label", "先锋条件")
        outer = kind(within(dialog.form, "requirement"), "组合（满足其一或全部）")
        choose(outer, "join", "全部满足")
        part = add_to(qtbot, outer, "parts")
        type_into(qtbot, type_text, part, "label", "二者之一")
        inner = kind(within(part, "requirement"), "组合（满足其一或全部）")
        choose(inner, "join", "满足其一")
        for text in ("甲", "乙"):
            leaf = add_to(qtbot, inner, "parts")
            type_into(qtbot, type_text, leaf, "label", text)
            judgement = kind(within(leaf, "requirement"), "由人判断")
            type_into(qtbot, type_text, judgement, "question", f"{text}项做得好")
        dialog.accept()
        assert not dialog.isVisible(), dialog.problem.text()

    when_asked(new_condition)
    click(qtbot, book.book.add)
    condition = book.draft.notice.conditions[-1]
    assert condition.category == category.key
    outer = condition.requirement
    assert isinstance(outer, Group)
    (part,) = outer.parts
    assert isinstance(part.requirement, Group)
    assert [leaf.label for leaf in part.requirement.parts] == ["甲", "乙"]
    when_asked(say_why("增设类别", []))
    click(qtbot, book.save)
    assert notice(main).category(category.key).short_name == "先锋支部"


def test_what_is_wrong_is_marked_at_its_clause_and_keeps_all_from_being_saved(
    main: MainWindow, book: RulesDialog, qtbot: QtBot
) -> None:
    book.switch.button(1).click()
    book.book.open_page("categories")
    click(qtbot, book.book.cards[0].remove)
    click(qtbot, book.save)
    assert book.problem.text().endswith("处有误，改正后才能保存")
    assert any(card.line.troubles for card in book.book.cards), "the first page with a mistake is open"
    assert "条有误" in book.head.figure.text()
    click(qtbot, book.undo)
    assert not book.draft.changed
    click(qtbot, book.save)
    assert book.problem.text() == "还没有改动，不需要保存"


def test_the_text_of_another_notice_brings_its_clauses(
    main: MainWindow, book: RulesDialog, qtbot: QtBot, when_asked: WhenAsked
) -> None:
    def paste(dialog: QDialog) -> None:
        assert isinstance(dialog, NoticeTextDialog)
        dialog.text.setPlainText("关于第四批的通知\n一、目标\n五、纪律要求\n严格把关。")
        dialog.accept()

    when_asked(paste)
    next(one for one in book.menu.actions() if one.text() == "通知正文…").trigger()
    book.book.open_page("五")
    assert not book.book.cards
    assert "严格把关。" in "".join(words(book))

    def explain(dialog: QDialog) -> None:
        assert isinstance(dialog, ReasonDialog)
        dialog.reason.setPlainText("工作要求，没有可检查的内容")
        dialog.accept()

    when_asked(explain)
    click(qtbot, book.book.note)
    assert "没有单独的规则：工作要求，没有可检查的内容" in words(book)
    click(qtbot, book.undo)
    click(qtbot, book.undo)
    assert not book.draft.changed


def test_rules_go_out_as_a_file_and_come_in_again(
    main: MainWindow, book: RulesDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "第三批.toml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    before = book.draft.notice
    book.switch.button(1).click()
    book.book.open_page("contacts")
    click(qtbot, book.book.cards[0].remove)
    edited = book.draft.notice
    exporting, importing = (
        next(one for one in book.menu.actions() if one.text().startswith(word)) for word in ("导出", "导入")
    )
    exporting.trigger()
    assert book.head.figure.text() == "已导出 第三批.toml"
    click(qtbot, book.undo)
    assert book.draft.notice == before
    importing.trigger()
    assert book.draft.notice == edited
    path.write_text("key = 1", encoding="utf-8")
    importing.trigger()
    assert "规则文件有误" in book.problem.text()
    assert book.draft.notice == edited


def test_the_keyboard_alone_goes_from_the_clauses_to_a_rule_and_back_out(
    main: MainWindow, book: RulesDialog, qtbot: QtBot, when_asked: WhenAsked
) -> None:
    assert QApplication.focusWidget() is book.book.list
    for _ in range(3):
        qtbot.keyClick(book.book.list, Key.Key_Down)
    assert book.book.list.currentIndex().row() == 3
    qtbot.keyClick(book.book.list, Key.Key_Return)
    assert QApplication.focusWidget() is book.book.cards[0].edit
    opened: list[str] = []

    def leave(dialog: QDialog) -> None:
        assert isinstance(dialog, RuleDialog)
        opened.append(dialog.windowTitle())
        qtbot.keyClick(dialog, Key.Key_Escape)

    when_asked(leave)
    qtbot.keyClick(book.book.cards[0].edit, Key.Key_Space)
    assert opened == ["修改类别"]
    qtbot.keyClick(book, Key.Key_Escape)
    assert not book.isVisible()


def test_closing_with_changes_asks_once(book: RulesDialog, qtbot: QtBot, when_asked: WhenAsked) -> None:
    book.switch.button(1).click()
    book.book.open_page("stages")
    name = book.book.cards[1].line.name
    click(qtbot, book.book.cards[1].up)
    assert book.book.cards[0].line.name == name

    def stay(dialog: QDialog) -> None:
        assert isinstance(dialog, ConfirmDialog)
        assert "1 处改动还没有保存，放弃？" in words(dialog)
        dialog.reject()

    when_asked(stay)
    qtbot.keyClick(book, Key.Key_Escape)
    assert book.isVisible()
    when_asked(lambda dialog: dialog.accept())
    qtbot.keyClick(book, Key.Key_Escape)
    assert not book.isVisible()


def test_the_first_page_opens_the_rules_too(main: MainWindow, qtbot: QtBot) -> None:
    main.show_tab(main.tabs.overview)
    click(qtbot, main.tabs.overview.rules)
    (dialog,) = main.findChildren(RulesDialog)
    assert dialog.isVisible()
    dialog.reject()
