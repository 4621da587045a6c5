"""What every test may ask for: a freshly migrated store, somebody who acts, and a clock that stands still."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from db.engine import Database
from db.history import Actor
from db.migrate import migrate


@pytest.fixture(scope="session")
def template_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty store: copy it, never open it."""
    path = tmp_path_factory.mktemp("template") / "store.db"
    migrate(path)
    return path


@pytest.fixture
def store_path(template_store: Path, tmp_path: Path) -> Path:
    """A migrated, empty store that nobody has open."""
    return Path(shutil.copyfile(template_store, tmp_path / "store.db"))


@pytest.fixture
def database(store_path: Path) -> Iterator[Database]:
    """An open store, empty."""
    opened = Database(store_path)
    yield opened
    opened.close()


@pytest.fixture
def actor() -> Actor:
    return Actor("王小明", pc="组织部一号机")


@pytest.fixture
def now() -> datetime:
    return datetime(2024, 3, 15, 9, 0)
