"""The window's part of --self-test: what of Qt must be there for the program to be seen, read and printed."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from db.errors import StoreError
from dualcreate_desktop.commands.self_test import Check
from dualcreate_desktop.office.store import Office

LEAST_COLOURS = 20
"""A window that was drawn has more, by its text alone; an empty one has a handful."""

DAY_OF_CALLS = 200_000


def _window(office: Office, folder: Path) -> None:
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtGui import QFontDatabase

    from ui import theme
    from ui.background import ImmediateRunner
    from ui.main_window import MainWindow
    from ui.settings import Settings
    from ui.start import make_app

    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    make_app()
    if theme.FAMILY not in QFontDatabase.families():
        raise StoreError(f"缺少字体 {theme.FAMILY}")
    if QCoreApplication.translate("QPlatformTheme", "Cancel") != "取消":
        raise StoreError("缺少 Qt 的中文翻译")
    window = MainWindow(office, ImmediateRunner(), Settings(folder))
    for place in range(window.bar.count()):
        window.bar.setCurrentIndex(place)
        image = window.grab().scaledToWidth(320).toImage()
        drawn = {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
        if len(drawn) < LEAST_COLOURS:
            raise StoreError(f"窗口是空白的：{window.bar.tabText(place)}")
    window.close()


def _endurance(_office: Office, _folder: Path) -> None:
    """A day of calls: without `ui.immortal` the interpreter ends half-way."""
    from PySide6.QtWidgets import QLabel

    label = QLabel()
    for _ in range(DAY_OF_CALLS):
        label.setText("")
        label.isVisible()


def _manual(_office: Office, _folder: Path) -> None:
    from ui import manual

    lost = [path.name for page in manual.pages() for path in page.pictures() if not path.is_file()]
    if not manual.pages() or lost:
        raise StoreError(f"使用手册不完整：{'、'.join(lost) or '没有页面'}")


def _preview(_office: Office, folder: Path) -> None:
    """A PDF is shown as it is printed."""
    from PySide6.QtCore import QSize
    from PySide6.QtPdf import QPdfDocument

    from dualcreate_desktop.papers.content import Document, Title
    from dualcreate_desktop.papers.pdf import write_pdf

    path = folder / "预览.pdf"
    write_pdf([Document("预览", (Title("预览"),))], path)
    document = QPdfDocument()
    document.load(str(path))
    if document.render(0, QSize(210, 297)).isNull():
        raise StoreError("PDF 无法预览")
    document.close()


CHECKS: Mapping[str, Check] = {
    "窗口": _window,
    "长时间运行": _endurance,
    "打印预览": _preview,
    "使用手册": _manual,
}
"""By name; the first makes the application that the others need."""
