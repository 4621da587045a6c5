"""Where a file is to be written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.settings import Settings

EXCEL = "Excel 工作簿 (*.xlsx)"
PDF = "PDF 文件 (*.pdf)"
RULES = "批次规则 (*.toml)"
REPORT = "问题报告 (*.zip)"

_KEY = "save-folder"


def ask_save_path(parent: QWidget, settings: Settings, title: str, name: str, kind: str) -> Path | None:
    """The path that the user chooses, in the folder where the last file went; None when given up.

    Args:
        name: the file name that is proposed, with its ending.
        kind: what may be chosen, as a filter of Qt: `EXCEL`.
    """
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(str(settings.get(_KEY).get("folder") or documents))
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(folder / name), kind)
    if not chosen:
        return None
    path = Path(chosen)
    if not path.suffix:
        path = path.with_suffix(Path(name).suffix)
    settings.put(_KEY, {"folder": str(path.parent)})
    return path
