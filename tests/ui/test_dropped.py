"""Files that another program offers without a place on the disk, as Outlook does."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from email.message import EmailMessage

from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.dropped import CONTENTS, DESCRIPTOR, VirtualFile, brings_files, virtual_files
from ui.main_window import MainWindow
from ui.tabs.intake_items import Stand

ROSTER = "院级党组织,党支部名称,支部类型,成立时间\n外国语学院,外国语学院平台党支部,教工,2019.9".encode()
FOLDER = 0x10


def offered(*files: tuple[str, bytes], folders: Sequence[str] = ()) -> QMimeData:
    """The two formats of Windows, as Qt hands them over."""
    names = [*((name, FOLDER) for name in folders), *((name, 0x80) for name, _ in files)]
    entries = b"".join(
        struct.pack("<36xI32x520s", attributes, name.encode("utf-16-le")) for name, attributes in names
    )
    data = QMimeData()
    data.setData(DESCRIPTOR, struct.pack("<I", len(names)) + entries)
    for place, (_, content) in enumerate(files, len(folders)):
        data.setData(f"{CONTENTS};index={place}", content)
    return data


def drop(window: MainWindow, data: QMimeData) -> None:
    at, action = QPointF(200, 200), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(at, action, data, buttons, keys)
    QApplication.sendEvent(window, entered)
    assert entered.isAccepted()
    QApplication.sendEvent(window, QDropEvent(at, action, data, buttons, keys))


def test_names_and_contents_are_read_and_folders_are_not() -> None:
    data = offered(("名册.csv", ROSTER), ("..\\通知.msg", b""), folders=("资料",))
    assert brings_files(data)
    assert virtual_files(data) == [VirtualFile("名册.csv", ROSTER), VirtualFile("通知.msg", b"")]


def test_a_program_that_gives_one_file_without_its_place_is_understood() -> None:
    data = offered(("名册.csv", b""))
    data.setData(CONTENTS, ROSTER)
    assert virtual_files(data) == [VirtualFile("名册.csv", ROSTER)]


def test_a_broken_descriptor_offers_nothing() -> None:
    for broken in (b"", b"\x01", struct.pack("<I", 4_000_000_000) + b"short"):
        data = QMimeData()
        data.setData(DESCRIPTOR, broken)
        assert virtual_files(data) == []


def test_an_attachment_dragged_from_outlook_is_previewed(window: MainWindow, qtbot: QtBot) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "张三 <zhangsan@example.cn>", "报送"
    mail.set_content("请查收。")
    mail.add_attachment(ROSTER, maintype="text", subtype="csv", filename="名册.csv")
    drop(window, offered(("名册.csv", ROSTER), ("转发.eml", bytes(mail))))
    tab = window.tabs.intake
    assert tab.isVisible()
    assert [(item.path, item.ready) for item in tab.items] == [("名册.csv", 1), ("转发.eml › 名册.csv", 1)]


def test_a_mail_that_outlook_keeps_is_refused_with_the_way_out(window: MainWindow) -> None:
    drop(window, offered(("报送名册.msg", b"")))
    (item,) = window.tabs.intake.items
    assert item.stand is Stand.REFUSED
    shown = window.tabs.intake.refused_view
    assert "没有拿到内容" in shown.sentence.text()
    assert "拖到桌面或一个文件夹里" in shown.hint.text()
    assert not window.tabs.intake.again.isVisible(), "trying again would find nothing"


def test_a_copied_attachment_is_pasted(window: MainWindow) -> None:
    tab = window.tabs.intake
    window.show_tab(tab)
    QGuiApplication.clipboard().setMimeData(offered(("名册.csv", ROSTER)))
    tab.taking.paste()
    assert [item.ready for item in tab.items] == [1]
