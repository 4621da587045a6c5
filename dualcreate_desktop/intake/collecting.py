"""Long lists and the cycle collector."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collecting_paused() -> Iterator[None]:
    """Pause the cycle collector: the million objects of a long list all stay, and looking at them again and again
    would cost as much as making them, and hold up the window.

    Nor are they looked at afterwards, which alone would stop the window for a second: what is there at the end goes when
    nothing refers to it any more, and only a cycle among it would stay.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            gc.enable()
