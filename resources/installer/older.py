"""The program of an older version, built from its own source: what the check lets an office upgrade from.

What was built stays in build/older/, in a folder that bears the commit's name, until another commit takes its place.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

from resources.installer.artefacts import (
    BUNDLE,
    PYINSTALLER,
    WINDOWS,
    Product,
    make_installer,
    read_product,
    running,
    timed,
)
from resources.installer.trial import Failed, require
from resources.installer.windows_python import HOME, LOCK, make, put_for_checkout

COMMIT = "963e156df0e1a27df69ce61d69eb6590509ecf33"
"""The last commit whose store is of the first schema, so that an upgrade from it goes through every migration.

No version is released yet. The first one that brings a migration to offices is tried from the version released before it.
"""

SCHEMA = 1
"""Of its store."""

VERSION = "0.0.1"
"""What its installer says: it calls itself as today's program does until a version is released."""

KEPT = HOME / "build" / "older"


def bundle() -> Path:
    """The folder with the older program, built when it is not there yet.

    Raises:
        Failed: its source or a library of it is not here, or it cannot be built; says what to do.
    """
    kept = KEPT / COMMIT
    built = kept / BUNDLE.name
    if not built.is_dir():
        shutil.rmtree(KEPT, ignore_errors=True)
        source = kept / "source"
        put_source(COMMIT, source, HOME)
        missing = missing_packages((source / LOCK.name).read_text("utf-8"), LOCK.read_text("utf-8"))
        require(not missing, f"{COMMIT[:7]} needs {', '.join(missing)}, which is not locked any more")
        _build(source)
        (source / "dist" / BUNDLE.name).rename(built)
        shutil.rmtree(source)
    return built


def installer(target: Path) -> Path:
    """The older program in an installer made by today's script."""
    make_installer(target, bundle(), Product(read_product().name, VERSION), quick=True)
    return target


def put_source(commit: str, folder: Path, clone: Path) -> None:
    """Unpack the files of a commit.

    Args:
        folder: where; it is made.
        clone: the checkout whose history is asked.

    Raises:
        Failed: the history does not reach so far back; names the command that fetches the commit.
    """
    done = subprocess.run(
        ["git", "archive", "--format=zip", commit], cwd=clone, capture_output=True, check=False
    )
    if done.returncode:
        raise Failed(
            f"{done.stderr.decode(errors='replace').strip()}; the source of the older program is had by\n"
            f"  git fetch --depth=1 origin {commit}"
        )
    with zipfile.ZipFile(BytesIO(done.stdout)) as archive:
        archive.extractall(folder)


def missing_packages(older: str, newer: str) -> list[str]:
    """The packages of one lock that another does not name; a newer version of a package will do."""
    return sorted(_packages(older) - _packages(newer))


def _packages(lock: str) -> set[str]:
    return set(re.findall(r"^([\w.-]+)==", lock, re.MULTILINE))


def _build(source: Path) -> None:
    made = make(WINDOWS)
    interpreter = put_for_checkout(made, source.parent / "python", source)
    with timed(f"the program of {COMMIT[:7]}"), running(made) as windows:
        code = windows.wine.follow(interpreter, *PYINSTALLER, cwd=source)
    shutil.rmtree(interpreter.parent)
    require(code == 0, f"PyInstaller failed on {COMMIT[:7]}; see above")
