"""What is found out about a row besides its own cells, when an import is planned."""

from __future__ import annotations

from dataclasses import dataclass

from db.vocabulary import ProblemKind
from dualcreate_desktop.intake.plan import Told


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why a row cannot be written although each of its cells can be read; `key` of the field to mend."""

    row: int
    key: str
    message: str
    kind: ProblemKind = ProblemKind.INCONSISTENT


@dataclass(frozen=True, slots=True)
class Foretold:
    """What the row will do, where its values alone do not say it."""

    row: int
    told: Told


@dataclass(frozen=True, slots=True)
class Settled:
    """What the row asks for was done already; `record_id` is the record that says so."""

    row: int
    record_id: str
