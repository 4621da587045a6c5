"""A cell's raw value into the type of its field, with what is wrong or doubtful about it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from db.vocabulary import ProblemKind, Severity
from dualcreate_desktop.fields import Choice, Field, FieldType
from dualcreate_desktop.intake.dates import read_date, read_moment
from dualcreate_desktop.intake.grid import Cell
from dualcreate_desktop.rules.dates import PartialDate

Value = str | int | bool | Decimal | PartialDate | date | datetime
"""What a field holds once it is typed; an empty cell has no value."""

EMPTY_WORDS = frozenset({"", "无", "/", "\\", "—", "——", "－", "-", "--", "－－", "暂无", "空", "N/A", "n/a"})
"""What people type into a cell that has nothing to say."""

_DATE_EMPTY = frozenset({"至今", "现在", "今"})
_YES = frozenset({"是", "√", "✓", "✔", "对", "有", "y", "yes", "true", "1", "☑"})
_NO = frozenset({"否", "×", "✗", "✘", "x", "不", "非", "无", "没有", "n", "no", "false", "0", "☐", "□"})
_AFTER_NUMBER = re.compile(r"(?:分|人|名|个|项|位|岁|年度|年|次|元|%|级)$")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_IN_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")
_MONEY = re.compile(r"[¥￥]?\s*(-)?\s*([\d.]+)\s*(万)?\s*元?(?:人民币)?")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_SPACES = re.compile(r"[ \t\u3000\xa0]+")
_CJK_GAP = re.compile(r"(?<=[\u3400-\u9fff·])\s+(?=[\u3400-\u9fff·])")
_BREAK_IN_NAME = re.compile(r"(?<=[^\x00-\u2e7f])\n(?=[^\x00-\u2e7f])")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2028-\u202e\u2060\ufeff\x00-\x08\x0b-\x1f]")
_BETWEEN_PHONES = re.compile(r"[、,;/或\n]")
_PHONE = re.compile(r"1\d{10}|0\d{9,11}|[2-9]\d{2,7}|1\d{2,6}")
"""A mobile number, one with its area code, one within the town or the school."""
_BESIDE_DIGITS = re.compile(r"^\+?86[-\s]?(?=1)|(?:转|[Xx#])\d{1,6}$|[-()\s—]")
_EXACT_DIGITS = 15
_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|#+)", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+\d{1,3}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Issue:
    """What is wrong with one value.

    Args:
        message: a Chinese sentence without place and full stop.
        suggestion: what may be meant, as it would be typed; empty when there is no guess.
    """

    kind: ProblemKind
    message: str
    severity: Severity = Severity.ERROR
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Coerced:
    """A typed value, None when the cell is empty or cannot be read, and the trouble with it, if any."""

    value: Value | None = None
    issue: Issue | None = None


EMPTY = Coerced()


def clean(raw: Cell) -> str:
    """The text of a cell: no invisible characters, single spaces, whole numbers without `.0`."""
    if isinstance(raw, str):
        if raw.isprintable():
            return _SPACES.sub(" ", raw.strip()) if "  " in raw else raw.strip()
        text = _INVISIBLE.sub("", raw)
        return "\n".join(_SPACES.sub(" ", line).strip() for line in text.splitlines()).strip()
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float):
        return f"{raw:.0f}" if raw.is_integer() else repr(raw)
    if isinstance(raw, datetime) and raw.time() == time():
        return raw.date().isoformat()
    return str(raw)


def coerce(
    field: Field, raw: Cell, *, heading: str = "", learned: Mapping[str, str] | None = None
) -> Coerced:
    """Type a cell for a field.

    UNIT and BRANCH stay texts here: `plan` resolves them against the store.

    Args:
        heading: of the column; MONEY under a heading with 万元 counts in ten thousands.
        learned: what the office answered before: text as written → value of the choice, or text to be read instead.
    """
    text = clean(raw)
    if learned and text in learned and field.type is not FieldType.CHOICE:
        raw = text = learned[text]
    if text in EMPTY_WORDS and not (field.type is FieldType.FLAG and text == "无"):
        return EMPTY
    if text.startswith(("#", "＃")) and _ERROR.fullmatch(unicodedata.normalize("NFKC", text)):
        return error_cell(field, text)
    if field.type is FieldType.MONEY:
        return _money(field, text, heading)
    if field.type is FieldType.CHOICE:
        return _choice(field, text, learned or {})
    return _READERS[field.type](field, raw, text)


def error_cell(field: Field, text: str) -> Coerced:
    """An error value such as #N/A, or #### where a column was too narrow when its text was written out."""
    return _lost(field, ProblemKind.ERROR_CELL, f"单元格是错误值 {text}")


