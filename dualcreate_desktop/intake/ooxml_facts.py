"""What calamine leaves out of an OOXML workbook, by one streaming pass over each sheet.

Errors, formulas, picture cells, hidden rows and columns, number formats that matter, and how far the cells reach.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element
from xml.parsers import expat

from db.errors import FileRefused
from dualcreate_desktop.intake.containers import RESAVE, forbid_doctype
from dualcreate_desktop.intake.grid import Place
from dualcreate_desktop.intake.shown import BUILT_IN, matters

_COLUMNS = 16_384


@dataclass(slots=True)
class SheetFacts:
    """Facts of one sheet, gathered while it streams by; places from 0, `last_…` −1 for an empty sheet."""

    last_row: int = -1
    last_column: int = -1
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    errors: dict[Place, str] = field(default_factory=dict)
    formulas: set[Place] = field(default_factory=set)
    pictures: set[Place] = field(default_factory=set)
    formats: dict[Place, str] = field(default_factory=dict)


def sheet_facts(archive: zipfile.ZipFile, file: str) -> dict[str, SheetFacts]:
    """The facts of each worksheet by its name; FileRefused when the XML is broken."""
    try:
        formats = _formats_that_matter(archive)
        return {
            name: _Pass(formats, file).run(archive, found)
            for name, part in _sheet_parts(archive)
            if (found := _found(archive, part))
        }
    except (expat.ExpatError, SyntaxError, UnicodeError, ValueError) as error:
        raise FileRefused("工作簿内部的 XML 已损坏", where=file, todo=RESAVE) from error


def _tree(archive: zipfile.ZipFile, part: str) -> Element | None:
    from defusedxml.ElementTree import parse

    found = _found(archive, part)
    if not found:
        return None
    with archive.open(found) as stream:
        root: Element = parse(stream, forbid_dtd=True).getroot()
        return root


def _found(archive: zipfile.ZipFile, part: str) -> str:
    """The part as the archive writes its name: some programs mix up case, or write backslashes; empty for none."""
    if part in archive.NameToInfo:
        return part
    folded = part.casefold()
    return next((name for name in archive.namelist() if name.replace("\\", "/").casefold() == folded), "")


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _named(root: Element | None, name: str) -> Iterator[Element]:
    if root is not None:
        yield from (element for element in root.iter() if _local(element.tag) == name)


def _attribute(element: Element, name: str) -> str:
    """An attribute whatever its namespace, which differs between the two editions of OOXML."""
    return next((value for key, value in element.attrib.items() if _local(key) == name), "")


def related(archive: zipfile.ZipFile, owner: str) -> dict[str, tuple[str, str]]:
    """Relation id → (type, part) of the part `owner`."""
    folder, name = posixpath.split(owner)
    root = _tree(archive, posixpath.join(folder, "_rels", name + ".rels"))
    return {
        _attribute(relation, "Id"): (
            _attribute(relation, "Type").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, _attribute(relation, "Target"))).lstrip("/"),
        )
        for relation in _named(root, "Relationship")
    }


def workbook_part(archive: zipfile.ZipFile) -> str:
    """The part that lists the sheets."""
    relations = related(archive, "")
    return next((part for kind, part in relations.values() if kind == "officeDocument"), "xl/workbook.xml")


def _sheet_parts(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    workbook = workbook_part(archive)
    relations = related(archive, workbook)
    sheets = list(_named(_tree(archive, workbook), "sheet"))
    found = [(_attribute(sheet, "name"), relations.get(_sheet_relation(sheet), ("", ""))) for sheet in sheets]
    return [(name, part) for name, (kind, part) in found if kind == "worksheet"]


def _sheet_relation(sheet: Element) -> str:
    """`r:id`, not to be mixed up with an `id` that has no namespace."""
    return next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")


def _formats_that_matter(archive: zipfile.ZipFile) -> dict[str, str]:
    """Style number → format code, of the cell styles that `shown` reads."""
    workbook = workbook_part(archive)
    part = next((part for kind, part in related(archive, workbook).values() if kind == "styles"), "")
    root = _tree(archive, part) if part else None
    codes = {str(number): code for number, code in BUILT_IN.items()}
    for declared in _named(root, "numFmt"):
        codes[_attribute(declared, "numFmtId")] = _attribute(declared, "formatCode")
    styles = next(_named(root, "cellXfs"), None)
    used = (_attribute(style, "numFmtId") for style in (styles if styles is not None else ()))
    return {
        str(index): codes[number]
        for index, number in enumerate(used)
        if number in codes and matters(codes[number])
    }


class _Pass:
    """The expat handlers of one sheet; rows and cells may leave out their references."""

    def __init__(self, formats: dict[str, str], file: str) -> None:
        self.facts = SheetFacts()
        self._formats = formats
        self._row = -1
        self._column = -1
        self._attributes: dict[str, str] = {}
        self._text: list[str] = []
        self._letters: dict[str, int] = {}
        self._local: dict[str, str] = {}
        self._parser = expat.ParserCreate()
        forbid_doctype(file, self._parser)
        self._start: dict[str, Callable[[dict[str, str]], None]] = {
            "row": self._on_row,
            "c": self._on_cell,
            "v": self._on_value,
            "is": self._on_value,
            "f": self._on_formula,
            "col": self._on_columns,
        }

    def run(self, archive: zipfile.ZipFile, part: str) -> SheetFacts:
        """Stream the part through the handlers."""
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._on_start
        with archive.open(part) as stream:
            self._parser.ParseFile(stream)
        return self.facts

    def _on_start(self, name: str, attributes: dict[str, str]) -> None:
        handle = self._start.get(name)
        if handle is None:
            if ":" not in name:
                return
            handle = self._start[name] = self._start.get(name.rpartition(":")[2], _ignore)
        handle(attributes)

    def _on_row(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        self._row = int(reference) - 1 if reference else self._row + 1
        self._column = -1
        if attributes.get("hidden") in ("1", "true"):
            self.facts.hidden_rows.add(self._row)

    def _on_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        self._column = self._column_of(reference) if reference else self._column + 1
        self._attributes = attributes

    def _column_of(self, reference: str) -> int:
        letters = reference.rstrip("0123456789")
        column = self._letters.get(letters)
        if column is None:
            column = 0
            for letter in letters.upper():
                column = column * 26 + ord(letter) - 64
            self._letters[letters] = column = column - 1
        return column

    def _on_value(self, _: dict[str, str]) -> None:
        facts, attributes, column = self.facts, self._attributes, self._column
        facts.last_row = max(facts.last_row, self._row)
        facts.last_column = max(facts.last_column, column)
        if attributes.get("t") == "e":
            self._gather(self._on_error_text)
        if attributes.get("s") in self._formats and attributes.get("t", "n") in ("n", "d"):
            facts.formats[self._row, column] = self._formats[attributes["s"]]

    def _on_formula(self, _: dict[str, str]) -> None:
        if self._attributes.get("t") != "str":
            self.facts.formulas.add((self._row, self._column))
        self._gather(self._on_formula_text)

    def _gather(self, done: Callable[[str], None]) -> None:
        """Collect the text of the present element; `done` receives it at its end."""
        self._text.clear()
        self._parser.CharacterDataHandler = self._text.append

        def end(_: str) -> None:
            self._parser.CharacterDataHandler = None
            self._parser.EndElementHandler = None
            done("".join(self._text))

        self._parser.EndElementHandler = end

    def _on_error_text(self, text: str) -> None:
        self.facts.errors[self._row, self._column] = text

    def _on_formula_text(self, text: str) -> None:
        if "DISPIMG(" in text.upper():
            self.facts.pictures.add((self._row, self._column))

    def _on_columns(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in ("1", "true"):
            last = min(int(attributes.get("max", "1")), _COLUMNS)
            self.facts.hidden_columns.update(range(int(attributes.get("min", "1")) - 1, last))


def _ignore(_: dict[str, str]) -> None:
    """A foreign element."""
