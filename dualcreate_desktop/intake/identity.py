"""Which stored record a row means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from db.vocabulary import ProblemKind
from dualcreate_desktop.fields import ListKind
from dualcreate_desktop.intake.known import Known, KnownRecord, Learned
from dualcreate_desktop.intake.matching import Match, Matcher
from dualcreate_desktop.intake.names import normal, parse_branch, unit_core, without_old_name
from dualcreate_desktop.intake.reading import Draft, SheetReader
from dualcreate_desktop.intake.values import Issue

OLD_NAME = "原名"
"""Key of `extra` for the old name that a roster gives in brackets."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a row means.

    Args:
        key: equal for rows that mean the same record; None when the row does not say.
        record: the stored one; None when it is new or not sure.
        may_mean: ids of all records that the row means or may mean.
    """

    key: object = None
    record: KnownRecord | None = None
    may_mean: tuple[str, ...] = ()


Identify = Callable[[Draft, SheetReader], Identity]

_NOBODY = Identity()


def identifier(kind: ListKind, known: Known, matcher: Matcher, learned: Learned) -> Identify:
    """The way of identifying rows of that list: the rosters by code and name, all others by their identity."""
    if kind.key == "units":
        return _UnitRoster(known, matcher, learned)
    if kind.key == "branches":
        return _BranchRoster(known, matcher, learned)
    return _Records(kind, known)


class _Records:
    """By the values of the identity; names are compared without regard to spaces, brackets and width."""

    def __init__(self, kind: ListKind, known: Known) -> None:
        self._kind = kind
        self._closed = known.closed
        self._records = {self._folded(names): record for names, record in known.records.items()}
        self._needed = [key for key in kind.identity if kind.field(key).required]

    def __call__(self, draft: Draft, reader: SheetReader) -> Identity:
        """Find the record; an unknown one is a problem where the list is closed."""
        if draft.failed or any(key not in draft.values for key in self._needed):
            return _NOBODY
        key = self._folded(tuple(draft.values.get(key) for key in self._kind.identity))
        record = self._records.get(key)
        if record is not None:
            return Identity(key, record, (record.id,))
        if self._closed:
            name = "、".join(str(draft.values[key]) for key in self._kind.identity if key in draft.values)
            kind = ProblemKind.UNKNOWN_BRANCH
            reader.problem(draft, self._kind.identity[0], Issue(kind, f"“{name}”不在本次名单中"), name)
        return Identity(key)

    @staticmethod
    def _folded(names: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(normal(name) if type(name) is str else name for name in names)


class _Roster:
    """By code, else by name; a match through another spelling keeps the stored name."""

    def __init__(self, known: Known, matcher: Matcher, learned: Learned) -> None:
        self._records = {record.id: record for record in known.records.values()}
        self._matcher = matcher
        self._separate = learned.separate

    def _match(self, draft: Draft, text: str) -> Match:
        raise NotImplementedError

    def _by_code(self, code: str) -> str | None:
        raise NotImplementedError

    def _new_key(self, draft: Draft, name: str) -> object:
        raise NotImplementedError

    def __call__(self, draft: Draft, reader: SheetReader) -> Identity:
        """Find the record by code or name; what may be a known one under another name is asked."""
        name, code = draft.values.get("name"), draft.values.get("code")
        if not isinstance(name, str):
            return _NOBODY
        by_name = self._match(draft, name)
        by_code = self._by_code(code) if isinstance(code, str) else None
        new_name, old_name = without_old_name(name)
        draft.values["name"] = new_name
        if old_name:
            draft.extra[OLD_NAME] = old_name
        if by_code and by_name.id and by_code != by_name.id:
            message = "组织编码和名称对应的不是同一个组织"
            reader.problem(draft, "code", Issue(ProblemKind.INCONSISTENT, message), str(code))
            return Identity(None, None, (by_code, by_name.id))
        found = by_code or by_name.id
        if found is None and by_name.open and name not in self._separate:
            names = "、".join(candidate.name for candidate in by_name.candidates if not candidate.different)
            issue = Issue(
                ProblemKind.AMBIGUOUS, f"可能就是已有的：{names}；请确认是同一个还是新增", suggestion=names
            )
            reader.problem(draft, "name", issue, name)
            return Identity(None, None, tuple(candidate.id for candidate in by_name.candidates))
        if found is None:
            return Identity(self._new_key(draft, new_name))
        return self._known(draft, found, renamed=bool(by_code or old_name))

    def _known(self, draft: Draft, found: str, *, renamed: bool) -> Identity:
        record = self._records.get(found)
        stored = record.values.get("name") if record else None
        if stored is not None and not renamed:
            draft.values["name"] = stored
        return Identity(found, record, (found,))


class _UnitRoster(_Roster):
    def _match(self, draft: Draft, text: str) -> Match:
        return self._matcher.unit(text)

    def _by_code(self, code: str) -> str | None:
        return self._matcher.unit_coded(code)

    def _new_key(self, draft: Draft, name: str) -> object:
        return unit_core(name)


class _BranchRoster(_Roster):
    def _match(self, draft: Draft, text: str) -> Match:
        """Inside the row's unit; the same name in another unit is another branch."""
        unit = draft.values.get("unit")
        return self._matcher.branch(text, unit) if isinstance(unit, str) else Match()

    def _by_code(self, code: str) -> str | None:
        return self._matcher.branch_coded(code)

    def _new_key(self, draft: Draft, name: str) -> object:
        return draft.values.get("unit"), parse_branch(name)
