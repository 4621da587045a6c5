"""What build.spec puts into the program is there, and nothing that the program reads is left behind."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOR_DEVELOPMENT = (
    "resources/sample/",
    "resources/installer/",
    "resources/fonts/build.py",
    "resources/__init__.py",
)
"""Of the sample the files and the manifest ship; its maker does not. Modules ship as code."""


def data() -> dict[str, str]:
    """Source pattern → folder in the program."""
    tree = ast.parse((ROOT / "build.spec").read_text(encoding="utf-8"))
    (value,) = (
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "DATA"
    )
    return dict(ast.literal_eval(value))


def shipped() -> set[Path]:
    found = [path for pattern in data() for path in ROOT.glob(pattern)]
    return {file for path in found for file in ([path] if path.is_file() else path.rglob("*"))}


def test_each_thing_that_ships_is_there_and_lies_where_the_code_looks_for_it() -> None:
    assert [pattern for pattern in data() if not list(ROOT.glob(pattern))] == []
    moved = {source: target for source, target in data().items() if not source.startswith(target)}
    assert moved == {"LICENSE": "."}


def test_every_file_of_the_resources_ships_but_what_is_for_development() -> None:
    done = subprocess.run(
        ["git", "ls-files", "-z", "resources", "docs/manual", "docs/pictures", "db/migrations"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        pytest.skip("not a checkout")
    names = [name for name in done.stdout.decode().split("\0") if name and (ROOT / name).is_file()]
    left = [name for name in names if ROOT / name not in shipped() and not name.startswith(FOR_DEVELOPMENT)]
    assert left == []
    assert ROOT / "resources/sample/manifest.toml" in shipped()
    assert len([path for path in shipped() if path.parent == ROOT / "resources/sample/files"]) > 30
