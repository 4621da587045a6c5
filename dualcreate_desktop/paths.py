"""Where the store, its backups and the logs live: given, portable, or under the user's profile."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from db.errors import StoreError, cause
from dualcreate_desktop.long_paths import LONGEST, reachable, unmarked

PORTABLE_MARK = "portable.txt"
"""A file of this name beside the program keeps the data there too."""

PORTABLE_FOLDER = "数据"

SAMPLE_FOLDER = "示例"

ELSEWHERE = (
    "请检查文件夹权限；便携版请把整个程序文件夹复制到可以写入的磁盘上再打开，或用 --data 指定其他文件夹。"
)
"""What to do when the data folder cannot be written."""

CLOUDS = {
    "onedrive": "OneDrive",
    "baidunetdisk": "百度网盘",
    "baidusyncdisk": "百度网盘",
    "百度网盘": "百度网盘",
    "nutstore": "坚果云",
    "坚果云": "坚果云",
    "weiyun": "微云",
    "微云": "微云",
    "wps云盘": "WPS 云盘",
    "wps cloud": "WPS 云盘",
    "wpsdrive": "WPS 云盘",
    "wechat files": "微信",
    "xwechat_files": "微信",
    "阿里云盘": "阿里云盘",
    "dropbox": "Dropbox",
    "icloud": "iCloud",
    "seafile": "Seafile",
}
"""How the folders of services begin that copy files away while they are written."""

_ONEDRIVE = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
"""Variables in which OneDrive tells its folders, which may bear any name."""

_MY = "我的"

_LONGEST_BELOW = 100
"""Characters of the longest name that the program puts into the data folder, and some."""

_DRIVE_REMOTE = 4


@dataclass(frozen=True, slots=True)
class Paths:
    """The data folder and what stands in it."""

    data: Path

    @property
    def shown(self) -> Paths:
        """The same as people write it, and the Explorer."""
        return Paths(Path(unmarked(PureWindowsPath(self.data)))) if sys.platform == "win32" else self

    @property
    def sample(self) -> Paths:
        """Where the sample office lives: it has a store of its own and never touches this one."""
        return Paths(self.data / SAMPLE_FOLDER)

    @property
    def store(self) -> Path:
        """The live store."""
        return self.data / "office.db"

    @property
    def lock(self) -> Path:
        """Held while a program has the store open."""
        return self.data / "office.lock"

    @property
    def backups(self) -> Path:
        """Verified copies of the store."""
        return self.data / "备份"

    @property
    def logs(self) -> Path:
        """The log and crash reports."""
        return self.data / "日志"

    @property
    def papers(self) -> Path:
        """Where papers are written unless another folder is chosen."""
        return self.data / "输出"

    @property
    def cloud(self) -> str:
        """The service that synchronises the data folder; empty when none is known to."""
        parts = [part.lower().removeprefix(_MY) for part in self.data.parts]
        found = (name for start, name in CLOUDS.items() if any(part.startswith(start) for part in parts))
        return next(found, "OneDrive" if _in_onedrive(self.data) else "")

    def check_place(self) -> None:
        """See that the live store may lie here.

        Raises:
            StoreError: the place is on a network share or drive.
        """
        if _on_network(self.data) or _on_network(_resolved(self.data)):
            raise StoreError(
                "数据文件夹不能放在网络共享上",
                where=str(self.data),
                todo="请选择本机磁盘上的文件夹；共享只适合存放备份。",
            )

    def make(self) -> None:
        """Make the folders.

        Raises:
            StoreError: the place cannot be written, or is on a network share or drive.
        """
        self.check_place()
        try:
            for folder in (self.data, self.backups, self.logs):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"无法建立数据文件夹：{cause(error)}",
                where=str(self.data),
                todo=ELSEWHERE,
            ) from error


def _on_network(folder: Path) -> bool:
    """Whether a folder is on a share, by its name or by the drive that Windows has given it."""
    plain = PureWindowsPath(unmarked(PureWindowsPath(str(folder))))
    if plain.drive.startswith("\\\\"):
        return True
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.WinDLL("kernel32").GetDriveTypeW(plain.anchor) == _DRIVE_REMOTE)
    return False


def _in_onedrive(folder: Path) -> bool:
    roots = (os.environ.get(name) for name in _ONEDRIVE)
    reached = reachable(folder, below=LONGEST)
    return any(root and reached.is_relative_to(reachable(Path(root), below=LONGEST)) for root in roots)


def _resolved(folder: Path) -> Path:
    """Where a folder truly is, behind links; as it is named when the system cannot tell."""
    try:
        return folder.resolve()
    except OSError:
        return Path(os.path.abspath(folder))


def program_folder() -> Path:
    """The folder of the built program, or of the checkout."""
    return Path(sys.executable).parent if getattr(sys, "frozen", False) else Path(__file__).parent.parent


def find_paths(given: Path | None = None) -> Paths:
    """The given folder; else beside the program when it is marked portable; else the user's profile."""
    return Paths(reachable(_usual_folder() if given is None else _resolved(given), below=_LONGEST_BELOW))


def _usual_folder() -> Path:
    if (program_folder() / PORTABLE_MARK).exists():
        return program_folder() / PORTABLE_FOLDER
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "DualCreate"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "dualcreate"
