"""收件 with a day's mail: what is inside is listed, sifted, imported together; cells are pasted, folders read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from dualcreate_desktop.intake.folders import MOST_FILES
from dualcreate_desktop.office import journal, registry
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import TableQuery
from ui.dialogs.password import PasswordDialog
from ui.main_window import MainWindow
from ui.tabs.intake import IntakeTab
from ui.tabs.intake_items import Stand

Key = Qt.Key
WhenAsked = Callable[[Callable[[QDialog], None]], None]

HEAD = "院级党组织,党支部名称,支部类型,成立时间,支部书记"
NEW = "外国语学院,外国语学院离退休党支部,离退休,2019.9,郑七言"
OTHER = "外国语学院,外国语学院平台党支部,教工,2019.9,郑七言"
BAD = "外国语学院,外国语学院第一联合党支部,师生联合,2020.13,王八斗"


def sheet(*rows: str) -> bytes:
    return "\n".join(rows).encode("utf-8-sig")


def archive(files: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        for name, data in files.items():
            made.writestr(name, data)
    return packed.getvalue()


@pytest.fixture
def mail(tmp_path: Path) -> Callable[..., Path]:
    def write(files: Mapping[str, bytes], name: str = "报送.eml") -> Path:
        made = EmailMessage()
        made["From"], made["Subject"] = "李雷 <lilei@example.cn>", "外国语学院报送"
        made["Date"] = "Fri, 15 Mar 2024 09:12:00 +0800"
        made.set_content("请查收。")
        for inside, data in files.items():
            made.add_attachment(data, maintype="application", subtype="octet-stream", filename=inside)
        path = tmp_path / name
        path.write_bytes(bytes(made))
        return path

    return write


Mail = Callable[..., Path]


@pytest.fixture
def tab(window: MainWindow) -> IntakeTab:
    window.show_tab(window.tabs.intake)
    return window.tabs.intake


def chip(tab: IntakeTab, word: str) -> QPushButton:
    return next(b for b in tab.left.chips.findChildren(QPushButton) if b.text().startswith(word))


def listed(tab: IntakeTab) -> list[str]:
    model = tab.list.entries
    return [model.entry(model.index(row)).title for row in range(model.rowCount())]


def test_every_file_in_a_mail_is_listed_below_its_sender(tab: IntakeTab, mail: Mail) -> None:
    inside = archive({"名册.csv": sheet(HEAD, NEW), "补充.csv": sheet(HEAD, BAD)})
    tab.take_in([mail({"附件.zip": inside, "扫描.pdf": b"%PDF-1.4"})])
    assert listed(tab) == ["李雷 · 03-15 09:12 · 报送.eml", "名册.csv", "补充.csv", "扫描.pdf"]
    assert [item.stand for item in tab.items] == [Stand.WAITING, Stand.WAITING, Stand.ASIDE]
    model = tab.list.entries
    first = model.entry(model.index(1))
    assert first.detail == "党支部名册 · 外国语学院党委", "which list, and whose"
    assert first.note == "新增 1，表中未列 150"
    assert tab.items[0].path == "报送.eml › 附件.zip › 名册.csv"


def test_a_scan_is_a_trouble_only_where_no_table_came_with_it(tab: IntakeTab, mail: Mail) -> None:
    tab.take_in(
        [
            mail({"扫描.pdf": b"%PDF-1.4"}),
            mail({"扫描.pdf": b"%PDF-1.4", "甲.csv": sheet(HEAD, NEW)}, "二.eml"),
        ]
    )
    assert [item.stand for item in tab.items] == [Stand.REFUSED, Stand.ASIDE, Stand.WAITING]
    assert chip(tab, "有问题").text() == "有问题 1"


def test_a_heading_is_stepped_over_by_the_keyboard(tab: IntakeTab, qtbot: QtBot, mail: Mail) -> None:
    tab.take_in([mail({"甲.csv": sheet(HEAD, NEW)}, "一.eml"), mail({"乙.csv": sheet(HEAD, BAD)}, "二.eml")])
    tab.list.setFocus()
    assert tab.card.title.text().endswith("甲.csv")
    qtbot.keyClick(tab.list, Key.Key_Down)
    assert tab.card.title.text().endswith("乙.csv")


def test_the_desk_is_sifted_by_what_is_left_to_do(tab: IntakeTab, qtbot: QtBot, mail: Mail) -> None:
    files = {"甲.csv": sheet(HEAD, NEW), "乙.csv": sheet(HEAD, BAD), "丙.csv": sheet(HEAD, OTHER)}
    tab.take_in([mail(files)])
    qtbot.mouseClick(chip(tab, "有问题"), Qt.MouseButton.LeftButton)
    assert listed(tab)[1:] == ["乙.csv"]
    qtbot.mouseClick(chip(tab, "待导入"), Qt.MouseButton.LeftButton)
    assert listed(tab)[1:] == ["甲.csv", "丙.csv"]
    tab.list.select(1)
    qtbot.mouseClick(tab.primary, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(chip(tab, "已导入"), Qt.MouseButton.LeftButton)
    assert listed(tab)[1:] == ["甲.csv"]


def test_all_clean_sheets_are_imported_at_once_each_as_one_change(
    tab: IntakeTab, qtbot: QtBot, office: Office, mail: Mail
) -> None:
    files = {"甲.csv": sheet(HEAD, NEW), "乙.csv": sheet(HEAD, BAD), "丙.csv": sheet(HEAD, OTHER)}
    tab.take_in([mail(files)])
    assert tab.all.text() == "导入全部无问题的 2 张"
    qtbot.mouseClick(tab.all, Qt.MouseButton.LeftButton)
    assert [item.stand for item in tab.items] == [Stand.IMPORTED, Stand.WAITING, Stand.IMPORTED]
    assert registry.branches(office, TableQuery("郑七言")).total == 2
    assert not tab.all.isVisible()
    assert len({item.change_id for item in tab.items}) == 3, "two changes, and one that was not made"
    journal.undo(office, tab.items[2].change_id)
    assert registry.branches(office, TableQuery("郑七言")).total == 1, "taken back alone"


def test_one_of_two_that_contradict_is_refused_and_shown_anew(
    tab: IntakeTab, office: Office, mail: Mail
) -> None:
    again = NEW.replace("2019.9", "2020.1")
    tab.take_in([mail({"甲.csv": sheet(HEAD, NEW), "乙.csv": sheet(HEAD, again)})])
    told: list[str] = []
    tab.said.connect(told.append)
    tab.import_all()
    first, second = tab.items
    assert first.stand is Stand.IMPORTED
    assert second.stand is Stand.WAITING
    assert told == ["已导入 1 张表，1 张与刚导入的有重合，已重新预览，请看一下再导入"]
    assert second.trouble is None
    assert second.preview is not None
    assert second.preview.summary.startswith("更新 1")


def test_what_is_copied_in_excel_is_pasted(tab: IntakeTab, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText(f"{HEAD}\n{NEW}".replace(",", "\t"))
    tab.list.setFocus()
    qtbot.keyClick(tab.list, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    (item,) = tab.items
    assert (item.name, item.ready) == ("粘贴的内容.txt", 1)
    assert tab.primary.text() == "导入 1 行"


def test_a_copied_page_keeps_its_merged_cells(tab: IntakeTab) -> None:
    cells = "".join(f"<td>{word}</td>" for word in HEAD.split(","))
    row = "".join(f"<td>{word}</td>" for word in NEW.split(",")[1:])
    more = "".join(f"<td>{word}</td>" for word in OTHER.split(",")[1:])
    unit = '<td rowspan="2">外国语学院</td>'
    data = QMimeData()
    data.setHtml(f"<table><tr>{cells}</tr><tr>{unit}{row}</tr><tr>{more}</tr></table>")
    QGuiApplication.clipboard().setMimeData(data)
    tab.taking.paste()
    (item,) = tab.items
    assert item.ready == 2
    assert tab.card.sheet.model.merges
    assert tab.card.sheet.table.rowSpan(1, 0) == 2


def test_copied_files_are_pasted_as_if_they_were_dropped(tab: IntakeTab, tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_bytes(sheet(HEAD, NEW))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    QGuiApplication.clipboard().setMimeData(data)
    tab.taking.paste()
    assert [item.name for item in tab.items] == ["名册.csv"]


def test_an_empty_clipboard_says_what_to_copy(window: MainWindow, tab: IntakeTab) -> None:
    QGuiApplication.clipboard().clear()
    tab.taking.paste()
    assert "剪贴板里没有表格" in window.status.text


def test_folders_are_read_with_their_folders(tab: IntakeTab, tmp_path: Path) -> None:
    for name in ("来件/甲.csv", "来件/二月/乙.csv"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(sheet(HEAD, NEW))
    tab.take_in([tmp_path / "来件"])
    assert listed(tab) == ["来件", "甲.csv", "乙.csv"]


def test_a_password_opens_what_lies_locked_in_a_mail(
    tab: IntakeTab, qtbot: QtBot, mail: Mail, when_asked: WhenAsked
) -> None:
    tab.take_in([mail({"甲.xlsx": locked("开门"), "乙.csv": sheet(HEAD, OTHER)})])
    assert [item.stand for item in tab.items] == [Stand.REFUSED, Stand.WAITING]
    assert tab.again.text() == "输入密码…"

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, PasswordDialog)
        dialog.line.setText("开门")
        qtbot.keyClick(dialog.line, Key.Key_Return)

    when_asked(answer)
    qtbot.mouseClick(tab.again, Qt.MouseButton.LeftButton)
    assert [(item.name, item.ready) for item in tab.items] == [("甲.xlsx", 1), ("乙.csv", 1)]
    tab.take_in([mail({"丙.xlsx": locked("开门")}, "又一封.eml")])
    assert tab.items[-1].ready == 1, "the password of the day is tried first"


def test_the_same_file_under_another_name_is_told_and_not_imported_twice(tab: IntakeTab, mail: Mail) -> None:
    data = sheet(HEAD, NEW)
    tab.take_in([mail({"名册.csv": data, "名册(1).csv": data, "乙.csv": sheet(HEAD, OTHER)})])
    model = tab.list.entries
    assert model.entry(model.index(2)).note == "与“名册.csv”内容相同"
    assert tab.all.text() == "导入全部无问题的 2 张"
    tab.list.select(1)
    tab.remove_current()
    assert model.entry(model.index(1)).note.startswith("新增 1")


def test_a_sheet_beside_a_list_that_is_none_keeps_calm(tab: IntakeTab, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    for line in (HEAD, NEW):
        first.append(line.split(","))
    other = book.create_sheet("说明")
    for line in ("一,按实填写", "二,周五前报送"):
        other.append(line.split(","))
    path = tmp_path / "名册.xlsx"
    book.save(path)
    tab.take_in([path])
    assert [item.stand for item in tab.items] == [Stand.WAITING, Stand.ASIDE]
    assert not any(b.text().startswith("有问题") for b in tab.left.chips.findChildren(QPushButton))
    tab.list.select(1)
    assert tab.refused_view.sentence.text() == "名册.xlsx：说明：没有认出这是哪一种表"
    assert tab.again.text() == "指明是哪种表…"


def test_what_is_done_is_cleared_away(tab: IntakeTab, mail: Mail) -> None:
    tab.take_in([mail({"甲.csv": sheet(HEAD, NEW), "乙.csv": sheet(HEAD, BAD)})])
    tab.import_current()
    tab.remove_imported()
    assert [item.name for item in tab.items] == ["乙.csv"]
    assert tab.card.title.text().endswith("乙.csv")


def locked(password: str) -> bytes:
    import openpyxl
    from msoffcrypto.format.ooxml import OOXMLFile

    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for line in (HEAD, NEW):
        page.append(line.split(","))
    plain, closed = io.BytesIO(), io.BytesIO()
    book.save(plain)
    OOXMLFile(plain).encrypt(password, closed)
    return closed.getvalue()


def test_a_folder_of_too_many_files_stands_in_the_list_and_keeps_nothing_else_out(
    tab: IntakeTab, tmp_path: Path
) -> None:
    (tmp_path / "照片").mkdir()
    for number in range(MOST_FILES + 1):
        (tmp_path / "照片" / f"{number}.jpg").touch()
    (tmp_path / "甲.csv").write_bytes(sheet(HEAD, NEW))
    tab.take_in([tmp_path / "照片", tmp_path / "甲.csv"])
    assert [(item.name, item.stand) for item in tab.items] == [
        ("照片", Stand.REFUSED),
        ("甲.csv", Stand.WAITING),
    ]
    assert f"超过 {MOST_FILES} 个" in str(tab.items[0].trouble)
