r"""Paths beyond 260 characters: Windows takes them with ``\\?\`` before them, otherwise only where an administrator allowed it.

The Chinese names of a year, a unit and a list, one folder in the other, add up to that.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path, PureWindowsPath

LONGEST = 240
"""Characters that every Windows takes; what is added to the name of an unfinished file fits behind them."""

_MARK = "\\\\?\\"
_SHARE_MARK = _MARK + "UNC\\"


def reachable(path: Path, *, below: int = 0) -> Path:
    """The path in a form that can be opened, however long it is.

    Args:
        below: characters that are put behind it.
    """
    if sys.platform == "win32" and len(str(path)) + below > LONGEST:
        return Path(marked(PureWindowsPath(os.path.abspath(path))))
    return path


def marked(path: PureWindowsPath) -> str:
    r"""An absolute path as Windows takes it at any length: \\?\C:\…, \\?\UNC\server\share\…"""
    plain = unmarked(path)
    return _SHARE_MARK + plain[2:] if plain.startswith("\\\\") else _MARK + plain


def unmarked(path: PureWindowsPath) -> str:
    r"""The path as people write it: C:\…, \\server\share\…"""
    plain = str(path)
    if plain.startswith(_SHARE_MARK):
        return "\\\\" + plain.removeprefix(_SHARE_MARK)
    return plain.removeprefix(_MARK)
