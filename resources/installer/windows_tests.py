"""Run the test suite under the Windows Python in wine: ``python3 dev.py test --windows [--short] [pytest's own]``."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace

from resources.installer.artefacts import WINDOWS, running
from resources.installer.windows_python import HOME, make
from resources.installer.wine import TIMED_OUT

SHORT = (
    "tests/test_paths.py",
    "tests/db/test_store_engine.py",
    "tests/db/test_store_migration.py",
    "tests/intake/test_child_process.py",
    "tests/intake/test_sheets.py",
    "tests/office/test_office_store.py",
    "tests/office/test_office_receiving.py",
    "tests/papers/test_pdf.py",
    "tests/papers/test_saving.py",
    "tests/commands/test_commands.py::test_inspect_tells_what_a_file_is_and_what_is_wrong_with_it",
    "tests/ui/test_main_window.py",
)
"""Store, lock, paths, reading, import, one PDF, `inspect`, one window: what CI runs."""

_UNCAPPED = "wine 8 accepts the job object and does not enforce its limit"
_NO_GIT = "git, which lists the files, is no program of this Windows"

LEFT_OUT: Mapping[str, str] = {
    "tests/intake/test_sheets.py::test_reading_stays_below_its_memory": _UNCAPPED,
    "tests/intake/test_child_process.py::"
    "test_a_file_that_needs_too_much_memory_is_refused_and_its_child_not_used_again": _UNCAPPED,
    "tests/resources/test_packaging.py::test_a_path_is_named_as_windows_names_it": "names files of Linux to wine",
    "tests/test_architecture.py::test_no_file_knows_the_machine_on_which_it_was_written": _NO_GIT,
    "tests/test_architecture.py::test_resources_travel_with_the_packages": _NO_GIT,
    "tests/test_build.py::test_every_file_of_the_resources_ships_but_what_is_for_development": _NO_GIT,
}
"""Test → why it cannot run here. All others must pass."""

FONTS = ("WINEQT_QPA_FONTDIR", "Z:" + str(HOME / "resources" / "fonts"))
"""Qt warns where it finds no font, and a warning fails a test; wine passes such a name on without its first four letters."""

LONGEST_S = 4 * 3600
LONGEST_SHORT_S = 15 * 60


def main(arguments: Sequence[str]) -> int:
    """Run the tests, less those that are left out, each told with its reason; the exit code of pytest."""
    short = "--short" in arguments
    own = [argument for argument in arguments if argument != "--short"]
    for test, reason in LEFT_OUT.items():
        print(f"left out: {test} ({reason})", flush=True)
    deselected = [part for test in LEFT_OUT for part in ("--deselect", test)]
    chosen = own or (["-q", *SHORT] if short else ["-q", "-n", "2"])
    with running(make(WINDOWS)) as windows:
        wine = replace(windows.wine, extra=(*windows.wine.extra, FONTS))
        pytest = ("-B", "-m", "pytest", "-p", "no:cacheprovider", "-rs", *deselected, *chosen)
        limit = LONGEST_SHORT_S if short else LONGEST_S
        code = wine.follow(windows.program, *pytest, cwd=HOME, timeout=limit)
    if code == TIMED_OUT:
        print(f"The tests were ended: they took longer than {limit // 60} minutes.", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
