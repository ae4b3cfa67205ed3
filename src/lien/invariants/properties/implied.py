"""State what holds of every call and every record, without being declared one by one."""

RANGE = "RANGE", "Every figure and every field of a record lies within the range of its type."
NUMBERS = "NUMBERS", "Records are numbered from one to their count, without a gap."
REASONS = "REASONS", "A call is rejected only for a reason that it declares, or that every call has."
EVENTS = "EVENTS", "A call emits only events that it declares."
UNCHANGED = "UNCHANGED", "A rejected call leaves the very state that it met, and emits nothing."
FRAME = "FRAME", "A call changes only what its kind changes, and only the records that it names."
REBUILT = "REBUILT", "The state after a call follows from the state before it and what the call logs."
RAISES = "RAISES", "A call is accepted or rejected; it never raises."
WIDTH = "WIDTH", "Every intermediate fits 256 bits, but for the products that are divided at once."
NEEDS = "NEEDS", "A function that the proof meets by its contract is given only what that asks for."
CONTRACT = (
    "CONTRACT",
    "A function that the proof meets by its contract does what that promises to calls.",
)

COVERS = {"RANGE": (54, 55, 94), "WIDTH": (55,), "RAISES": (55,)}  # the peers' numbers, by identifier
