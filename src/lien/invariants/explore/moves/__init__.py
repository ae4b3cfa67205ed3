"""Propose calls that a state makes interesting: useful ones, nearly valid ones and hostile ones.

Every choice is made by throwing a die (`random.Random`), so that a seed, or Hypothesis, decides everything.
"""
