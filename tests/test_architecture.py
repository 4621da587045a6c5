"""Each rule of the house is a sentence, and a test that fails when it is broken."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from fnmatch import fnmatch
from importlib.resources import files
from pathlib import Path

import pytest
from importlinter import configuration
from importlinter.application import use_cases

from db.models import Record
from dualcreate_desktop.fields import Choice, Field, FieldType
from dualcreate_desktop.lists import LIST_KINDS
from dualcreate_desktop.office.differences import TABLE_LABELS
from dualcreate_desktop.office.receivers import RECEIVERS
from dualcreate_desktop.rules.dates import PartialDate

ROOT = Path(__file__).parents[1]
PACKAGES = ("dualcreate_desktop", "db", "ui", "resources")
HEAVY = ("openpyxl", "reportlab", "docx", "python_calamine", "xlrd", "alembic", "msoffcrypto", "pypinyin")
USER_ERRORS = {"UserError", "NotAllowed", "StaleData", "StoreError", "StoreInUse", "FileRefused"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SUPPRESSION = re.compile(
    r"#\s*(?:noqa|type: ignore)(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*|\[[a-z, -]+\])?(?P<reason>.*)"
)
MIGRATIONS = ROOT / "db" / "migrations"


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def at(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def imports(path: Path) -> Iterator[tuple[str, str, ast.AST]]:
    """(module, name, node) of each import; the name is empty for `import module`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "", node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name, node) for alias in node.names)


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """(name of the function or method, node) of each call."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            name = node.func
            yield (name.attr if isinstance(name, ast.Attribute) else getattr(name, "id", "")), node


def tracked() -> list[Path]:
    """The files of the project, as git knows them."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("not a checkout")
    return [path for name in done.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


def test_the_contracts_of_the_layers_are_kept() -> None:
    """The contracts stand in pyproject.toml; a failure prints the import that breaks one."""
    configuration.configure()
    kept = use_cases.lint_imports(
        config_filename=str(ROOT / "pyproject.toml"),
        limit_to_contracts=(),
        cache_dir=None,
        is_debug_mode=False,
        show_timings=False,
        no_logo=True,
        verbose=False,
    )
    assert kept


def test_no_module_is_longer_than_five_hundred_lines() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in modules(*PACKAGES, "tests")}
    too_long = {path.name: n for path, n in lengths.items() if n > 500}
    assert too_long == {}


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    odd = {"utils", "util", "helpers", "helper", "misc", "common_utils", "managers", "manager", "interfaces"}
    assert [path for path in modules(*PACKAGES, "tests") if odd & {path.stem, *path.parts}] == []


def test_a_window_holds_no_sql_and_opens_no_session() -> None:
    sql = re.compile(r"\b(SELECT .* FROM|INSERT INTO|UPDATE .* SET|DELETE FROM|PRAGMA )\b", re.DOTALL)
    found = []
    for path in modules("ui"):
        texts = (node for node in ast.walk(tree(path)) if isinstance(node, ast.Constant))
        found += [at(path, node) for node in texts if isinstance(node.value, str) and sql.search(node.value)]
        found += [at(path, node) for name, node in calls(path) if name in {"scalars", "scalar", "read_sql"}]
        found += [
            at(path, node)
            for module, _, node in imports(path)
            if module.split(".")[0] in {"sqlalchemy", "sqlcipher3", "sqlite3"}
        ]
    assert found == []


def test_a_window_names_the_words_of_the_rules_and_never_computes_by_them() -> None:
    computing = [
        f"{at(path, node)} {module}.{name}"
        for path in modules("ui")
        for module, name, node in imports(path)
        if module.startswith("dualcreate_desktop.rules") and not name[:1].isupper()
    ]
    assert computing == []


def test_a_window_makes_no_paper() -> None:
    libraries = {"reportlab", "openpyxl", "docx", "python_calamine", "xlrd"}
    made = [
        at(path, node)
        for path in modules("ui")
        for module, _, node in imports(path)
        if module.split(".")[0] in libraries
    ]
    assert made == []


def test_the_office_writes_nothing_past_the_recorder() -> None:
    """Undo and audit know only what is flushed through a `Writer`: no bulk statement, no raw SQL, no own transaction."""
    past = []
    for path in modules("dualcreate_desktop/office", "dualcreate_desktop/commands", "ui"):
        past += [
            at(path, node)
            for module, name, node in imports(path)
            if module.startswith("sqlalchemy") and name in {"insert", "update", "delete", "text"}
        ]
        past += [
            at(path, node)
            for name, node in calls(path)
            if name
            in {
                "exec_driver_sql",
                "bulk_save_objects",
                "bulk_insert_mappings",
                "bulk_update_mappings",
                "commit",
            }
        ]
        past += [
            at(path, node)
            for name, node in calls(path)
            if name in {"update", "delete"}
            and isinstance(node.func, ast.Attribute)
            and _is_query(node.func.value)
        ]
    assert past == []


def _is_query(node: ast.expr) -> bool:
    """Whether it is `session.query(…)…` or a table."""
    return any(
        isinstance(inner, ast.Attribute) and inner.attr in {"query", "__table__"} for inner in ast.walk(node)
    )


def test_every_table_of_records_has_its_name_in_the_journal() -> None:
    tables = {model.__tablename__ for model in Record.__subclasses__()}
    assert len(tables) >= 20
    assert tables == set(TABLE_LABELS)


def test_every_list_has_somebody_who_receives_it() -> None:
    assert set(RECEIVERS) == {kind.key for kind in LIST_KINDS}


