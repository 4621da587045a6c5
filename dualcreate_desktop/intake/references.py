"""UNIT and BRANCH cells: from the written name to the id in the store."""

from __future__ import annotations

from db.vocabulary import ProblemKind
from dualcreate_desktop.fields import FieldType
from dualcreate_desktop.intake.known import KnownRecord, NewUnit
from dualcreate_desktop.intake.matching import Match, Matcher
from dualcreate_desktop.intake.names import normal, unit_core, without_old_name
from dualcreate_desktop.intake.reading import Draft, SheetReader
from dualcreate_desktop.intake.values import Issue


class References:
    """Resolves the references of each record of a sheet.

    Args:
        title_unit: the id of the unit that the sheet's title names, for records that name none.
    """

    def __init__(self, reader: SheetReader, matcher: Matcher, title_unit: str | None) -> None:
        fields = reader.guess.kind.fields
        self._reader, self._matcher, self._title_unit = reader, matcher, title_unit
        self._units = [field for field in fields if field.type is FieldType.UNIT]
        self._own_units = _names_of_new_units(reader)
        self._branches = [field for field in fields if field.type is FieldType.BRANCH]

    def resolve(self, draft: Draft, stored: KnownRecord | None = None) -> None:
        """Put ids in the place of names; what is not sure becomes a problem and leaves no value.

        Args:
            stored: the record that a row of our own form is: its unit is the record's own where the row names none.
        """
        for field in self._units:
            text = draft.values.pop(field.key, None)
            own = stored.values.get(field.key) if stored is not None else self._title_unit
            if isinstance(text, str):
                self._resolve_unit(draft, field.key, text)
            elif field.required and own is not None:
                draft.values[field.key] = own
        for field in self._branches:
            text = draft.values.pop(field.key, None)
            if isinstance(text, str):
                self._resolve_branch(draft, field.key, text)

    def _resolve_unit(self, draft: Draft, key: str, text: str) -> None:
        match = self._matcher.unit(text)
        if match.id is not None:
            draft.values[key] = match.id
        elif new := self._own_units.get(unit_core(text)):
            draft.values[key] = NewUnit(new)
        else:
            self._reader.problem(draft, key, _unsure(match, text, ProblemKind.UNKNOWN_UNIT), text)

    def _resolve_branch(self, draft: Draft, key: str, text: str) -> None:
        """Inside the record's unit; a branch found without a unit brings its own; the unit's own name is no branch."""
        unit_key = self._units[0].key if self._units else ""
        unit_id = draft.values.get(unit_key)
        match = self._matcher.branch(text, unit_id if isinstance(unit_id, str) else None)
        if match.id is not None:
            draft.values[key] = match.id
            if unit_key:
                draft.values.setdefault(unit_key, self._matcher.unit_of(match.id))
            return
        own = self._matcher.unit(text).id
        if own is not None and unit_key and unit_id in (None, own):
            draft.values[unit_key] = own
        else:
            self._reader.problem(draft, key, _unsure(match, text, ProblemKind.UNKNOWN_BRANCH), text)


def _names_of_new_units(reader: SheetReader) -> dict[str, str]:
    """In a roster of units the 上级党组织 of one row may be another row; core of the name → the name."""
    if reader.guess.kind.key != "units":
        return {}
    names = (without_old_name(text)[0] for text in reader.texts("name"))
    return {unit_core(name): name for name in names}


def _unsure(match: Match, text: str, unknown: ProblemKind) -> Issue:
    """Ask between candidates, or tell that there is none; the likest is the suggestion."""
    best = match.candidates[0].name if match.candidates else ""
    if not match.open:
        todo = "" if best else "，请改正名称，或先导入名册"
        return Issue(unknown, f"名册中没有“{text}”{todo}", suggestion=best)
    possible = [candidate.name for candidate in match.candidates if not candidate.different]
    if len(possible) == 1:
        message = f"名册中没有“{text}”，可能就是“{possible[0]}”，请确认"
        return Issue(ProblemKind.AMBIGUOUS, message, suggestion=possible[0])
    if normal(best) == normal(text):
        return Issue(ProblemKind.AMBIGUOUS, f"多个院级党组织都有“{text}”，请写明所属院级党组织")
    return Issue(ProblemKind.AMBIGUOUS, f"“{text}”对应不唯一，可能是：{'、'.join(possible)}", suggestion=best)
