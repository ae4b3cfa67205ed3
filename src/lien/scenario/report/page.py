"""Put the page together."""

from pathlib import Path

from lien.protocol.calendar import day_of
from lien.scenario.days import days_table, is_long
from lien.scenario.ending import tables
from lien.scenario.play import Performance
from lien.scenario.report.figures import decimals_of, figures, volumes
from lien.scenario.report.markup import Markup, element, text
from lien.scenario.report.tables import calls_table, plain_table
from lien.scenario.times import show_day

STYLE = Path(__file__).with_name("style.css")
WRITTEN = "Written by lien run. Every figure follows from the calls of this page."


def page(performance: Performance) -> str:
    """Return the page."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", _name="viewport", content="width=device-width, initial-scale=1"),
        element("title", text(performance.title)),
        element("style", Markup(STYLE.read_text(encoding="utf-8"))),
    )
    ends = tables(performance).items()
    main = element(
        "main",
        heading(performance),
        section("How it went", element("div", *figures(performance), _class="figures")),
        *(section(f"{title} at the end", plain_table(table)) for title, table in ends),
        section("Every day", plain_table(days_table(performance)))
        if is_long(performance)
        else section("Every call", calls_table(performance)),
        element("footer", text(WRITTEN)),
    )
    return f"<!DOCTYPE html>\n{element('html', head, element('body', main), lang='en')}\n"


def section(title: str, *content: Markup) -> Markup:
    """Return a part of the page."""
    return element("section", element("h2", text(title)), *content)


def heading(performance: Performance) -> Markup:
    """Return the title, what it is about, and a few facts."""
    about = " ".join(performance.about.split())
    pairs = [
        element("div", element("dt", text(name)), element("dd", text(fact)))
        for name, fact in facts(performance)
    ]
    return element(
        "header",
        element("p", text("A scenario, played"), _class="kind"),
        element("h1", text(performance.title)),
        *([element("p", text(about), _class="about")] if about else []),
        element("dl", *pairs, _class="facts"),
    )


def facts(performance: Performance) -> list[tuple[str, str]]:
    """Return what one wants to know first."""
    rejected, names = performance.rejections, performance.names
    first = min(played.timestamp for played in performance.calls)
    found = [
        ("accepted calls", f"{len(performance.calls) - rejected:,}"),
        ("rejected, as expected", f"{rejected:,}"),
        ("from", show_day(day_of(first))),
        ("to", show_day(day_of(performance.end))),
    ]
    for asset, amount in volumes(performance).items():
        whole = amount / 10 ** decimals_of(performance, asset)
        found.append((f"{names.symbol(asset)} moved", f"{whole:,.2f}"))
    return found
