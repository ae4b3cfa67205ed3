"""Tell the mistakes of incidents, one module for each module of the protocol in which they are made."""

NOT_EXPRESSED: dict[str, str] = {
    "A-152": "No token calls back while it is moved, and a transition makes one new state at its end, so "
    "that nothing can come between a payment and what is deleted for it.",
}
