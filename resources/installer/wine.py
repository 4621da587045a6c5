"""Windows programs on Linux: wine in a folder of its own, on a screen that nobody needs to see."""

from __future__ import annotations

import os
import shutil
import signal
import struct
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread, Timer
from typing import IO

CHINESE = "zh_CN.UTF-8"
"""The locale under which wine takes code page 936 for its own, as a Chinese Windows does."""

SCREEN = (1400, 900)

TIMED_OUT = 124

LAST_WORDS_S = 15.0
"""So long the end of what a program printed is waited for once it has ended; a desktop that closes takes some seconds,
and a program that starts meanwhile may find none."""

_XWD_HEADER = ">25I"


@dataclass(frozen=True, slots=True)
class Screen:
    """A virtual screen that is on.

    Args:
        display: its name for X programs.
        memory: the file that holds what it shows, in the format of xwd.
    """

    display: str
    memory: Path

    def pixels(self) -> tuple[int, int, bytes]:
        """What is shown now: width, height, and four bytes (blue, green, red, nothing) for each pixel."""
        shown = self.memory.read_bytes()
        header = struct.unpack_from(_XWD_HEADER, shown)
        size, width, height, line, colours = header[0], header[4], header[5], header[12], header[19]
        start = size + colours * 12
        rows = (shown[start + row * line : start + row * line + width * 4] for row in range(height))
        return width, height, b"".join(rows)


@contextmanager
def screen(folder: Path) -> Iterator[Screen]:
    """A screen until the end of the block; wine must be started on it, or its windows are never drawn.

    Args:
        folder: where what it shows is held.
    """
    folder.mkdir(parents=True, exist_ok=True)
    size = f"{SCREEN[0]}x{SCREEN[1]}x24"
    command = ("Xvfb", "-displayfd", "1", "-screen", "0", size, "-fbdir", str(folder), "-nolisten", "tcp")
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        number = server.stdout.readline().strip() if server.stdout else ""
        if not number:
            raise SystemExit("The virtual screen (Xvfb) does not start.")
        yield Screen(f":{number}", folder / "Xvfb_screen0")
    finally:
        server.terminate()
        server.wait()


@dataclass(frozen=True, slots=True)
class Wine:
    """A Windows of one's own.

    Args:
        prefix: its drive and registry.
        display: where its windows are drawn; empty for nowhere.
        locale: decides its code page.
        extra: more of its environment, name and value.
    """

    prefix: Path
    display: str = ""
    locale: str = CHINESE
    extra: tuple[tuple[str, str], ...] = ()

    @property
    def drive(self) -> Path:
        """Its disk C:."""
        return self.prefix / "drive_c"

    @property
    def environment(self) -> dict[str, str]:
        """What its programs get."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LC_"))}
        own = {
            "WINEPREFIX": str(self.prefix),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscms=n;mshtml=;winemenubuilder.exe=",
            "LC_ALL": self.locale,
            "DISPLAY": self.display,
        }
        return {**kept, **own, **dict(self.extra)}

    def start(
        self, program: Path | str, *arguments: str, cwd: Path | None = None, prefix: Sequence[str] = ()
    ) -> subprocess.Popen[bytes]:
        """Start a program in a group of processes of its own; its output must be a pipe, a file loses it.

        Args:
            prefix: a command before wine, for example one that takes rights away.
        """
        return subprocess.Popen(
            (*prefix, "wine", str(program), *arguments),
            cwd=cwd,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def run(
        self, program: Path | str, *arguments: str, cwd: Path | None = None, timeout: float = 600
    ) -> subprocess.CompletedProcess[str]:
        """Run a program to its end; its output and error together. After `timeout` seconds it is killed, code TIMED_OUT.

        The end of its output is not waited for: the desktop of wine, which whoever comes first starts, may hold it open.
        """
        process, pieces = self.start(program, *arguments, cwd=cwd), list[bytes]()
        reading = Thread(target=_collect, args=(process.stdout, pieces), daemon=True)
        reading.start()
        try:
            code = process.wait(timeout)
        except subprocess.TimeoutExpired:
            self._give_up(process)
            code = TIMED_OUT
        reading.join(LAST_WORDS_S)
        return subprocess.CompletedProcess(arguments, code, readable(b"".join(pieces)), "")

    def follow(
        self, program: Path | str, *arguments: str, cwd: Path | None = None, timeout: float = 3600
    ) -> int:
        """Run a program and show its output as it comes; its exit code, TIMED_OUT when it was killed after `timeout` s."""
        process = self.start(program, *arguments, cwd=cwd)
        overdue = Timer(timeout, self._give_up, [process])
        overdue.start()
        try:
            for line in process.stdout or ():
                print(readable(line), end="", flush=True)
            return TIMED_OUT if process.wait() == -signal.SIGKILL else process.returncode
        finally:
            overdue.cancel()

    def _give_up(self, process: subprocess.Popen[bytes]) -> None:
        """Kill a program and all else in this Windows, which may hold the program's output open."""
        end(process)
        self.shut_down()

    def windows_path(self, path: Path) -> str:
        """How a program of this Windows names a file of ours."""
        inside = path.absolute()
        if inside.is_relative_to(self.drive):
            return "C:\\" + str(inside.relative_to(self.drive)).replace("/", "\\")
        return "Z:" + str(inside).replace("/", "\\")

    def shut_down(self) -> None:
        """End whatever still runs in it."""
        server = shutil.which("wineserver") or "/usr/lib/wine/wineserver"
        subprocess.run([server, "-k"], env=self.environment, check=False, stderr=subprocess.DEVNULL)
        subprocess.run([server, "-w"], env=self.environment, check=False, stderr=subprocess.DEVNULL)


def _collect(source: IO[bytes], pieces: list[bytes]) -> None:
    with source:
        while piece := os.read(source.fileno(), 1 << 16):
            pieces.append(piece)


def readable(output: bytes) -> str:
    """What a Windows program printed, in UTF-8 or in the Chinese code page."""
    text = output.replace(b"\r\n", b"\n")
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("gb18030", errors="replace")


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill a program that was started with `Wine.start`, with all that it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def processor_time(process: subprocess.Popen[bytes]) -> float:
    """Seconds that a program has kept a processor busy so far, which other programs do not lengthen."""
    _, _, fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(") ")
    user, system = fields.split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