FILLED = {
    FieldType.TEXT: "机械工程学院",
    FieldType.LONG_TEXT: "第一行\n第二行",
    FieldType.PHONE: "13800001234",
    FieldType.INTEGER: 12,
    FieldType.DECIMAL: Decimal("87.5"),
    FieldType.MONEY: 500_000,
    FieldType.PARTIAL_DATE: PartialDate(2019, 9),
    FieldType.DATE: date(2024, 3, 15),
    FieldType.DATETIME: datetime(2024, 3, 15, 17, 0),
    FieldType.CHOICE: "teacher",
    FieldType.FLAG: True,
    FieldType.UNIT: "u1",
    FieldType.BRANCH: "u1",
    FieldType.PERSON: "赵喆",
}


@pytest.mark.parametrize("kind", FieldType)
def test_a_form_takes_and_gives_back_every_type_of_field(qapp: object, kind: FieldType) -> None:
    from ui.inputs import make_input

    field = Field("key", "某项", kind, choices=(Choice("teacher", "教师党支部"),))
    shown = make_input(field, FILLED[kind], [("u1", "机械学院")])
    assert shown.read().issue is None
    assert shown.read().value == FILLED[kind]


def test_no_file_knows_the_machine_on_which_it_was_written() -> None:
    absolute = re.compile(r"(?<![\w.:/])/(?:work|tmp|root|home)/[\w.]|[A-Z]:\\+Users\\")
    known_to_this_test = Path(__file__)
    found = []
    for path in tracked():
        if path == known_to_this_test or path.suffix in {".ttf", ".xlsx", ".xls", ".png", ".lock", ".otf"}:
            continue
        text = path.read_text(encoding="utf-8", errors="ignore")
        found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in absolute.finditer(text)]
        found += [f"{path.relative_to(ROOT)}: shared" for _ in re.finditer(r"(?<![\w./])shared/", text)]
    assert found == []


def test_what_the_user_is_told_is_chinese() -> None:
    foreign = []
    for path in modules(*PACKAGES):
        for name, node in calls(path):
            if name not in USER_ERRORS:
                continue
            told = (
                [node.args[0], *(word.value for word in node.keywords if word.arg == "todo")]
                if node.args
                else []
            )
            foreign += [
                at(path, text) for text in told if _is_text(text) and not CHINESE.search(ast.unparse(text))
            ]
    assert foreign == []


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and bool(node.value))


def test_only_full_width_punctuation_stands_between_chinese_characters_of_a_window() -> None:
    half = re.compile(r"[\u4e00-\u9fff][,;:?!][\u4e00-\u9fff]")
    found = [
        f"{at(path, node)} {node.value}"
        for path in modules("ui")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and half.search(node.value)
    ]
    assert found == []


def test_every_suppression_carries_its_reason() -> None:
    bare = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in modules(*PACKAGES)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if (found := SUPPRESSION.search(line)) and len(found["reason"].strip(" #()")) < 8
    ]
    assert bare == []


def test_the_program_starts_without_what_only_some_work_needs() -> None:
    script = (
        "import sys\n"
        "import dualcreate_desktop.commands, ui.app, ui.main_window\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_migration_imports_nothing_of_ours() -> None:
    ours = [
        at(path, node)
        for path in (MIGRATIONS / "versions").glob("*.py")
        for module, _, node in imports(path)
        if module.split(".")[0] in PACKAGES
    ]
    assert ours == []


def test_the_map_of_the_house_names_only_what_is_there() -> None:
    named = re.findall(r"`([^`]+)`", (ROOT / "docs" / "architecture.md").read_text("utf-8"))
    places = [name for name in named if "/" in name]
    dotted = [name.split("(")[0] for name in named if re.fullmatch(r"[a-z_]+(\.\w+)+(\(.*\))?", name)]
    assert len(places) >= 10
    assert len(dotted) >= 25
    lost = [name for name in places if not any(ROOT.glob(name.rstrip("/")))]
    assert lost + [name for name in dotted if not _is_there(name)] == []


def test_the_glossary_names_only_classes_that_are_there() -> None:
    rows = (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines()
    named = {
        word for row in rows for word in re.findall(r"\b[A-Z]\w+", row.split("|")[1] if "|" in row else "")
    }
    classes = {
        node.name
        for path in modules(*PACKAGES)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef)
    }
    assert len(named) >= 80
    assert named - classes == set()


def _is_there(name: str) -> bool:
    """Whether a dotted name is a module of the house, or stands in one."""
    first, *rest = name.split(".")
    steps = (first, *rest) if first in PACKAGES else ("dualcreate_desktop", first, *rest)
    module = ROOT.joinpath(*steps)
    if module.is_dir() or module.with_suffix(".py").is_file():
        return True
    holder = module.parent.with_suffix(".py")
    holder = holder if holder.is_file() else module.parent / "__init__.py"
    return holder.is_file() and re.search(rf"\b{steps[-1]}\b", holder.read_text("utf-8")) is not None


def test_resources_travel_with_the_packages() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    declared: dict[str, list[str]] = settings["tool"]["setuptools"]["package-data"]
    left_out = []
    for path in tracked():
        inside = path.relative_to(ROOT)
        package = inside.parts[0]
        if package in {"resources", "db"} and path.suffix != ".py":
            within = inside.relative_to(package).as_posix()
            if not any(fnmatch(within, pattern.replace("**/", "")) for pattern in declared.get(package, ())):
                left_out.append(str(inside))
    assert left_out == []
    assert (files("resources") / "notices" / "third-batch-2023.toml").is_file()
