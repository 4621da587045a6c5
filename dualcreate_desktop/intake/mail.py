"""A saved mail (.eml): who sent it, when, and its attachments under the names that the sender gave them.

The parser of the standard library splits the mail; names and subjects are decoded here, because mails of Chinese
programs hold raw GBK bytes, `gb2312` labels over GBK text, and RFC 2231 parameters that are cut inside a character.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from email.utils import parseaddr, parsedate_to_datetime
from urllib.parse import unquote_to_bytes

from dualcreate_desktop.intake.containers import Envelope
from dualcreate_desktop.intake.filenames import gbk_or_utf8, python_charset, safe_name

_ENCODED_WORD = re.compile(r"=\?([^?\s]+)\?([bBqQ])\?([^?]*)\?=")
_BETWEEN_WORDS = re.compile(r"(\?=)\s+(=\?)")
_PARAMETER = re.compile(r';\s*([^\s=;*]+)(?:\*(\d+))?(\*)?\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)')
OFFICE_ZONE = timezone(timedelta(hours=8), "北京时间")
"""Mails tell moments; the office reads a clock."""

_BODIES = frozenset({"text/plain", "text/html"})


@dataclass(frozen=True, slots=True)
class Part:
    """An attachment.

    Args:
        mail: the attached mail, whose `data` is then empty.
    """

    name: str
    data: bytes
    mail: Mail | None = None


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail with its attachments, in their order."""

    envelope: Envelope
    parts: tuple[Part, ...]


def read_eml(data: bytes) -> Mail:
    """The mail that a file holds; what is broken in it is left out."""
    return _mail(message_from_bytes(data, policy=compat32))


def _mail(message: Message) -> Mail:
    name, address = parseaddr(_header(message, "from"))
    sender = f"{name} <{address}>" if name and address else name or address
    envelope = Envelope(sender, _header(message, "subject"), _date(_header(message, "date")))
    return Mail(envelope, tuple(_parts(message)))


def _parts(message: Message) -> Iterator[Part]:
    """The attachments; of a part without a name only what is no body of the mail."""
    content = message.get_payload()
    kind = message.get_content_type()
    if kind == "message/rfc822":
        yield _attached_mail(message)
    elif isinstance(content, list):
        for part in content:
            if isinstance(part, Message):
                yield from _parts(part)
    else:
        name = _file_name(message)
        if name or kind not in _BODIES:
            payload = message.get_payload(decode=True)
            yield Part(safe_name(name or "附件"), payload if isinstance(payload, bytes) else b"")


def _attached_mail(message: Message) -> Part:
    """A mail inside a mail, also one that was wrongly encoded as a file."""
    content = message.get_payload()
    inner = content[0] if isinstance(content, list) and content else content
    if isinstance(inner, Message) and not inner.keys():
        packed = inner.get_payload()
        inner = message_from_bytes(_unpacked(str(packed)), policy=compat32)
    mail = _mail(inner) if isinstance(inner, Message) else Mail(Envelope(), ())
    return Part(safe_name(_file_name(message) or f"{mail.envelope.subject or '转发的邮件'}.eml"), b"", mail)


def _unpacked(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=False)
    except (binascii.Error, ValueError):
        return b""


def _header(message: Message, wanted: str) -> str:
    """The decoded text of a header; empty when there is none."""
    return decode_header(_raw(message, wanted))


def _raw(message: Message, wanted: str) -> str:
    """A header unfolded, its bytes read as UTF-8, else GB18030."""
    for name, value in message.raw_items():
        if name.lower() == wanted:
            text = gbk_or_utf8(str(value).encode("utf-8", "surrogateescape"))
            return re.sub(r"\r?\n[ \t]*", " ", text)
    return ""


def decode_header(text: str) -> str:
    """RFC 2047: neighbouring words of one charset are joined before they are decoded, for they may cut a character."""
    text = _BETWEEN_WORDS.sub(r"\1\2", text)
    decoded, end = [], 0
    words: list[tuple[str, bytes]] = []
    for word in _ENCODED_WORD.finditer(text):
        if word.start() > end:
            decoded += [_joined(words), text[end : word.start()]]
            words = []
        words.append((python_charset(word[1].partition("*")[0]), _word_bytes(word[2], word[3])))
        end = word.end()
    return "".join((*decoded, _joined(words), text[end:])).strip()


def _word_bytes(way: str, text: str) -> bytes:
    if way in "bB":
        return _unpacked(text + "=" * (-len(text) % 4))
    return quopri.decodestring(text.replace("_", " ").encode("utf-8"), header=False)


def _joined(words: list[tuple[str, bytes]]) -> str:
    if not words:
        return ""
    if len({charset for charset, _ in words}) == 1:
        return b"".join(data for _, data in words).decode(words[0][0], errors="replace")
    return "".join(data.decode(charset, errors="replace") for charset, data in words)


def _file_name(message: Message) -> str:
    """By Content-Disposition, else by Content-Type; empty for a part without a name."""
    return parameter(_raw(message, "content-disposition"), "filename") or parameter(
        _raw(message, "content-type"), "name"
    )


def parameter(header: str, wanted: str) -> str:
    """A parameter of a header, whichever way it is written; the pieces of RFC 2231 are joined as bytes."""
    plain = ""
    pieces: dict[int, bytes] = defaultdict(bytes)
    charset = ""
    for found in _PARAMETER.finditer(header):
        name, number, extended, value = found[1].lower(), found[2], found[3], found[4].strip()
        if name != wanted:
            continue
        if value.startswith('"'):
            value = value[1:-1].replace('\\"', '"')
        if not number and not extended:
            plain = decode_header(value)
            continue
        if extended and not charset and value.count("'") >= 2:
            charset, _, value = value.split("'", 2)
        pieces[int(number or 0)] += unquote_to_bytes(value) if extended else value.encode("utf-8")
    if not pieces:
        return plain
    data = b"".join(pieces[index] for index in sorted(pieces))
    text = data.decode(python_charset(charset), errors="replace") if charset else gbk_or_utf8(data)
    return decode_header(text)


def _date(text: str) -> datetime | None:
    """The wall time of the office; None when it is missing or nonsense."""
    try:
        moment = parsedate_to_datetime(text)
        return (moment.astimezone(OFFICE_ZONE) if moment.tzinfo else moment).replace(tzinfo=None)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
