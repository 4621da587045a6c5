"""At 200 % on a small screen nothing is cut, and no dialog is larger than the screen."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dualcreate_desktop.paths import Paths

ROOT = Path(__file__).parents[2]
SCREEN = {"name": "small", "x": 0, "y": 0, "width": 2560, "height": 1600}
"""In physical pixels; at 200 % it is 1280×800."""

PROGRAM = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QSize
from dualcreate_desktop.office import sample
from dualcreate_desktop.office.store import Actor, open_office
from dualcreate_desktop.paths import Paths
from ui import pictures, theme
from ui.background import ImmediateRunner
from ui.cut_words import cut_words
from ui.main_window import MainWindow
from ui.settings import Settings
from ui.start import make_app

data, screens = map(Path, sys.argv[1:3])
app = make_app()
theme.apply(app, theme.LIGHT)
today = sample.read_manifest()["today"]
office = open_office(Paths(data), Actor("章清和", "组织科-02"), lambda: today)
window = MainWindow(office, ImmediateRunner(), Settings(data), lambda: None, lambda _: None)
room = app.primaryScreen().size()
found = {}
for name, widget in pictures.views(window, QSize(room.width(), room.height())):
    picture = widget.grab()
    picture.save(str(screens / f"{name}-200.png"))
    large = widget.width() > room.width() or widget.height() > room.height()
    found[name] = cut_words(widget) + ([f"{widget.size()}"] if large else [])
    assert picture.devicePixelRatio() == app.primaryScreen().devicePixelRatio()
window.close()
office.close()
print(json.dumps({
    "ratio": app.primaryScreen().devicePixelRatio(), "room": [room.width(), room.height()], "found": found
}))
"""


@pytest.fixture(scope="module")
def seen(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a process of its own sees of the sample office at 200 %."""
    folder = tmp_path_factory.mktemp("double")
    paths = Paths(folder / "数据")
    paths.make()
    shutil.copyfile(Paths(sample_folder).store, paths.store)
    screens = Path(__file__).parent / "screens"
    screens.mkdir(exist_ok=True)
    config = folder / "screen.json"
    config.write_text(json.dumps({"screens": [SCREEN]}), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", PROGRAM, str(paths.data), str(screens)],
        cwd=folder,  # Qt would take the colon of a drive for the end of the file's name
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "QT_QPA_PLATFORM": f"offscreen:configfile={config.name}",
            "QT_SCALE_FACTOR": "2",
        },
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_the_screen_is_as_small_as_it_is_meant_to_be(seen: dict[str, Any]) -> None:
    assert (seen["ratio"], seen["room"]) == (2.0, [1280, 800])


def test_nothing_is_cut_at_200_percent(seen: dict[str, Any]) -> None:
    assert {name: cut for name, cut in seen["found"].items() if cut} == {}
    assert {"overview", "applications", "receiving-dialog", "start"} <= set(seen["found"])
