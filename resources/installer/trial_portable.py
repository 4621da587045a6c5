"""Steps with the portable zip: the data beside the program, and a stick that cannot be written."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

from resources.installer.trial import COMMAND, Trial, require
from resources.installer.trial_window import first_start
from resources.installer.wine import readable

DATA = "数据"


def beside(trial: Trial) -> str:
    """Unpack the zip as onto a stick and work: the data stays beside the program, the profile is not written."""
    folder = _folder(trial)
    with zipfile.ZipFile(trial.made.portable) as archive:
        archive.extractall(folder.parent)
    known = _of_program(trial)
    first_start(trial, folder, folder / DATA)
    trial.run(folder / COMMAND, "check")
    require(_of_program(trial) == known, "data was written to the profile")
    return trial.wine.windows_path(folder / DATA)


def read_only_program(trial: Trial) -> str:
    """The program cannot be written, its data can."""
    folder = _folder(trial)
    code, told = _run_read_only(trial, folder, folder / DATA)
    require(code == 0, f"it ended with {code}: {told}")
    return "works"


def read_only_everything(trial: Trial) -> str:
    """Nothing can be written: one sentence says so and what to do, and no data goes elsewhere."""
    known = _of_program(trial)
    code, told = _run_read_only(trial, _folder(trial), None)
    require(code == 1, f"it ended with {code}: {told}")
    require("Traceback" not in told and "数据文件夹不可写：没有权限" in told and "复制" in told, told)
    require(_of_program(trial) == known, "data was written to the profile")
    return told.strip()


def _folder(trial: Trial) -> Path:
    return trial.user / "移动 硬盘" / "DualCreate"


def _of_program(trial: Trial) -> set[str]:
    """The files of the usual data folder."""
    return {str(path.relative_to(trial.data)) for path in trial.data.rglob("*")}


def _run_read_only(trial: Trial, folder: Path, writable: Path | None) -> tuple[int, str]:
    """`check` of the portable program in a folder that cannot be written: exit code and output.

    Root may write everywhere, so for root the folder is mounted read-only, in a view of the file system of its own; the
    server of wine, which opens the files, is started in that view.
    """
    trial.wine.shut_down()
    if os.geteuid() == 0:
        mounts = [f'mount --bind "{place}" "{place}"' for place in (folder, writable) if place is not None]
        mounts.append(f'mount -o remount,bind,ro "{folder}"')
        return _check(trial, folder, ("unshare", "-m", "sh", "-c", " && ".join([*mounts, 'exec "$0" "$@"'])))
    _allow(folder, 0o555, writable)
    try:
        return _check(trial, folder, ())
    finally:
        _allow(folder, 0o755, None)


def _check(trial: Trial, folder: Path, prefix: tuple[str, ...]) -> tuple[int, str]:
    process = trial.wine.start(trial.wine.windows_path(folder / COMMAND), "check", prefix=prefix)
    output, _ = process.communicate(timeout=120)
    trial.wine.shut_down()
    return process.returncode, readable(output)


def _allow(folder: Path, mode: int, but: Path | None) -> None:
    """Set the mode of a folder and all folders in it, but of one."""
    for path in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
        if but is None or not path.is_relative_to(but):
            path.chmod(mode)
