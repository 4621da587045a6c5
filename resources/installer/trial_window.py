"""Steps with the running program: its window, its code page, two starts, and where its data may lie."""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import replace
from pathlib import Path

from resources.installer.artefacts import read_product
from resources.installer.trial import CLASSES, COMMAND, PAINTED, PATIENCE, PROGRAM, Trial, require, wait_for
from resources.installer.wine import end, processor_time

WHO, NEW_ROUND, RESTORE = "谁在用", "新建批次", "恢复备份"
"""Titles of dialogs."""

WESTERN = "C.UTF-8"
REMOTE = r"HKLM\Software\Wine\Drives"


def first_window(trial: Trial) -> str:
    """Start as by a double click, on a PC that never had the program; a picture is kept."""
    empty = trial.colours()
    require(empty < PAINTED, f"the screen shows {empty} colours before anything was started")
    with trial.window(trial.installed / PROGRAM) as process:
        seconds = _painted(trial, process)
        wait_for(
            lambda: (trial.data / "备份").is_dir() and any((trial.data / "备份").glob("*.db")), "no backup"
        )
        picture = trial.keep_picture("window.png")
        colours, name = trial.colours(), read_product().name
        titles = trial.look("windows")
        require(any(name in title for title in titles), f"no window is called {name}: {titles}")
    return f"{seconds}, {colours} colours, {picture}"


def next_starts(trial: Trial) -> str:
    """How soon it stands when its data is there: three starts, of which an office knows only such."""
    told = []
    for _ in range(3):
        with trial.window(trial.installed / PROGRAM) as process:
            told.append(_painted(trial, process))
    return "; ".join(told)


def _painted(trial: Trial, process: subprocess.Popen[bytes]) -> str:
    """Wait until the first page is painted: seconds to the frame and to the page, and what the processor did for it."""
    started = time.monotonic()
    dark = trial.colours()
    frame = wait_for(lambda: trial.colours() > dark, "no frame was painted")
    wait_for(lambda: trial.colours() > PAINTED, "no window was painted")
    page, busy = time.monotonic() - started, processor_time(process)
    return f"frame after {frame:.1f} s, page after {page:.1f} s (processor {busy:.1f} s)"


def chinese_code_page(trial: Trial) -> str:
    """The walk from e-mailed files to printed results, where GBK is what a program gets by default."""
    told = trial.run(trial.installed / COMMAND, "--self-test")
    require("cp936" in told, f"another code page: {told.splitlines()[0]}")
    out = trial.user / "结果 文件"
    trial.run(trial.installed / COMMAND, "demo", "--out", trial.wine.windows_path(out), timeout=600)
    written = [path for path in out.rglob("*") if path.is_file()]
    require(any(path.suffix == ".pdf" for path in written), "no paper was printed")
    return f"self-test and demo, {len(written)} files written"


def western_code_page(trial: Trial) -> str:
    """A code page without a single Chinese character keeps nobody from anything."""
    western = replace(trial, wine=replace(trial.wine, locale=WESTERN))
    trial.wine.shut_down()
    told = western.run(trial.installed / COMMAND, "--self-test")
    trial.wine.shut_down()
    require("cp936" not in told, "still the Chinese code page")
    return "self-test"


def two_starts(trial: Trial) -> str:
    """Two starts in the same moment, as by an impatient double click, and a third: one program stays."""
    program, where = (
        _path(trial, trial.installed / PROGRAM),
        ("--data", _path(trial, trial.user / "两次 启动")),
    )
    started = [trial.wine.start(program, *where) for _ in range(2)]
    try:
        wait_for(lambda: any(process.poll() is not None for process in started), "both keep running")
        ended = [process for process in started if process.poll() is not None]
        require(len(ended) == 1, "both ended")
        require(ended[0].returncode == 0, f"the second start ended with {ended[0].returncode}")
        third = trial.wine.run(program, *where, timeout=PATIENCE)
        require(third.returncode == 0, f"the third start ended with {third.returncode}")
        require(sum(process.poll() is None for process in started) == 1, "the first window is gone")
        trial.close_windows(PROGRAM, *started)
    finally:
        for process in started:
            end(process)
    return "one window, the others ended with 0"


def opens_a_file(trial: Trial) -> str:
    """Open a file of rules with the command that Windows was told for its ending, as a double click does."""
    process = _double_click(trial, "DualCreate.Round", _rules(trial))
    try:
        _wait_for_title(trial, WHO)
        _answer(trial, WHO)
        _wait_for_title(trial, NEW_ROUND)
    finally:
        _end_all(trial, process)
    return f"{WHO}, {NEW_ROUND}"


