"""Show one vector as a story on one screen: who did what, when, and what came of it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lien.protocol.machine import Outcome, Rejected
from lien.spec.types import Quantity
from lien.spec.abi import quantity_of
from lien.vectors.check import call_of, context_of
from lien.vectors.folder import read_folder
from lien.vectors.format import Vector
from lien.vectors.record import actor_of, show_address
from lien.vectors.search.target import flatten
from lien.vectors.story import Scene, opening, perform
from lien.vectors.world import first_state, world
