"""What is written beside the program: its links lead somewhere, its numbers are single, its lists whole."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"))
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")
DECISION = re.compile(r"^(\d+)\. \*\*", re.MULTILINE)


def decisions() -> str:
    return (ROOT / "docs" / "decisions.md").read_text("utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_link_leads_somewhere(page: Path) -> None:
    linked = LINK.findall(page.read_text("utf-8"))
    assert [link for link in linked if not (page.parent / link).exists()] == []


def test_a_decision_has_a_number_of_its_own_and_in_each_part_they_rise() -> None:
    parts = [[int(number) for number in DECISION.findall(part)] for part in decisions().split("\n## ")]
    numbers = sorted(number for part in parts for number in part)
    assert numbers == list(range(1, len(numbers) + 1))
    assert [pair for part in parts for pair in pairwise(part) if pair[0] > pair[1]] == []


def required() -> Iterator[str]:
    """The libraries that the program and its development ask for."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    for wanted in (*told["project"]["dependencies"], *told["dependency-groups"]["dev"]):
        yield re.split(r"[^\w-]", wanted)[0]


def test_each_dependency_says_why_it_is_taken() -> None:
    lines = decisions().partition("\n## Dependencies\n")[2].partition("\n## ")[0].splitlines()
    reasoned = {name for line in lines for name in line.split("|")[1:2] for name in name.strip().split(", ")}
    assert set(required()) - reasoned == set()


def test_the_news_tells_nothing_twice() -> None:
    lines = [line for line in (ROOT / "CHANGELOG.md").read_text("utf-8").splitlines() if line[:2] == "- "]
    assert len(lines) > 20
    assert len(lines) == len(set(lines))