def hands_over(trial: Trial) -> str:
    """Open a file of rules while the window stands: it asks, and the second start goes; then a backup with no window."""
    first = trial.wine.start(_path(trial, trial.installed / PROGRAM))
    try:
        _wait_for_title(trial, read_product().name)
        page = trial.page()
        second = _double_click(trial, "DualCreate.Round", _rules(trial))
        require(second.wait(PATIENCE) == 0, f"the second start ended with {second.returncode}")
        rules = _picture_of(trial, NEW_ROUND, page, "opened-rules.png")
    finally:
        _end_all(trial, first)
    backup = next((trial.data / "备份").glob("*.db"))
    process = _double_click(trial, "DualCreate.Backup", backup)
    try:
        picture = _picture_of(trial, RESTORE, page, "opened-backup.png")
    finally:
        _end_all(trial, process)
    return f"{NEW_ROUND}, {rules}; {RESTORE}, {picture}"


def _rules(trial: Trial) -> Path:
    rules = trial.user / "第四批 规则.toml"
    source = trial.installed / "_internal" / "resources" / "notices" / "third-batch-2023.toml"
    rules.write_bytes(source.read_bytes())
    return rules


def _double_click(trial: Trial, kind: str, path: Path) -> subprocess.Popen[bytes]:
    program, option, _ = trial.register(rf"{CLASSES}\{kind}\shell\open\command").rsplit(" ", 2)
    return trial.wine.start(program.strip('"'), option, _path(trial, path))


def _answer(trial: Trial, title: str) -> None:
    """Press Enter in a dialog until it is gone: Windows names it before it listens."""

    def gone() -> bool:
        stands = any(title in each for each in trial.look("windows"))
        if stands:
            trial.look("enter", title)
        return not stands

    wait_for(gone, f"{title} stays")


def _picture_of(trial: Trial, title: str, page: bytes, name: str) -> str:
    """Wait for a dialog, and until it is painted before the first page; the path of its picture."""
    _wait_for_title(trial, title)
    wait_for(lambda: trial.shows_a_dialog(page), f"{title} is not painted")
    return trial.keep_picture(name)


def _wait_for_title(trial: Trial, title: str) -> None:
    titles: list[str] = []

    def seen() -> bool:
        titles[:] = trial.look("windows")
        return any(title in each for each in titles)

    wait_for(seen, f"no window is called {title}")


def _end_all(trial: Trial, process: subprocess.Popen[bytes]) -> None:
    trial.wine.run("taskkill", "/F", "/IM", PROGRAM, timeout=60)
    end(process)


def chinese_user(trial: Trial) -> str:
    """The name of the user, of which a character is not in code page 936, is in the path of the usual data folder."""
    require("?" in trial.user.name.encode("gbk", "replace").decode("gbk"), "a user whom any program can name")
    first_start(trial, trial.installed, trial.data)
    trial.run(trial.installed / COMMAND, "check")
    return _path(trial, trial.data)


def long_path(trial: Trial) -> str:
    """A data folder whose path is longer than Windows once allowed."""
    folder = trial.user.joinpath(*("很长的文件夹名称" * 4 for _ in range(8)))
    first_start(trial, trial.installed, folder, "--data", _path(trial, folder))
    trial.run(trial.installed / COMMAND, "--data", _path(trial, folder), "check")
    return f"{len(_path(trial, folder))} characters"


def network_refused(trial: Trial) -> str:
    """Neither a share nor a drive that Windows has mapped to one holds the live store."""
    told = trial.refused(trial.installed / COMMAND, "--data", r"\\server\share\dual", "check")
    require("网络共享" in told, told)
    drive = trial.wine.prefix / "dosdevices" / "n:"
    mapped = trial.user / "共享"
    mapped.mkdir()
    drive.symlink_to(os.path.relpath(mapped, drive.parent))
    trial.wine.run("reg", "add", REMOTE, "/v", "n:", "/d", "network", "/f", timeout=60)
    trial.wine.shut_down()
    told = trial.refused(trial.installed / COMMAND, "--data", "N:\\双创", "check")
    require("网络共享" in told, told)
    require(not any(mapped.iterdir()), "something was written to the share")
    return told.splitlines()[0]


def cloud_warned(trial: Trial) -> str:
    """A folder that is synchronised works, with a warning."""
    folder = trial.user / "OneDrive" / "双创"
    first_start(trial, trial.installed, folder, "--data", _path(trial, folder))
    told = trial.run(trial.installed / COMMAND, "--data", _path(trial, folder), "check")
    (line,) = [line for line in told.splitlines() if "OneDrive" in line and "同步" in line]
    return line


def first_start(trial: Trial, program: Path, data: Path, *arguments: str) -> None:
    """Start the program of a folder, which makes its data; the command line only looks at what is there."""
    with trial.window(program / PROGRAM, *arguments):
        wait_for((data / "office.db").is_file, f"there is no store in {data}")
        wait_for(lambda: trial.colours() > PAINTED, "no window was painted")


def _path(trial: Trial, path: Path) -> str:
    return trial.wine.windows_path(path)
