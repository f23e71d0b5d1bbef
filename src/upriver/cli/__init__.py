"""The command line: one file per command; `app` puts them together, `main` runs them.

Nothing heavy is imported until a command needs it, so that `--help` is quick.
"""
