"""Questions about policies, whole processes, as a person waits for them.

    python benchmarks/policy.py

A new process each time; the first call does not count. Memory is the most that a process held.
"""

import resource
import statistics
import subprocess
import tempfile
import time

from measure import installed, machine, row

REPEATS = 3
FIVE = ("base", "naloxone_doubled", "treatment_doubled", "border_doubled", "everything_doubled")
TWENTY = (
    *FIVE,
    "all_control",
    "borders_seize_twice",
    "china_controls_alone",
    "collapse_decoupled",
    "collapse_linked",
    "controls_bypassed",
    "cooperation_collapses",
    "effort_decoupled",
    "full_cooperation",
    "homelessness_doubled",
    "india_controls_alone",
    "mexico_controls_alone",
    "new_adulterants",
    "pessimistic_prospect",
    "precursors_halved",
)
WEIGHED = "people.naloxone.carrying = 0.2 to 0.6"

COMMANDS: tuple[tuple[tuple[str, ...], float | None], ...] = (
    (("compare", *FIVE, "--no-files"), 2.0),
    (("compare", *TWENTY, "--draws", "1000", "--no-files"), 20.0),
    (("explain",), 15.0),
    (("rank",), None),
    (("portfolio", "--budget", "5bn"), 60.0),
    (("cost", "base", "naloxone_doubled"), None),
    (("believe", "border_doubled", "naloxone_doubled"), None),
    (("verify", "--nulls"), None),
)


def main() -> None:
    """Measure each command and print a table with the goal beside each figure."""
    found = installed()
    print(machine())
    for arguments, goal in COMMANDS:
        calls = [once([found, *arguments]) for _ in range(1 + REPEATS)][1:]
        middle = statistics.median(calls)
        shown = f"{arguments[0]} of {len(arguments)}" if len(arguments) > 6 else " ".join(arguments)
        met = None if goal is None else middle <= goal
        print(row(shown[:44], f"{middle:.2f} s", "" if goal is None else f"<= {goal:g} s", met))
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
    print(row("most memory of any", f"{most:.2f} GB", "<= 1 GB", most <= 1))
    plain, weighed = ([once([found, "run", "--no-files", *more]) for _ in range(1 + REPEATS)][1:]
                      for more in ((), ("--believe", WEIGHED)))  # fmt: skip
    extra = statistics.median(weighed) - statistics.median(plain)
    print(row("to weigh the draws by a belief", f"{extra:.2f} s", "<= 0.5 s", extra <= 0.5))


def once(command: list[str]) -> float:
    """Wall time of one process [s]."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        subprocess.run(command, cwd=folder, capture_output=True, check=False)
        return time.perf_counter() - start


if __name__ == "__main__":
    main()
