"""The command line, started as somebody types it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
Done = subprocess.CompletedProcess[str]


@pytest.fixture(scope="session")
def run() -> Callable[..., Done]:
    """Run a command with its arguments until it ends; it never ends with a traceback."""

    def start(*arguments: object, cwd: Path = ROOT, **variables: object) -> Done:
        done = subprocess.run(
            [sys.executable, "-m", "dualcreate_desktop", *map(str, arguments)],
            cwd=cwd,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "PYTHONUTF8": "1",
                "PYTHONWARNINGS": "error",
                **{name: str(value) for name, value in variables.items()},
            },
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done

    return start
