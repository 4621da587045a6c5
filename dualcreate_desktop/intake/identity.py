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
from dualcreate_desktop.intake.values import Issue, in_one_line

OLD_NAME = "原名"
"""Key of `extra` for the old name that a roster gives in brackets."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a row means.

    Args:
        key: equal for rows that mean the same record; None when the row does not say.
        record: the stored one; None when it is new or not sure.
        may_mean: ids of all records that the row means or may mean.
        claims: of a roster's row, its 组织编码 and its new name, which no other record may have.
    """

    key: object = None
    record: KnownRecord | None = None
    may_mean: tuple[str, ...] = ()
    claims: tuple[object, ...] = ()


Identify = Callable[[Draft, SheetReader], Identity]

_NOBODY = Identity()


def identifier(kind: ListKind, known: Known, matcher: Matcher, learned: Learned) -> Identify:
    """The way of identifying rows of that list: the rosters by code and name, all others by their identity."""
    if kind.key == "units":
        return _Roster(
            known,
            learned,
            match=lambda _, name: matcher.unit(name),
            coded=matcher.unit_coded,
            new_key=lambda _, name: ("unit", unit_core(name)),
        )
    if kind.key == "branches":
        return _Roster(
            known,
            learned,
            match=lambda unit, name: matcher.branch(name, unit) if unit else Match(),
            coded=matcher.branch_coded,
            new_key=lambda unit, name: (unit, parse_branch(name)),
        )
    return _Records(kind, known, learned)


class _Records:
    """By the values of the identity; names are compared without regard to spaces, brackets and width."""

    def __init__(self, kind: ListKind, known: Known, learned: Learned) -> None:
        self._kind = kind
        self._closed = known.closed
        self._added = learned.added if kind.repeats else frozenset[int]()
        self._records: dict[tuple[object, ...], list[KnownRecord]] = {}
        twins = ((tuple(map(twin.values.get, kind.identity)), twin) for twin in known.twins)
        for names, record in (*known.records.items(), *twins):
            self._records.setdefault(self._folded(names), []).append(record)
        self._needed = [key for key in kind.identity if kind.field(key).required]

    def __call__(self, draft: Draft, reader: SheetReader) -> Identity:
        """Find the record; an unknown one is a problem where the list is closed."""
        unread = {problem.key for problem in draft.problems if problem.is_error}
        if unread.intersection(self._kind.identity) or any(key not in draft.values for key in self._needed):
            return _NOBODY
        key = self._folded(tuple(draft.values.get(key) for key in self._kind.identity))
        if draft.row + 1 in self._added:
            return Identity((key, draft.row))
        records = self._records.get(key)
        if records is not None:
            record = max(records, key=lambda each: _agreeing(draft, each))
            return Identity((record.id, key), record, (record.id,))
        if self._closed:
            name = "、".join(str(draft.values[key]) for key in self._kind.identity if key in draft.values)
            kind = ProblemKind.UNKNOWN_BRANCH
            reader.problem(draft, self._kind.identity[0], Issue(kind, f"“{name}”不在本次名单中"), name)
        return Identity(key)

    @staticmethod
    def _folded(names: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(normal(name) if type(name) is str else name for name in names)


def _agreeing(draft: Draft, record: KnownRecord) -> int:
    """How many fields of the row are as stored: of records that are named alike the likest is meant."""
    return sum(record.values.get(key) == value for key, value in draft.values.items())


class _Roster:
    """By code, else by name; a match through another spelling keeps the stored name.

    Args:
        match: (unit id, name) → what the name means; a branch's name only counts inside its unit.
        coded: 组织编码 → id.
        new_key: (unit id, name) → what tells new organisations of the file apart.
    """

    def __init__(
        self,
        known: Known,
        learned: Learned,
        *,
        match: Callable[[str, str], Match],
        coded: Callable[[str], str | None],
        new_key: Callable[[str, str], object],
    ) -> None:
        self._records = {record.id: record for record in known.records.values()}
        self._separate = {in_one_line(name) for name in learned.separate}
        self._match, self._coded, self._new_key = match, coded, new_key

    def __call__(self, draft: Draft, reader: SheetReader) -> Identity:
        """Find the record; what may be a known one under another name is asked."""
        name, unit, code = (in_one_line(_text(draft, key)) for key in ("name", "unit", "code"))
        if not name:
            return _NOBODY
        draft.values["name"] = name
        by_name = self._match(unit, name)
        by_code = self._coded(code) if code else None
        if by_code and by_name.id and by_code != by_name.id:
            message = "组织编码和名称对应的不是同一个组织"
            reader.problem(draft, "code", Issue(ProblemKind.INCONSISTENT, message), code)
            return Identity(may_mean=(by_code, by_name.id))
        if name in self._separate and not self._is_called(by_name.id, name):
            by_name = Match()
        found = by_code or by_name.id
        if found is None and by_name.open:
            return _ask(
                draft, reader, by_name, (*_code(draft), self._new_key(unit, without_old_name(name)[0]))
            )
        new_name, old_name = without_old_name(name)
        draft.values["name"] = new_name
        if old_name:
            draft.extra[OLD_NAME] = old_name
        key = self._new_key(unit, new_name)
        if found is None:
            return Identity(key, claims=(*_code(draft), key))
        record = self._records.get(found)
        stored = record.values.get("name") if record else None
        if stored is None or by_name.id is None or old_name:
            return Identity(found, record, (found,), (*_code(draft), key))
        draft.values["name"] = stored
        return Identity(found, record, (found,), _code(draft))

    def _is_called(self, record_id: str | None, name: str) -> bool:
        """Whether the record has just that name: a second one of it there cannot be."""
        record = self._records.get(record_id or "")
        return record is not None and normal(str(record.values.get("name"))) == normal(name)


def _ask(draft: Draft, reader: SheetReader, match: Match, claims: tuple[object, ...]) -> Identity:
    possible = [candidate for candidate in match.candidates if not candidate.different]
    names = "、".join(candidate.name for candidate in possible)
    message = f"可能就是已有的：{names}；请确认是同一个还是新增"
    issue = Issue(ProblemKind.AMBIGUOUS, message, suggestion=possible[0].name)
    reader.problem(draft, "name", issue, _text(draft, "name"))
    met = tuple(candidate.id for candidate in possible)
    return Identity(may_mean=met, claims=claims)


def _code(draft: Draft) -> tuple[str, ...]:
    code = normal(_text(draft, "code"))
    return (code,) if code else ()


def _text(draft: Draft, key: str) -> str:
    value = draft.values.get(key)
    return value if isinstance(value, str) else ""
