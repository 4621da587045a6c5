"""Try what is handed over: each step of an office's life with the installer and the zip, under wine, printed.

A gate and not the truth: printers, input methods, virus scanners and high-DPI screens need a real PC (docs/release.md).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from resources.installer import trial_portable, trial_setup, trial_upgrade, trial_window, trial_wizard
from resources.installer.artefacts import BUNDLE, HANDED_OVER, WINDOWS, Artefacts, digest, tell_sizes
from resources.installer.trial import Failed, Trial
from resources.installer.windows_python import HOME, make
from resources.installer.wine import Wine, screen

STEPS: Mapping[str, Callable[[Trial], str]] = {
    "silent install into a Chinese path with a space": trial_setup.install,
    "name, version, icon and files known to Windows": trial_setup.registered,
    "--self-test of the installed program": trial_setup.self_test,
    "the real window on a screen": trial_window.first_window,
    "the next starts": trial_window.next_starts,
    "code page 936": trial_window.chinese_code_page,
    "code page 1252": trial_window.western_code_page,
    "two starts at once": trial_window.two_starts,
    "a file opens by its ending": trial_window.opens_a_file,
    "a second start hands its file to the first": trial_window.hands_over,
    "a user whose name is in no old code page": trial_window.chinese_user,
    "a path longer than 260 characters": trial_window.long_path,
    "a data folder on the network is refused": trial_window.network_refused,
    "a data folder in a cloud folder is warned of": trial_window.cloud_warned,
    "upgrade over an older program with its data": trial_upgrade.upgrade,
    "an upgrade waits for a program that runs": trial_setup.refuses_while_running,
    "silent uninstall keeps the data": trial_setup.uninstall,
    "every page of the installer, by its default button": trial_wizard.install,
    "uninstall asks about the data, and 否 is the default": trial_wizard.uninstall,
    "uninstall deletes the data for who says so twice": trial_wizard.delete_data,
    "what cannot be installed ends with a code of its own": trial_wizard.codes,
    "portable: data beside the program": trial_portable.beside,
    "portable: read-only program, writable data": trial_portable.read_only_program,
    "portable: everything read-only": trial_portable.read_only_everything,
    "no write outside the profile": trial_setup.nothing_outside,
}
"""In the order of an office's life."""


def check(made: Artefacts) -> int:
    """Run every step; 0 when all went well."""
    if os.name == "nt":
        print(
            "The check runs on Linux, under wine; on Windows go through docs/release.md by hand.",
            file=sys.stderr,
        )
        return 2
    for line in made.sums.read_text("ascii").splitlines():
        wanted, name = line.split("  ")
        if digest(HANDED_OVER / name) != wanted:
            print(f"{name} is not what SHA256SUMS.txt says.", file=sys.stderr)
            return 1
    too_large = tell_sizes(made)
    folder = HOME / "build" / "trial"
    shutil.rmtree(folder, ignore_errors=True)
    windows = make(WINDOWS)
    shutil.copytree(windows.folder / "wine", folder / "wine", symlinks=True)
    (folder / "home").mkdir()
    with screen(folder / "screen") as shown:
        wine = Wine(folder / "wine", shown.display)
        office = replace(wine, extra=(*windows.wine.extra, ("HOME", str(folder / "home"))))
        trial = Trial(office, shown, made, BUNDLE, windows.program)
        trial.own_folders()
        try:
            failed = [title for title, step in STEPS.items() if not _passes(trial, title, step)]
        finally:
            trial.wine.shut_down()
    print(
        f"{len(STEPS) - len(failed)} of {len(STEPS)} steps passed"
        + "".join(f"\n  {title}" for title in failed)
    )
    return 1 if failed or too_large else 0


def _passes(trial: Trial, title: str, step: Callable[[Trial], str]) -> bool:
    started = time.monotonic()
    try:
        detail, passed = step(trial), True
    except (Failed, OSError, subprocess.SubprocessError) as trouble:
        detail, passed = str(trouble), False
    print(
        f"{'ok    ' if passed else 'FAILED'}  {title}: {detail} ({time.monotonic() - started:.0f} s)",
        flush=True,
    )
    return passed
