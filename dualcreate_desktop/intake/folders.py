"""Files and folders that were dropped or named: every file in them, in a steady order."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from db.errors import FileRefused
from dualcreate_desktop.intake.filenames import is_litter
from dualcreate_desktop.long_paths import LONGEST, reachable

MOST_FILES = 2_000


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file, and the folders from the one that was named down to it."""

    path: Path
    inside: tuple[str, ...] = ()


def files_of(path: Path) -> Iterator[FoundFile]:
    """The file itself, or all files of the folder and its folders by name; links to folders are not followed.

    Raises:
        FileRefused: the folder holds more files than anybody sends.
    """
    walked = reachable(path, below=LONGEST)  # what cannot be entered would be left out without a word
    if not walked.is_dir():
        yield FoundFile(path)
        return
    named = Path(os.path.abspath(path)).name
    count = 0
    for folder, inner, names in os.walk(walked):
        inner.sort()
        below = Path(folder).relative_to(walked)
        inside = (named, *below.parts)
        for name in sorted(names):
            if is_litter((name,)):
                continue
            count += 1
            if count > MOST_FILES:
                raise FileRefused(
                    f"文件夹里的文件超过 {MOST_FILES} 个",
                    where=path.name,
                    todo="请选择只放有收到的表格的文件夹",
                )
            yield FoundFile(path / below / name, inside)
