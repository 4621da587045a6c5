"""The manual and the window use the same words: what it shows in bold is there, and what can be pressed is told."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from ui.manual import MANUAL, PICTURES, ManualPage, pages

HOME = MANUAL.parents[1]
BOLD = re.compile(r"\*\*(.+?)\*\*")
CHINESE = re.compile("[\u4e00-\u9fff]")
NOTHING_TO_PRESS = {"已撤销的党支部不能再调整", "没有其他可办的事"}
"""Grey entries of a menu, which say why it is empty."""


@cache
def nodes(folder: str) -> tuple[ast.AST, ...]:
    trees = (ast.parse(path.read_text("utf-8")) for path in sorted((HOME / folder).rglob("*.py")))
    return tuple(node for tree in trees for node in ast.walk(tree))


def texts(folder: str) -> Iterator[str]:
    """Each text of the program; one with places to be filled is a pattern of the words between them."""
    inside: set[int] = set()
    for node in nodes(folder):
        if isinstance(node, ast.JoinedStr):
            inside |= {id(part) for part in node.values}
            yield "".join(
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".*" for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield re.escape(node.value)


@cache
def shown() -> tuple[re.Pattern[str], ...]:
    """What the window may show, without the dots of an entry that asks on."""
    every = {text for folder in ("ui", "dualcreate_desktop", "db") for text in texts(folder)}
    return tuple(re.compile(text.rstrip("…")) for text in every if len(CHINESE.findall(text)) > 1)


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_what_the_manual_shows_in_bold_is_a_word_of_the_window(page: ManualPage) -> None:
    named = set(BOLD.findall(page.text))
    assert named
    assert {word for word in named if not any(text.fullmatch(word.rstrip("…")) for text in shown())} == set()


def pressed() -> Iterator[str]:
    """The words of each button and of each entry of a menu that are always the same."""
    for node in nodes("ui"):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            word = node.args[0].value
            if called in ("button", "addAction") and isinstance(word, str) and CHINESE.search(word):
                yield word.rstrip("…")


def test_every_button_and_menu_entry_is_told_in_the_manual() -> None:
    manual = "".join(page.text for page in pages())
    words = set(pressed()) - NOTHING_TO_PRESS
    assert len(words) > 100
    assert {word for word in words if word not in manual} == set()


def test_every_picture_that_ships_is_shown_in_the_manual() -> None:
    used = {path for page in pages() for path in page.pictures()}
    assert set(PICTURES.iterdir()) - used == set()
