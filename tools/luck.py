"""Do the tests depend on luck? Run them several times, by other seeds and in another order.

python tools/luck.py 10                      the README's test command, ten times
python tools/luck.py 4-10                    the same from the fourth round on
python tools/luck.py 3 tests/core tests/cli  some folders, three times

Each round has its own `PYTHONHASHSEED`, from which the order of sets follows, and its own order of
files and of tests. It ends with 1 at the first round that fails, and says how to repeat it.
"""

import os
import subprocess
import sys
import time


def main() -> int:
    """Run the rounds that the command line asks for; gives the exit code."""
    rounds, *rest = sys.argv[1:] or ["10"]
    first, _, last = rounds.rpartition("-")
    for seed in range(int(first or 1), int(last) + 1):
        command = [sys.executable, "-m", "pytest", "-n", "2", "--shuffle", str(seed), *rest]
        began = time.monotonic()
        done = subprocess.run(
            command,
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=False,
        )
        last = (done.stdout.strip() or done.stderr.strip()).splitlines()[-1:]
        print(f"round {seed}: {time.monotonic() - began:.0f} s: {' '.join(last)}", flush=True)
        if done.returncode:
            print(done.stdout + done.stderr)
            print(f"Again: PYTHONHASHSEED={seed} pytest {' '.join(command[3:])}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
