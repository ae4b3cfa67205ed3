"""The page shows what came of a scenario; its pictures follow the states."""

import xml.etree.ElementTree as Xml

import pytest

from lien.protocol.genesis import DOLLAR
from lien.protocol.state import State
from lien.protocol.views import net_assets_on
from lien.scenario.document import read_scenario
from lien.scenario.nodes import read_file
from lien.scenario.play import Performance, play
from lien.scenario.report import page, series
from lien.scenario.report.axes import Scale, date_marks, number_marks, show_mark
from lien.scenario.report.figures import volumes
from lien.scenario.report.flow import flows
from lien.scenario.report.series import facility_series, history_of, loan_to_value, statuses
from lien.scenario.shipped import shipped
from lien.scenario.times import show_time
from lien.spec.genesis import account_of
from lien.spec.types import LoanStatus


@pytest.fixture(scope="module")
def sme() -> Performance:
    """Return the loan to a small business, played."""
    return play(read_scenario(read_file(shipped()["sme-loan"])))


def test_every_picture_says_in_words_what_it_shows(sme: Performance) -> None:
    """Given a page / When its pictures are read / Then each has a title and a description that it names."""
    root = Xml.fromstring(page(sme))
    pictures = [item for item in root.iter("svg") if item.get("role") == "img"]
    assert len(pictures) == 8
    for picture in pictures:
        named = {item.get("id"): item.text for item in picture if item.tag in {"title", "desc"}}
        assert (picture.get("aria-labelledby") or "").split() == list(named)
        assert all(named.values())
    identifiers = [item.get("id") for item in root.iter() if item.get("id")]
    assert len(identifiers) == len(set(identifiers))


def test_every_call_is_a_row(sme: Performance) -> None:
    """Given a page / When its table is read / Then each call is there, with its outcome."""
    root = Xml.fromstring(page(sme))
    rows = [row for table in root.iter("table") if table.get("class") == "calls" for row in table.iter("tr")]
    assert len(rows) == 1 + len(sme.calls)
    assert "".join(rows[-1].itertext()).startswith("48. redeem2026-01-15 10:00second_lender")


def test_text_is_escaped(sme: Performance) -> None:
    """Given a title with markup / When the page is written / Then it is text."""
    written = page(Performance("<b>A & B</b>", "", sme.names, sme.calls))
    heading = next(Xml.fromstring(written).iter("h1"))
    assert (heading.text, list(heading)) == ("<b>A & B</b>", [])


def test_the_life_of_a_loan_is_followed(sme: Performance) -> None:
    """Given a loan that was late once / When it is followed / Then it was overdue from the day after."""
    found = [(show_time(begin), status) for begin, status in statuses(history_of(sme), 1)]
    assert found == [
        ("2024-01-15 09:00", LoanStatus.OFFERED),
        ("2024-01-15 13:00", LoanStatus.ACCEPTED),
        ("2024-01-15 14:00", LoanStatus.AGREED),
        ("2024-01-15 14:10", LoanStatus.ACTIVE),
        ("2024-08-16 00:00", LoanStatus.OVERDUE),
        ("2024-08-23 16:00", LoanStatus.ACTIVE),
        ("2026-01-14 10:00", LoanStatus.SETTLED),
    ]


