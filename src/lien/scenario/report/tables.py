"""Write tables; on a narrow screen each row is a card, and each cell names its column."""

from lien.scenario.ending import Table
from lien.scenario.play import Performance, Played
from lien.scenario.report.markup import Markup, element, text
from lien.scenario.times import iso_time, show_time
from lien.scenario.words import moved, outcome, told

COLUMNS = ("call", "time", "sender", "outcome", "money moved", "what happened")


def plain_table(table: Table) -> Markup:
    """Return a table of texts."""
    columns, rows = table
    body: list[Markup] = []
    for first, *others in rows:
        cells = [cell(name, text(content)) for name, content in zip(columns[1:], others, strict=True)]
        body.append(element("tr", element("th", text(f"{columns[0]} {first}"), scope="row"), *cells))
    return whole_table(columns, body, "plain")


def calls_table(performance: Performance) -> Markup:
    """Return one row for each call."""
    return whole_table(COLUMNS, [call_row(played, performance) for played in performance.calls], "calls")


def call_row(played: Played, performance: Performance) -> Markup:
    """Return the row of a call."""
    names = performance.names
    mark = "\N{CHECK MARK}" if played.reason is None else "\N{MULTIPLICATION SIGN}"
    kind = "outcome" if played.reason is None else "outcome no"
    note = [element("p", text(played.note), _class="note")] if played.note else []
    moment = element("time", text(show_time(played.timestamp)), datetime=iso_time(played.timestamp))
    return element(
        "tr",
        element("th", text(f"{played.number}. {played.call.call_name()}"), scope="row"),
        cell("time", moment),
        cell("sender", text(names.account(played.sender))),
        cell("outcome", element("span", text(f"{mark} {outcome(played)}"), _class=kind)),
        cell("money moved", *listing(moved(played, names))),
        cell("what happened", *listing(told(played, names)), *note),
    )


def listing(lines: list[str]) -> list[Markup]:
    """Return a list of lines, nothing where there are none."""
    return [element("ul", *(element("li", text(line)) for line in lines))] if lines else []


def cell(name: str, *content: Markup) -> Markup:
    """Return a cell that knows its column, for a narrow screen."""
    is_list = any(part.startswith(("<ul", "<p")) for part in content)
    return element("td", *content, data_label=name, **({"_class": "list"} if is_list else {}))


def whole_table(columns: tuple[str, ...], rows: list[Markup], kind: str) -> Markup:
    """Return a table with a heading."""
    head = element("thead", element("tr", *(element("th", text(name), scope="col") for name in columns)))
    table = element("table", head, element("tbody", *rows), _class=kind)
    return element("div", table, _class="table", tabindex="0")
