"""What every other room stands on; it knows nothing of opioids.

Import the module that you need (nothing is imported here, so that a command starts quickly):

- `errors`      what can go wrong, each with an exit code and one line for the reader
- `files`       strict YAML with line numbers, writing that never leaves half a file
- `fields`      a document with its lines, and checks of its fields: names, types, bounds
- `parameters`  constants and dated paths with unit, bounds, meaning and source
- `units`       the closed list of units
- `table`       what an engine eats: each parameter path with a number or a column
- `time`        steps, calendars and dates
- `card`        how a thing looks in a notebook
- `figure`      a matplotlib figure that a notebook shows (the only one that needs matplotlib)
- `axes`        names of the rows of labelled axes
- `modules`     names for the numbers of a nested module
- `maths`       safe forms of the few functions that equations need (the only one that needs JAX)
- `results`     labelled results, and NetCDF out and back
"""
