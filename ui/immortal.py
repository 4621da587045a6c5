"""Keeps None, True and False alive under a fault of PySide6 6.12.0.

Its wheels count on Python 3.12, where these objects are immortal. Under 3.11 every call that returns one of them
drops a reference that it never took, and after some ten thousand calls the interpreter aborts (`none_dealloc`).
Goes when 3.11 goes, or with a PySide6 that is mended; 6.11.3 is free of the fault.
"""

from __future__ import annotations

import ctypes
import sys

SPARE = 1 << 40
"""References that calls may drop: a million a second for twelve days."""


def keep_constants_alive() -> None:
    """Give the constants so many references that they cannot run out; once is enough."""
    if sys.version_info >= (3, 12):
        return
    for constant in (None, True, False, NotImplemented):
        references = ctypes.c_ssize_t.from_address(
            id(constant)
        )  # CPython keeps the count first in each object
        if references.value < SPARE:
            references.value += SPARE
