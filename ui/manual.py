"""The manual as it ships: the pages of docs/manual, in their order, with their pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ui.theme import RESOURCES

MANUAL = RESOURCES.parent / "docs" / "manual"
"""Beside the program's folders, in a checkout and in the built program alike."""

PICTURES = MANUAL.with_name("pictures")

START = "00-开始"

_PICTURE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)\)")
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s#]+\.md)")


@dataclass(frozen=True, slots=True)
class ManualPage:
    """One page.

    Args:
        name: of its file, without .md.
        title: its first heading.
        text: Markdown.
    """

    name: str
    title: str
    text: str

    @property
    def path(self) -> Path:
        """Its file."""
        return MANUAL / f"{self.name}.md"

    def pictures(self) -> tuple[Path, ...]:
        """The files of its pictures."""
        return tuple((MANUAL / found).resolve() for found in _PICTURE.findall(self.text))

    def links(self) -> tuple[Path, ...]:
        """The pages that it points to."""
        return tuple((MANUAL / found).resolve() for found in _LINK.findall(self.text))

    def has(self, words: str) -> bool:
        """Whether it holds all of these words."""
        return all(word in self.text.lower() for word in words.lower().split())


@cache
def pages() -> tuple[ManualPage, ...]:
    """All pages, in the order of their numbers."""
    return tuple(_read(path) for path in sorted(MANUAL.glob("*.md")))


def _read(path: Path) -> ManualPage:
    text = path.read_text(encoding="utf-8")
    heading = next((line for line in text.splitlines() if line.startswith("# ")), path.stem)
    return ManualPage(path.stem, heading.removeprefix("# ").strip(), text)
