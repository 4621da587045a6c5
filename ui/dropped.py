"""What is dropped or copied: files of the disk, and those that another program offers without a place on it.

Outlook drags mails and attachments as such virtual files. Qt hands over attachments; a mail, which Windows offers as a
storage and not as bytes, comes empty.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData

from dualcreate_desktop.intake.filenames import safe_name

DESCRIPTOR = 'application/x-qt-windows-mime;value="FileGroupDescriptorW"'
CONTENTS = 'application/x-qt-windows-mime;value="FileContents"'
"""As Qt calls the two formats of Windows; a place among several files is added as ;index=1."""

_COUNT = struct.Struct("<I")
_ENTRY = struct.Struct("<36xI32x520s")
"""FILEDESCRIPTORW: of its 592 bytes the attributes and the name, which ends in a zero."""

_FOLDER = 0x10


@dataclass(frozen=True, slots=True)
class VirtualFile:
    """A file that another program offers; without content where that cannot be had."""

    name: str
    content: bytes


def brings_files(data: QMimeData) -> bool:
    """Whether there is a file in what is dragged or copied."""
    return bool(local_files(data)) or data.hasFormat(DESCRIPTOR)


def local_files(data: QMimeData) -> list[Path]:
    """The files of the disk."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def virtual_files(data: QMimeData) -> list[VirtualFile]:
    """The files that another program offers, read at once: they are gone when the drop is over."""
    return [
        VirtualFile(name, _content(data, place))
        for place, name in _named(bytes(data.data(DESCRIPTOR).data()))
    ]


def _named(descriptor: bytes) -> Iterator[tuple[int, str]]:
    """The place and name of each file; folders have no content."""
    if len(descriptor) < _COUNT.size:
        return
    (count,) = _COUNT.unpack_from(descriptor)
    entries = descriptor[_COUNT.size :]
    for place in range(min(count, len(entries) // _ENTRY.size)):
        attributes, name = _ENTRY.unpack_from(entries, place * _ENTRY.size)
        if not attributes & _FOLDER:
            yield place, safe_name(name.decode("utf-16-le", errors="replace").partition("\0")[0])


def _content(data: QMimeData, place: int) -> bytes:
    found = bytes(data.data(f"{CONTENTS};index={place}").data())
    return found if found or place else bytes(data.data(CONTENTS).data())
