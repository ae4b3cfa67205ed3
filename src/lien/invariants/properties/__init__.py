"""State the properties; importing this package collects all of them."""

from lien.invariants.properties import loan as loan
from lien.invariants.properties import rejections as rejections
from lien.invariants.properties import relations as relations
from lien.invariants.properties import state as state
from lien.invariants.properties import steps as steps
