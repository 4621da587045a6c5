#!/usr/bin/env python3
"""Sets up this checkout and does one thing with it: run, test, demo, bench, pictures, build or package.

Needs Python 3.11 or newer and nothing else; everything goes into .venv/ beside this file.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from importlib.util import find_spec
from pathlib import Path

HOME = Path(__file__).resolve().parent
VENV = HOME / ".venv"
LOCK = HOME / "requirements.lock"
STAMP = VENV / "locked"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OUT = HOME / "out"

QT_PACKAGES = ("libgl1", "libegl1", "libfontconfig1", "libdbus-1-3", "libxkbcommon0", "libglib2.0-0")
QT_WINDOW_PACKAGES = (
    *("libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-randr0"),
    *("libxcb-render-util0", "libxcb-shape0", "libxcb-sync1", "libxcb-xfixes0", "libxcb-xkb1"),
    *("libx11-xcb1", "libxkbcommon-x11-0"),
)
WINDOWS_PACKAGES = (
    *("wine", "wine64", "xvfb", "gcc-mingw-w64-x86-64", "osslsigncode", "ca-certificates", "locales"),
    "nsis",
)
"""What makes and tries the Windows program on Linux."""
WINDOWS_TOOLS = ("wine", "Xvfb", "x86_64-w64-mingw32-gcc", "osslsigncode", "makensis", "localedef")
"""The commands of these packages, by which another Linux is asked."""
CHINESE = "zh_CN.UTF-8"


def main(arguments: list[str]) -> int:
    """Run one verb; the exit code is that of what it runs."""
    verbs = {
        "run": run,
        "test": test,
        "demo": demo,
        "bench": bench,
        "pictures": pictures,
        "build": build,
        "package": package,
    }
    if not arguments or arguments[0] not in verbs:
        print(f"usage: python3 dev.py {' | '.join(verbs)}", file=sys.stderr)
        return 2
    if sys.version_info < (3, 11):
        print("DualCreate Desktop needs Python 3.11 or newer.", file=sys.stderr)
        return 2
    set_up()
    return verbs[arguments[0]](arguments[1:])


def run(arguments: list[str]) -> int:
    """Open the program on the sample office; without a display do the main job headless."""
    if has_display():
        return program("--sample", *arguments)
    print("没有显示器：改为在无窗口方式下走一遍示例批次。", flush=True)
    return demo(arguments)


def demo(arguments: list[str]) -> int:
    """The sample office from e-mailed files to printed results."""
    return program("demo", *(arguments or ["--out", str(OUT / "demo")]))


def test(arguments: list[str]) -> int:
    """Every check of this project; pytest comes last, so that its closing line is the last one.

    With --windows the test suite under a Windows Python, which on Linux runs in wine; --short takes a part of it.
    """
    if "--windows" in arguments:
        arguments.remove("--windows")
        return windows_test(arguments)
    checks = (
        ("-m", "ruff", "check", "."),
        ("-m", "ruff", "format", "--check", "."),
        ("-m", "mypy"),
        ("-c", "from importlinter.cli import lint_imports_command as lint; lint()"),
    )
    for check in checks:
        if code := python(*check):
            return code
    return python("-m", "pytest", *(arguments or ["-n", "2"]))


def bench(arguments: list[str]) -> int:
    """Ratios against named peers, measured in this run."""
    return python("tests/bench/bench.py", *arguments)


def pictures(arguments: list[str]) -> int:
    """Make the manual's pictures in docs/pictures/ anew, or those of every tab and dialog in the folder that is named."""
    return python("-m", "ui.take_pictures", *arguments)


def build(arguments: list[str]) -> int:
    """The program as a folder in dist/, for the system that this runs on; then what was built tests itself."""
    if code := python("-m", "PyInstaller", "--noconfirm", *arguments, "build.spec"):
        return code
    built = HOME / "dist" / "DualCreate" / ("DualCreate-cmd.exe" if os.name == "nt" else "DualCreate")
    return subprocess.run([built, "--self-test"], check=False).returncode


def package(arguments: list[str]) -> int:
    """The Windows installer and the portable zip, in dist/package/; with --check they are tried, step by step."""
    install_windows_tools()
    return python("-m", "resources.installer.package", *arguments)


