"""Sweeps: plans of scenarios x places x parameters x draws, as jobs whose chunks run anywhere.

`plan.read_plan` reads one, `job.job_of` makes its job, `collect.table` tells what came of it.
"""
