"""Draw figures over time as steps: each line has its colour, its dashes and its name."""

from dataclasses import dataclass

from lien.scenario.report.axes import Scale, date_marks, number_marks, show_mark
from lien.scenario.report.markup import Markup, element, figure, label, path, shown, svg, text
from lien.scenario.report.series import Series

WIDTH, HEIGHT = 480.0, 250.0
LEFT, RIGHT, TOP, BOTTOM = 46.0, 470.0, 12.0, 222.0
STYLES = 6  # that the style sheet has


@dataclass(frozen=True, slots=True)
class Chart:
    """Say what a picture shows: how it is called, in which unit, from when to when."""

    identifier: str
    title: str
    unit: str
    start: int
    end: int


def line_chart(chart: Chart, series: list[Series]) -> Markup:
    """Return a picture with a line for each figure, and under it what each line is and where it ends."""
    values = [value for one in series for _, value in one.points]
    marks = number_marks(min(0.0, *values), max(0.0, *values))
    across = Scale(chart.start, chart.end, LEFT, RIGHT)
    up = Scale(marks[0], marks[-1], BOTTOM, TOP)
    grid = [*number_lines(marks, up), *date_lines(chart, across)]
    lines = [step_line(one, across, up, number) for number, one in enumerate(series)]
    picture = svg(chart.identifier, (WIDTH, HEIGHT), (chart.title, describe(chart, series)), *grid, *lines)
    return figure(f"{chart.title}, {chart.unit}", picture, legend(series))


def number_lines(marks: list[float], up: Scale) -> list[Markup]:
    """Return the lines across, with their numbers."""
    found: list[Markup] = []
    for mark in marks:
        y = up.at(mark)
        found.append(element("line", x1=LEFT, x2=RIGHT, y1=y, y2=y, _class="zero" if mark == 0 else "grid"))
        found.append(label(show_mark(mark), LEFT - 6, y + 4, "end", "mark"))
    return found


def date_lines(chart: Chart, across: Scale) -> list[Markup]:
    """Return the dates under a picture, each with a small stroke."""
    found: list[Markup] = []
    for moment, words in date_marks(chart.start, chart.end):
        x = across.at(moment)
        anchor = "end" if x > RIGHT - 24 else "start" if x < LEFT + 24 else "middle"
        found.append(element("line", x1=x, x2=x, y1=BOTTOM, y2=BOTTOM + 5, _class="zero"))
        found.append(label(words, x, BOTTOM + 20, anchor, "mark"))
    return found


def step_line(series: Series, across: Scale, up: Scale, number: int) -> Markup:
    """Return one line: level from each point to the next one, and a dot where it ends."""
    (first, value), *others = series.points
    steps = [f"M{shown(across.at(first))} {shown(up.at(value))}"]
    for moment, figure_then in others:
        steps.append(f"H{shown(across.at(moment))}V{shown(up.at(figure_then))}")
    last = series.points[-1][1]
    steps.append(f"H{shown(across.end)}")
    end = element("circle", cx=across.end, cy=up.at(last), r=3.0, _class=f"dot s{number % STYLES}")
    return element("g", path(steps, f"line s{number % STYLES}"), end)


def legend(series: list[Series]) -> Markup:
    """Return what each line is, drawn as it is, and what it is at the end."""
    rows: list[Markup] = []
    for number, one in enumerate(series):
        stroke = element("line", x1=0.0, x2=30.0, y1=6.0, y2=6.0, _class=f"line s{number % STYLES}")
        swatch = element("svg", stroke, viewBox="0 0 30 12", _class="swatch", aria_hidden="true")
        figure_now = element("b", text(f"{one.points[-1][1]:,.2f}"))
        rows.append(element("li", swatch, element("span", text(one.name)), figure_now))
    return element("ul", *rows, _class="legend")


def describe(chart: Chart, series: list[Series]) -> str:
    """Return in words what the lines show."""
    parts = [
        f"{one.name} from {one.points[0][1]:,.2f} to {one.points[-1][1]:,.2f}, "
        f"at most {max(value for _, value in one.points):,.2f}"
        for one in series
    ]
    return f"In {chart.unit}: {'; '.join(parts)}."
