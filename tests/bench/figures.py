"""How a figure is told: median (least–most), and the ratio of the medians."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter


def seconds(work: Callable[[], object]) -> float:
    """How long the work takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def in_turn(
    ours: Callable[[], float], peer: Callable[[], float], rounds: int
) -> tuple[list[float], list[float]]:
    """Measure one after the other, so that a busy moment of the machine meets both."""
    pairs = [(ours(), peer()) for _ in range(rounds)]
    return [one for one, _ in pairs], [other for _, other in pairs]


def ratio(title: str, ours: Sequence[float], peer: Sequence[float], *, aim: str) -> str:
    """A comparison, times in seconds."""
    factor = median(ours) / median(peer)
    return f"{title}\n    {_spread(ours)} : {_spread(peer)} = {factor:.2f}×  (aim {aim})"


def milliseconds(title: str, times: Sequence[float], *, aim: str) -> str:
    """A series of times in seconds, told in milliseconds with its worst."""
    return f"{title}\n    median {median(times) * 1000:.0f} ms, most {max(times) * 1000:.0f} ms  (aim {aim})"


def _spread(times: Sequence[float]) -> str:
    return f"{median(times):.2f} s ({min(times):.2f}–{max(times):.2f})"
