"""The first painted window, against a bare PySide6 window that imports SQLAlchemy."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from time import monotonic

import roster
from figures import in_turn, ratio

ROUNDS = 7
SCRIPT = Path(__file__).with_name("first_paint.py")


def against_bare_window(filled: Path) -> Iterator[str]:
    """From the start of the process to the end of the first paint, both drawing to memory."""
    time_to_paint(str(filled), "MainWindow")  # the first start of a day makes the backup of the day
    for window, painted, aim in (
        ("Frame", "First painted window, still empty", "≤ 1.6×"),
        ("MainWindow", "First page painted, with its figures", "none"),
    ):
        times = in_turn(partial(time_to_paint, str(filled), window), time_to_paint, ROUNDS)
        title = (
            f"{painted}, in a store of {roster.ROWS:,} branches, from the start of the process"
            " : bare QMainWindow that imports SQLAlchemy"
        )
        yield ratio(title, *times, aim=aim)


def time_to_paint(*arguments: str) -> float:
    """Seconds until a new process has painted its window."""
    start = monotonic()
    done = subprocess.run(
        [sys.executable, str(SCRIPT), *arguments], check=True, capture_output=True, text=True
    )
    return float(done.stdout) - start
