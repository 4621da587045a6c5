"""Run in a process of its own, as a start is one: opens the program on a data folder and prints how long it was silent.

A line for each silence between two ticks of a timer, from the frame to the last tab that is made behind the first
page: seconds late, seconds at work.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main(data: Path, *, sample: bool) -> None:
    """Open it, or the sample office there, wait until nothing of the start is left to do, and print."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from answering import begun
    from delays import Delays

    from dualcreate_desktop.paths import Paths
    from ui.start import Start, make_app

    make_app()
    start, delays = Start(Paths(data), sample=sample), Delays()
    program = begun(start)
    found = delays.end()
    program.windows[0].close()
    start.end()
    for silence in found:
        print(silence.late, silence.busy)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sample=sys.argv[2:] == ["--sample"])
