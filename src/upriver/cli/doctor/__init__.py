"""`upriver doctor`: what is installed, which data and how old, and what is wrong, with its cure.

It has to work where much is broken. So nothing but the standard library is imported at the top of
any module here, each check stands alone, and what one raises is a finding like another. A check
says which others it needs; where one of these found something wrong, it is not made.

- `finding`    what checks give: facts, and findings with their cure
- `checks`     all checks in order, and how they are made
- `machine`    Python, addresses, threads, space, letters, which `upriver` is found
- `libraries`  the libraries that are needed, against the versions that are needed; extras
- `installed`  how this package was installed, whether its files are whole, how to get them again
- `model`      the engine, the draws, what is told without a run
- `record`     the recorded figures, how old they are, the catalogues
- `cache`      the folder of what publishers sent
- `said`       all of it as text
- `ask`        makes all checks and prints them, for `main` and for `command`
- `command`    how the command line knows it
"""
