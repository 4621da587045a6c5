"""Writing a file whole or not at all, and telling the user why it failed."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable
from pathlib import Path

from db.errors import UserError, cause
from dualcreate_desktop.long_paths import reachable

_TRIES = 10
_PAUSE_S = 0.1
"""A virus scanner holds a file that was just written for a moment; who is refused after a second, has it open."""


def save_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` make the file beside its place, then put it there in one step.

    An older file of that name stays as it was until the new one is complete.

    Raises:
        UserError: the folder is missing, the disk is full, the file is open elsewhere or may not be written.
    """
    unfinished = reachable(path.with_name(f".{path.name}.{os.getpid()}.tmp"))
    try:
        write(unfinished)
        _put_in_place(unfinished, reachable(path))
    except OSError as error:
        raise _trouble(error, path) from error
    finally:
        _remove(unfinished)


def make_folder(folder: Path) -> None:
    """Make the folder for a file, with those above it; nothing when it is there.

    Raises:
        UserError: a file has its name, the disk is not there, or it may not be written.
    """
    try:
        reachable(folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _trouble(error, folder) from error


def _put_in_place(unfinished: Path, path: Path) -> None:
    for _ in range(_TRIES - 1):
        try:
            os.replace(unfinished, path)
        except PermissionError:
            time.sleep(_PAUSE_S)
        else:
            return
    os.replace(unfinished, path)


def _remove(path: Path) -> None:
    """Drop what is left of a failed write; a disk that refuses even this keeps a small stray file."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return


def _trouble(error: OSError, path: Path) -> UserError:
    """The reason as the user can mend it."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return UserError(
            "磁盘空间不足，文件没有写成", where=str(path), todo="请清理磁盘，或换一个位置再保存。"
        )
    if isinstance(error, FileNotFoundError):
        return UserError("找不到要保存到的文件夹", where=str(path.parent), todo="请换一个文件夹再保存。")
    if isinstance(error, PermissionError):
        return UserError(
            "文件写不进去",
            where=str(path),
            todo="它可能正被 WPS、Word、Excel 或阅读器打开，请关闭后重试；也可能没有权限写这个文件夹，请换一个位置。",
        )
    return UserError(f"文件没有写成：{cause(error)}", where=str(path), todo="请换一个位置再保存。")
