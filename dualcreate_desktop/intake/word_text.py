"""The text of a paragraph of Word as its reader sees it: with content controls and ticks, without deletions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

TICKED, UNTICKED = "☑", "☐"

_LEFT_OUT = frozenset(
    {
        "del",
        "moveFrom",
        "Fallback",
        "delText",
        "instrText",
        "delInstrText",
        "pPr",
        "rPr",
        "tbl",
        "footnoteReference",
    }
)
_SIGNS = {
    "wingdings": {
        0xFE: TICKED,
        0xFD: "☒",
        0xFC: "√",
        0xFB: "×",
        0xA8: UNTICKED,
        0x6F: UNTICKED,
        0x71: UNTICKED,
    },
    "wingdings 2": {0x52: TICKED, 0x53: "☒", 0x54: "☒", 0x50: "√", 0x4F: "×", 0xA3: UNTICKED, 0x2A: UNTICKED},
    "symbol": {0xD6: "√", 0xB4: "×"},
}
"""Characters of picture fonts that stand for ticks and boxes; documents hold their code and not their look."""


def local(element: Element) -> str:
    """The name of an element without its namespace, which differs between the editions of the format."""
    return str(element.tag).rpartition("}")[2]


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The direct children of that name."""
    return (each for each in (element if element is not None else ()) if local(each) == name)


def child(element: Element | None, name: str) -> Element | None:
    """The first direct child of that name."""
    return next(children(element, name), None)


def attribute(element: Element, name: str) -> str:
    """An attribute by its local name; empty when there is none."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def text_of(paragraph: Element) -> str:
    """The text of a paragraph, line breaks kept; tables inside it are left out."""
    return "".join(_pieces(paragraph)).strip()


def _pieces(parent: Iterable[Element]) -> Iterator[str]:
    for element in parent:
        name = local(element)
        if name in _LEFT_OUT:
            continue
        if name == "sdt":
            yield from _control(element)
        elif name == "r":
            yield from _run(element)
        elif name == "p":
            yield from _pieces(element)
            yield "\n"
        else:
            yield from _pieces(element)


def _control(control: Element) -> Iterator[str]:
    """A content control: a tick as such, and no text where only its prompt (单击此处输入文字) is shown."""
    properties = child(control, "sdtPr")
    box = child(properties, "checkbox")
    if box is not None:
        checked = child(box, "checked")
        yield TICKED if checked is not None and attribute(checked, "val") in ("1", "true") else UNTICKED
    elif child(properties, "showingPlcHdr") is None:
        yield from _pieces(children(control, "sdtContent"))


def _run(run: Element) -> Iterator[str]:
    fonts = child(child(run, "rPr"), "rFonts")
    font = (attribute(fonts, "ascii") or attribute(fonts, "hAnsi")) if fonts is not None else ""
    if child(child(run, "rPr"), "vanish") is not None:
        return
    for element in run:
        match local(element):
            case "t":
                yield _signs(element.text or "", font)
            case "sym":
                yield _sign(attribute(element, "char"), attribute(element, "font"))
            case "tab":
                yield " "
            case "br" | "cr":
                yield "\n"
            case "noBreakHyphen":
                yield "-"
            case "fldChar":
                yield _form_box(element)
            case name if name not in _LEFT_OUT:
                yield from _pieces((element,))


def _signs(text: str, font: str) -> str:
    """Text in a picture font, as WPS writes a ticked box: the letter R in Wingdings 2."""
    signs = _SIGNS.get(font.strip().casefold())
    return text if signs is None else "".join(signs.get(ord(each) & 0xFF, each) for each in text)


def _sign(code: str, font: str) -> str:
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return _SIGNS.get(font.strip().casefold(), {}).get(number & 0xFF, "")


def _form_box(field: Element) -> str:
    """A tick box of the old forms, which stands in the beginning of its field."""
    box = child(child(field, "ffData"), "checkBox")
    if box is None:
        return ""
    state = child(box, "checked")
    if state is None:
        state = child(box, "default")
    ticked = state is not None and attribute(state, "val") not in ("0", "false")
    return TICKED if ticked else UNTICKED
