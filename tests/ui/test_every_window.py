"""No tab or dialog comes in without a test that uses it as a person does."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog

from ui.tabs.all import TITLES

EveryClass = Callable[[type], set[type]]

AS_A_PERSON = re.compile(r"qtbot\.(mouse|key)\w+\(|type_text\(|\.trigger\(\)|QDropEvent")
LOOKING = {"test_pictures.py", Path(__file__).name}
"""Tests that look at every window and use none."""


def driving_tests() -> list[str]:
    tests = [path for path in Path(__file__).parent.glob("test_*.py") if path.name not in LOOKING]
    texts = [path.read_text("utf-8") for path in tests]
    return [text for text in texts if AS_A_PERSON.search(text)]


def test_every_dialog_is_driven_by_a_test(every_class: EveryClass) -> None:
    driven = set(re.findall(r"\w+", "\n".join(driving_tests())))
    dialogs = {dialog.__name__ for dialog in every_class(QDialog)}
    assert len(dialogs) > 50
    assert dialogs - driven == set()


def test_every_tab_is_driven_by_a_test() -> None:
    driven = set(re.findall(r"\btabs\.(\w+)", "\n".join(driving_tests())))
    assert set(TITLES) - driven == set()
