"""--self-test tells each thing by name, and never ends in a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from db.errors import StoreError
from dualcreate_desktop.commands import self_test
from dualcreate_desktop.office.store import Office


def _start(*arguments: str, encoding: str = "utf-8") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": encoding}
    return subprocess.run(
        [sys.executable, "-m", "dualcreate_desktop", *arguments],
        cwd=Path(__file__).parents[2],
        env=environment,
        capture_output=True,
        encoding=encoding.partition(":")[0],
        check=False,
    )


def test_the_program_passes_its_own_test_and_tells_each_check() -> None:
    done = _start("--self-test")
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert lines[-1] == "自检通过"
    assert {line.removeprefix("通过　") for line in lines[:-1]} >= {*self_test.CHECKS, "窗口", "打印预览"}


def test_output_of_a_code_page_without_chinese_is_no_traceback() -> None:
    done = _start("--help", encoding="cp1252")
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert "??" in done.stdout


def test_what_fails_is_named_and_the_rest_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    def broken(_office: Office, _folder: Path) -> None:
        raise StoreError("缺少字体")

    def sound(_office: Office, folder: Path) -> None:
        assert folder.is_dir()

    assert self_test.run({"窗口": broken, "其他": sound}) == 1
    told = capsys.readouterr().out.splitlines()
    assert "失败　窗口：StoreError 缺少字体。" in told
    assert "通过　其他" in told
    assert told[-1] == "自检未通过：1 项"
