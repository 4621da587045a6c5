"""How many applications a unit may or must send in, as data; `quotas` works them out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from db.vocabulary import NumberRounding
from dualcreate_desktop.rules.records import Count, Positive


@dataclass(frozen=True, slots=True)
class Ratio:
    """At most `numerator` / `denominator` of the unit's branches; `at_least_one` lifts 0 to 1."""

    TYPE: ClassVar[str] = "ratio"
    numerator: Count
    denominator: Positive
    rounding: NumberRounding
    at_least_one: bool


@dataclass(frozen=True, slots=True)
class Threshold:
    """A unit of more than `more_than` branches may send `allowed`."""

    more_than: Count
    allowed: Count


@dataclass(frozen=True, slots=True)
class StepTable:
    """The highest threshold that the unit's branches exceed decides; below all of them: none."""

    TYPE: ClassVar[str] = "step_table"
    steps: tuple[Threshold, ...]


@dataclass(frozen=True, slots=True)
class FixedByKind:
    """A fixed number by the unit's kind; `otherwise` for all other kinds, without a limit when it is absent."""

    TYPE: ClassVar[str] = "fixed_by_kind"
    allowed: Mapping[str, Count]
    otherwise: Count | None = None


@dataclass(frozen=True, slots=True)
class MemberCap:
    """One place for every `members_per_place` members begun (进一法) or as `rounding` says."""

    TYPE: ClassVar[str] = "member_cap"
    members_per_place: Positive
    rounding: NumberRounding = NumberRounding.CEIL


@dataclass(frozen=True, slots=True)
class Exemption:
    """A kind of unit that an obligation does not bind, with the reason (机关不设学生党支部 …)."""

    unit_kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class Obligation:
    """At least `count` must be sent in, but for the exempt kinds of unit."""

    TYPE: ClassVar[str] = "obligation"
    count: Positive
    exempt: tuple[Exemption, ...] = ()


QuotaLimit = Ratio | StepTable | FixedByKind | MemberCap | Obligation


@dataclass(frozen=True, slots=True)
class QuotaRule:
    """One quota of a category.

    Args:
        soft: “原则上”: exceeding it is shown, not refused.
        unit_kinds: kinds of unit that it binds; none named: all.
    """

    key: str
    category: str
    clause: str
    label: str
    limit: QuotaLimit
    soft: bool = False
    unit_kinds: tuple[str, ...] = ()
