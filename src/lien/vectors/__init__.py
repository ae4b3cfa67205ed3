"""Test vectors: their format, how they are found on the protocol's own code, and how they are checked.

`generate` needs the extra `prove`; reading, checking and showing vectors does not.
"""
