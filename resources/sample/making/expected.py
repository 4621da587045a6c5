"""What the intake should make of each file, counted from what was written into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Import:
    """One sheet to import, and what should come of it.

    Args:
        kind: key of the list kind; "reviewers" and "scores" stand for lists that a round makes.
        at: local time of the import, text.
        problems: kind of problem → how often; problem rows are `problem`.
        shows: what is peculiar to the file.
    """

    file: str
    sheet: str
    kind: str
    at: str
    new: int
    changed: int = 0
    same: int = 0
    duplicate: int = 0
    problem: int = 0
    problems: Mapping[str, int] = field(default_factory=dict)
    shows: str = ""
