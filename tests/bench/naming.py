"""How the time to find written names in the registry grows with their number."""

from __future__ import annotations

from figures import in_turn, ratio, seconds

from dualcreate_desktop.intake.known import Branch, Known, Unit
from dualcreate_desktop.intake.matching import Matcher

BRANCHES = 150
MANY, FEW = 20_000, 2_000
ROUNDS = 3

UNIT = "机械工程学院"


def growth() -> str:
    """Ten times the names, each another one that none of the unit's branches bears, so that all are looked through."""
    times = in_turn(lambda: finding(MANY), lambda: finding(FEW), ROUNDS)
    title = f"Finding {MANY:,} unknown names in a unit of {BRANCHES} branches : {FEW:,} of them"
    return ratio(title, *times, aim="near 10×")


def finding(names: int) -> float:
    """Seconds, with the names of the registry indexed anew."""
    branches = tuple(Branch(str(n), _name(n), "u") for n in range(BRANCHES))
    matcher = Matcher(Known((Unit("u", f"{UNIT}党委"),), branches))
    return seconds(lambda: [matcher.branch(_name(BRANCHES + n), "u") for n in range(names)])


def _name(number: int) -> str:
    return f"{UNIT}教工第{number + 1}党支部"
