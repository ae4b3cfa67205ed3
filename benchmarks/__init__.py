"""Measure: each figure beside something that runs next to it, since seconds alone say more of the machine."""
