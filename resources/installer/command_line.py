"""DualCreate-cmd.exe: starts DualCreate.exe, which has no console, and shows what it prints.

A second whole program would hold all modules once more, 10 MB.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from threading import Thread
from typing import IO

REST = 2.0
"""Seconds for the last words, once the program is gone: something it started may hold the pipe for ever."""


def main(arguments: list[str]) -> int:
    """Run the program beside this one with the same arguments; its exit code."""
    program = Path(sys.executable).with_name("DualCreate.exe")
    own = {
        **os.environ,
        "PYINSTALLER_RESET_ENVIRONMENT": "1",
    }  # it is a program of its own, not a part of this one
    running = subprocess.Popen(
        [program, *arguments],
        env=own,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        bufsize=0,
    )
    reading = Thread(target=_pass_on, args=(running.stdout,), daemon=True)
    reading.start()
    code = running.wait()
    reading.join(REST)
    return code


def _pass_on(source: IO[bytes]) -> None:
    """Pass bytes on as they are: both sides speak the code page of this Windows."""
    with source:
        while piece := source.read(4096):
            while piece:
                piece = piece[os.write(1, piece) :]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
