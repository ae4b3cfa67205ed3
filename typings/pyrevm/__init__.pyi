# pyrevm is not published for every Python that Lien supports: every name in it is Any.
from typing import Any

def __getattr__(name: str) -> Any: ...
