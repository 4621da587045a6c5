from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.vocabulary import ProblemKind, Severity
from dualcreate_desktop.fields import Choice, Field, FieldType
from dualcreate_desktop.intake.grid import Cell
from dualcreate_desktop.intake.values import Coerced, Value, coerce
from dualcreate_desktop.rules.dates import PartialDate

T = FieldType
DATE = Field("founded", "成立时间", T.PARTIAL_DATE)
GRADE = Field(
    "grade", "等次", T.CHOICE, choices=(Choice("好", "好", ("优", "A")), Choice("较好", "较好", ("良",)))
)


def read(
    kind: FieldType,
    raw: Cell,
    *,
    minimum: int | None = None,
    maximum: int | Decimal | None = None,
    decimals: int = 4,
) -> Coerced:
    return coerce(Field("x", "某项", kind, minimum=minimum, maximum=maximum, decimals=decimals), raw)


def trouble(coerced: Coerced) -> ProblemKind | None:
    return coerced.issue.kind if coerced.issue else None


@pytest.mark.parametrize(
    "raw",
    [
        2019.9, "2019.09", "2019.9", 201909, 201909.0, "２０１９．９", "二〇一九年九月", "2019年9月", "2019年9月份",
        "2019-09", "2019/9", "2019年09月", " 2019 . 9 ", "2019.9至今", "（2019.9）", "2019。9", "2019·9", "2019，9",
        "2019_09", "09/2019", "9.2019", "贰零壹玖年玖月", "201909.0",
    ],
)  # fmt: skip
def test_every_way_to_write_a_month_is_that_month(raw: Cell) -> None:
    assert coerce(DATE, raw) == Coerced(PartialDate(2019, 9))


@pytest.mark.parametrize(
    "raw",
    [20190901, 20190901.0, "20190901", 43709, 43709.0, "43709", "2019/9/1", "2019-09-01", "2019.9.1", "2019年9月1日",
     "二〇一九年九月一日", "43709.0", "20190901.0", date(2019, 9, 1), datetime(2019, 9, 1), "2019-09-01 00:00:00"],
)  # fmt: skip
def test_every_way_to_write_a_day_is_that_day(raw: Cell) -> None:
    assert coerce(DATE, raw) == Coerced(PartialDate(2019, 9, 1))


def test_months_in_characters_are_counted_to_twelve() -> None:
    assert coerce(DATE, "二〇二一年十二月三十一日").value == PartialDate(2021, 12, 31)
    assert coerce(DATE, "二〇二〇年十月二十日").value == PartialDate(2020, 10, 20)


def test_the_number_2019_1_is_january_with_a_warning_that_it_may_be_october() -> None:
    coerced = coerce(DATE, 2019.1)
    assert coerced.value == PartialDate(2019, 1)
    assert coerced.issue is not None
    assert (coerced.issue.severity, coerced.issue.suggestion) == (Severity.WARNING, "2019-10")
    assert coerce(DATE, "2019.1") == Coerced(PartialDate(2019, 1))
    assert coerce(DATE, "2019.10") == Coerced(PartialDate(2019, 10))


def test_a_year_of_two_digits_is_asked_with_a_suggestion() -> None:
    coerced = coerce(DATE, "19.9")
    assert coerced.value is None
    assert coerced.issue is not None
    assert (coerced.issue.kind, coerced.issue.suggestion) == (ProblemKind.BAD_DATE, "2019-09")


def test_a_year_that_went_through_a_number_is_a_year() -> None:
    assert coerce(DATE, "2019.0") == Coerced(PartialDate(2019))


@pytest.mark.parametrize(
    ("raw", "suggestion"),
    [
        ("Sep-19", "2019-09"),
        ("9/1/2019", "2019-09-01"),
        ("2019.9.31", "2019-09"),
        ("2019.9（重新组建）", "2019-09"),
        ("约2019年", "2019"),
        ("2019.9-2021.6", ""),
        ("2019.0.5", ""),
    ],
)
def test_what_is_nearly_a_date_is_asked_with_what_it_may_be(raw: str, suggestion: str) -> None:
    coerced = coerce(DATE, raw)
    assert coerced.value is None
    assert coerced.issue is not None
    assert (coerced.issue.kind, coerced.issue.suggestion) == (ProblemKind.BAD_DATE, suggestion)


