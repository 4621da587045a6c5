"""A file that was double-clicked: rules begin a new round, a backup is offered for putting back."""

from __future__ import annotations

from pathlib import Path

from db.errors import FileRefused, UserError
from dualcreate_desktop.office import backup, round_files
from ui.main_window import MainWindow


def open_file(window: MainWindow, path: Path) -> None:
    """Show what a file of ours is for, and ask; nothing is written before the answer."""
    try:
        if path.suffix.lower() == round_files.ENDING:
            window.desk.new_round(path)
        elif path.suffix.lower() == backup.ENDING:
            window.keeping.restore(path)
        else:
            raise FileRefused(
                "这种文件不能直接打开",
                where=path.name,
                todo="表格、邮件和压缩包请拖到“收件”；直接打开的是批次规则和备份。",
            )
    except UserError as trouble:
        window.warn(trouble)
