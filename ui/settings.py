"""What the window remembers between two starts: widths, orders, filters. No change of the office's data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings

FILE_NAME = "window.ini"


class Settings:
    """Small JSON values by key, in an ini file of the data folder."""

    def __init__(self, folder: Path) -> None:
        self._store = QSettings(str(folder / FILE_NAME), QSettings.Format.IniFormat)

    def get(self, key: str) -> dict[str, Any]:
        """What was put there; empty when nothing was, or when the file was damaged."""
        try:
            value = json.loads(str(self._store.value(key, "{}")))
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}

    def put(self, key: str, value: Mapping[str, Any]) -> None:
        """Remember a value."""
        self._store.setValue(key, json.dumps(value, ensure_ascii=True))
