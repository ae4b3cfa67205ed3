"""Read the arguments of a call, each by the annotation of its field; no call is known here by its name."""

from typing import Any

from lien.scenario.document import Planned
from lien.scenario.formulas import Scene
from lien.scenario.nodes import Node, inside
from lien.scenario.signing import read_signature
from lien.scenario.usual import usual_text
from lien.scenario.values import is_bytes, read
from lien.spec.call import Call


def read_call(planned: Planned, scene: Scene) -> Call:
    """Return the call with all its arguments; signatures come last, since they sign the others."""
    kind = planned.kind
    annotations = {name: kind.__annotations__[name] for name in kind.model_fields}
    given: dict[str, Any] = {}
    for name in sorted(annotations, key=lambda name: is_bytes(annotations[name])):
        node = planned.arguments.get(name)
        if node is None and not kind.model_fields[name].is_required():
            continue
        if node is None:
            field = inside(planned.node.field, name)
            node = Node(usual_text(kind, name, scene.number), planned.node.line, field)
        if is_bytes(annotations[name]):
            given[name] = read_signature(node, kind, given, scene)
        else:
            given[name] = read(annotations[name], node, name, scene)
    return kind.model_validate(given)
