"""Say on one screen what the proof rests on."""

from lien.cli.faults import need_extra
from lien.cli.output import write_part


def write_assumptions() -> None:
    """Write what is proved from what, and all that is taken on trust."""
    need_extra("prove")
    from lien.invariants.prove.trust import trusted_base

    for title, lines in trusted_base().items():
        write_part(title, lines.items())
