"""What states' worlds say of what they had not seen, held against what came.

`listed` says which states, before anything was looked at; `peaks` what is compared; `folds` leaves
states out, and `halves` half of them, of a country that is the others (`scaled`); `countries` and
`origins` go back in time; `masked` hides months; `dip` asks of 2018.
"""
