"""What is the user's trouble, as opposed to our bug.

A :class:`UserError` is shown as it is, in Chinese; anything else reaches the crash dialog.
"""

from __future__ import annotations

import errno

_CAUSES = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘只读",
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "磁盘空间不足",
    errno.ENOENT: "磁盘或文件夹不存在",
    errno.ENOTDIR: "路径中有一段是文件，不是文件夹",
    errno.EEXIST: "同名的文件已存在",
    errno.EISDIR: "同名的文件夹已存在",
    errno.ENAMETOOLONG: "路径太长",
    errno.EIO: "磁盘读写出错",
}
"""What the system answers in English, even a Chinese Windows where its C runtime was asked."""


_MARK = "\\\\?\\"
"""What Windows wants before a path that is longer than usual; nobody else writes it."""


class UserError(Exception):
    """A trouble that the user can mend; its text says what, where and what to do next.

    Args:
        what: what happened, one Chinese sentence; its full stop may be left out.
        where: file, sheet, row, column or record; empty when `what` says it.
        todo: what to do next.
    """

    def __init__(self, what: str, *, where: str = "", todo: str = "") -> None:
        self.what, self.where, self.todo = what, where.removeprefix(_MARK), todo
        super().__init__(str(self))

    def __str__(self) -> str:
        place = f"（{self.where}）" if self.where else ""
        sentences = [f"{self.what.rstrip('。')}{place}", self.todo.rstrip("。")]
        return "".join(f"{sentence}。" for sentence in sentences if sentence)


class NotAllowed(UserError):
    """The step is refused in the present state, or by a rule of the round."""


class StaleData(UserError):
    """The store changed since the plan or form was made."""


class StoreError(UserError):
    """The store cannot be used: busy, full, read-only, damaged or from a newer version."""


class StoreInUse(StoreError):
    """Another program has the store open."""


class FileRefused(UserError):
    """A file cannot be read, or must not be."""


def cause(error: OSError) -> str:
    """Why the system refused a file, in Chinese; in its own words where it says something unusual."""
    return _CAUSES.get(error.errno or 0) or f"系统提示“{error.strerror or error}”"