@pytest.mark.parametrize(
    "raw",
    ["2019.13", "2019.00", "20190931", "约2019", "2019.9-2021.6", "下半年", 12, 3019, 1e300, -5.5, True],
)
def test_what_is_no_date_is_a_problem(raw: Cell) -> None:
    assert trouble(coerce(DATE, raw)) is ProblemKind.BAD_DATE


@pytest.mark.parametrize("raw", ["", "无", "/", "—", "-", "——", "至今", " ", "\u3000", "\u200b"])
def test_words_for_nothing_are_empty(raw: str) -> None:
    assert coerce(DATE, raw) == Coerced()


NOTATIONS = (
    lambda d: f"{d.year}.{d.month:02d}",
    lambda d: f"{d.year}.{d.month}",
    lambda d: f"{d.year}{d.month:02d}",
    lambda d: d.year * 100 + d.month,
    lambda d: f"{d.year}年{d.month}月",
    lambda d: f"{d.year}/{d.month}",
    lambda d: "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else "．" for c in f"{d.year}.{d.month}"),
    lambda d: (
        "".join("〇一二三四五六七八九"[int(c)] for c in str(d.year))
        + "年"
        + CHINESE_MONTHS[d.month - 1]
        + "月"
    ),
    str,
)
CHINESE_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


@given(
    st.builds(PartialDate, st.integers(1921, 2099), st.integers(1, 12)),
    st.sampled_from(NOTATIONS),
)
def test_a_month_written_in_any_notation_reads_back(month: PartialDate, write: object) -> None:
    assert callable(write)
    assert coerce(DATE, write(month)) == Coerced(month)


@given(st.dates(date(1921, 1, 1), date(2099, 12, 31)))
def test_a_day_written_in_any_notation_reads_back(day: date) -> None:
    wanted = Coerced(PartialDate(day.year, day.month, day.day))
    serial = (day - date(1899, 12, 30)).days
    for raw in (
        day,
        f"{day:%Y%m%d}",
        int(f"{day:%Y%m%d}"),
        f"{day.year}.{day.month}.{day.day}",
        serial,
        day.isoformat(),
    ):
        assert coerce(DATE, raw) == wanted


@given(
    st.one_of(st.text(), st.floats(allow_nan=True), st.integers(), st.booleans(), st.datetimes(), st.times())
)
def test_no_cell_ever_raises(raw: Cell) -> None:
    for kind in FieldType:
        coerced = coerce(Field("x", "某项", kind, choices=GRADE.choices), raw)
        assert coerced.value is None or not isinstance(coerced.value, float)


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (T.INTEGER, "８５人", 85), (T.INTEGER, 85.0, 85), (T.INTEGER, "1,234", 1234), (T.INTEGER, "三十二", 32),
        (T.INTEGER, "十", 10), (T.DECIMAL, "85分", Decimal(85)), (T.DECIMAL, "91.50", Decimal("91.5")),
        (T.DECIMAL, 0.1 + 0.2, Decimal("0.3")), (T.MONEY, "1.5万元", 1_500_000), (T.MONEY, 5000.0, 500_000),
        (T.MONEY, "￥5,000.50元", 500_050), (T.FLAG, "√", True), (T.FLAG, "×", False), (T.FLAG, "无", False),
        (T.FLAG, 1.0, True), (T.PERSON, "张　三", "张三"), (T.PERSON, "John Smith", "John Smith"),
        (T.TEXT, 13800000000.0, "13800000000"), (T.TEXT, " 机械\u200b 学院 ", "机械 学院"),
        (T.DATE, "2024年3月15日", date(2024, 3, 15)), (T.DATETIME, "2024-03-15 17:00", datetime(2024, 3, 15, 17)),
        (T.DATETIME, "2024年3月15日17时30分", datetime(2024, 3, 15, 17, 30)),
        (T.DATETIME, 45366.75, datetime(2024, 3, 15, 18)),
    ],
)  # fmt: skip
def test_values_take_the_type_of_their_field(kind: FieldType, raw: Cell, value: Value) -> None:
    coerced = read(kind, raw)
    assert (coerced.value, coerced.issue) == (value, None)
    assert type(coerced.value) is type(value)


