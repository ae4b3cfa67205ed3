"""The command line, `lien`.

A command imports what only it needs when it runs, so that help comes at once and each works without the
extras of the others.
"""

from lien.cli.run import main

__all__ = ["main"]
