"""The step of an office that upgrades: an older program, with the data that it made itself."""

from __future__ import annotations

import shutil
from pathlib import Path

from resources.installer import older, store_rows
from resources.installer.artefacts import read_product
from resources.installer.store_rows import Contents
from resources.installer.trial import COMMAND, PROGRAM, UNINSTALL_KEY, Trial, require, wait_for
from resources.installer.trial_setup import set_up
from resources.installer.windows_python import HOME

SAMPLE_STORE = "示例数据"
"""The data folder that `demo` makes in its output folder."""


def upgrade(trial: Trial) -> str:
    """Install over an older program that has worked: its data is kept, and of the program itself nothing.

    No folder is given: the installer must find the former one.
    """
    set_up(trial, older.installer(HOME / "build" / "trial" / "older-setup.exe"), trial.installed)
    require(_version(trial) == older.VERSION, f"Windows lists {_version(trial)} and not the older program")
    theirs, ours = _internal(trial.installed), _internal(trial.bundle)
    before = _work_as_before(trial)
    set_up(trial, trial.made.installer, None)
    left = _internal(trial.installed)
    require(left == ours, f"not the new program's files: {sorted(left ^ ours)[:5]}")
    require(_version(trial) == read_product().version, "Windows lists another version")
    require(store_rows.read(_store(trial)) == before, "the installer touched the data")
    picture = _open(trial)
    kept = _require_kept(trial, before)
    gone = sorted(path.name for path in theirs - ours if path.suffix == ".pyd")
    require(bool(gone), "the older program had no module that the newer has not: this proves nothing")
    return f"{older.COMMIT[:7]}, {kept}; its _internal gone ({', '.join(gone[:2])} …), {picture}"


def _work_as_before(trial: Trial) -> Contents:
    """Let the older program fill the usual data folder: its sample office from lists to running projects.

    It opens that folder as an office's own afterwards.
    """
    out = trial.user / "旧版 结果"
    command = trial.installed / COMMAND
    trial.run(command, "demo", "--out", trial.wine.windows_path(out), timeout=600)
    shutil.rmtree(trial.data, ignore_errors=True)
    (out / SAMPLE_STORE).rename(trial.data)
    told = trial.run(command, "check")  # names the user by a question mark: 䶮 is not in its code page
    require(r"\AppData\Local\DualCreate\office.db" in told and "批次" in told, told)
    before = store_rows.read(_store(trial))
    require(before.schema == older.SCHEMA, f"the older program's store is of schema {before.schema}")
    require(not any(_backups(trial)), "the older program migrated something")
    return before


def _open(trial: Trial) -> str:
    """Open the new program on the older one's data; the path of a picture of its first page."""
    with trial.window(trial.installed / PROGRAM):
        wait_for(lambda: any(_backups(trial)), "no backup was made before the migration")
        trial.page()
        return trial.keep_picture("upgraded.png")


def _require_kept(trial: Trial, before: Contents) -> str:
    """Every row of every list is as it was, in the store and in the backup."""
    after = store_rows.read(_store(trial), before.rows)
    require(after.schema > before.schema, "the data was not migrated")
    require(not store_rows.lost(before, after), f"not as before: {store_rows.lost(before, after)}")
    require(store_rows.read(_backups(trial)[0]) == before, "the backup is not what was there before")
    trial.run(trial.installed / COMMAND, "check")
    filled = sum(bool(rows) for rows in before.rows.values())
    return f"schema {before.schema} → {after.schema}, {before.total} rows of {filled} lists kept, and in a backup"


def _store(trial: Trial) -> Path:
    return trial.data / "office.db"


def _backups(trial: Trial) -> list[Path]:
    """Those made before a migration."""
    return list(trial.data.glob("备份/*before-migration*.db"))


def _version(trial: Trial) -> str:
    """Of the program that Windows lists as installed."""
    return trial.register(UNINSTALL_KEY, "DisplayVersion")


def _internal(folder: Path) -> set[Path]:
    """The files of the program's own folder."""
    inside = folder / "_internal"
    return {path.relative_to(inside) for path in inside.rglob("*") if path.is_file()}
