"""A fault of the program: written to a file without personal numbers, and shown once with a way to pass it on."""

from __future__ import annotations

import logging
import platform
import re
import sys
import traceback
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from ui.dialogs.frame import FramedDialog
from ui.widgets.buttons import button
from ui.widgets.card import bare_column, label

log = logging.getLogger(__name__)

_LONG_NUMBER = re.compile(r"\d{7,}")
"""Telephone and identity numbers."""


def install(logs: Path) -> None:
    """Let every fault that nobody caught end here.

    Args:
        logs: the folder in which reports are written.
    """

    def hook(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, fault, trace)
            return
        text = report(fault)
        log.error("%s", text)
        path = write(text, logs)
        if not isinstance(QApplication.activeModalWidget(), CrashDialog):
            CrashDialog(text, path).exec()

    sys.excepthook = hook


def report(fault: BaseException) -> str:
    """What a programmer needs, with long numbers hidden."""
    lines = traceback.format_exception(fault)
    head = f"DualCreate Desktop {_version()} · Python {platform.python_version()} · {platform.platform()}"
    return _LONG_NUMBER.sub("*******", f"{head}\n{datetime.now():%Y-%m-%d %H:%M:%S}\n\n{''.join(lines)}")


def write(text: str, logs: Path) -> Path | None:
    """Write a report; None when even that does not work."""
    path = logs / f"错误-{datetime.now():%Y%m%d-%H%M%S}.txt"
    try:
        logs.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError:
        log.exception("crash report could not be written")
        return None
    return path


class CrashDialog(FramedDialog):
    """Says what it means for the user's data, and lets the report be copied."""

    def __init__(self, text: str, path: Path | None) -> None:
        super().__init__(QApplication.activeWindow(), "程序出错了", _content(text, path), accept_words="继续")
        self.cancel.hide()
        self._text = text
        foot = self.foot
        foot.insertWidget(0, button("复制错误信息", self.copy, icon="copy"))
        if path is not None:
            folder = QUrl.fromLocalFile(str(path.parent))
            foot.insertWidget(
                1, button("打开日志文件夹", lambda: QDesktopServices.openUrl(folder), icon="folder-open")
            )
        self.resize(680, 440)

    def copy(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(self._text)


def _content(text: str, path: Path | None) -> QWidget:
    made, column = bare_column()
    column.addWidget(label("程序遇到了没有预料到的错误", "section"))
    column.addWidget(
        label(
            "刚才的操作没有完成，也没有写入任何内容；原有数据完好。请把下面的信息复制给维护人员。", wrap=True
        )
    )
    details = QPlainTextEdit(text)
    details.setReadOnly(True)
    details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    column.addWidget(details, 1)
    column.addWidget(label(f"已保存到：{path}" if path else "错误信息没能保存到文件。", "note", wrap=True))
    return made


def _version() -> str:
    try:
        return version("dualcreate-desktop")
    except PackageNotFoundError:
        return "（未安装的源代码）"
