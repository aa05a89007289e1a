from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantkompas.domain.field_source import Heading
from klantkompas.errors import ArgumentError, DataError
from klantkompas.io.parsing.columns import WrittenColumn
from klantkompas.io.parsing.dates import read_dates
from klantkompas.io.parsing.locales import find_locale

STYLES = ["y-m-d", "d-m-y", "m-d-y"]
SEPARATORS = st.sampled_from("-/.")


def column(*values: str | None, style: str | None = None) -> WrittenColumn:
    return WrittenColumn(
        "orders", "on", Heading("Datum", style=style), polars.Series(values, dtype=polars.String)
    )


def read(*values: str | None, style: str | None = None, locale: str | None = None) -> list[object]:
    dates, _ = read_dates(column(*values, style=style), locale and find_locale(locale))
    return dates.to_list()


@st.composite
def written_dates(draw: st.DrawFn, style: str) -> tuple[date, str]:
    """A date and one way to write it in a style."""
    day = draw(st.dates(date(1000, 1, 1)))
    year = f"{day.year}"
    if style != "y-m-d" and 1969 <= day.year <= 2068 and draw(st.booleans()):
        year = year[2:]
    width = draw(st.sampled_from([1, 2]))
    parts = {"y": year, "m": f"{day.month:0{width}}", "d": f"{day.day:0{width}}"}
    first, second, third = (parts[part] for part in style.split("-"))
    return day, f"{first}{draw(SEPARATORS)}{second}{draw(SEPARATORS)}{third}"


@pytest.mark.parametrize("style", STYLES)
@given(data=st.data())
def test_dates_written_in_a_style_read_back(style: str, data: st.DataObject) -> None:
    expected, texts = zip(*data.draw(st.lists(written_dates(style), min_size=1)), strict=True)
    assert read(*texts, style=style) == list(expected)


@given(st.data(), st.sampled_from([("d-m-y", "13/1/2024"), ("m-d-y", "1/13/2024")]))
def test_one_date_after_the_twelfth_decides_the_whole_column(
    data: st.DataObject, deciding: tuple[str, str]
) -> None:
    style, value = deciding
    expected, texts = zip(*data.draw(st.lists(written_dates(style), min_size=1)), strict=True)
    assert read(*texts, value) == [*expected, date(2024, 1, 13)]


@given(st.lists(st.datetimes(datetime(1000, 1, 1)), min_size=1), st.sampled_from("T "))
def test_datetimes_as_python_writes_them_read_back_to_the_microsecond(
    moments: list[datetime], between: str
) -> None:
    assert read(*(moment.isoformat(between) for moment in moments)) == moments


