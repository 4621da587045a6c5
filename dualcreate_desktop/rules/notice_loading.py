"""From the TOML of a round to a checked Notice, or to all that is wrong with it."""

from __future__ import annotations

from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.notice_checks import NoticeChecks
from dualcreate_desktop.rules.notice_index import NoticeIndex
from dualcreate_desktop.rules.notice_upgrade import upgraded
from dualcreate_desktop.rules.records import Mistake, parse_toml, read_record


def load_notice(text: str, source: str) -> Notice:
    """The rules of a round from its TOML.

    Args:
        source: name of the file, for messages.

    Raises:
        UserError: of the first mistake; names the file, the path of the key (counted from 1) and the reason.
    """
    notice, found = _read(text, source)
    if notice is None:
        raise found[0].error
    return notice


def mistakes(text: str, source: str) -> tuple[Mistake, ...]:
    """All that is wrong with the TOML of a round, in the order of the notice; nothing when it can be loaded."""
    return _read(text, source)[1]


def _read(text: str, source: str) -> tuple[Notice | None, tuple[Mistake, ...]]:
    table = parse_toml(text, source)
    if isinstance(table, Mistake):
        return None, (table,)
    today = upgraded(table)
    return read_record(Notice, today, source, NoticeChecks(NoticeIndex(today)))
