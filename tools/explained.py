"""Does explain find why deaths changed? Synthetic worlds, whose truth is known. Slow, resumable.

    python tools/explained.py --folder worlds --from 2019 --to 2022    # ten seconds a world

Takes the worlds that `tools/worlds.py` left in the folder: of each, what each group of inputs did
in the draw that made its record, beside the 90 % interval of the draws that were inferred from it,
and that interval's width beside the one before the record is seen.
"""

import argparse
from pathlib import Path

import numpy as np

from upriver.core.table import Table
from upriver.experiments.explain import UNDER_WAY, shared_out, titles
from upriver.inference.likelihood import END
from upriver.inference.rivals import rival
from upriver.inference.unknowns import Unknowns
from upriver.inference.worlds import RIVAL, read

INSIDE = (5, 95)
PARTICLES = 100


def main() -> None:
    """Print, by group, in how many worlds the truth was inside, and how wide the interval is."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--folder", type=Path, default=Path("worlds"))
    options.add_argument("--from", dest="first", type=int, default=2019)
    options.add_argument("--to", dest="last", type=int, default=2022)
    given = options.parse_args()
    unknowns = Unknowns(rival(RIVAL), END)
    generator = np.random.default_rng(41)
    prior = _parts(unknowns, generator.standard_normal((PARTICLES, unknowns.size)), given)
    files = sorted(given.folder.glob("[0-9]*.npz"))
    rows: dict[str, list[tuple[bool, float]]] = {name: [] for name in prior}
    for file in files:
        kept = given.folder / f"explained-{given.first}-{given.last}-{file.stem}.npz"
        if not kept.exists():
            one = read(file)
            found = _parts(unknowns, np.concatenate([one.truth[None], one.z[:PARTICLES]]), given)
            np.savez_compressed(kept, allow_pickle=False, **found)
            print(kept, flush=True)
        with np.load(kept) as held:
            for name in held.files:
                truth, draws = held[name][0], held[name][1:]
                low, high = np.percentile(draws, INSIDE)
                width = (high - low) / np.ptp(np.percentile(prior[name], INSIDE))
                rows[name].append((bool(low <= truth <= high), float(width)))
    print(f"{len(files)} worlds, {given.first} to {given.last}")
    print(f"{'part':<44}{'in 90 %':>9}{'width, of before':>18}")
    for name, found in rows.items():
        inside, width = (np.mean([row[i] for row in found]) for i in (0, 1))
        title = titles().get(name, UNDER_WAY)
        print(f"{title:<44}{inside:>9.0%}{width:>18.2f}")
    every = [row[0] for found in rows.values() for row in found]
    print(f"{'all':<44}{np.mean(every):>9.0%}")


def _parts(unknowns: Unknowns, z: np.ndarray, given: argparse.Namespace) -> dict[str, np.ndarray]:
    """Parts of the change by draw."""
    columns: Table = unknowns.base.replace(unknowns.columns(z))
    return shared_out(columns, given.first, given.last)[2]


if __name__ == "__main__":
    main()
