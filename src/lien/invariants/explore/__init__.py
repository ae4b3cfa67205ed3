"""Run the protocol on random calls and check every property after each of them."""
