"""What is handed over, and how each piece of it is made: bundle, installer, portable zip and their SHA-256 list."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from resources.installer.windows_python import HOME, WindowsPython, make
from resources.installer.wine import screen

WINDOWS = HOME / "build" / "windows"
"""The Windows Python of this checkout, on Linux."""

BUNDLE = HOME / "dist" / "DualCreate"
HANDED_OVER = HOME / "dist" / "package"
ICON = HOME / "build" / "program.ico"
SIDE = HOME / "build" / "installer-side.bmp"
"""What stands at the left of the installer's first and last page."""
SCRIPT = Path(__file__).parent / "installer.nsi"
FONTS = Path("_internal") / "resources" / "fonts"

MB = 1_000_000
"""As makers of disks count; what Windows calls an MB, `MIB`, is 5 % more."""
MIB = 1 << 20
LARGEST_BUNDLE = 110 * MB
"""Without the fonts."""
LARGEST_INSTALLER = 60 * MB

PYINSTALLER = ("-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN", "build.spec")

HOUSE_COLOUR = "#eceff3"

PORTABLE_NOTE = """有这个文件，程序就把数据存放在旁边的“数据”文件夹里，跟着程序走。
请把整个文件夹复制到可以写入的磁盘上使用；删掉这个文件，数据改存在当前用户的目录下。
"""


@dataclass(frozen=True, slots=True)
class Product:
    """What the program says of itself.

    Args:
        name: the Chinese one, in the start menu and on the title bar.
        version: three numbers.
    """

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Artefacts:
    """The files that are handed over."""

    installer: Path
    portable: Path
    sums: Path


def read_product() -> Product:
    """Name and version, as they stand in the code."""
    text = (HOME / "dualcreate_desktop" / "__init__.py").read_text("utf-8")
    name, version = (
        re.search(rf'^{key} = "(.+)"$', text, re.MULTILINE) for key in ("PROGRAM", "__version__")
    )
    assert name is not None
    assert version is not None
    return Product(name[1], version[1])


def artefacts(product: Product) -> Artefacts:
    """Where the files of a version lie."""
    stem = f"DualCreate-{product.version}"
    return Artefacts(
        HANDED_OVER / f"{stem}-setup.exe",
        HANDED_OVER / f"{stem}-portable.zip",
        HANDED_OVER / "SHA256SUMS.txt",
    )


def build_bundle() -> None:
    """The folder with the program, by this PC's own Python on Windows and by one under wine elsewhere.

    Raises:
        SystemExit: it could not be built; says why above.
    """
    with timed("bundle"):
        if os.name == "nt":
            code = subprocess.run([sys.executable, *PYINSTALLER], cwd=HOME, check=False).returncode
        else:
            with running(make(WINDOWS)) as windows:
                code = windows.wine.follow(windows.program, *PYINSTALLER, cwd=HOME)
    if code:
        raise SystemExit("PyInstaller failed; see above.")


@contextmanager
def running(python: WindowsPython) -> Iterator[WindowsPython]:
    """The Windows Python with a screen, until the end of the block."""
    with screen(python.folder / "screen") as shown:
        on_screen = replace(python, display=shown.display)
        try:
            yield on_screen
        finally:
            on_screen.wine.shut_down()


def make_installer(target: Path, bundle: Path, product: Product, *, quick: bool = False) -> None:
    """Pack a bundle into an installer; `quick` packs it worse in a tenth of the time."""
    defined = {
        "VERSION": product.version,
        "PROGRAM": product.name,
        "BUNDLE": str(bundle),
        "ICON": str(ICON),
        "SIDE": str(_draw_side()),
        "OUTPUT": str(target),
    }
    given = [f"-D{name}={value}" for name, value in defined.items()] + (["-DQUICK"] if quick else [])
    with timed(target.name):
        done = subprocess.run([_makensis(), "-V2", "-INPUTCHARSET", "UTF8", *given, str(SCRIPT)], check=False)
    if done.returncode:
        raise SystemExit("makensis failed; see above.")


def _draw_side() -> Path:
    """The program's icon on the house colour, twice as large as it is shown, for screens of 200 %."""
    from PIL import Image

    side = Image.new("RGB", (328, 628), HOUSE_COLOUR)
    with Image.open(ICON) as icon:
        worn = icon.convert("RGBA").resize((192, 192))
    side.paste(worn, ((side.width - worn.width) // 2, 120), worn)
    side.save(SIDE)
    return SIDE


def _makensis() -> str:
    usual = Path(os.environ.get("PROGRAMFILES(X86)", "")) / "NSIS" / "makensis.exe"
    found = shutil.which("makensis") or (str(usual) if usual.exists() else None)
    if found is None:
        raise SystemExit("NSIS is missing: install it from https://nsis.sourceforge.io and run this again.")
    return found


def make_portable(target: Path, bundle: Path) -> None:
    """The bundle as a zip whose data stays beside the program."""
    with timed(target.name), zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(bundle.rglob("*")):
            if path.is_file():
                archive.write(path, Path(bundle.name, path.relative_to(bundle)))
        archive.writestr(
            f"{bundle.name}/portable.txt", PORTABLE_NOTE.replace("\n", "\r\n").encode("utf-8-sig")
        )


def write_sums(made: Artefacts) -> None:
    """The SHA-256 of each file, as `sha256sum --check` reads it."""
    lines = [f"{digest(path)}  {path.name}\n" for path in (made.installer, made.portable)]
    made.sums.write_text("".join(lines), encoding="ascii", newline="\n")


def digest(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def tell_sizes(made: Artefacts) -> int:
    """Print what everything weighs; 1 when something is heavier than it may be."""
    files = [path for path in BUNDLE.rglob("*") if path.is_file()]
    fonts = sum(path.stat().st_size for path in files if path.is_relative_to(BUNDLE / FONTS))
    bundle = sum(path.stat().st_size for path in files) - fonts
    installer = made.installer.stat().st_size
    at_most = (
        f"without fonts, at most {LARGEST_BUNDLE // MB} MB; fonts {fonts / MB:.1f} MB; {len(files)} files"
    )
    _tell_size("bundle", bundle, at_most)
    _tell_size("installer", installer, f"at most {LARGEST_INSTALLER // MB} MB")
    _tell_size("portable", made.portable.stat().st_size, "packed")
    print(made.sums.read_text("ascii"), end="", flush=True)
    if bundle > LARGEST_BUNDLE or installer > LARGEST_INSTALLER:
        print("Too large.", file=sys.stderr)
        return 1
    return 0


def _tell_size(what: str, size: int, remark: str) -> None:
    print(f"{what:9}  {size / MB:6.1f} MB ({size / MIB:.1f} MiB), {remark}")


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print what is made now, and how long it took."""
    print(f"{what} …", flush=True)
    started = time.monotonic()
    yield
    print(f"{what}: {time.monotonic() - started:.0f} s", flush=True)
