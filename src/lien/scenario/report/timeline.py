"""Draw the calls of each sender and the life of each loan on one line of time."""

from lien.scenario.play import Performance, Played
from lien.scenario.report.axes import Scale, date_marks
from lien.scenario.report.markup import Markup, element, figure, label, shown, svg, text
from lien.scenario.report.series import History, statuses
from lien.scenario.times import show_time
from lien.spec.types import LoanStatus

WIDTH, LEFT, RIGHT = 960.0, 128.0, 940.0
LANE, TOP, RADIUS, ARM = 34.0, 18.0, 6.0, 5.0
WORD = 6.6  # the width of a letter, about
MOST_LOANS = 20
ENDED = (LoanStatus.SETTLED, LoanStatus.CANCELLED)


def timeline(history: History) -> Markup:
    """Return the picture, with a lane for each sender and one for each loan."""
    performance = history.performance
    across = Scale(history.start, history.end, LEFT + 10, RIGHT - 10)
    senders = list(dict.fromkeys(played.sender for played in performance.calls))
    loans = [number for number, _ in performance.state.loans.items()][:MOST_LOANS]
    bottom = TOP + LANE * (len(senders) + len(loans))
    parts = [*lanes(performance, senders, loans), *dates(history, across, bottom)]
    for played in performance.calls:
        centre = TOP + LANE * (senders.index(played.sender) + 0.5)
        parts.append(call_mark(played, performance, across.at(played.timestamp), centre))
    for place, number in enumerate(loans):
        centre = TOP + LANE * (len(senders) + place + 0.5)
        parts += life(history, number, across, centre)
    words = ("Time line", describe(performance, history, loans))
    picture = svg("timeline", (WIDTH, bottom + 34), words, stripes(), *parts)
    return figure(
        "Time line", element("div", picture, _class="scroll", tabindex="0"), key(), kind="wide time"
    )


def stripes() -> Markup:
    """Return the hatching of a loan that is overdue."""
    stroke = element("path", d="M0 8L8 0", _class="hatch")
    pattern = element("pattern", stroke, id="overdue", width="8", height="8", patternUnits="userSpaceOnUse")
    return element("defs", pattern)


def lanes(performance: Performance, senders: list[int], loans: list[int]) -> list[Markup]:
    """Return the names of the lanes and the lines between them."""
    names = [performance.names.account(sender) for sender in senders] + [f"loan {loan}" for loan in loans]
    parts: list[Markup] = []
    for place, name in enumerate(names):
        centre = TOP + LANE * (place + 0.5)
        parts.append(element("line", x1=LEFT, x2=RIGHT, y1=centre, y2=centre, _class="grid"))
        parts.append(label(name, LEFT - 12, centre + 4, "end", "strong"))
    return parts


def dates(history: History, across: Scale, bottom: float) -> list[Markup]:
    """Return the dates below the lanes."""
    parts: list[Markup] = []
    for moment, words in date_marks(history.start, history.end):
        x = across.at(moment)
        parts.append(element("line", x1=x, x2=x, y1=TOP - 6, y2=bottom + 6, _class="grid"))
        parts.append(label(words, x, bottom + 24, "middle", "mark"))
    return parts


def call_mark(played: Played, performance: Performance, x: float, y: float) -> Markup:
    """Return the mark of a call: a disc where it was accepted, a cross where it was rejected."""
    outcome = "accepted" if played.reason is None else f"rejected: {played.reason.name}"
    sender = performance.names.account(played.sender)
    words = f"{played.number}. {show_time(played.timestamp)}, {sender}: {played.call.call_name()}, {outcome}"
    if played.reason is None:
        mark = element("circle", cx=x, cy=y, r=RADIUS, _class="accepted")
    else:
        left, right, up, down = map(shown, (x - ARM, x + ARM, y - ARM, y + ARM))
        strokes = f"M{left} {up}L{right} {down}M{right} {up}L{left} {down}"
        mark = element("path", d=strokes, _class="rejected")
    return element("g", element("title", text(words)), mark)


def life(history: History, number: int, across: Scale, centre: float) -> list[Markup]:
    """Return a bar for each status of a loan; before the agreement and after the end it is thin."""
    found = statuses(history, number)
    parts: list[Markup] = []
    for (begin, status), end in zip(found, [*(time for time, _ in found[1:]), history.end], strict=True):
        x, width = across.at(begin), max(across.at(end) - across.at(begin), 2.0)
        name = status.name.lower()
        tall = 4.0 if status in ENDED or status < LoanStatus.ACTIVE else 18.0
        bar = {"x": x, "y": centre - tall / 2, "width": width, "height": tall, "rx": 2.0}
        words = element("title", text(f"loan {number}: {name} from {show_time(begin)}"))
        shape = [element("rect", _class=f"status {name}", **bar)]
        if status is LoanStatus.OVERDUE:
            shape.append(element("rect", fill="url(#overdue)", **bar))
        if width > WORD * len(name) + 10 and tall > RADIUS * 2:
            shape.append(label(name, x + 8, centre + 4, "start", "within"))
        parts.append(element("g", words, *shape))
    return parts


def key() -> Markup:
    """Return what the marks mean."""
    disc = element("circle", cx=6.0, cy=6.0, r=5.0, _class="accepted")
    cross = element("path", d="M2 2L10 10M10 2L2 10", _class="rejected")
    bar = element("rect", x=0.0, y=1.0, width=12.0, height=10.0, _class="status overdue")
    hatched = element("rect", x=0.0, y=1.0, width=12.0, height=10.0, fill="url(#overdue)")
    marks = {"accepted": [disc], "rejected, as expected": [cross], "overdue": [bar, hatched]}
    rows = [
        element(
            "li",
            element("svg", *shapes, viewBox="0 0 12 12", _class="swatch small", aria_hidden="true"),
            element("span", text(words)),
        )
        for words, shapes in marks.items()
    ]
    return element("ul", *rows, _class="legend")


def describe(performance: Performance, history: History, loans: list[int]) -> str:
    """Return in words what the picture shows."""
    calls = f"{len(performance.calls)} calls from {show_time(history.start)} to {show_time(history.end)}"
    lives: list[str] = []
    for number in loans:
        found = statuses(history, number)
        told = ", ".join(f"{status.name.lower()} from {show_time(begin)}" for begin, status in found)
        lives.append(f"loan {number}: {told}")
    return f"{calls}. {'. '.join(lives)}."