def _lost(field: Field, kind: ProblemKind, message: str) -> Coerced:
    """Nothing can be taken of the cell: the row stays out where it is needed."""
    return Coerced(issue=Issue(kind, message, Severity.ERROR if field.required else Severity.WARNING))


def in_one_line(text: str) -> str:
    """A name without the breaks that a narrow column put into it."""
    return _BREAK_IN_NAME.sub("", text).replace("\n", " ") if "\n" in text else text


def folded(text: str) -> str:
    """Text for comparison: NFKC, no spaces, lower case."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def _text(field: Field, raw: Cell, text: str) -> Coerced:
    """A code or phone number is kept in half width; one whose last digits are lost is not taken."""
    plain = unicodedata.normalize("NFKC", text)
    if not plain.isascii():
        return Coerced(text)
    if isinstance(raw, float) and abs(raw) >= 10**_EXACT_DIGITS:
        message = f"长数字被存成了数值，{_EXACT_DIGITS} 位之后可能已变成 0，没有采用，请改为文本格式重填"
        return _lost(field, ProblemKind.BAD_NUMBER, message)
    if _SCIENTIFIC.fullmatch(plain):
        message = f"“{plain}”是长数字的科学记数法，后面的位数已经丢失，请改为文本格式重填"
        return _lost(field, ProblemKind.BAD_NUMBER, message)
    return Coerced(plain[1:] if re.fullmatch(r"'\d+", plain) else plain)


def _phone(field: Field, raw: Cell, text: str) -> Coerced:
    """Kept as it was written, with a warning where a digit is missing or too many."""
    taken = _text(field, raw, text)
    if taken.issue is not None or not isinstance(taken.value, str):
        return taken
    numbers = _BETWEEN_PHONES.split(unicodedata.normalize("NFKC", taken.value))
    if all(_PHONE.fullmatch(_BESIDE_DIGITS.sub("", number.strip())) for number in numbers):
        return taken
    message = f"“{taken.value}”不像电话号码，请核对位数"
    return Coerced(taken.value, Issue(ProblemKind.BAD_NUMBER, message, Severity.WARNING))


def _person(_: Field, raw: Cell, text: str) -> Coerced:
    """A name without the spaces that align two characters with three."""
    return Coerced(_CJK_GAP.sub("", text.replace("\n", " ")))


def _number(raw: Cell, text: str) -> Decimal | None:
    """The number of a cell, with full-width digits, separators and a unit such as 分; None when it is none."""
    if isinstance(raw, (bool, date, time, timedelta)):
        return None
    plain = _AFTER_NUMBER.sub("", _without_separators(text).replace(" ", ""))
    if not _NUMBER.fullmatch(plain):
        return Decimal(plain_chinese) if (plain_chinese := chinese_number(plain)) is not None else None
    number = Decimal(plain)
    return number if abs(number) < 10**_EXACT_DIGITS else None


def _without_separators(text: str) -> str:
    """In half width; a comma goes where it parts thousands, and stays where it may be meant as a decimal point."""
    return _IN_THOUSANDS.sub(lambda found: found[0].replace(",", ""), unicodedata.normalize("NFKC", text))


def chinese_number(text: str) -> int | None:
    """一 … 九十九 as an int; None for anything else."""
    found = re.fullmatch(r"(?:([一二两三四五六七八九])?(十))?([零〇一二两三四五六七八九])?", text)
    if not text or found is None:
        return None
    tens = _DIGITS[found[1]] if found[1] else (1 if found[2] else 0)
    return tens * 10 + (_DIGITS[found[3]] if found[3] else 0)


_DIGITS = {
    digit: value
    for value, digits in enumerate(("零〇", "一", "二两", "三", "四", "五", "六", "七", "八", "九"))
    for digit in digits
}


def _bad_number(text: str) -> Coerced:
    """Its only figure may be meant, unless what stands beside makes it another: 1万5千, 1,5."""
    plain = _without_separators(text)
    figures = _FIGURE.findall(plain)
    alone = len(figures) == 1 and not set(plain) & set("-十百千万亿")
    why = "的逗号不在千位，请去掉逗号或改成小数点" if re.search(r"\d,\d", plain) else "不是数字"
    suggestion = figures[0] if alone else ""
    return Coerced(issue=Issue(ProblemKind.BAD_NUMBER, f"“{text}”{why}", suggestion=suggestion))


def _integer(field: Field, raw: Cell, text: str) -> Coerced:
    number = _number(raw, text)
    if number is None:
        return _bad_number(text)
    if number != number.to_integral_value():
        return Coerced(issue=Issue(ProblemKind.BAD_NUMBER, f"“{text}”应为整数"))
    return _within(field, int(number), text)


def _decimal(field: Field, raw: Cell, text: str) -> Coerced:
    """At most the decimals of the field; a float of Excel's arithmetic is rounded to four first."""
    number = _number(raw, f"{raw:.10f}" if isinstance(raw, float) else text)
    if number is None:
        return _bad_number(text)
    exact = round(number, 4) if isinstance(raw, float) else number
    if exact != round(exact, field.decimals):
        allowed = f"最多保留 {field.decimals} 位小数" if field.decimals else "应为整数"
        return Coerced(issue=Issue(ProblemKind.BAD_NUMBER, f"“{text}”{allowed}"))
    return _within(field, exact.normalize() + 0, text)


