"""The files inside mails and archives, however they are nested."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from db.errors import FileRefused
from dualcreate_desktop.intake import archives
from dualcreate_desktop.intake.containers import (
    LARGEST_TOTAL,
    Envelope,
    Kind,
    PasswordNeeded,
    Source,
    source_of,
)
from dualcreate_desktop.intake.mail import Mail, read_eml
from dualcreate_desktop.intake.outlook import read_msg

DEEPEST = 4
"""Containers in containers: a forwarded mail in a mail with an archive in an archive."""

MOST_ITEMS = 500


@dataclass(frozen=True, slots=True)
class Unopened:
    """A file inside a container that could not be taken out; what and todo are those of a FileRefused.

    Args:
        locked: a password would open it.
    """

    name: str
    inside: tuple[str, ...]
    envelope: Envelope | None
    what: str
    todo: str
    locked: bool = False

    @property
    def path(self) -> str:
        """Where it was found, for people."""
        return " › ".join((*self.inside, self.name))


_TOO_DEEP = FileRefused(f"邮件或压缩包套了 {DEEPEST} 层以上", todo="请解压后再导入")
_NO_ATTACHMENT = FileRefused(
    "邮件里没有附件", todo="附件是“超大附件”链接的，请先下载；表格写在正文里的，请复制后粘贴进来"
)
_EMPTY = {
    Kind.ZIP: FileRefused("压缩包是空的", todo="请让对方重新打包发送"),
    Kind.EML: _NO_ATTACHMENT,
    Kind.MSG: _NO_ATTACHMENT,
}

Item = Source | Unopened
"""What is found in a container."""


@dataclass(slots=True)
class _Room:
    """What may still be taken out of one received file."""

    items: int = MOST_ITEMS
    bytes: int = LARGEST_TOTAL

    def takes(self, size: int) -> bool:
        """Whether one more file has room, which is then taken."""
        self.items -= 1
        self.bytes -= size
        return self.items >= 0 and self.bytes >= 0


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the unpacking stands."""

    inside: tuple[str, ...] = ()
    envelope: Envelope | None = None
    passwords: tuple[str, ...] = ()
    room: _Room = field(default_factory=_Room)
    depth: int = 0

    def within(self, *names: str, envelope: Envelope | None = None) -> _Place:
        """One container further in."""
        inside, envelope = (*self.inside, *names), envelope or self.envelope
        return _Place(inside, envelope, self.passwords, self.room, self.depth + 1)


def unpack(source: Source, passwords: Sequence[str] = ()) -> tuple[Item, ...]:
    """The files inside a source in their order, each by its bytes; the source itself when it holds none.

    Args:
        passwords: of the office, tried on what is locked.
    """
    if not source.is_container:
        return (source,)
    place = _Place(source.inside, source.envelope, tuple(passwords))
    return tuple(_opened(source.name, source, place))


def _opened(name: str, source: Source, place: _Place) -> Iterator[Item]:
    """What a container holds; the container itself as unopened when it cannot be read or holds nothing."""
    if place.depth >= DEEPEST:
        yield _unopened(name, place, _TOO_DEEP)
        return
    nothing = True
    try:
        for item in _inside(name, source, place):
            nothing = False
            yield item
        if nothing:
            yield _unopened(name, place, _EMPTY[source.kind])
    except FileRefused as trouble:
        yield _unopened(name, place, trouble)
    except Exception:  # noqa: BLE001 readers answer damaged mails with almost any exception; it is the file's fault
        damaged = FileRefused("邮件已损坏，无法读取", todo="请在邮箱中另存附件，再导入附件")
        yield _unopened(name, place, damaged)


def _inside(name: str, source: Source, place: _Place) -> Iterator[Item]:
    if source.kind is Kind.ZIP:
        return _in_zip(source, place)
    read = read_eml if source.kind is Kind.EML else read_msg
    return _in_mail(name, read(source.data), place)


def _in_zip(source: Source, place: _Place) -> Iterator[Item]:
    for entry in archives.read_zip(source.name, source.data, place.passwords):
        *folders, name = entry.path
        within = place.within(source.name, *folders)
        if isinstance(entry.content, FileRefused):
            yield _unopened(name, within, entry.content)
        else:
            yield from _file(name, entry.content, within)


def _in_mail(name: str, mail: Mail, place: _Place) -> Iterator[Item]:
    within = place.within(name, envelope=mail.envelope)
    for part in mail.parts:
        if part.mail is None:
            yield from _file(part.name, part.data, within)
        elif within.depth >= DEEPEST:
            yield _unopened(part.name, within, _TOO_DEEP)
        else:
            yield from _in_mail(part.name, part.mail, within)


def _file(name: str, data: bytes, place: _Place) -> Iterator[Item]:
    """A file, or what is in it when it is a container."""
    if not place.room.takes(len(data)):
        full = FileRefused("邮件或压缩包里的内容过多", todo="请解压后分批导入其中的表格")
        yield _unopened(name, place, full)
        return
    try:
        source = source_of(name, data, inside=place.inside, envelope=place.envelope)
    except FileRefused as trouble:
        yield _unopened(name, place, trouble)
        return
    if source.is_container:
        yield from _opened(name, source, place)
    else:
        yield source


def _unopened(name: str, place: _Place, trouble: FileRefused) -> Unopened:
    locked = isinstance(trouble, PasswordNeeded)
    return Unopened(name, place.inside, place.envelope, trouble.what, trouble.todo, locked)
