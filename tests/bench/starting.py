"""The first painted window, against a bare PySide6 window that imports SQLAlchemy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from time import monotonic

import roster
from figures import in_turn, ratio

ROUNDS = 7
SCRIPT = Path(__file__).with_name("first_paint.py")


def against_bare_window(filled: Path) -> str:
    """From the start of the process to the end of the first paint, both drawing to memory."""
    time_to_paint(str(filled))  # the first start of a day makes the backup of the day
    time_to_paint()
    times = in_turn(lambda: time_to_paint(str(filled)), time_to_paint, ROUNDS)
    title = (
        f"First painted window with {roster.ROWS:,} branches, from the start of the process"
        " : bare QMainWindow that imports SQLAlchemy"
    )
    return ratio(title, *times, aim="≤ 1.6×")


def time_to_paint(*arguments: str) -> float:
    """Seconds until a new process has painted its window."""
    start = monotonic()
    done = subprocess.run(
        [sys.executable, str(SCRIPT), *arguments], check=True, capture_output=True, text=True
    )
    return float(done.stdout) - start
