"""One program at a time on a store.

The operating system's own file lock: it goes with the process, however that ends, so nothing is ever stale.
"""

from __future__ import annotations

import getpass
import json
import os
import platform
import sys
from datetime import datetime
from io import FileIO
from pathlib import Path

from db.errors import StoreError, StoreInUse, cause
from dualcreate_desktop.paths import ELSEWHERE


class StoreLock:
    """Held from construction until `release`.

    Raises:
        StoreInUse: another program holds it; says who, where and since when.
        StoreError: the folder cannot be written.
    """

    def __init__(self, path: Path, *, now: datetime) -> None:
        self.path = path
        try:
            self._file = FileIO(path, "r+" if path.exists() else "w+")
        except OSError as error:
            raise _not_writable(path.parent, error) from error
        if not _try_lock(self._file):
            holder = _holder(self._file)
            self._file.close()
            raise StoreInUse(
                f"数据已被打开{holder}", where=str(path.parent), todo="请切换到已打开的窗口，或先将其关闭。"
            )
        try:
            self._leave_note(now)
        except OSError as error:
            self._file.close()
            raise _not_writable(path.parent, error) from error

    def _leave_note(self, now: datetime) -> None:
        """Write who holds it, for whoever comes next."""
        note = {
            "user": getpass.getuser(),
            "pc": platform.node(),
            "pid": os.getpid(),
            "since": f"{now:%Y-%m-%d %H:%M}",
        }
        self._file.seek(0)
        self._file.write(json.dumps(note, ensure_ascii=False).encode())
        self._file.truncate()

    def release(self) -> None:
        """Let the next program in."""
        self._file.close()


def _not_writable(folder: Path, error: OSError) -> StoreError:
    return StoreError(f"数据文件夹不可写：{cause(error)}", where=str(folder), todo=ELSEWHERE)


def _holder(file: FileIO) -> str:
    """Who holds the lock, as far as the file tells."""
    try:
        note = json.loads(file.read().decode())
        return f"：{note['user']} 于 {note['since']} 在 {note['pc']} 上打开"
    except (ValueError, KeyError, TypeError, OSError):
        return ""


if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30
    """The locked byte lies beyond the note, which others may read."""

    def _try_lock(file: FileIO) -> bool:
        file.seek(_FAR)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            file.seek(0)
        return True

else:
    import fcntl

    def _try_lock(file: FileIO) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
