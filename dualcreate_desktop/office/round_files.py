"""A round's rules as one file (.toml), for another PC or another year; docs/notices.md says what stands in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from db.errors import FileRefused, UserError
from dualcreate_desktop.office.rule_editing import RuleDraft
from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.notice_loading import load_notice, mistakes

ENDING = ".toml"
LARGEST = 2_000_000
"""Bytes; the longest notice with its text has a fiftieth of it."""

_SHOWN = 5


def export(draft: RuleDraft, path: Path) -> None:
    """Write the rules as they stand in the draft.

    Raises:
        UserError: the file cannot be written.
    """
    try:
        path.write_text(draft.toml, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UserError(
            "规则文件写不进去", where=str(path), todo="请换一个位置，或关闭打开它的程序后再试。"
        ) from error


def read(path: Path) -> str:
    """The text of a rules file.

    Raises:
        FileRefused: it cannot be read, is too large or is no text.
        UserError: it has mistakes; names them.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise FileRefused(
                "文件太大，不是批次规则", where=path.name, todo="请选择本程序导出的 .toml 文件。"
            )
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise FileRefused(
            "文件打不开", where=path.name, todo="请确认文件还在，且没有被别的程序占用。"
        ) from error
    except UnicodeDecodeError as error:
        raise FileRefused(
            "文件不是 UTF-8 文本", where=path.name, todo="请选择本程序导出的 .toml 文件。"
        ) from error
    wrong = mistakes(text, path.name)
    if wrong:
        listed = "；".join(
            f"{item.path}：{item.reason}" if item.path else item.reason for item in wrong[:_SHOWN]
        )
        more = f"；等 {len(wrong)} 处" if len(wrong) > _SHOWN else ""
        raise UserError(f"规则文件有误：{listed}{more}", where=path.name, todo="请改正后重新导入。")
    return text


def notice_of(path: Path) -> Notice:
    """The rules of a file; raises as `read` does."""
    return load_notice(read(path), path.name)


def imported(draft: RuleDraft, path: Path) -> RuleDraft:
    """The draft with the rules of a file in place of its own; raises as `read` does."""
    return replace(draft, notice=notice_of(path))
