"""The tests of the protocol: state, arithmetic, calendar, schedules, transitions."""
