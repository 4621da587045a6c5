"""Rows of our own form say which record they are: a name that was changed is a change, not another record."""

from __future__ import annotations

from collections.abc import Iterator

from db.vocabulary import ProblemKind, Severity
from dualcreate_desktop.fields import ListKind
from dualcreate_desktop.intake.identity import OLD_NAME, Identity
from dualcreate_desktop.intake.known import Known, KnownRecord
from dualcreate_desktop.intake.names import normal, without_old_name
from dualcreate_desktop.intake.reading import Draft, SheetReader
from dualcreate_desktop.intake.values import Issue

_ROSTERS = frozenset({"units", "branches"})


class Marked:
    """The stored records by their ids, for the rows of a form."""

    def __init__(self, kind: ListKind, known: Known) -> None:
        self._kind, self._fixed = kind, known.fixed
        self._records = {record.id: record for record in (*known.records.values(), *known.twins)}
        self._owners = {self._folded(names): record.id for names, record in known.records.items()}

    def record(self, draft: Draft) -> KnownRecord | None:
        """The record that the row is; None for a new row and for one that is no longer stored."""
        return self._records.get(draft.mark.record_id) if draft.mark is not None else None

    def identity(self, draft: Draft, reader: SheetReader, stored: KnownRecord) -> Identity:
        """What the row means, by its mark; a changed name is checked against all others."""
        if self._kind.key in _ROSTERS:
            _keep_old_name(draft, stored)
        for key, issue in self._troubles(draft, stored):
            reader.problem(draft, key, issue)
        return Identity(stored.id, stored, (stored.id,), self._claims(draft))

    def _troubles(self, draft: Draft, stored: KnownRecord) -> Iterator[tuple[str, Issue]]:
        for key in self._kind.identity:
            before, after = stored.values.get(key), draft.values.get(key)
            if key in self._fixed and after is not None and _plain(before) != _plain(after):
                label = self._kind.field(key).label
                message = f"“{label}”与发出时不同，请改回；要另加一条的，请写在空行里"
                yield key, Issue(ProblemKind.INCONSISTENT, message)
        keys = self._kind.identity
        now = self._folded(tuple(draft.values.get(key, stored.values.get(key)) for key in keys))
        owner = self._owners.get(now)
        renamed = now != self._folded(tuple(map(stored.values.get, keys)))
        if owner is not None and owner != stored.id and renamed:
            yield self._kind.identity[-1], Issue(ProblemKind.INCONSISTENT, "与库中另一条记录相同")
        elif draft.mark is not None and draft.mark.revision not in ("", stored.revision):
            message = "表发出之后，库中这一条改过，请核对改动"
            yield "", Issue(ProblemKind.INCONSISTENT, message, Severity.WARNING)

    def _claims(self, draft: Draft) -> tuple[object, ...]:
        code = draft.values.get("code")
        return (normal(code),) if self._kind.key in _ROSTERS and isinstance(code, str) else ()

    @staticmethod
    def _folded(names: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(map(_plain, names))


def _keep_old_name(draft: Draft, stored: KnownRecord) -> None:
    """The name that a renamed organisation had is kept, as one in brackets would be."""
    name, before = draft.values.get("name"), stored.values.get("name")
    if not isinstance(name, str) or not isinstance(before, str):
        return
    draft.values["name"], old = without_old_name(name)
    if old or normal(name) != normal(before):
        draft.extra[OLD_NAME] = old or before


def _plain(value: object) -> object:
    return normal(value) if type(value) is str else value
