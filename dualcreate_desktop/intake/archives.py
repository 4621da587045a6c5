"""A zip archive: its files under the names that were meant, within limits, with the office's passwords."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from db.errors import FileRefused
from dualcreate_desktop.intake.containers import LARGEST_FILE, PasswordNeeded
from dualcreate_desktop.intake.filenames import NAMELESS, gbk_or_utf8, is_litter, path_parts

MOST_FILES = 500
_UTF8 = 0x800
_LOCKED = 0x1
_AES = 99
"""The method that stands for AES, as WinZip and Chinese archivers lock by default."""
_UNPACK = "请用解压软件解压后导入其中的表格，或重新打包为普通 zip"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of an archive; `path` is its folders and its name, `content` its bytes or why they cannot be had."""

    path: tuple[str, ...]
    content: bytes | FileRefused


def read_zip(name: str, data: bytes, passwords: Sequence[str] = ()) -> Iterator[Entry]:
    """The files of an archive whose directory has passed `containers.preflight`.

    Args:
        name: of the archive, for messages.
        passwords: tried one after the other on each locked file.

    Raises:
        FileRefused: the archive is broken or holds too many files.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(files) > MOST_FILES:
                raise FileRefused(
                    f"压缩包里有 {len(files)} 个文件，超过 {MOST_FILES} 个",
                    where=name,
                    todo="请解压后分批导入其中的表格",
                )
            yield from _entries(archive, files, passwords)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError) as error:
        raise FileRefused("压缩包已损坏或没有下载完整", where=name, todo="请让对方重新发送") from error


def _entries(
    archive: zipfile.ZipFile, files: Sequence[zipfile.ZipInfo], passwords: Sequence[str]
) -> Iterator[Entry]:
    for file in files:
        path = path_parts(entry_name(file)) or (NAMELESS,)
        if is_litter(path):
            continue
        try:
            yield Entry(path, _content(archive, file, passwords, path[-1]))
        except FileRefused as trouble:
            yield Entry(path, trouble)


def entry_name(file: zipfile.ZipInfo) -> str:
    """The name that was meant: archivers of Chinese PCs write GBK without saying so."""
    if file.flag_bits & _UTF8:
        return file.orig_filename
    return gbk_or_utf8(file.orig_filename.encode("cp437", errors="replace"))


def _content(archive: zipfile.ZipFile, file: zipfile.ZipInfo, passwords: Sequence[str], name: str) -> bytes:
    if file.file_size > LARGEST_FILE:
        raise FileRefused("压缩包里的文件过大", where=name, todo="请解压后删去无关内容再导入")
    if file.compress_type == _AES:
        raise FileRefused("压缩包用 AES 加密，本程序打不开", where=name, todo=_UNPACK)
    attempts = (
        [form for password in passwords for form in _forms(password)] if file.flag_bits & _LOCKED else [None]
    )
    for attempt in attempts:
        try:
            return archive.read(file, attempt)
        except NotImplementedError as error:
            raise FileRefused("压缩方式不支持", where=name, todo=_UNPACK) from error
        except (RuntimeError, zipfile.BadZipFile, zlib.error, EOFError) as error:
            if attempt is None:
                raise FileRefused("压缩包里的文件已损坏", where=name, todo="请让对方重新发送") from error
    what = "压缩包的密码不对" if passwords else "压缩包已加密，需要密码"
    raise PasswordNeeded(what, where=name, todo="请输入解压密码；不知道密码的，请向报送单位询问")


def _forms(password: str) -> tuple[bytes, ...]:
    """The bytes that archivers make of a password: UTF-8, or GBK on Chinese PCs."""
    return tuple(dict.fromkeys((password.encode("utf-8"), password.encode("gb18030", errors="replace"))))