@given(
    st.lists(st.datetimes(datetime(1000, 1, 2), datetime(9000, 1, 1)), min_size=1),
    st.integers(-12, 14),
)
def test_an_offset_that_all_share_is_kept(moments: list[datetime], hours: int) -> None:
    zone = timezone(timedelta(hours=hours))
    aware = [moment.replace(tzinfo=zone) for moment in moments]
    found = read(*(moment.isoformat() for moment in aware))
    assert found == aware
    assert [moment.utcoffset() for moment in found] == [timedelta(hours=hours)] * len(aware)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["2025-01-31"], [date(2025, 1, 31)]),
        (
            ["0001-01-01", "0999-12-31", "9999-12-31"],
            [date(1, 1, 1), date(999, 12, 31), date(9999, 12, 31)],
        ),
        (["2025/1/31", None], [date(2025, 1, 31), None]),
        (["20250131", "20240229"], [date(2025, 1, 31), date(2024, 2, 29)]),
        (["31.01.2025"], [date(2025, 1, 31)]),
        (["1/31/25"], [date(2025, 1, 31)]),
        (["05-05-2025", "6/6/25"], [date(2025, 5, 5), date(2025, 6, 6)]),
        (["1-13-69", "1-13-68"], [date(1969, 1, 13), date(2068, 1, 13)]),
        (["31-1-2025 8:05"], [datetime(2025, 1, 31, 8, 5)]),
        (["31-1-2025 8.05 uur", "31-1-2025 8:05 u"], [datetime(2025, 1, 31, 8, 5)] * 2),
        (["31.01.2025 08:05 Uhr", "31.01.2025 um 8:05"], [datetime(2025, 1, 31, 8, 5)] * 2),
        (["31/01/2025 \u00e0 8h05", "31/01/2025 08h05"], [datetime(2025, 1, 31, 8, 5)] * 2),
        (["Jan 31, 2025 at 8:05\u202fPM"], [datetime(2025, 1, 31, 20, 5)]),
        (["2025/01/31 8:05:00 AM GMT"], [datetime(2025, 1, 31, 8, 5, tzinfo=UTC)]),
        (
            ["Fri Jan 31 2025 08:05:00 GMT+0100 (Central European Standard Time)"],
            [datetime(2025, 1, 31, 8, 5, tzinfo=timezone(timedelta(hours=1)))],
        ),
        (
            ["2025/01/31 8:05:00 AM GMT+1"],
            [datetime(2025, 1, 31, 8, 5, tzinfo=timezone(timedelta(hours=1)))],
        ),
        (["31-1-2025 8:05", "1-2-2025"], [datetime(2025, 1, 31, 8, 5), datetime(2025, 2, 1)]),
        (["2025-01-31T23:59:59.5"], [datetime(2025, 1, 31, 23, 59, 59, 500000)]),
        (["2025-01-31 00:00"], [datetime(2025, 1, 31)]),
        ([], []),
        ([None], [None]),
    ],
)
def test_the_column_decides(values: list[str | None], expected: list[date | None]) -> None:
    found = read(*values)
    assert found == expected
    assert [type(each) for each in found] == [type(each) for each in expected]


def test_dates_are_dates_unless_a_clock_time_is_written() -> None:
    dates, _ = read_dates(column("2025-01-31", None))
    assert dates.dtype == polars.Date
    moments, _ = read_dates(column("2025-01-31", "2025-01-31 00:00"))
    assert moments.dtype == polars.Datetime("us")


@pytest.mark.parametrize(
    "value",
    [
        "31-02-2025",
        "29-02-2023",
        "00-01-2025",
        "2025-13-01",
        "0000-01-01",
        "01-01-0000",
        "31-01-202",
        "31-01",
        "1-2025",
        "2025",
        "20250101",
        "31-01-2025 24:00",
        "2025-01-31 (concept)",
        "31-01-2025 8.05 keer",
        "31-01-2025 12:60",
        "31-01-2025 12:00:60",
        "31-01-2025 12",
        "31-01-2025Z",
        "31 januarie 2025",
        "31--01-2025",
        "Not Stated",
        "31-01-2025 13:45 PM",
        "31-01-2025 0:45 AM",
    ],
)
def test_what_is_no_date_is_refused_with_its_place(value: str) -> None:
    with pytest.raises(
        DataError, match="is not an existing date written d-m-y, as 2 other"
    ) as caught:
        read("30-01-2025", None, value, "28-01-2025")
    error = caught.value
    assert (error.table, error.column, error.row, error.value) == ("orders", "Datum", 3, value)


@pytest.mark.parametrize("values", [("03-04-2025",), ("05-05-2025", None, "12/1/10 8:26")])
def test_a_column_that_reads_in_two_ways_is_refused_and_both_are_shown(
    values: tuple[str | None, ...],
) -> None:
    with pytest.raises(DataError) as caught:
        read(*values)
    message = str(caught.value)
    assert 'locale="nl" or locale="en-US"' in message
    assert 'columns={"orders": {"on": Heading("Datum", style="d-m-y")}}' in message
    for style in ("d-m-y", "m-d-y"):
        shown = read(*values, style=style)[caught.value.row - 1]
        assert f"{shown:%Y-%m-%d} (written {style})" in message


@pytest.mark.parametrize(
    ("locale", "expected"),
    [("nl", date(2025, 4, 3)), ("en-GB", date(2025, 4, 3)), ("en-US", date(2025, 3, 4))],
)
def test_the_locale_decides_where_the_column_does_not(locale: str, expected: date) -> None:
    dates, notes = read_dates(column("03-04-2025"), find_locale(locale))
    assert dates.to_list() == [expected]
    assert notes == ()


