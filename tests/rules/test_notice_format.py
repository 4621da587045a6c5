"""docs/notices.md describes the file of a round completely, and its example loads."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from dualcreate_desktop.rules import terms
from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.notice_loading import mistakes
from dualcreate_desktop.rules.notice_warnings import notice_warnings
from dualcreate_desktop.rules.records import load_record

DOCUMENT = (Path(__file__).parents[2] / "docs" / "notices.md").read_text("utf-8")
SECTIONS = {
    heading.split(" ")[0]: f"{heading}\n{body}"
    for heading, body in re.findall(r"^### ([^\n]+)\n(.*?)(?=^##|\Z)", DOCUMENT, re.MULTILINE | re.DOTALL)
}


def inside(hint: Any) -> Iterator[Any]:
    """The classes that a hint speaks of."""
    if isinstance(hint, type) and (dataclasses.is_dataclass(hint) or issubclass(hint, StrEnum)):
        yield hint
    for part in get_args(hint):
        yield from inside(part)


def reached(kind: type[Any], found: dict[str, type[Any]]) -> dict[str, type[Any]]:
    """Every record and every set of words that a file may hold, by name."""
    if kind.__name__ not in found:
        found[kind.__name__] = kind
        if dataclasses.is_dataclass(kind):
            for hint in get_type_hints(kind, include_extras=True).values():
                for inner in inside(hint):
                    reached(inner, found)
    return found


REACHED = reached(Notice, {})
RECORDS = {name: kind for name, kind in REACHED.items() if dataclasses.is_dataclass(kind)}
WORDS = {name: kind for name, kind in REACHED.items() if issubclass(kind, StrEnum)}


def test_every_record_has_its_section_and_none_is_of_yesterday() -> None:
    assert len(RECORDS) >= 50
    assert set(SECTIONS) == set(RECORDS)


@pytest.mark.parametrize("name", RECORDS)
def test_every_key_of_a_record_is_described(name: str) -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| [^|]+ \| ([^|]+?) \| [^|]+ \|$", SECTIONS[name], re.MULTILINE))
    fields = {field.name: field for field in dataclasses.fields(RECORDS[name])}
    assert list(rows) == list(fields)
    for key, default in rows.items():
        field = fields[key]
        needed = field.default is field.default_factory is dataclasses.MISSING
        assert (default == "required") == needed, key
    kind = getattr(RECORDS[name], "TYPE", None)
    assert (f'`type = "{kind}"`' in SECTIONS[name]) == (kind is not None)


@pytest.mark.parametrize("name", WORDS)
def test_every_word_is_described_with_its_label(name: str) -> None:
    (line,) = [line for line in DOCUMENT.splitlines() if line.startswith(f"| {name} |")]
    assert re.findall(r"`(\w+)` ([^,|]+?)(?=, `| \|)", line) == [
        (str(word), word.label) for word in WORDS[name]
    ]


@pytest.mark.parametrize(
    "words",
    [
        terms.UNIT_KINDS,
        terms.BRANCH_KINDS,
        terms.APPRAISALS,
        dict.fromkeys(terms.GRADES, ""),
        terms.LEVELS,
        terms.INCIDENTS,
        terms.STAFF,
        terms.GROWTH,
        terms.TOPICS,
    ],
)
def test_every_stored_value_is_described(words: dict[str, str]) -> None:
    assert ", ".join(f"`{value}` {label}".strip() for value, label in words.items()) in DOCUMENT


def test_the_example_loads_and_every_clause_of_it_is_served() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", DOCUMENT, re.DOTALL)
    assert mistakes(example, "示例.toml") == ()
    notice = load_record(Notice, example, "示例.toml")
    told = [warning.text for warning in notice_warnings(notice)]
    assert all("放假安排" in text for text in told), told
