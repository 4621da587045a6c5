"""The two shipped presets, read once."""

from __future__ import annotations

from importlib import resources

import pytest
from hypothesis import settings

from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.notice_loading import load_notice

settings.register_profile("shared machine", deadline=None)  # a busy machine is not a broken law
settings.load_profile("shared machine")


def shipped(name: str) -> str:
    """The text of a file of resources/notices."""
    return (resources.files("resources") / "notices" / name).read_text("utf-8")


@pytest.fixture(scope="session")
def third_batch() -> Notice:
    return load_notice(shipped("third-batch-2023.toml"), "third-batch-2023.toml")


@pytest.fixture(scope="session")
def first_batch() -> Notice:
    return load_notice(shipped("first-batch-2018.toml"), "first-batch-2018.toml")