def test_a_column_against_the_locale_is_read_as_it_is_written_and_noted() -> None:
    dates, (note,) = read_dates(column("12/31/2025", "1/2/2025"), find_locale("nl"))
    assert dates.to_list() == [date(2025, 12, 31), date(2025, 1, 2)]
    assert str(note) == "orders: column Datum is written m-d-y, unlike the locale, and was read so"


def test_iso_dates_are_at_home_everywhere() -> None:
    assert read_dates(column("2025-01-02"), find_locale("nl"))[1] == ()


def test_a_style_that_is_given_goes_before_column_and_locale() -> None:
    assert read("03-04-2025", style="m-d-y", locale="nl") == [date(2025, 3, 4)]
    assert read("20250131", "2025-02-01", style="y-m-d") == [date(2025, 1, 31), date(2025, 2, 1)]
    with pytest.raises(
        DataError, match="row 2: '13-01-2025' is not an existing date written m-d-y"
    ):
        read("03-04-2025", "13-01-2025", style="m-d-y")


def test_eight_digits_are_a_date_only_where_the_whole_column_is_so() -> None:
    with pytest.raises(DataError, match="row 2: '20250131'"):
        read("2025-01-30", "20250131")


def test_a_style_of_numbers_is_no_style_of_dates() -> None:
    with pytest.raises(
        ArgumentError, match=r"'1\.234,56' of orders\.on.*d-m-y, m-d-y, y-m-d, excel, unix"
    ):
        read("2025-01-01", style="1.234,56")


def test_years_of_two_digits_are_counted() -> None:
    _, (note,) = read_dates(column("13-1-25", "14-1-2025", "15-1-99", None))
    assert (note.count, note.column, note.table) == (2, "Datum", "orders")


def test_a_plain_date_stands_beside_times_with_an_offset() -> None:
    first, second = read("2025-01-31T08:00+01:00", "2025-02-01")
    assert first == datetime(2025, 1, 31, 7, tzinfo=UTC)
    assert second == datetime(2025, 1, 31, 23, tzinfo=UTC)


@pytest.mark.parametrize("offsets", [("Z", "+00:00"), ("+02:00", "+0200"), ("Z", " +00:00")])
def test_one_offset_may_be_written_in_several_ways(offsets: tuple[str, str]) -> None:
    first, second = read(*(f"2025-01-31 08:00{offset}" for offset in offsets))
    assert first == second


@pytest.mark.parametrize(
    ("offsets", "said"),
    [
        (("Z", ""), "has no time zone, and row 1 has the offset .00:00"),
        (("", "Z"), "has the offset .00:00 from UTC, and row 1 has no time zone"),
    ],
)
def test_times_in_several_zones_are_refused_with_the_first_row_of_each(
    offsets: tuple[str, str], said: str
) -> None:
    first, second = (f"2025-01-31 08:00{offset}" for offset in offsets)
    with pytest.raises(DataError, match=said) as caught:
        read(first, first, None, second, second)
    assert (caught.value.row, caught.value.value) == (4, second)


@pytest.mark.parametrize("offset", ["-13:00", "+15:00", "+99"])
def test_an_offset_that_no_place_has_is_refused(offset: str) -> None:
    with pytest.raises(DataError, match=r"which lies outside -12:00 to \+14:00"):
        read(f"2025-01-31 08:00{offset}")


