"""What the store holds, as a plan needs it: an immutable picture that `office` draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dualcreate_desktop.intake.values import Value


@dataclass(frozen=True, slots=True)
class NewUnit:
    """Stands for the id of a unit that another row of the same plan makes, by the name in that row."""

    name: str


PlanValue = Value | NewUnit
"""What a planned row holds in a field."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's names; ids are those of the store."""

    id: str
    name: str
    code: str = ""
    short_name: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that is not empty."""
        return tuple(filter(None, (self.name, self.short_name, *self.aliases)))


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch's names and its unit."""

    id: str
    name: str
    unit_id: str
    code: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that is not empty."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class KnownRecord:
    """A stored record of the list that is imported.

    Args:
        revision: its last Change; the commit refuses a plan made on an older one.
        values: field key → typed value, None or left out when empty; UNIT and BRANCH hold ids.
        ended: kept for its history only, a dissolved branch or a post that ended: a list of today need not name it.
    """

    id: str
    revision: str
    values: Mapping[str, Value | None]
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that a plan compares with.

    Args:
        records: identity (the values of `ListKind.identity`, in its order, None where empty) → record.
            For the rosters of units and branches a record's id is the id of the unit or branch.
        closed: the list has its rows already, as a score sheet has its applicants: an unknown one is a problem.
        twins: records whose identity another one has too; only the marks of our own form tell them apart.
        fixed: keys of the identity that an import never writes again: who holds a post, who applies for what.
    """

    units: tuple[Unit, ...] = ()
    branches: tuple[Branch, ...] = ()
    records: Mapping[tuple[Value | None, ...], KnownRecord] = field(default_factory=dict)
    closed: bool = False
    fixed: frozenset[str] = frozenset()
    twins: tuple[KnownRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class LearnedMapping:
    """How somebody matched the columns of a layout; `columns` is field key → column, from 0."""

    list_key: str
    columns: Mapping[str, int]


Mappings = Mapping[tuple[str, str], LearnedMapping]
"""(signature of the layout, sender) → how its columns were matched; the sender "" stands for everybody."""


Choices = Mapping[str, Mapping[str, str]]
"""Field key → text as written → what it means."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What the office answered earlier, kept by `office` and given back to every plan.

    Args:
        choices: field key → text as written → value of the choice; of other fields the text to be read instead.
        own: id of a unit → the same, as its own lists mean it.
        units: text as written → unit id.
        branches: (unit id, text as written) → branch id.
        separate: names that were confirmed to be new ones, although they look like another.
        added: numbers of the rows, as Excel counts, that are new ones, although another is named alike.
        senders: address of a mail's sender, in lower case → id of the unit for which it was confirmed to write.
        unit: id of the unit whose list the sheet was said to be; empty when nobody said.
    """

    choices: Choices = field(default_factory=dict)
    own: Mapping[str, Choices] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    branches: Mapping[tuple[str, str], str] = field(default_factory=dict)
    separate: frozenset[str] = frozenset()
    added: frozenset[int] = frozenset()
    senders: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""

    def choices_of(self, unit_id: str) -> Choices:
        """What the words of a list of that unit mean: what it meant by them itself goes before what others did."""
        own = self.own.get(unit_id, {})
        return {
            key: {**self.choices.get(key, {}), **own.get(key, {})} for key in self.choices.keys() | own.keys()
        }