def test_net_assets_are_those_of_the_views(sme: Performance) -> None:
    """Given a facility / When it is followed / Then each point is what the views say on that day."""
    history = history_of(sme)
    found, principal, cash = facility_series(history, 1, 6)
    for moment, figure in found.points:
        state = history.state(moment)
        known = state.facilities.contains(1)
        assert figure == (net_assets_on(state, 1, moment // 86_400) / 10**6 if known else 0)
    assert max(figure for _, figure in principal.points) == 240_000
    assert cash.points[-1][1] == 0.000002


def test_loan_to_value_needs_a_price(sme: Performance, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given prices, or none / When a loan is followed / Then there is a line where there is a price."""

    def no_price(_: State, __: int, ___: int, ____: int) -> int:
        return 0

    def two_thousand(_: State, __: int, ___: int, ____: int) -> int:
        return 2_000 * 10**36 * 10**6 // 10**18

    history = history_of(sme)
    monkeypatch.setattr(series, "usable_price", no_price)
    assert loan_to_value(history, 1) is None
    monkeypatch.setattr(series, "usable_price", two_thousand)
    found = loan_to_value(history, 1)
    assert found is not None
    assert max(figure for _, figure in found.points) == pytest.approx(80.67, abs=0.01)
    assert found.points[-1][1] == 0


def test_loan_to_value_stays_while_no_price_is_usable() -> None:
    """Given prices on two days / When a loan is followed / Then each gives the line a level."""
    performance = play(read_scenario(read_file(shipped()["bilateral-loan"])))
    found = loan_to_value(history_of(performance), 1)
    assert found is not None
    levels = [(show_time(moment), round(figure, 1)) for moment, figure in found.points]
    assert levels == [
        ("2024-06-03 08:00", 0.0),
        ("2024-06-05 00:00", 43.9),
        ("2024-06-06 00:00", 43.9),  # a day's interest; then the prices are too old
        ("2024-10-01 10:00", 63.7),
        ("2024-10-01 11:00", 37.0),
        ("2024-10-02 00:00", 37.0),
        ("2025-01-15 10:00", 31.2),
        ("2025-01-16 00:00", 31.2),
        ("2025-09-03 11:00", 0.0),
    ]


def test_flows_are_added_up(sme: Performance) -> None:
    """Given the transfers / When they are added up / Then each way and call has its sum."""
    protocol, lender = sme.state.settings.protocol, account_of("lender")
    found = flows(sme, DOLLAR)
    assert found[lender, protocol, "deposit"] == 200_000 * 10**6
    assert sum(found.values()) == volumes(sme)[DOLLAR]


@pytest.mark.parametrize(
    ("low", "high", "marks"),
    [
        (0, 100, [0, 50, 100]),
        (0, 0, [0, 0.5, 1.0]),
        (-30, 70, [-50, 0, 50, 100]),
        (0, 240_000, [0, 100_000, 200_000, 300_000]),
    ],
)
def test_marks_are_round_and_reach_all_around(low: float, high: float, marks: list[float]) -> None:
    """Given a range / When marks are chosen / Then they are round and reach from below to above."""
    assert number_marks(low, high) == marks


@pytest.mark.parametrize(
    ("number", "shown"), [(0, "0"), (1_500, "1.5k"), (2_000_000, "2m"), (0.25, "0.25"), (-300_000, "-300k")]
)
def test_a_mark_is_short(number: float, shown: str) -> None:
    """Given a number / When it marks an axis / Then it is short."""
    assert show_mark(number) == shown


@pytest.mark.parametrize(
    ("days", "marks"),
    [
        (0.1, ["15 Jan 09:00", "15 Jan 10:00"]),
        (1.5, ["15 Jan 12:00", "16 Jan 00:00", "16 Jan 12:00"]),
        (20, ["16 Jan", "21 Jan", "26 Jan", "31 Jan"]),
        (200, ["Mar 2024", "May 2024", "Jul 2024"]),
        (3_000, ["Jan 2026", "Jan 2028", "Jan 2030", "Jan 2032"]),
    ],
)
def test_dates_are_those_that_people_know(days: float, marks: list[str]) -> None:
    """Given a span / When its dates are chosen / Then they are hours, days, months or years, and few."""
    start = 19_737 * 86_400 + 8 * 3_600 + 60
    assert [words for _, words in date_marks(start, start + int(days * 86_400))] == marks


def test_a_scale_maps_a_range() -> None:
    """Given a scale / When numbers are mapped / Then its ends are the ends."""
    scale = Scale(10, 20, 100, 0)
    assert [scale.at(number) for number in (10, 15, 20)] == [100, 50, 0]
