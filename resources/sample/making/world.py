"""Everything that the files tell of, drawn once from one seed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from resources.sample.making.branches import Branch, make_branches
from resources.sample.making.people import EXTENSION_C_UP, Names, extension
from resources.sample.making.university import UNITS, Unit

SEED = 20240315


@dataclass(frozen=True, slots=True)
class Leadership:
    """Who leads a unit and who answers its telephone."""

    secretary: str
    deputy: str
    organiser: str
    contact: str
    phone: str


@dataclass(frozen=True, slots=True)
class World:
    """The university as its files tell it."""

    branches: tuple[Branch, ...]
    leaders: dict[str, Leadership]
    """by the unit's short name"""
    reviewers: tuple[str, ...]
    """those who lead no unit"""
    names: Names

    def of(self, unit: Unit) -> tuple[Branch, ...]:
        """The branches of a unit."""
        return tuple(branch for branch in self.branches if branch.unit is unit)

    def branch(self, unit: str, body: str) -> Branch:
        """The branch of that unit and name; KeyError when there is none."""
        for branch in self.branches:
            if (branch.unit.short, branch.body) == (unit, body):
                return branch
        raise KeyError((unit, body))


def draw(purpose: str) -> Random:
    """Chance of its own for each purpose, so that a change in one file leaves the others as they are."""
    return Random(f"{SEED} {purpose}")


def make_world() -> World:
    """The same university on every call."""
    rng = draw("people")
    names = Names(rng)
    leaders = {unit.short: _leaders(unit, rng, names) for unit in UNITS}
    branches = make_branches(rng, names)
    return World(branches, leaders, tuple(names.take() for _ in range(6)), names)


def _leaders(unit: Unit, rng: Random, names: Names) -> Leadership:
    return Leadership(
        secretary=names.take(),
        deputy=names.take(),
        organiser=names.take(EXTENSION_C_UP if unit.short == "教育学院" else ""),
        contact=names.take(),
        phone=extension(rng),
    )
