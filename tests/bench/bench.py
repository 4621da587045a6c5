"""Figures of speed, as ratios against named peers of the same run: `python3 dev.py bench`.

Nothing but the standard library is imported here at the top: the reading process of an import loads this module anew,
as it loads the program's own small main module in life.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

HOME = Path(__file__).resolve().parents[2]
MACHINE = (
    f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores"
)


def main() -> int:
    """Measure everything and print each figure when it is there."""
    sys.path.insert(0, str(HOME))
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        print(MACHINE, flush=True)
        for figure in measure(Path(folder)):
            print(f"{figure}{load()}", flush=True)
    return 0


def load() -> str:
    """How busy the machine is besides; empty where the system does not tell."""
    return f"  [load {os.getloadavg()[0]:.1f}]" if hasattr(os, "getloadavg") else ""


def measure(folder: Path) -> Iterator[str]:
    """The figures, in the order in which they are measured."""
    import answering
    import blocking
    import desk
    import finding
    import importing
    import naming
    import roster
    import starting
    import window_desk

    workbook, filled = folder / "党支部名册.xlsx", folder / "filled"
    roster.write_roster(workbook)
    yield desk.against_libraries(folder)
    yield importing.against_openpyxl(workbook, folder, filled)
    yield naming.growth()
    yield from starting.against_bare_window(filled)
    yield answering.keystroke(filled)
    yield blocking.of_actions(filled)
    yield from blocking.of_works(workbook, folder / "background")
    yield from window_desk.of_roster(workbook, folder / "window")
    yield finding.against_one_query(filled)
    yield blocking.of_start(filled)
    yield from blocking.of_round(filled)
    yield from blocking.of_sample(folder / "sample")
    yield blocking.of_printing(filled)


if __name__ == "__main__":
    sys.exit(main())
