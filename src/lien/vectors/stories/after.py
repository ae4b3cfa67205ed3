"""Aim at a call after a scene."""

from __future__ import annotations

from lien.protocol.calendar import day_of
from lien.spec.call import Call
from lien.vectors.search.target import Target
from lien.vectors.stories.terms import START
from lien.vectors.stories.tree import scenes
from lien.vectors.story import Scene


def after(name: str, call: Call, sender: str, *days: int, only_paths: bool = False) -> Target:
    """Return the target of a call after a scene, on some days or on the scene's and the next."""
    scene = scenes()[name]
    when = days or days_of(scene)
    return Target(f"{call.call_name()}/{name}", scene, call, sender, when, only_paths=only_paths)


def days_of(scene: Scene) -> tuple[int, ...]:
    """Return the day of a scene and the one after it; genesis is long before the stories."""
    today = max(day_of(scene.state.timestamp), START)
    return today, today + 1
