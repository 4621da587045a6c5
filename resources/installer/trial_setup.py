"""Steps with the installer and no window: install, uninstall, and what was written where."""

from __future__ import annotations

import time
from pathlib import Path

from resources.installer.artefacts import read_product
from resources.installer.trial import (
    CLASSES,
    COMMAND,
    PAINTED,
    PROGRAM,
    UNINSTALL_KEY,
    Trial,
    require,
    wait_for,
)

LICENCES = "_internal/resources/licences"


def install(trial: Trial) -> str:
    """Install as an administrator of many PCs would, with no question asked."""
    trial.before = trial.files()
    seconds = set_up(trial, trial.made.installer, trial.installed)
    texts = ("_internal/LICENSE", f"{LICENCES}/LGPL-3.txt", f"{LICENCES}/Python/LICENSE.txt")
    for name in (PROGRAM, COMMAND, "uninstall.exe", *texts):
        require((trial.installed / name).is_file(), f"{name} is not there")
    return f"{trial.wine.windows_path(trial.installed)} in {seconds:.0f} s"


def set_up(trial: Trial, installer: Path, folder: Path | None) -> float:
    """Run an installer silently; seconds. NSIS wants the folder last and without quotes, however many words it has."""
    where = [] if folder is None else f"/D={trial.wine.windows_path(folder)}".split(" ")
    started = time.monotonic()
    done = trial.wine.run(trial.wine.windows_path(installer), "/S", *where, timeout=300)
    require(done.returncode == 0, f"{installer.name} ended with {done.returncode}")
    return time.monotonic() - started


def registered(trial: Trial) -> str:
    """Windows knows the program by its Chinese name and its icon, and which files it opens."""
    product = read_product()
    for program, name in (
        (trial.installed / PROGRAM, product.name),
        (trial.installed / COMMAND, product.name),
        (trial.made.installer, f"{product.name} 安装程序"),
    ):
        _require_description(trial, program, name, product.version)
    shown = trial.register(UNINSTALL_KEY, "DisplayName")
    require(shown == product.name, f"the name in Windows' list is “{shown}”")
    require(
        trial.register(UNINSTALL_KEY, "DisplayVersion") == product.version, "another version in Windows' list"
    )
    require(_menu_entry(trial).is_file(), f"{_menu_entry(trial).name} is not in the start menu")
    for ending, kind in ((".toml", "DualCreate.Round"), (".db", "DualCreate.Backup")):
        require(trial.register(rf"{CLASSES}\{ending}") == kind, f"{ending} is not ours")
        command = trial.register(rf"{CLASSES}\{kind}\shell\open\command")
        require(command.endswith(r'\党建双创\DualCreate.exe" --open "%1"'), f"{kind} is opened by {command}")
    return f"{product.name} {product.version} in the start menu and as 简体中文 version resource, .toml, .db"


def _require_description(trial: Trial, program: Path, name: str, version: str) -> None:
    """What Windows shows of a program, in Simplified Chinese."""
    told = dict(line.split("=", 1) for line in trial.look("described", trial.wine.windows_path(program)))
    wanted = {"FileDescription": name, "FileVersion": version}
    require(wanted.items() <= told.items(), f"{program.name} is described as {told}")
    require(int(told["icons"]) > 0, f"{program.name} has no icon")


def self_test(trial: Trial) -> str:
    """The installed program tests itself."""
    told = trial.run(trial.installed / COMMAND, "--self-test").splitlines()
    require(told[-1] == "自检通过", "\n".join(told))
    return f"{sum(line.startswith('通过') for line in told)} checks"


def refuses_while_running(trial: Trial) -> str:
    """An installer that nobody watches gives up, and leaves the running program whole."""
    with trial.window(trial.installed / PROGRAM):
        wait_for(lambda: trial.colours() > PAINTED, "no window was painted")
        done = trial.wine.run(trial.wine.windows_path(trial.made.installer), "/S", timeout=120)
    require(done.returncode == 2, f"it ended with {done.returncode}")
    require((trial.installed / "_internal" / "LICENSE").is_file(), "the running program was damaged")
    return "code 2, nothing changed"


def uninstall(trial: Trial) -> str:
    """Remove the program with no question asked: the data stays."""
    own, data = trial.installed / "我的文件.txt", trial.files_of(trial.data)
    own.write_text("x")
    trial.wine.run(trial.wine.windows_path(trial.installed / "uninstall.exe"), "/S", timeout=120)
    wait_for(lambda: not (trial.installed / PROGRAM).exists(), "the program is still there")
    wait_for(lambda: not trial.register(UNINSTALL_KEY, "DisplayName"), "Windows still lists it")
    left = sorted(path.name for path in trial.installed.iterdir())
    require(left == [own.name], f"left behind: {left}")
    require(not _menu_entry(trial).exists(), "the start menu still has it")
    require(
        not trial.register(rf"{CLASSES}\DualCreate.Round"),
        "its files are still said to be opened by it",
    )
    require(bool(data) and trial.files_of(trial.data) == data, "the data was touched")
    return f"{len(data)} files of the data and one of the user's own kept"


def nothing_outside(trial: Trial) -> str:
    """Compare the whole disk with what it was before: only the profile was written."""
    profile = trial.user.relative_to(trial.wine.drive)
    written = {name for name, _, _ in trial.files() ^ trial.before}
    outside = sorted(name for name in written if not Path(name).is_relative_to(profile))
    require(not outside, f"written outside: {outside[:5]}")
    system = (trial.wine.prefix / "system.reg").read_text("utf-8", errors="replace")
    require("DualCreate" not in system, "something was written to the PC's own part of the registry")
    temporary = [
        path for path in (trial.user / "AppData" / "Local" / "Temp").glob("*") if path.name != ".keep"
    ]
    return f"{len(written)} files in the profile, none elsewhere, {len(temporary)} left in Temp"


def _menu_entry(trial: Trial) -> Path:
    menu = trial.user / "AppData" / "Roaming" / "Microsoft" / "Windows" / "Start Menu" / "Programs"
    return menu / f"{read_product().name}.lnk"