def _within(field: Field, number: int | Decimal, text: str) -> Coerced:
    low, high = field.minimum, field.maximum
    if (low is None or number >= low) and (high is None or number <= high):
        return Coerced(number)
    return Coerced(issue=Issue(ProblemKind.OUT_OF_RANGE, f"{text} 超出范围（{_bounds(field)}）"))


def _bounds(field: Field) -> str:
    if field.minimum is None or field.maximum is None:
        return f"不大于 {field.maximum}" if field.minimum is None else f"不小于 {field.minimum}"
    return f"{field.minimum}至{field.maximum}"


def _money(field: Field, text: str, heading: str) -> Coerced:
    """元 or 万元 into 分."""
    found = _MONEY.fullmatch(_without_separators(text))
    try:
        amount = Decimal(found[2]) if found else None
    except InvalidOperation:
        amount = None
    if found is None or amount is None:
        return _bad_number(text)
    if found[1]:
        return Coerced(issue=Issue(ProblemKind.OUT_OF_RANGE, f"“{text}”是负数，金额不能小于 0"))
    factor = 1_000_000 if found[3] or "万" in heading else 100
    cents = amount * factor
    if cents != cents.to_integral_value():
        return Coerced(issue=Issue(ProblemKind.BAD_NUMBER, f"“{text}”的金额不足一分"))
    return Coerced(int(cents))