@given(st.lists(st.tuples(st.datetimes(datetime(1000, 1, 2)), st.integers(-24, 28)), min_size=1))
def test_offsets_that_differ_keep_the_clock_and_the_moment(
    written: list[tuple[datetime, int]],
) -> None:
    moments = [
        clock.replace(tzinfo=timezone(timedelta(minutes=30 * halves))) for clock, halves in written
    ]
    extra = datetime(2025, 1, 31, 8, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    for each, found in zip(
        [*moments, extra], read(*(str(each) for each in (*moments, extra))), strict=True
    ):
        assert found["clock"] == each.replace(tzinfo=None)
        assert found["utc"] == each


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("31 januari 2025", date(2025, 1, 31)),
        ("31. M\u00e4rz 2025", date(2025, 3, 31)),
        ("3 ao\u00fbt 2025", date(2025, 8, 3)),
        ("Monday, March 31, 2025", date(2025, 3, 31)),
        ("Feb 3rd, 2025", date(2025, 2, 3)),
        ("2025-Feb-03", date(2025, 2, 3)),
        ("03-FEB-25", date(2025, 2, 3)),
        ("di 4 mrt. 2025", date(2025, 3, 4)),
        ("3 mei 2025 10:15", datetime(2025, 5, 3, 10, 15)),
        ("12/31/2025 10:15 PM", datetime(2025, 12, 31, 22, 15)),
        ("12/31/2025 12:05:09 am", datetime(2025, 12, 31, 0, 5, 9)),
        ("2025-01-12 10:00:00+01", datetime(2025, 1, 12, 9, tzinfo=UTC)),
        ("2025-01-12 10:00:00 UTC", datetime(2025, 1, 12, 10, tzinfo=UTC)),
        ("2025-01-12 10:00:00 GMT+01:00", datetime(2025, 1, 12, 9, tzinfo=UTC)),
        ("2025-01-12 10:00:00 CET", datetime(2025, 1, 12, 9, tzinfo=UTC)),
        ("2025/07/12 3:05:10 p.m. CEST", datetime(2025, 7, 12, 13, 5, 10, tzinfo=UTC)),
        ("2025-07-12T10:00:00+02:00[Europe/Amsterdam]", datetime(2025, 7, 12, 8, tzinfo=UTC)),
        ("20250712100005", datetime(2025, 7, 12, 10, 0, 5)),
        ("2025-01-12T10:00:00.123456789Z", datetime(2025, 1, 12, 10, 0, 0, 123456, tzinfo=UTC)),
    ],
)
def test_forms_that_have_one_meaning(text: str, expected: date) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize("zone", ["CST", "IST", "EST", "BST"])
def test_a_name_of_two_zones_is_not_guessed(zone: str) -> None:
    with pytest.raises(DataError, match="is not an existing date"):
        read(f"2025-01-12 10:00:00 {zone}")


@pytest.mark.parametrize("nothing", ["-", "NULL", "n/a", "#N/A", "0000-00-00", "NaT"])
def test_what_stands_for_nothing_is_empty(nothing: str) -> None:
    assert read("2025-01-12", nothing) == [date(2025, 1, 12), None]


def test_a_year_of_two_digits_may_stand_in_front() -> None:
    with pytest.raises(DataError) as caught:
        read("12-01-25", "13-01-25")
    assert "2025-01-12 (written d-m-y) or as 2012-01-25 (written y-m-d)" in str(caught.value)
    assert read("25-01-13", "25-02-28", style="y-m-d") == [date(2025, 1, 13), date(2025, 2, 28)]
    assert read("25-01-13", locale="nl") == [date(2013, 1, 25)]
    assert read("2025-01-13", "25-01-14") == [date(2025, 1, 13), date(2025, 1, 14)]


def test_numbers_are_dates_by_their_style_only() -> None:
    with pytest.raises(DataError, match=r'45691 is 2025-02-03.*style="excel"'):
        read("45691", "45702")
    with pytest.raises(DataError, match=r'1738574132 is 2025-02-03.*style="unix"'):
        read("1738574132")
    assert read("45691", None, style="excel") == [date(2025, 2, 3), None]
    assert read("45691.5", style="excel") == [datetime(2025, 2, 3, 12)]
    moment = datetime(2025, 2, 3, 9, 15, 32, tzinfo=UTC)
    assert read("1738574132", "1738574132000", style="unix") == [moment, moment]
    with pytest.raises(DataError, match="'x' is not a number of days"):
        read("45691", "x", style="excel")


@pytest.mark.parametrize("text", ["jan-25", "2025-01", "01/2025"])
def test_a_month_is_not_a_day(text: str) -> None:
    with pytest.raises(DataError, match="A month is not a day"):
        read(text)
