"""What makes the Windows program: the lock for Windows, the zip, the sums, and that nothing is unpinned."""

from __future__ import annotations

import ast
import hashlib
import os
import re
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from dualcreate_desktop import PROGRAM, __version__
from dualcreate_desktop.office import backup, round_files
from dualcreate_desktop.paths import PORTABLE_MARK
from resources.installer import command_line, package, windows_python, windows_tests, wine
from resources.installer.artefacts import Artefacts, make_portable, read_product, write_sums
from resources.installer.trial import Trial
from resources.installer.windows_python import LOCK, windows_lock
from resources.installer.wine import Screen, Wine, processor_time, readable

ROOT = Path(__file__).parents[2]
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the check runs on Linux only")


def test_the_windows_lock_takes_what_is_for_windows_and_leaves_what_is_for_macos() -> None:
    lock = windows_lock(LOCK.read_text("utf-8"))
    names = re.findall(r"^([\w-]+)==", lock, re.MULTILINE)
    assert {"pefile", "pywin32-ctypes", "colorama", "pyside6-essentials"} <= set(names)
    assert "macholib" not in names
    assert "sys_platform" not in lock
    entries = re.split(r"(?m)^(?=\w)", lock)[1:]
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_interpreter_is_pinned_to_one_file() -> None:
    assert re.fullmatch(r"[0-9a-f]{64}", windows_python.CARRIER_SHA256)
    assert re.fullmatch(r"[\w-]+==[\d.]+", windows_python.CARRIER)


def test_a_product_bears_the_name_and_the_version_of_the_code() -> None:
    product = read_product()
    assert (product.name, product.version) == (PROGRAM, __version__)


def test_the_portable_zip_is_the_bundle_with_the_mark_that_keeps_data_beside_it(tmp_path: Path) -> None:
    bundle = tmp_path / "DualCreate"
    (bundle / "_internal").mkdir(parents=True)
    (bundle / "DualCreate.exe").write_bytes(b"exe")
    (bundle / "_internal" / "程序.txt").write_bytes(b"x")
    target = tmp_path / "portable.zip"
    make_portable(target, bundle)
    with zipfile.ZipFile(target) as archive:
        assert set(archive.namelist()) == {
            "DualCreate/DualCreate.exe",
            "DualCreate/_internal/程序.txt",
            f"DualCreate/{PORTABLE_MARK}",
        }


def test_the_sums_are_what_sha256sum_reads(tmp_path: Path) -> None:
    made = Artefacts(tmp_path / "a-setup.exe", tmp_path / "a.zip", tmp_path / "SHA256SUMS.txt")
    made.installer.write_bytes(b"installer")
    made.portable.write_bytes(b"zip")
    write_sums(made)
    first, second = made.sums.read_text("ascii").splitlines()
    assert first == f"{hashlib.sha256(b'installer').hexdigest()}  a-setup.exe"
    assert second.endswith("  a.zip")


@pytest.mark.parametrize(
    ("asked", "told"),
    [(["--pack"], "run this without --pack"), (["--again"], "usage:"), (["--pack", "--check"], "usage:")],
)
def test_what_cannot_be_made_is_told_and_nothing_is_made(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    asked: list[str],
    told: str,
) -> None:
    monkeypatch.setattr(package, "BUNDLE", tmp_path / "DualCreate")
    monkeypatch.setattr(package, "HANDED_OVER", tmp_path / "package")
    assert package.main(asked) == 2
    assert told in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("coding", ["utf-8", "gb18030"])
def test_what_a_windows_program_prints_is_read_in_either_code_page(coding: str) -> None:
    assert readable("自检通过\r\n".encode(coding)) == "自检通过\n"


def test_a_path_is_named_as_windows_names_it(tmp_path: Path) -> None:
    wine = Wine(tmp_path)
    assert wine.windows_path(tmp_path / "drive_c" / "办公 软件" / "a.exe") == "C:\\办公 软件\\a.exe"
    assert wine.windows_path(Path("/mnt/双创.toml")) == "Z:\\mnt\\双创.toml"


