"""The manual, beside the window: its pages at the left, the one that is read at the right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import (
    QImage,
    QKeySequence,
    QShortcut,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QListWidget, QTextBrowser, QVBoxLayout, QWidget

from ui import manual, theme
from ui.manual import ManualPage
from ui.widgets.card import label
from ui.widgets.search_box import SearchBox

SIZE = QSize(1000, 680)
INDEX_WIDTH = 220
MARGIN = 28
LINE_HEIGHT = 145
"""Per cent of the font's own."""

PICTURE = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands in the text where a picture is."""

HEADING_PX = {1: 20, 2: 15}


class PageView(QTextBrowser):
    """Shows one page; its pictures are as wide as the page at most."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("手册正文")
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        )  # its coming would narrow the page
        self.document().setDocumentMargin(MARGIN)

    def show_page(self, page: ManualPage) -> None:
        """Show a page from its top."""
        self.setMarkdown(page.text)
        self._set_type()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """A picture of the manual, made to fit."""
        path = manual.MANUAL / QUrl(name).path()
        if not path.is_file():
            return super().loadResource(kind, name)
        image, widest = QImage(str(path)), self.viewport().width() - 2 * MARGIN
        if image.width() <= widest:
            return image
        ratio = self.devicePixelRatioF()
        fitted = image.scaledToWidth(round(widest * ratio), Qt.TransformationMode.SmoothTransformation)
        fitted.setDevicePixelRatio(ratio)
        return fitted

    def _set_type(self) -> None:
        """Open lines, quiet headings and room between paragraphs, which Markdown knows nothing of."""
        cursor = QTextCursor(self.document())
        block = self.document().begin()
        while block.isValid():
            cursor.setPosition(block.position())
            _open_lines(cursor, block)
            block = block.next()


class ManualDialog(QDialog):
    """Stays open beside the work; Esc closes it."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("使用手册")
        self.search = SearchBox("在手册中查找（Ctrl+F）", self)
        self.index = QListWidget()
        self.view = PageView()
        self._none = label("没有找到，换几个字试试。", "muted", wrap=True)
        self._listed: tuple[ManualPage, ...] = ()
        self._lay_out()
        self.search.searched.connect(self._list)
        self.search.left_down.connect(self.find_next)
        self.index.currentRowChanged.connect(self._show)
        self.view.anchorClicked.connect(lambda link: self.show_page(Path(link.path()).stem))
        QShortcut(QKeySequence.StandardKey.FindNext, self).activated.connect(self.find_next)
        self._list("")

    def show_page(self, name: str) -> None:
        """Turn to a page, the first when there is none of that name."""
        if self.search.text():
            self.search.clear()
            self._list("")
        names = [page.name for page in self._listed]
        self.index.setCurrentRow(names.index(name) if name in names else 0)

    def find_next(self) -> None:
        """Mark the next place of what is searched for, from the top again after the last."""
        words = self.search.text().split()
        if words and not self.view.find(words[0]):
            self.view.moveCursor(QTextCursor.MoveOperation.Start)
            self.view.find(words[0])

    def _list(self, words: str) -> None:
        """List the pages that hold all of the words, and turn to the first."""
        self._listed = tuple(page for page in manual.pages() if page.has(words))
        self.index.clear()
        self.index.addItems([page.title for page in self._listed])
        self.index.setVisible(bool(self._listed))
        self._none.setVisible(not self._listed)
        self.index.setCurrentRow(0)

    def _show(self, place: int) -> None:
        if place >= 0:
            self.view.show_page(self._listed[place])
            self.find_next()

    def _lay_out(self) -> None:
        self.search.setFixedWidth(INDEX_WIDTH - 2 * theme.MEDIUM)
        self.index.setObjectName("manualIndex")
        self.index.setAccessibleName("手册目录")
        self.index.setFrameShape(QFrame.Shape.NoFrame)
        side = QWidget()
        side.setFixedWidth(INDEX_WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(theme.MEDIUM, theme.LARGE, theme.MEDIUM, theme.MEDIUM)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(self.search)
        column.addWidget(self._none)
        column.addWidget(self.index, 1)
        column.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addWidget(self.view, 1)
        self.resize(SIZE)


def open_manual(over: QWidget, page: str) -> None:
    """Open the manual over a window, at a page; the one that is open there already turns to it."""
    there = over.findChild(ManualDialog, options=Qt.FindChildOption.FindDirectChildrenOnly)
    opened = there or ManualDialog(over)
    opened.show_page(page)
    opened.show()
    opened.raise_()
    opened.activateWindow()


def _open_lines(cursor: QTextCursor, block: QTextBlock) -> None:
    form = block.blockFormat()
    if PICTURE not in block.text():  # a line as high as its picture would be opened, too
        form.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if level := form.headingLevel():
        form.setTopMargin(theme.HUGE if level > 1 else 0)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        letters = cursor.charFormat()
        letters.setFont(theme.font(HEADING_PX.get(level, theme.BODY_PX), medium=True))
        letters.clearProperty(QTextFormat.Property.FontSizeAdjustment)
        cursor.setCharFormat(letters)
    elif block.textList() is None and cursor.currentTable() is None:
        form.setTopMargin(theme.SMALL)
        form.setBottomMargin(theme.SMALL if PICTURE in block.text() else 0)
    cursor.setBlockFormat(form)