def windows_test(arguments: list[str]) -> int:
    """The test suite under Windows, by this PC's own Python or one in wine."""
    if os.name == "nt":
        return python("-m", "pytest", *(arguments or ["-n", "2"]))
    install_windows_tools()
    return python("-m", "resources.installer.windows_tests", *arguments)


def program(*arguments: str) -> int:
    """The program itself."""
    return python("-m", "dualcreate_desktop", *arguments)


def python(*arguments: str) -> int:
    """The virtual environment's Python, in this folder; Qt draws to memory where there is no display."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    if not has_display() or "pytest" in arguments:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    return subprocess.run([PYTHON, *arguments], cwd=HOME, env=environment, check=False).returncode


def has_display() -> bool:
    """Whether a window can be shown."""
    return (
        os.name == "nt"
        or sys.platform == "darwin"
        or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    )


def set_up() -> None:
    """Make .venv/ as the lock file says, once for each lock file."""
    install_system_libraries()
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest() + sys.version.split()[0]
    if STAMP.exists() and STAMP.read_text() == wanted and PYTHON.exists():
        return
    print("Setting up .venv/ …", flush=True)
    if VENV.is_symlink():
        VENV.unlink()  # what it points to is another checkout's, and must not be emptied
    try:
        venv.create(VENV, with_pip=True, clear=True)
    except subprocess.CalledProcessError:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit("This Python cannot make virtual environments. On Debian: apt-get install python3-venv")
    pip = (
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--retries",
        "10",
        "--require-hashes",
        "-r",
        str(LOCK),
    )
    if python(*pip):
        sys.exit(
            "The packages could not be installed; see above. Run this command again when the network is back."
        )
    STAMP.write_text(wanted)


def install_system_libraries() -> None:
    """What Qt loads from the system, and what of Python a bare Debian leaves out."""
    venv_itself = () if find_spec("ensurepip") else ("python3-venv",)
    window = QT_WINDOW_PACKAGES if has_display() else ()
    install_debian((*venv_itself, *QT_PACKAGES, *window), "Python and Qt need system packages.")


def install_windows_tools() -> None:
    """On Linux, wine and what else makes the Windows program; and the Chinese locale, which gives wine code page 936."""
    if os.name == "nt":
        return
    if sys.version_info[:2] != (3, 11):
        sys.exit("Packaging under wine needs Python 3.11: its standard library goes with the Windows 3.11.9.")
    install_debian(WINDOWS_PACKAGES, "Making the Windows program needs wine and some tools.")
    if missing := [tool for tool in WINDOWS_TOOLS if shutil.which(tool) is None]:
        sys.exit(f"Making the Windows program needs {', '.join(missing)}. Please install what has them.")
    known = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False).stdout
    if CHINESE.lower().replace("-", "") not in known.lower():
        make = ["localedef", "-i", "zh_CN", "-f", "UTF-8", CHINESE]
        if os.geteuid() != 0 or subprocess.run(make, check=False).returncode:
            sys.exit(f"The locale {CHINESE} is missing. Please run:\n  sudo {' '.join(make)}")


def install_debian(packages: tuple[str, ...], why: str) -> None:
    """Debian packages: installed as root, otherwise the exact command is printed; elsewhere nothing is done."""
    if shutil.which("dpkg-query") is None:
        return
    missing = [name for name in packages if not is_installed(name)]
    if not missing:
        return
    patient = ["-o", "Acquire::Retries=5"]
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() != 0:
        update = "sudo apt-get update && "
        sys.exit(f"{why} Please run:\n  {update}sudo {' '.join(command)}\nand then this command again.")
    print(f"Installing {', '.join(missing)} …", flush=True)
    quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run(["apt-get", "update", "-qq", *patient], check=False, **quiet)
    if subprocess.run([*command, "-qq", *patient], check=False, **quiet).returncode:
        sys.exit(f"Could not install them. Please run:\n  apt-get update && {' '.join(command)}")


def is_installed(package: str) -> bool:
    """Whether Debian has the package."""
    query = ["dpkg-query", "-W", "-f", "${Status}", package]
    return "install ok installed" in subprocess.run(query, capture_output=True, text=True, check=False).stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
