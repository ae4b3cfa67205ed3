"""Write elements: well formed, everything escaped, so that the page is XML as well as HTML."""

from html import escape
from typing import NewType

Markup = NewType("Markup", str)
DECIMALS = 1  # of a coordinate


def text(content: str) -> Markup:
    """Return a text as markup."""
    return Markup(escape(content, quote=False))


def element(name: str, *children: Markup | str, **attributes: str | float) -> Markup:
    """Return an element; a child that is no markup is escaped by `text` before.

    An underscore before a name is for names that Python keeps for itself; others stand for hyphens.
    """
    named = "".join(
        f' {key.lstrip("_").replace("_", "-")}="{escape(shown(value))}"' for key, value in attributes.items()
    )
    content = "".join(children)
    return Markup(f"<{name}{named}>{content}</{name}>" if content or name in FULL else f"<{name}{named}/>")


FULL = ("p", "td", "th", "span", "div", "section", "tbody", "thead")  # never written as an empty element


def shown(value: str | float) -> str:
    """Return an attribute; a coordinate has few decimals."""
    if isinstance(value, str):
        return value
    rounded = f"{value:.{DECIMALS}f}"
    return rounded.rstrip("0").rstrip(".") if "." in rounded else rounded


def svg(identifier: str, size: tuple[float, float], words: tuple[str, str], *children: Markup) -> Markup:
    """Return a picture with a title and a description, for those who do not see it."""
    title, description = words
    return element(
        "svg",
        element("title", text(title), id=f"{identifier}-title"),
        element("desc", text(description), id=f"{identifier}-desc"),
        *children,
        viewBox=f"0 0 {shown(size[0])} {shown(size[1])}",
        role="img",
        aria_labelledby=f"{identifier}-title {identifier}-desc",
    )


def label(content: str, x: float, y: float, anchor: str = "start", kind: str = "") -> Markup:
    """Return a text in a picture."""
    options = {"_class": kind} if kind else {}
    return element("text", text(content), x=x, y=y, text_anchor=anchor, **options)


def path(steps: list[str], kind: str) -> Markup:
    """Return a path."""
    return element("path", d=" ".join(steps), _class=kind)


def figure(title: str, picture: Markup, *others: Markup, kind: str = "") -> Markup:
    """Return a picture with its heading."""
    heading = element("h3", text(title))
    return element(
        "figure", element("figcaption", heading), picture, *others, _class=f"figure {kind}".strip()
    )
