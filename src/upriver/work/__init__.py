"""Work in chunks: a job's chunks are named by digest, run, stored, and found again.

    job = Job("squares", "my.module:run", content, dims, blocks, variables, coordinates)
    store = Store.make("squares.zarr", job)     # a Zarr 3 group; opened if it is there
    run_here(store)                             # what is missing, in this process
    run_here(store, only=(2, 8))                # the second of eight shares, as for a Slurm array
    run_with_dask(store, workers=2)             # or in several processes

`my.module:run(content, chunk)` gives arrays by name and is pure: content and chunk determine them.
This room knows nothing of the model. Others may use `Job`, `Variable`, `Coordinate`, `grid`,
`Store`, `run_here` and, of `work.cluster`, `run_with_dask`.
"""

from .here import run_here as run_here
from .job import Coordinate as Coordinate
from .job import Job as Job
from .job import Variable as Variable
from .job import grid as grid
from .store import Store as Store
