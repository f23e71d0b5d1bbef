"""Little memory, closed streams, full disks, pipes cut short: it works, or one line says why."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Command

from upriver.engine import sandbox
from upriver.engine.run import Engine, load
from upriver.experiments.reported import OUTPUTS
from upriver.policy.apply import table
from upriver.policy.scenario import read_scenario

resource = pytest.importorskip("resource")

GB = 10**9
FEW = ("--draws", "2")
UPRIVER = (sys.executable, "-m", "upriver")


def outside(
    *arguments: str, folder: Path, addresses: int | None = None, streams: str = "", **more: str
) -> subprocess.CompletedProcess[bytes]:
    """A command line in a process of its own; `streams` is what a shell does with its output."""

    def limit() -> None:
        if addresses is not None:
            resource.setrlimit(resource.RLIMIT_AS, (addresses, addresses))

    return subprocess.run(
        ["bash", "-c", f'set -o pipefail; "$@" {streams}', "-", *UPRIVER, *arguments],
        cwd=folder,
        env={**os.environ, **more},
        preexec_fn=limit,
        capture_output=True,
        check=False,
    )


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("arguments", "files"),
    [
        (("run",), ["base.html", "base.nc"]),
        (
            ("compare", "base", "fentanyl_low", "--world", "reference"),
            ["base-vs-fentanyl_low-reference.html", "base-vs-fentanyl_low-reference.nc"],
        ),
        (("page",), ["upriver.html"]),
    ],
)
def test_it_works_in_a_gigabyte_and_a_half_of_addresses_with_the_same_bytes(
    arguments: tuple[str, ...], files: list[str], command: Command, tmp_path: Path
) -> None:
    little = tmp_path / "little"
    little.mkdir()
    # As on a machine of 64 cores, where nothing was compiled before.
    of_cluster = {"RAYON_NUM_THREADS": "64", "XDG_CACHE_HOME": str(tmp_path / "cache")}
    done = outside(*arguments, folder=little, addresses=3 * GB // 2, **of_cluster)
    assert done.returncode == 0, done.stderr
    assert sorted(os.listdir(little)) == files
    free = command(*arguments)
    assert done.stdout.decode() == free.out  # both in 100 columns
    assert [digest(little / name) for name in files] == [digest(tmp_path / name) for name in files]


def test_the_engine_that_checks_each_access_compiles_anew_and_gives_the_same_bits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = table(read_scenario("base"), 3).columns
    usual = load()
    wanted = usual.run(columns, outputs=OUTPUTS, instants=range(0, 529, 16))
    small = sandbox._made(small=True)
    monkeypatch.setattr(sandbox, "_machine", lambda: small)
    wasm = (Path(sandbox.__file__).parents[1] / "data" / "engine.wasm").read_bytes()
    careful = Engine.of(wasm, usual.manifest)
    found = careful.run(columns, outputs=OUTPUTS, instants=range(0, 529, 16))
    assert found.tobytes() == wanted.tobytes()


def test_few_addresses_are_noticed_only_where_there_is_a_limit() -> None:
    told = "from upriver.engine import addresses; print(addresses.limit())"
    for most in (3 * GB, None):

        def limit(most: int | None = most) -> None:
            if most is not None:
                resource.setrlimit(resource.RLIMIT_AS, (most, most))

        done = subprocess.run(
            [sys.executable, "-c", told], preexec_fn=limit, capture_output=True, check=True
        )
        assert done.stdout.decode().strip() == str(most)


@pytest.mark.parametrize("addresses", [400_000_000, 750_000_000])
def test_too_little_memory_is_one_line(addresses: int, tmp_path: Path) -> None:
    done = outside("run", folder=tmp_path, addresses=addresses)
    assert done.returncode == 1
    assert done.stderr.startswith(b"upriver: memory is too little.")
    assert done.stderr.count(b"\n") == 1
    assert not os.listdir(tmp_path)


def test_what_computes_nothing_needs_little(tmp_path: Path) -> None:
    for arguments in (("--help",), ("levers",), ("scenarios",)):
        assert outside(*arguments, folder=tmp_path, addresses=400_000_000).returncode == 0


def failing(error: Exception) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        OSError(12, "Cannot allocate memory"),
        ImportError("libhdf5.so: failed to map segment from shared object"),
        RuntimeError("can't start new thread"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_memory_that_ends_in_the_middle_is_one_line(
    error: Exception, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("upriver.cli.shared.settings", failing(error))
    ended = command("run")
    assert ended.code == 1
    assert ended.err.startswith("upriver: memory is too little.")
    assert ended.err.count("\n") == 1


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a run whose output nobody closes."""
    folder = tmp_path_factory.mktemp("usual")
    assert outside("run", *FEW, folder=folder).returncode == 0
    return folder


@pytest.mark.parametrize(
    ("streams", "code", "said"),
    [
        (">&-", 1, "upriver: cannot write the output: standard output is closed."),
        ("2>&-", 0, ""),
        pytest.param("<&- 2>&- >&-", 1, "", marks=pytest.mark.slow),
        (">/dev/full", 1, "upriver: cannot write the output: no space left on device."),
        pytest.param("2>/dev/full", 0, "", marks=pytest.mark.slow),
        ("| head -1", 0, ""),
        pytest.param("2>&1 | head -1", 0, "", marks=pytest.mark.slow),
        ("| true", 0, ""),
    ],
)
def test_closed_full_and_cut_streams_lose_no_file(
    streams: str, code: int, said: str, usual: Path, tmp_path: Path
) -> None:
    if "full" in streams and not os.path.exists("/dev/full"):
        pytest.skip("no small disk can be made here")
    folder = tmp_path / "here"
    folder.mkdir()
    done = outside("run", *FEW, folder=folder, streams=streams)
    lines = done.stderr.decode().splitlines()
    assert done.returncode == code, lines
    assert [line for line in lines if not line.startswith("Wrote base.")] == (
        [said] if said else []
    )
    assert sorted(os.listdir(folder)) == ["base.html", "base.nc"]
    for name in os.listdir(folder):
        assert digest(folder / name) == digest(usual / name)


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_stops_early_is_no_failure_of_a_list(unbuffered: str, tmp_path: Path) -> None:
    done = outside("parameters", folder=tmp_path, streams="| head -1", PYTHONUNBUFFERED=unbuffered)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count(b"\n") == 1


def test_a_mistake_keeps_its_code_when_nobody_can_be_told(tmp_path: Path) -> None:
    assert outside("runn", folder=tmp_path, streams="2>&-").returncode == 2
    assert outside("run", "no.yaml", folder=tmp_path, streams=">&- 2>&-").returncode == 2


def test_a_pipe_that_does_not_wait_gets_all(tmp_path: Path) -> None:
    program = (
        "import os, runpy, sys\nos.set_blocking(1, False)\n"
        "sys.argv[1:] = ['parameters', '--json']\n"
        "runpy.run_module('upriver', run_name='__main__')"
    )
    slow = "import sys, time\ntime.sleep(0.5)\nprint(len(sys.stdin.read()))"
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as writer:
        told = subprocess.run(
            [sys.executable, "-c", slow], stdin=writer.stdout, capture_output=True, check=True
        )
    whole = outside("parameters", "--json", folder=tmp_path)
    assert writer.returncode == 0
    assert int(told.stdout) == len(whole.stdout.decode()) > 65_536