@pytest.mark.parametrize(
    ("kind", "raw", "problem"),
    [
        (T.INTEGER, "约30", ProblemKind.BAD_NUMBER), (T.INTEGER, 85.5, ProblemKind.BAD_NUMBER),
        (T.INTEGER, True, ProblemKind.BAD_NUMBER), (T.DECIMAL, "1.23456", ProblemKind.BAD_NUMBER),
        (T.DECIMAL, "优秀", ProblemKind.BAD_NUMBER), (T.MONEY, "0.001", ProblemKind.BAD_NUMBER),
        (T.FLAG, "也许", ProblemKind.UNKNOWN_CHOICE), (T.DATE, "2024.3", ProblemKind.BAD_DATE),
        (T.DATETIME, "2024年3月", ProblemKind.BAD_DATE), (T.DATETIME, "2024-03-15 25:00", ProblemKind.BAD_DATE),
    ],
)  # fmt: skip
def test_what_does_not_fit_its_type_is_a_problem(kind: FieldType, raw: Cell, problem: ProblemKind) -> None:
    coerced = read(kind, raw)
    assert (coerced.value, trouble(coerced)) == (None, problem)


@pytest.mark.parametrize(
    ("kind", "raw"),
    [(T.MONEY, "1,5万元"), (T.MONEY, "1，5万"), (T.MONEY, "15,00"), (T.MONEY, "5,000,00元"), (T.DECIMAL, "95,5"),
     (T.INTEGER, "1,5"), (T.INTEGER, "1,2345")],
)  # fmt: skip
def test_a_comma_that_may_be_meant_as_a_point_is_not_read_over(kind: FieldType, raw: str) -> None:
    coerced = read(kind, raw)
    assert coerced.issue is not None
    assert (coerced.value, coerced.issue.suggestion) == (None, "")
    assert "逗号不在千位" in coerced.issue.message


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [(T.MONEY, "1,500.50元", 150_050), (T.MONEY, "1,234,567", 123_456_700), (T.DECIMAL, "-1,234.5", Decimal("-1234.5")),
     (T.INTEGER, "１，２３４人", 1234)],
)  # fmt: skip
def test_a_comma_that_parts_thousands_is_none(kind: FieldType, raw: str, value: Value) -> None:
    assert read(kind, raw) == Coerced(value)


def test_a_negative_sum_is_told_as_such() -> None:
    issue = read(T.MONEY, "-500").issue
    assert issue is not None
    assert (issue.kind, issue.message, issue.suggestion) == (
        ProblemKind.OUT_OF_RANGE,
        "“-500”是负数，金额不能小于 0",
        "",
    )


@pytest.mark.parametrize(
    ("raw", "suggestion"), [("约95", "95"), ("1万5千", ""), ("约1万人", ""), ("1e3", "")]
)
def test_a_number_is_suggested_only_where_it_can_be_no_other(raw: str, suggestion: str) -> None:
    issue = read(T.INTEGER, raw).issue
    assert issue is not None
    assert issue.suggestion == suggestion


def test_what_is_out_of_range_is_told_which_way() -> None:
    for raw, minimum, maximum, said in (
        ("-3", 0, None, "不小于 0"),
        ("7", None, 5, "不大于 5"),
        ("7", 0, 5, "0至5"),
    ):
        issue = read(T.INTEGER, raw, minimum=minimum, maximum=maximum).issue
        assert issue is not None
        assert issue.message == f"{raw} 超出范围（{said}）"


def test_a_day_that_is_needed_is_asked_for_as_a_day() -> None:
    for kind, said in ((T.DATE, "2019.09.15 这样的年月日"), (T.PARTIAL_DATE, "2019.09 这样的年月")):
        issue = read(kind, "2月30日").issue
        assert issue is not None
        assert said in issue.message


