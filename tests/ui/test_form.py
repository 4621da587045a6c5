"""The form builder: typed as people type, judged as an import judges."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from dualcreate_desktop.fields import Field, FieldType
from dualcreate_desktop.lists import APPRAISALS, BRANCHES, HONOURS, LIST_KINDS
from dualcreate_desktop.rules.dates import PartialDate
from ui.form import FieldForm, Group

UNITS = [("u1", "计算机学院党委"), ("u2", "材料科学与工程学院党委"), ("u3", "机关党委")]


def make(qtbot: QtBot, *fields: Field, **values: object) -> FieldForm:
    form = FieldForm((Group("", fields),), values, {"unit": UNITS})  # type: ignore[arg-type]
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    return form


def fill(qtbot: QtBot, form: FieldForm, key: str, text: str) -> None:
    """Type over what stands there and leave the input."""
    made = form.input(key)
    line = made.lineEdit() if isinstance(made, QComboBox) else made
    assert isinstance(line, QLineEdit)
    line.setText(text)
    line.editingFinished.emit()


def text(form: FieldForm, key: str) -> str:
    made = form.input(key)
    return made.currentText() if isinstance(made, QComboBox) else made.text()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("2019.9", "2019-09"), ("２０１９年９月", "2019-09"), ("20190901", "2019-09-01"), ("2019", "2019")],
)
def test_a_date_typed_in_any_way_is_shown_in_the_usual_one(qtbot: QtBot, typed: str, shown: str) -> None:
    form = make(qtbot, BRANCHES.field("founded"))
    fill(qtbot, form, "founded", typed)
    assert text(form, "founded") == shown
    assert form.message("founded") == ""
    assert form.read() == {"founded": PartialDate.parse(shown)}


def test_an_impossible_date_is_refused_beside_its_field_and_stays_as_typed(qtbot: QtBot) -> None:
    form = make(qtbot, BRANCHES.field("founded"))
    fill(qtbot, form, "founded", "2019.13")
    assert "2019.13" in form.message("founded")
    assert text(form, "founded") == "2019.13"
    assert form.read() is None


def test_a_required_field_is_asked_for_only_when_one_saves(qtbot: QtBot) -> None:
    form = make(qtbot, BRANCHES.field("name"))
    fill(qtbot, form, "name", "")
    assert form.message("name") == ""
    assert form.read() is None
    assert form.message("name") == "请填写党支部名称"
    assert QApplication.focusWidget() is form.input("name")


def test_a_number_out_of_range_says_its_bounds(qtbot: QtBot) -> None:
    form = make(qtbot, BRANCHES.field("full_members"))
    fill(qtbot, form, "full_members", "-3")
    assert "0至2000" in form.message("full_members")
    fill(qtbot, form, "full_members", "２３人")
    assert form.message("full_members") == ""
    assert form.read() == {"full_members": 23}


def test_a_unit_is_found_by_a_part_of_its_name_when_only_one_has_it(qtbot: QtBot) -> None:
    form = make(qtbot, BRANCHES.field("unit"), unit="u3")
    assert text(form, "unit") == "机关党委"
    fill(qtbot, form, "unit", "材料")
    assert text(form, "unit") == "材料科学与工程学院党委"
    assert form.read() == {"unit": "u2"}
    fill(qtbot, form, "unit", "学院")
    assert form.message("unit").startswith("没有名为“学院”的所属院级党组织")
    assert form.read() is None


def test_a_kind_takes_the_words_that_people_use(qtbot: QtBot) -> None:
    form = make(qtbot, BRANCHES.field("kind"), kind="teacher")
    assert text(form, "kind") == "教师党支部"
    fill(qtbot, form, "kind", "本科")
    assert text(form, "kind") == "本科生党支部"
    assert form.read() == {"kind": "undergraduate"}


def test_a_word_is_found_by_a_part_that_no_other_has_as_the_empty_input_says(qtbot: QtBot) -> None:
    form = make(qtbot, APPRAISALS.field("kind"))
    fill(qtbot, form, "kind", "述职评")
    assert text(form, "kind") == "书记述职评议"
    assert form.message("kind") == ""
    fill(qtbot, form, "kind", "考核")
    assert form.message("kind").startswith("“考核”不在可选项中"), "several have it"


def test_the_wheel_never_changes_a_choice(qtbot: QtBot) -> None:
    form = make(qtbot, BRANCHES.field("kind"), kind="teacher")
    turn = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(form.input("kind"), turn)
    assert form.read() == {"kind": "teacher"}


def test_a_wide_input_takes_the_whole_row_where_nothing_stands_beside(qtbot: QtBot) -> None:
    form = make(qtbot, *(HONOURS.field(key) for key in ("unit", "branch", "title", "level")))
    form.resize(720, 400)
    form.show()
    unit, branch, title, level = (form.input(key) for key in ("unit", "branch", "title", "level"))
    assert unit.width() == branch.width() > title.width() > level.width()
    assert right_edge(unit) == right_edge(level)


def test_an_input_that_stands_alone_has_room_in_a_narrow_dialog(qtbot: QtBot) -> None:
    form = make(qtbot, HONOURS.field("title"))
    assert form.minimumSizeHint().width() < 400


def right_edge(made: QWidget) -> int:
    return made.mapToGlobal(QPoint(made.width(), 0)).x()


def test_tab_follows_the_order_of_the_fields(qtbot: QtBot) -> None:
    fields = [BRANCHES.field(key) for key in ("name", "founded", "kind", "full_members", "note", "phone")]
    form = make(qtbot, *fields)
    form.focus("name")
    seen = []
    for _ in fields:
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.append(next(field.key for field in fields if form.input(field.key) in (focus, focus.parent())))
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert seen == [field.key for field in fields]


def test_a_flag_is_ticked_and_a_score_keeps_its_decimals(qtbot: QtBot) -> None:
    form = make(qtbot, HONOURS.field("party"), APPRAISALS.field("score"), party=True)
    fill(qtbot, form, "score", "91.25")
    values = form.read()
    assert values is not None
    assert values["party"] is True
    assert str(values["score"]) == "91.25"


@pytest.mark.parametrize("kind", LIST_KINDS, ids=lambda kind: kind.key)
def test_every_field_of_every_list_has_an_input_that_reads_empty(qtbot: QtBot, kind: object) -> None:
    fields = [field for field in kind.fields if not field.required]  # type: ignore[attr-defined]
    values = make(qtbot, *fields).read()
    assert values is not None
    assert not any(values.values())
    assert FieldType.TEXT in {field.type for field in fields} or values
