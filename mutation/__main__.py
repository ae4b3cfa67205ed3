"""Run mutmut with the mistakes of this protocol: `python -m mutation run`, in the folder that `copy` made."""
from mutation.copy import copy_project
import os
copy_project()
from mutmut.mutation import mutators
from mutation.operators import OPERATORS
mutators.mutation_operators[:] = OPERATORS
from mutmut.__main__ import cli
cli()
