"""What is the user's trouble, as opposed to our bug.

A :class:`UserError` is shown as it is, in Chinese; anything else reaches the crash dialog.
"""

from __future__ import annotations


class UserError(Exception):
    """A trouble that the user can mend; its text says what, where and what to do next.

    Args:
        what: what happened, one Chinese sentence; its full stop may be left out.
        where: file, sheet, row, column or record; empty when `what` says it.
        todo: what to do next.
    """

    def __init__(self, what: str, *, where: str = "", todo: str = "") -> None:
        self.what, self.where, self.todo = what, where, todo
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
