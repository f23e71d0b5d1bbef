"""The fit: what the record says of the unknowns, and of what each answer leaves open.

One idea a file. `rivals` are explanations that differ in what is on; `unknowns` turn standard
normal numbers into columns of a table; `records` says what each series sees of a run, and with what
error; `likelihood` adds them up; `mode`, `chain` and `calibrate` find what agrees; `posterior` is
what ships. Everything goes through the compiled engine; no gradient of it is needed.
"""
