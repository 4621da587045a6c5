"""What the steps of the check share: an office PC under wine, and what one can see of it."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from resources.installer.artefacts import HANDED_OVER, Artefacts
from resources.installer.wine import Screen, Wine, end

PROGRAM = "DualCreate.exe"
COMMAND = "DualCreate-cmd.exe"

CLASSES = r"Software\Classes"
"""What the user has said of endings; wine 8 does not show it in HKCR, as Windows does."""

UNINSTALL_KEY = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\DualCreate"

PATIENCE = 180.0
"""Seconds that anything may take on a busy machine."""

PAINTED = 200
"""Colours on the screen from which on a window is more than its frame."""

OF_A_DIALOG = 5000
"""Pixels that a dialog changes at least; a text cursor changes some twenty."""


class Failed(Exception):
    """A step did not go as it must; says how."""


@dataclass(slots=True)
class Trial:
    """An office PC.

    Args:
        bundle: the folder that was packed.
        python: the Windows Python, which looks at the windows.
        before: all files of its disk before anything was installed.
    """

    wine: Wine
    screen: Screen
    made: Artefacts
    bundle: Path
    python: Path
    before: frozenset[tuple[str, int, int]] = field(default_factory=frozenset)

    @property
    def user(self) -> Path:
        """The profile of its user."""
        (found,) = (path for path in (self.wine.drive / "users").iterdir() if path.name != "Public")
        return found

    @property
    def installed(self) -> Path:
        """Where the program is installed: Chinese, with a space."""
        return self.user / "AppData" / "Local" / "Programs" / "办公 软件" / "党建双创"

    @property
    def data(self) -> Path:
        """The usual data folder."""
        return self.user / "AppData" / "Local" / "DualCreate"

    def run(self, program: Path, *arguments: str, timeout: float = 300) -> str:
        """What a program prints.

        Raises:
            Failed: it ends with an error.
        """
        done = self.wine.run(self.wine.windows_path(program), *arguments, timeout=timeout)
        if done.returncode:
            raise Failed(
                f"{program.name} {' '.join(arguments)} ended with {done.returncode}: {done.stdout[-600:]}"
            )
        return done.stdout

    def refused(self, program: Path, *arguments: str) -> str:
        """What a program says that must refuse.

        Raises:
            Failed: it did not refuse, or with a traceback.
        """
        done = self.wine.run(self.wine.windows_path(program), *arguments, timeout=PATIENCE)
        require(
            done.returncode == 1, f"it was not refused but ended with {done.returncode}: {done.stdout[-300:]}"
        )
        require("Traceback" not in done.stdout, done.stdout[-600:])
        return done.stdout.strip()

    def look(self, *asked: str) -> list[str]:
        """What `onlooker` sees, a line each.

        Raises:
            Failed: it does not come to an end.
        """
        script = self.wine.windows_path(Path(__file__).with_name("onlooker.py"))
        done = self.wine.run(self.wine.windows_path(self.python), script, *asked, timeout=300)
        require(done.returncode == 0, f"{' '.join(asked)}: {done.stdout[-600:]}")
        return done.stdout.splitlines()

    def register(self, key: str, name: str = "") -> str:
        """A value of the user's part of the registry, of an unnamed one without `name`; empty when there is none."""
        return "\n".join(self.look("registered", key, name))

    @contextmanager
    def window(self, program: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
        """A program with a window, closed at the end as its user closes it.

        Raises:
            Failed: it does not close, or not well.
        """
        process = self.wine.start(self.wine.windows_path(program), *arguments)
        try:
            yield process
            self.close_windows(program.name, process)
            require(process.returncode == 0, f"the program ended with {process.returncode}")
        finally:
            end(process)

    def close_windows(self, name: str, *processes: subprocess.Popen[bytes]) -> None:
        """Close the windows of a program as the cross in their corner does, a question before the window behind it.

        Raises:
            Failed: a process goes on.
        """

        def closed() -> bool:
            self.wine.run("taskkill", "/IM", name, timeout=60)
            time.sleep(1)
            return all(process.poll() is not None for process in processes)

        wait_for(closed, "the window did not close")

    def colours(self) -> int:
        """How many colours the screen shows, of every third pixel."""
        _, _, pixels = self.screen.pixels()
        return len({pixels[at : at + 3] for at in range(0, len(pixels) - 3, 12)})

    def page(self) -> bytes:
        """The pixels of the first page, once it is painted and stands still.

        Raises:
            Failed: it does not in time.
        """
        seen = [b""]

        def rests() -> bool:
            time.sleep(1)
            seen.append(self.screen.pixels()[2])
            return self.colours() > PAINTED and seen[-1] == seen[-2]

        wait_for(rests, "the first page is not painted")
        return seen[-1]

    def shows_a_dialog(self, page: bytes) -> bool:
        """Whether something is painted before a page; Windows tells the title of a window before."""
        pixels = self.screen.pixels()[2]
        changed = sum(now != then for now, then in zip(pixels[::4], page[::4], strict=True))
        return changed > OF_A_DIALOG and self.colours() > PAINTED

    def keep_picture(self, name: str) -> str:
        """What the screen shows, as a PNG beside the artefacts; its path."""
        from PIL import Image

        width, height, pixels = self.screen.pixels()
        path = HANDED_OVER / name
        Image.frombytes("RGB", (width, height), pixels, "raw", "BGRX").save(path)
        return f"dist/{path.parent.name}/{path.name}"

    def own_folders(self) -> None:
        """Folders in the place of wine's links to those of whoever runs this: what is written there must be seen."""
        for link in [path for path in self.user.iterdir() if path.is_symlink()]:
            link.unlink()
            link.mkdir()

    def files(self) -> frozenset[tuple[str, int, int]]:
        """Every file of the disk: path, size, time of the last writing."""
        return self.files_of(self.wine.drive)

    def files_of(self, folder: Path) -> frozenset[tuple[str, int, int]]:
        """Every file of a folder, by its path on the disk; none when there is no such folder."""
        found = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
        told = ((str(path.relative_to(self.wine.drive)), path.stat()) for path in found)
        return frozenset((name, stat.st_size, stat.st_mtime_ns) for name, stat in told)


def require(met: bool, otherwise: str) -> None:
    """Fail the step unless a condition is met."""
    if not met:
        raise Failed(otherwise)


def wait_for(met: Callable[[], bool], otherwise: str, seconds: float = PATIENCE) -> float:
    """Wait until a condition is met; how many seconds that took.

    Raises:
        Failed: it was not met in time.
    """
    started = time.monotonic()
    while not met():
        if time.monotonic() - started > seconds:
            raise Failed(otherwise)
        time.sleep(0.05)
    return time.monotonic() - started
