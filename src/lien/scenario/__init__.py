"""Play a scenario: a file that tells in plain words which calls are sent, by whom and when.

`nodes` reads the file and remembers the lines, `document` checks its form, `arguments` reads each argument
by the annotation of its field, `play` sends the calls, and `ending`, `words`, `record` and `report` tell what
came of them. A new call needs nothing here: its fields say how its arguments are written and shown.
"""
