"""How the program looks: the colours by role, the spacing, the font and the style sheet made from them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path
from string import Template

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

import resources

RESOURCES = Path(resources.__file__).parent
ICONS = RESOURCES / "icons"

FAMILY = "Noto Sans SC"
FONT_FILES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Medium.ttf")
BODY_PX = 13

TINY, SMALL, MEDIUM, LARGE, HUGE = 4, 8, 12, 16, 24
"""Spacing in pixels."""

ROW_HEIGHT = 37
RADIUS = 6
CARD_RADIUS = 10


class Tone(Enum):
    """What a state says at a glance; the word stands beside it always."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    CALM = "calm"


@dataclass(frozen=True, slots=True)
class Colours:
    """One colour, as #rrggbb, for each role."""

    page: str
    card: str
    line: str
    line_strong: str
    ink: str
    muted: str
    faint: str
    accent: str
    accent_fill: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    hover: str
    selected: str
    focus: str
    bar: str
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    calm: str
    calm_soft: str

    def of(self, tone: Tone) -> tuple[QColor, QColor]:
        """The ink and the ground of a pill."""
        return QColor(getattr(self, tone.value)), QColor(getattr(self, f"{tone.value}_soft"))


LIGHT = Colours(
    page="#F7F8FA",
    card="#FFFFFF",
    line="#E4E7EC",
    line_strong="#D0D5DD",
    ink="#1F2328",
    muted="#667085",
    faint="#98A2B3",
    accent="#B42318",
    accent_fill="#B42318",
    accent_hover="#9B1C13",
    accent_pressed="#7F170F",
    on_accent="#FFFFFF",
    hover="#F9FAFB",
    selected="#EEF1F5",
    focus="#475467",
    bar="#8A97AC",
    good="#027A48",
    good_soft="#ECFDF3",
    warn="#B54708",
    warn_soft="#FFFAEB",
    bad="#B42318",
    bad_soft="#FEF3F2",
    calm="#667085",
    calm_soft="#F2F4F7",
)

DARK = Colours(
    page="#15171B",
    card="#1D2025",
    line="#2C3138",
    line_strong="#414852",
    ink="#E6E8EB",
    muted="#9AA4B2",
    faint="#7B8595",
    accent="#F9776C",
    accent_fill="#C9372C",
    accent_hover="#D8473B",
    accent_pressed="#A92C22",
    on_accent="#FFFFFF",
    hover="#23272D",
    selected="#2A2F37",
    focus="#A9B4C4",
    bar="#7C8AA0",
    good="#5BD69B",
    good_soft="#12301F",
    warn="#F5B547",
    warn_soft="#38280B",
    bad="#F9776C",
    bad_soft="#3D1A17",
    calm="#9AA4B2",
    calm_soft="#2A2F37",
)

_COLOURS_PROPERTY = "dualcreate-colours"


def apply(app: QApplication, chosen: Colours | None = None) -> None:
    """Dress the application: Fusion, the bundled font, the palette and the style sheet.

    Args:
        chosen: the colours; by default those of the system's light or dark scheme.
    """
    dark = app.styleHints().colorScheme() is Qt.ColorScheme.Dark
    colours = chosen or (DARK if dark else LIGHT)
    app.setProperty(_COLOURS_PROPERTY, colours)
    app.setStyle("Fusion")
    _use_font(app)
    app.setPalette(_palette(colours))
    app.setStyleSheet(_style_sheet(colours))


def speak_chinese(app: QApplication) -> None:
    """Qt's own words, such as those of a line edit's menu, in Chinese."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)


def colours() -> Colours:
    """The colours that the application wears."""
    app = QApplication.instance()
    worn = app.property(_COLOURS_PROPERTY) if app is not None else None
    return worn if isinstance(worn, Colours) else LIGHT


def font(px: int = BODY_PX, *, medium: bool = False, tabular: bool = False) -> QFont:
    """The program's font at a size; `tabular` gives all digits one width."""
    made = QFont(FAMILY)
    made.setPixelSize(px)
    if medium:
        made.setWeight(QFont.Weight.Medium)
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def _use_font(app: QApplication) -> None:
    if FAMILY not in QFontDatabase.families():
        for name in FONT_FILES:
            QFontDatabase.addApplicationFont(str(RESOURCES / "fonts" / name))
    app.setFont(font())


def _style_sheet(worn: Colours) -> str:
    template = Template((RESOURCES / "style.qss").read_text(encoding="utf-8"))
    return template.substitute(
        asdict(worn), icons=ICONS.as_posix(), family=FAMILY, radius=RADIUS, card_radius=CARD_RADIUS
    )


def _palette(worn: Colours) -> QPalette:
    role = QPalette.ColorRole
    roles = {
        role.Window: worn.page,
        role.WindowText: worn.ink,
        role.Base: worn.card,
        role.AlternateBase: worn.hover,
        role.Text: worn.ink,
        role.Button: worn.card,
        role.ButtonText: worn.ink,
        role.PlaceholderText: worn.faint,
        role.Highlight: worn.focus,
        role.HighlightedText: worn.card,
        role.ToolTipBase: worn.ink,
        role.ToolTipText: worn.card,
        role.Mid: worn.line,
        role.Dark: worn.line_strong,
        role.Light: worn.card,
        role.Link: worn.accent,
    }
    palette = QPalette()
    for key, colour in roles.items():
        palette.setColor(key, QColor(colour))
    for key in (role.Text, role.ButtonText, role.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, QColor(worn.faint))
    return palette
