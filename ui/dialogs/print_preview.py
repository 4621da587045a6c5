"""What will be printed, before it is: the pages themselves, then printer, PDF or Word."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from dualcreate_desktop.office.printing import Rendered
from ui.dialogs.files import PDF, ask_save_path
from ui.dialogs.frame import AskingDialog
from ui.paper_output import OpenPdf
from ui.settings import Settings
from ui.widgets.buttons import button
from ui.widgets.card import bare_column, label

LEAST_HEIGHT = 360


@dataclass(frozen=True, slots=True)
class ToPrinter:
    """Print it there."""

    printer: QPrinter


@dataclass(frozen=True, slots=True)
class ToPdf:
    """Save it there."""

    path: Path


@dataclass(frozen=True, slots=True)
class ToWord:
    """Open the version that can be edited."""


Way = ToPrinter | ToPdf | ToWord


class PrintPreview(AskingDialog[Way]):
    """Shows the pages of a run; the ways out stand at the foot."""

    def __init__(self, parent: QWidget | None, settings: Settings, rendered: Rendered) -> None:
        self._settings, self._rendered = settings, rendered
        self._pdf = OpenPdf(rendered.data)
        self.view = QPdfView()
        title = f"打印{rendered.prepared.title}"
        super().__init__(parent, title, self._content(), accept_words=f"打印 {rendered.pages} 页")
        self.save = button("另存为 PDF…", self._save)
        self.word = button("用 Word 打开", lambda: self._close_with(ToWord()))
        self.word.setVisible(bool(rendered.prepared.originals))
        for place, made in enumerate((self.word, self.save), start=2):
            self.foot.insertWidget(place, made)
        self.resize(860, 680)
        self.primary.setFocus()

    @classmethod
    def ask(cls, parent: QWidget | None, settings: Settings, rendered: Rendered) -> Way | None:
        """Where the run is to go; None when nowhere."""
        return cls(parent, settings, rendered).asked()

    def done(self, result: int) -> None:
        """Take the pages off the screen and let go of the file, however one leaves."""
        self.view.setDocument(QPdfDocument(self))
        self._pdf.close()
        super().done(result)

    def accept(self) -> None:
        """Choose the printer, then close."""
        if not QPrinterInfo.availablePrinters():
            self.tell_problem("没有找到打印机。请先安装打印机，或另存为 PDF 后到别处打印。")
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._rendered.prepared.title)
        asked = QPrintDialog(printer, self)
        asked.setMinMax(1, self._rendered.pages)
        if asked.exec() == QDialog.DialogCode.Accepted:
            self._close_with(ToPrinter(printer))

    def _save(self) -> None:
        name = f"{self._rendered.prepared.title}.pdf"
        path = ask_save_path(self, self._settings, "另存为 PDF", name, PDF)
        if path is not None:
            self._close_with(ToPdf(path))

    def _close_with(self, way: Way) -> None:
        self.answer = way
        super().accept()

    def _content(self) -> QWidget:
        made, column = bare_column()
        count = len(self._rendered.prepared.documents)
        column.addWidget(label(f"{count} 份，共 {self._rendered.pages} 页，按份排好。", "muted"))
        if self._rendered.missing:
            column.addWidget(label(_missing(self._rendered.missing), "warning", wrap=True))
        self.view.setDocument(self._pdf.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setMinimumHeight(LEAST_HEIGHT)
        self.view.setAccessibleName("预览")
        column.addWidget(self.view, 1)
        return made


def _missing(characters: tuple[str, ...]) -> str:
    named = "、".join(f"{character}（U+{ord(character):04X}）" for character in characters)
    return f"这些字没有可用的字体，会印成〓：{named}。请改用别的字，或打印后手写。"
