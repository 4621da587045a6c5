"""What every test may ask for: a store, an open office, and the sample office as the real walk leaves it."""

from __future__ import annotations

import os
import pickle
import shutil
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from db.engine import Database
from db.errors import StoreError
from db.history import Actor
from db.migrate import migrate
from dualcreate_desktop.office import journal, sample
from dualcreate_desktop.office.lock import StoreLock
from dualcreate_desktop.office.sample import Loaded
from dualcreate_desktop.office.store import Office, open_office
from dualcreate_desktop.paths import Paths

os.environ.setdefault(
    "QT_QPA_PLATFORM", "offscreen"
)  # windows are drawn to memory unless somebody wants to see them

SECTION_CHIEF = Actor("章清和", "组织科-02")


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


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A data folder that is not there yet."""
    return Paths(tmp_path / "数据")


@pytest.fixture
def office(template_store: Path, paths: Paths, actor: Actor, now: datetime) -> Iterator[Office]:
    """An empty office, open."""
    paths.make()
    shutil.copyfile(template_store, paths.store)
    opened = open_office(paths, actor, lambda: now)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the sample office, filled once a test run: copy it, never open it.

    Several workers of pytest-xdist share it: the first to get the lock fills it, the others wait.
    """
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "sample"
    folder.mkdir(exist_ok=True)
    lock = _waited_for(folder / "filling.lock")
    try:
        if not (folder / "loaded.pickle").exists():
            _fill(folder)
    finally:
        lock.release()
    return folder


@pytest.fixture(scope="session")
def loaded(sample_folder: Path) -> Loaded:
    """How the sample office was filled."""
    found: Loaded = pickle.loads((sample_folder / "loaded.pickle").read_bytes())
    return found


@pytest.fixture
def sample_office(sample_folder: Path, loaded: Loaded, paths: Paths) -> Iterator[Office]:
    """The sample office on its last day, open, for this test alone."""
    paths.make()
    shutil.copyfile(Paths(sample_folder).store, paths.store)
    opened = open_office(paths, SECTION_CHIEF, lambda: loaded.today)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def undecided_store(sample_folder: Path, loaded: Loaded, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of the sample office when all marks are in and nothing is decided: copy it, never open it."""
    paths = Paths(tmp_path_factory.mktemp("undecided"))
    shutil.copyfile(Paths(sample_folder).store, paths.store)
    opened = open_office(paths, SECTION_CHIEF, lambda: loaded.today)
    try:
        for title in ("确定入选名单", "发布公示", "形成拟入选名单"):
            last = journal.last_undoable(opened)
            assert last is not None
            assert journal.undo_plan(opened, last).title.startswith(title)
            journal.undo(opened, last)
    finally:
        opened.close()
    return paths.store


@pytest.fixture
def undecided(undecided_store: Path, loaded: Loaded, paths: Paths) -> Iterator[Office]:
    """The sample office before its proposed list, open, for this test alone."""
    paths.make()
    shutil.copyfile(undecided_store, paths.store)
    opened = open_office(paths, SECTION_CHIEF, lambda: loaded.today)
    yield opened
    opened.close()


def _fill(folder: Path) -> None:
    made = open_office(Paths(folder), SECTION_CHIEF, datetime.now)
    try:
        loaded = sample.load(made)
    finally:
        made.close()
    (folder / "loaded.pickle").write_bytes(pickle.dumps(loaded))


def _waited_for(path: Path) -> StoreLock:
    while True:
        try:
            return StoreLock(path, now=datetime.now())
        except StoreError:
            time.sleep(0.1)