def _partial_date(field: Field, raw: Cell, text: str) -> Coerced:
    if text in _DATE_EMPTY:
        return EMPTY
    dated = isinstance(raw, (date, int, float)) and not isinstance(raw, bool)
    reading = read_date(raw if dated and isinstance(raw, (date, int, float)) else text)
    suggestion = str(reading.suggestion or "")
    if reading.value is None:
        usual = "2019.09.15 这样的年月日" if field.type is FieldType.DATE else "2019.09 这样的年月"
        why = f"“{text}”{reading.doubt}" if reading.doubt else f"“{text}”不是日期，请写成 {usual}"
        return Coerced(issue=Issue(ProblemKind.BAD_DATE, why, suggestion=suggestion))
    if reading.doubt:
        return Coerced(
            reading.value, Issue(ProblemKind.AMBIGUOUS, reading.doubt, Severity.WARNING, suggestion)
        )
    return Coerced(reading.value)


def _full_date(field: Field, raw: Cell, text: str) -> Coerced:
    coerced = _partial_date(field, raw, text)
    if not isinstance(coerced.value, PartialDate):
        return coerced
    if coerced.value.day is None:
        return Coerced(issue=Issue(ProblemKind.BAD_DATE, f"“{text}”缺少月或日，请写全年月日"))
    return Coerced(coerced.value.earliest)


def _moment(_: Field, raw: Cell, text: str) -> Coerced:
    moment = read_moment(raw if isinstance(raw, (date, float)) else text)
    if moment is None:
        message = f"“{text}”不是日期和时间，请写成 2024-03-15 17:00 这样"
        return Coerced(issue=Issue(ProblemKind.BAD_DATE, message))
    return Coerced(moment)


def _flag(_: Field, raw: Cell, text: str) -> Coerced:
    word = folded(text)
    if word in _YES:
        return Coerced(True)
    if word in _NO:
        return Coerced(False)
    return Coerced(issue=Issue(ProblemKind.UNKNOWN_CHOICE, f"“{text}”应填“是”或“否”"))


def _choice(field: Field, text: str, learned: Mapping[str, str]) -> Coerced:
    """By what was learned, else by label, value or synonym; an open choice keeps the text, with a warning."""
    if text in learned:
        return Coerced(learned[text])
    value = _words(field.choices).get(folded(text))
    if value is not None:
        return Coerced(value)
    suggestion = _nearest(field.choices, text)
    if field.open_choice:
        issue = Issue(
            ProblemKind.UNKNOWN_CHOICE, f"“{text}”是新的{field.label}", Severity.WARNING, suggestion
        )
        return Coerced(text, issue)
    labels = "、".join(choice.label for choice in field.choices)
    return Coerced(
        issue=Issue(ProblemKind.UNKNOWN_CHOICE, f"“{text}”不在可选项中（{labels}）", suggestion=suggestion)
    )


@lru_cache(maxsize=256)
def _words(choices: tuple[Choice, ...]) -> dict[str, str]:
    """Folded word → value; a label or value is never overruled by another choice's synonym."""
    words = {folded(word): choice.value for choice in choices for word in choice.synonyms}
    for choice in choices:
        words[folded(choice.value)] = words[folded(choice.label)] = choice.value
    return words


def _nearest(choices: tuple[Choice, ...], text: str) -> str:
    """The label of the choice whose words look most like the text; empty when none does."""
    from rapidfuzz import fuzz

    def likeness(choice: Choice) -> float:
        return max(fuzz.ratio(folded(text), folded(word)) for word in (choice.label, *choice.synonyms))

    best = max(choices, key=likeness, default=None)
    return best.label if best is not None and likeness(best) >= 50 else ""


_READERS: Mapping[FieldType, Callable[[Field, Cell, str], Coerced]] = {
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _text,
    FieldType.PHONE: _phone,
    FieldType.UNIT: _text,
    FieldType.BRANCH: _text,
    FieldType.PERSON: _person,
    FieldType.INTEGER: _integer,
    FieldType.DECIMAL: _decimal,
    FieldType.PARTIAL_DATE: _partial_date,
    FieldType.DATE: _full_date,
    FieldType.DATETIME: _moment,
    FieldType.FLAG: _flag,
}
