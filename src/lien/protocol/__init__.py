"""What the protocol does: the state, its arithmetic, calendar and schedules, the transitions, the machine."""
