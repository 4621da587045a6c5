"""Steps with the running program: its window, its code page, two starts, and where its data may lie."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

from resources.installer.package import HANDED_OVER
from resources.installer.trial import CLASSES, COMMAND, PAINTED, PATIENCE, PROGRAM, Trial, require, wait_for
from resources.installer.wine import end

REST = 8
"""Seconds after which a window stands with its dialog, on a busy machine, too."""

WESTERN = "C.UTF-8"
REMOTE = r"HKLM\Software\Wine\Drives"


def first_window(trial: Trial) -> str:
    """Start as by a double click, on a PC that never had the program; a picture is kept."""
    empty = trial.colours()
    require(empty < PAINTED, f"the screen shows {empty} colours before anything was started")
    with trial.window(trial.installed / PROGRAM):
        seconds = wait_for(lambda: trial.colours() > PAINTED, "no window was painted")
        wait_for(
            lambda: (trial.data / "备份").is_dir() and any((trial.data / "备份").glob("*.db")), "no backup"
        )
        picture = _keep_picture(trial, "window.png")
        colours = trial.colours()
    return f"painted after {seconds:.1f} s, {colours} colours, {picture}"


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
    rules = trial.user / "第四批 规则.toml"
    source = trial.installed / "_internal" / "resources" / "notices" / "third-batch-2023.toml"
    rules.write_bytes(source.read_bytes())
    program, option, _ = trial.register(rf"{CLASSES}\DualCreate.Round\shell\open\command").rsplit(" ", 2)
    empty = trial.colours()
    process = trial.wine.start(program.strip('"'), option, _path(trial, rules))
    try:
        wait_for(lambda: trial.colours() > empty + PAINTED, "no window was painted")
        time.sleep(REST)
        picture = _keep_picture(trial, "opened-rules.png")
    finally:
        trial.wine.run("taskkill", "/F", "/IM", PROGRAM, timeout=60)
        end(process)
    return picture


def chinese_user(trial: Trial) -> str:
    """A user whose folder bears a Chinese name with a rarer character and a space."""
    profile = trial.user / "张喆 三"
    local = profile / "AppData" / "Local"
    (local / "Temp").mkdir(parents=True)
    named = {"USERPROFILE": profile, "LOCALAPPDATA": local, "TEMP": local / "Temp", "TMP": local / "Temp"}
    program = _path(trial, trial.installed / COMMAND)
    lines = [f"set {name}={_path(trial, path)}" for name, path in named.items()]
    lines += ["set USERNAME=张喆", f'"{program}" --self-test || exit 1', f'"{program}" check || exit 1']
    script = trial.user / "as-user.cmd"
    script.write_bytes("\r\n".join(["@echo off", *lines]).encode("gbk"))
    done = trial.wine.run("cmd", "/c", _path(trial, script), timeout=300)
    require(done.returncode == 0, done.stdout[-600:])
    require((local / "DualCreate" / "office.db").is_file(), f"no store in {local}: {done.stdout[-300:]}")
    return _path(trial, local / "DualCreate")


def long_path(trial: Trial) -> str:
    """A data folder whose path is longer than Windows once allowed."""
    folder = trial.user.joinpath(*("很长的文件夹名称" * 4 for _ in range(8)))
    trial.run(trial.installed / COMMAND, "--data", _path(trial, folder), "check")
    require((folder / "office.db").is_file(), "there is no store")
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
    return told


def cloud_warned(trial: Trial) -> str:
    """A folder that is synchronised works, with a warning."""
    folder = trial.user / "OneDrive" / "双创"
    told = trial.run(trial.installed / COMMAND, "--data", _path(trial, folder), "check")
    (line,) = [line for line in told.splitlines() if "OneDrive" in line and "同步" in line]
    return line


def _path(trial: Trial, path: Path) -> str:
    return trial.wine.windows_path(path)


def _keep_picture(trial: Trial, name: str) -> str:
    """What the screen shows, as a PNG beside the artefacts; its path."""
    from PIL import Image

    width, height, pixels = trial.screen.pixels()
    path = HANDED_OVER / name
    Image.frombytes("RGB", (width, height), pixels, "raw", "BGRX").save(path)
    return f"dist/{path.parent.name}/{path.name}"
