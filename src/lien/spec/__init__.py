"""What the protocol says: units, types, terms, calls, events, rejection reasons and their ABI.

One module a chapter (`assets`, `facility`, `agreement`, ...), each with the chapter's text, its
requirements, its trust assumptions, its calls and its events; the other modules hold what all chapters share.
"""