def test_bounds_are_inclusive() -> None:
    assert read(T.INTEGER, 100, minimum=0, maximum=100).value == 100
    assert trouble(read(T.DECIMAL, "100.5", minimum=0, maximum=100)) is ProblemKind.OUT_OF_RANGE
    assert trouble(read(T.DECIMAL, "12.6", maximum=Decimal("12.5"))) is ProblemKind.OUT_OF_RANGE


def test_a_number_has_no_more_decimals_than_its_field_allows() -> None:
    assert read(T.DECIMAL, "8.25", decimals=2).value == Decimal("8.25")
    assert read(T.DECIMAL, 0.1 + 0.2, decimals=1).value == Decimal("0.3")
    for raw in ("8.125", 8.125, 25 / 3):
        assert trouble(read(T.DECIMAL, raw, decimals=2)) is ProblemKind.BAD_NUMBER
    assert read(T.DECIMAL, "8.", decimals=0).value == 8
    assert trouble(read(T.DECIMAL, "8.5", decimals=0)) is ProblemKind.BAD_NUMBER


@pytest.mark.parametrize("raw", [330106199001011234.0, "3.30106E+17", "１．３８Ｅ＋１０"])
def test_a_long_number_whose_digits_are_lost_is_told_and_not_taken(raw: Cell) -> None:
    coerced = read(T.TEXT, raw)
    assert coerced.value is None
    assert coerced.issue is not None
    assert coerced.issue.severity is Severity.WARNING
    needed = coerce(Field("x", "某项", T.TEXT, required=True), raw)
    assert needed.issue is not None
    assert needed.issue.severity is Severity.ERROR


@pytest.mark.parametrize("raw", ["#N/A", "#REF!", "＃ＤＩＶ／０！", "########"])
@pytest.mark.parametrize("kind", list(T))
def test_an_error_that_was_written_as_text_is_an_error_cell(kind: FieldType, raw: str) -> None:
    coerced = read(kind, raw)
    assert coerced.value is None
    assert trouble(coerced) is ProblemKind.ERROR_CELL


def test_a_code_or_phone_number_in_full_width_is_the_same_in_half_width() -> None:
    assert read(T.TEXT, "０００１２３").value == "000123"
    assert read(T.TEXT, "'000123").value == "000123"
    assert read(T.TEXT, "教工第１党支部（新）").value == "教工第１党支部（新）"


@pytest.mark.parametrize(
    "raw",
    ["13800001234", "138 0000 1234", "+86 13800001234", "0571-88001234", "（0571）8800 1234", "665742", "66-1203", "66-1203转8",
     "13800001234、665742", 665742.0, "０５７１－８８００１２３４"],
)  # fmt: skip
def test_a_telephone_number_may_be_written_in_many_ways(raw: Cell) -> None:
    coerced = read(T.PHONE, raw)
    assert isinstance(coerced.value, str)
    assert coerced.issue is None


@pytest.mark.parametrize("raw", ["1380000123", "138000012345", "12", "张三", "6657四2", "13800001234、66"])
def test_a_telephone_number_with_a_digit_too_few_or_too_many_is_kept_with_a_warning(raw: str) -> None:
    coerced = read(T.PHONE, raw)
    assert coerced.value == raw
    assert coerced.issue is not None
    assert coerced.issue.severity is Severity.WARNING


def test_money_under_a_heading_in_ten_thousands_is_scaled() -> None:
    assert coerce(Field("m", "经费", T.MONEY), "1.5", heading="经费（万元）").value == 1_500_000


def test_choices_are_found_by_label_value_synonym_and_what_was_learned() -> None:
    assert [coerce(GRADE, raw).value for raw in ("好", " 优 ", "ａ", "较 好")] == ["好", "好", "好", "较好"]
    assert coerce(GRADE, "呱呱叫", learned={"呱呱叫": "好"}).value == "好"


def test_an_unknown_choice_is_a_problem_and_an_open_one_a_warning() -> None:
    closed = coerce(GRADE, "较好的")
    assert closed.issue is not None
    assert (closed.value, closed.issue.suggestion) == (None, "较好")
    opened = coerce(Field("c", "类别", T.CHOICE, choices=GRADE.choices, open_choice=True), "特好")
    assert opened.issue is not None
    assert (opened.value, opened.issue.severity) == ("特好", Severity.WARNING)
