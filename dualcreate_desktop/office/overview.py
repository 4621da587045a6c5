"""What the first page shows of a round: its stages, five figures, one chart and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class StageState(StrEnum):
    """Where a stage stands on the day."""

    DONE = "done"
    NOW = "now"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class StagePoint:
    """One point of the stage line; `when` as in a sentence, 3月15日 17:00."""

    name: str
    when: str
    state: StageState


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the first page."""

    key: str
    label: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A unit's applications against its quota; `allowed` is None where there is no limit."""

    label: str
    applied: int
    allowed: int | None


@dataclass(frozen=True, slots=True)
class Todo:
    """Something to do next, by when."""

    text: str
    when: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """The first page of a round."""

    title: str
    stages: tuple[StagePoint, ...]
    figures: tuple[Figure, ...]
    bars: tuple[Bar, ...]
    todos: tuple[Todo, ...]