@ON_LINUX
def test_what_the_tried_program_puts_on_the_desktop_stays_on_its_own_disk(tmp_path: Path) -> None:
    user = tmp_path / "wine" / "drive_c" / "users" / "tester"
    user.mkdir(parents=True)
    mine = tmp_path / "mine"
    mine.mkdir()
    (user / "Desktop").symlink_to(mine)
    made = Artefacts(tmp_path / "a.exe", tmp_path / "a.zip", tmp_path / "SHA256SUMS.txt")
    trial = Trial(Wine(tmp_path / "wine"), Screen("", tmp_path), made, tmp_path, tmp_path)
    trial.own_folders()
    (user / "Desktop" / "program.lnk").write_bytes(b"x")
    assert [name for name, _, _ in trial.files()] == [str(Path("users", "tester", "Desktop", "program.lnk"))]
    assert list(mine.iterdir()) == []


@ON_LINUX
def test_what_a_program_started_and_left_behind_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in = tmp_path / "wine"
    stand_in.write_text("#!/bin/sh\nsleep 15 &\necho 完成\nexit 3\n", encoding="utf-8")
    stand_in.chmod(0o755)
    monkeypatch.setattr(wine, "LAST_WORDS_S", 0.5)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    started = time.monotonic()
    done = Wine(tmp_path).run("a.exe")
    assert (done.returncode, done.stdout) == (3, "完成\n")
    assert time.monotonic() - started < 10


@ON_LINUX
def test_the_work_of_a_start_is_told_and_not_its_waiting() -> None:
    script = "import time; until = time.process_time() + 0.2\nwhile time.process_time() < until: pass\nprint(); input()"
    with subprocess.Popen(
        [sys.executable, "-uc", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as busy:
        assert busy.stdout is not None
        busy.stdout.readline()
        time.sleep(0.5)
        assert 0.2 <= processor_time(busy) < 0.6
        busy.communicate(b"\n")


def test_the_tests_that_ci_runs_under_windows_are_there() -> None:
    for test in (*windows_tests.SHORT, *windows_tests.LEFT_OUT):
        file, _, name = test.partition("::")
        assert f"def {name}(" in (ROOT / file).read_text("utf-8") or not name, test


def test_the_installer_takes_the_endings_of_our_files_and_the_data_folder_of_the_program() -> None:
    script = (ROOT / "resources" / "installer" / "installer.nsi").read_text("utf-8")
    assert set(re.findall(r'!insertmacro Associate "(\.\w+)"', script)) == {round_files.ENDING, backup.ENDING}
    assert set(re.findall(r'!insertmacro Dissociate "(\.\w+)"', script)) == {
        round_files.ENDING,
        backup.ENDING,
    }
    assert '!define DATA "$LOCALAPPDATA\\DualCreate"' in script
    deletions = re.findall(r"RMDir /r (.*?)(?: ;.*)?$", script, re.MULTILINE)
    assert set(deletions) == {'"$INSTDIR\\_internal"', '"${DATA}"'}


def test_what_makes_the_program_imports_nothing_of_it() -> None:
    for path in (ROOT / "resources" / "installer").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert (node.module or "").split(".")[0] not in {"ui", "dualcreate_desktop", "db"}, path.name


@pytest.mark.skipif(
    sys.platform == "win32", reason="a script is no program there; the check runs the real one"
)
def test_the_command_line_front_passes_output_and_exit_code_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    program = tmp_path / "DualCreate.exe"
    program.write_text(
        f"#!{sys.executable}\nimport sys; print('通过', sys.argv[1:]); sys.exit(3)\n", encoding="utf-8"
    )
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "DualCreate-cmd.exe"))
    assert command_line.main(["检查"]) == 3
    assert capfd.readouterr().out == "通过 ['检查']\n"
