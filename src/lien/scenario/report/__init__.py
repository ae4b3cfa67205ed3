"""Write a scenario as one page that needs nothing else: no network, no fonts, no scripts.

`markup` writes elements, `series` follows figures over time, `axes` chooses marks, and `lines`, `flow` and
`timeline` draw; `figures` says which pictures there are, `tables` writes the calls, `page` puts all together.
"""

from lien.scenario.report.page import page

__all__ = ["page"]
