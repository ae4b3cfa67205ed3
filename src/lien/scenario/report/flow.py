"""Draw who paid whom, added up over the scenario: bands into the protocol, and bands out of it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from lien.protocol.machine import Outcome
from lien.scenario.play import Performance
from lien.scenario.report.markup import Markup, element, figure, label, shown, svg, text

WIDTH = 640.0
LEFT, RIGHT = 178.0, 462.0  # where bands begin and end
BAR = (314.0, 326.0)  # the protocol, in the middle
TALLEST, THINNEST, PITCH, TOP = 190.0, 1.5, 34.0, 30.0
MOST_BANDS = 9
MOST_DIRECT = 8  # payments past the protocol that are named

Flow = tuple[int, int, str]  # payer, payee, call


@dataclass(frozen=True, slots=True)
class Band:
    """Hold one side of a picture's band: who and by which call, and how much."""

    account: str
    call: str
    amount: int


def flows(performance: Performance, asset: int) -> Counter[Flow]:
    """Add up what was paid in an asset, by payer, payee and call."""
    found: Counter[Flow] = Counter()
    for played in performance.calls:
        if isinstance(played.outcome, Outcome):
            for move in played.outcome.transfers:
                if move.asset == asset:
                    found[move.payer, move.payee, played.call.call_name()] += move.amount
    return found


def flow_chart(performance: Performance, asset: int, number: int) -> Markup:
    """Return the picture of one asset, and under it what was paid past the protocol."""
    names, protocol = performance.names, performance.state.settings.protocol
    found = flows(performance, asset)
    paid_in = bands(performance, {flow: found[flow] for flow in found if flow[1] == protocol}, side=0)
    paid_out = bands(performance, {flow: found[flow] for flow in found if flow[0] == protocol}, side=1)
    direct = [
        f"{names.account(payer)} -> {names.account(payee)} {names.amount(amount, asset)} ({call})"
        for (payer, payee, call), amount in sorted(found.items())
        if protocol not in {payer, payee}
    ]
    if len(direct) > MOST_DIRECT:
        direct[MOST_DIRECT:] = [f"and {len(direct) - MOST_DIRECT:,} more"]
    symbol = names.symbol(asset)
    title = f"Money flow, {symbol}"
    words = f"Into the protocol: {listed(paid_in)}. Out of it: {listed(paid_out)}."
    picture, height = draw(performance, asset, paid_in, paid_out)
    others = [element("p", text(f"Past the protocol: {'; '.join(direct)}"), _class="aside")] if direct else []
    drawn = svg(f"flow-{number}", (WIDTH, height), (title, words), *picture)
    return figure(title, element("div", drawn, _class="scroll", tabindex="0"), *others, kind="wide")


def bands(performance: Performance, chosen: dict[Flow, int], side: int) -> list[Band]:
    """Return the bands of one side, the greatest first; the least ones together."""
    names = performance.names
    found = [
        Band(names.account((payer, payee)[side]), call.replace("_", " "), amount)
        for (payer, payee, call), amount in chosen.items()
    ]
    found.sort(key=lambda band: (-band.amount, band.account, band.call))
    if len(found) <= MOST_BANDS:
        return found
    kept, rest = found[: MOST_BANDS - 1], found[MOST_BANDS - 1 :]
    return [*kept, Band("others", f"{len(rest)} flows", sum(band.amount for band in rest))]


def listed(side: list[Band]) -> str:
    """Return the bands of one side in words."""
    return "; ".join(f"{band.account}, {band.call}" for band in side) or "nothing"


def draw(
    performance: Performance, asset: int, paid_in: list[Band], paid_out: list[Band]
) -> tuple[list[Markup], float]:
    """Return both sides and the protocol between them, and how tall that is."""
    totals = [sum(band.amount for band in side) for side in (paid_in, paid_out)]
    unit = TALLEST / max(*totals, 1)
    names = performance.names
    parts: list[Markup] = []
    heights: list[float] = []

    def words(amount: int) -> str:
        return names.amount(amount, asset)

    for side, at_left in ((paid_in, True), (paid_out, False)):
        drawn, height = draw_side(side, unit, at_left=at_left, words=words)
        parts += drawn
        heights.append(height)
    tall = max(unit * max(totals), THINNEST * max(len(paid_in), len(paid_out)), 8.0)
    bar = element("rect", x=BAR[0], y=TOP, width=BAR[1] - BAR[0], height=tall, rx=3.0, _class="bar")
    middle = (BAR[0] + BAR[1]) / 2
    held = names.amount(totals[0] - totals[1], asset)
    height = max(*heights, TOP + tall + 34)
    parts += [bar, label("protocol", middle, TOP - 10, "middle", "strong")]
    parts.append(label(f"still held: {held}", middle, height - 8, "middle", "mark"))
    return parts, height


def draw_side(
    side: list[Band], unit: float, *, at_left: bool, words: Callable[[int], str]
) -> tuple[list[Markup], float]:
    """Return the bands of one side with their words, and how far down they reach."""
    parts: list[Markup] = []
    row, joint = TOP, TOP
    for number, band in enumerate(side):
        thick = max(unit * band.amount, THINNEST)
        room = max(thick, PITCH)
        centre = row + room / 2
        meets = joint + thick / 2
        ends = (LEFT, centre, BAR[0], meets) if at_left else (BAR[1], meets, RIGHT, centre)
        parts.append(ribbon(ends, thick, f"band s{number % 6}"))
        x, anchor = (LEFT - 12, "end") if at_left else (RIGHT + 18, "start")
        parts.append(label(f"{band.account}, {band.call}", x, centre - 3, anchor, "strong"))
        parts.append(label(words(band.amount), x, centre + 13, anchor, "mark"))
        parts.append(arrow(LEFT - 8 if at_left else RIGHT, centre))
        row, joint = row + room + 6, joint + thick
    return parts, row + 20


def ribbon(ends: tuple[float, float, float, float], thick: float, kind: str) -> Markup:
    """Return a band from one place to another, of one thickness."""
    x1, y1, x2, y2 = ends
    middle, half = (x1 + x2) / 2, thick / 2
    there = (x1, y1 - half, middle, y1 - half, middle, y2 - half, x2, y2 - half)
    back = (x2, y2 + half, middle, y2 + half, middle, y1 + half, x1, y1 + half)
    drawn = "L".join("{} {}C{} {} {} {} {} {}".format(*map(shown, side)) for side in (there, back))
    return element("path", d=f"M{drawn}Z", _class=kind)


def arrow(x: float, y: float) -> Markup:
    """Return a small head that points to the right."""
    corners = ((x, y - 4), (x + 7, y), (x, y + 4))
    drawn = "L".join(f"{shown(across)} {shown(down)}" for across, down in corners)
    return element("path", d=f"M{drawn}Z", _class="head")
