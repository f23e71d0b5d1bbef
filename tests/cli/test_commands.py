"""What each command prints and writes, and how quickly it starts."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from command_line import Command

import upriver as up
from upriver.cli.main import without_debug
from upriver.core.parameters import parameters
from upriver.core.results import read_netcdf
from upriver.experiments import verify as verification
from upriver.policy.handles import handles
from upriver.policy.levers import FOLDER, levers
from upriver.policy.scenario import library, shipped
from upriver.report.terminal import cells_wide
from upriver.system.outputs import unit_of

COMMANDS = (
    "run",
    "compare",
    "flow",
    "prior",
    "verify",
    "levers",
    "parameters",
    "scenarios",
    "demo",
)
FEW = ("--draws", "4")


def strict(text: str) -> Any:
    """JSON without the words that JSON does not have."""

    def never(word: str) -> None:
        raise AssertionError(f"{word} is not JSON")

    return json.loads(text, parse_constant=never)


def outside(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "upriver", *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_run_prints_a_table_and_writes_results_and_a_report(
    command: Command, tmp_path: Path
) -> None:
    ended = command("run", *FEW)
    assert ended.code == 0
    assert "Opioid overdose deaths" in ended.out
    assert "whole system, fitted" in ended.out
    assert "fitted to the record to January 2026" in " ".join(ended.out.split())
    assert sorted(os.listdir(tmp_path)) == ["base.html", "base.nc"]
    page = (tmp_path / "base.html").read_text()
    assert page.startswith("<!doctype html>")
    assert "What this cannot tell you" in page


def test_results_read_back_as_the_run_was(command: Command, tmp_path: Path) -> None:
    command("run", "constant", "--set", "people.response.witnessed=0.8", *FEW)
    read = read_netcdf(tmp_path / "constant-people.response.witnessed=0.8.nc")
    run = up.simulate("constant", draws=4, settings={"people.response.witnessed": 0.8})
    assert set(read.data_vars) == {*run.outputs, "drawn"}
    assert dict(read.attrs) == dict(run.provenance)
    assert read["parameter"].values.tolist() == list(run.parameters)
    for number, name in enumerate(run.outputs):
        np.testing.assert_array_equal(read[name].values, run.values[:, number])
        assert read[name].attrs["units"] == unit_of(name)


def test_json_gives_the_numbers_of_python(command: Command) -> None:
    told = strict(command("run", "--json", "--no-files", *FEW).out)
    run = up.simulate(draws=4)
    assert told["draws"] == 4
    assert told["provenance"] == dict(run.provenance)
    deaths = {row["year"]: row for row in told["headline"] if "overdose" in row["quantity"]}
    for year, row in deaths.items():
        assert (row["median"], row["low"], row["high"]) == run.deaths.at(year)
    assert deaths[2031.0]["recorded"] is None


def test_a_draw_alone_is_valid_json(command: Command) -> None:
    assert strict(command("run", "--json", "--no-files", "--draws", "1").out)["draws"] == 1


def test_a_comparison_in_json_gives_the_numbers_of_python(command: Command) -> None:
    arguments = ("base", "fentanyl_low", "optimistic")
    told = strict(command("compare", *arguments, "--json", "--no-files", *FEW).out)
    comparison = up.compare(*arguments, draws=4)
    assert [row["label"] for row in told["scenarios"]] == [
        run.scenario.title for run in comparison.runs
    ]
    for row, run in zip(told["scenarios"], comparison.runs, strict=True):
        deaths = comparison.deaths(run)
        assert (row["deaths"], row["deaths_low"], row["deaths_high"]) == (
            deaths.median,
            deaths.low,
            deaths.high,
        )
    assert told["scenarios"][0]["averted"] is None
    assert told["scenarios"][1]["averted"] == comparison.averted(comparison.runs[1]).median


def test_where_more_people_die_the_table_says_how_to_read_it(command: Command) -> None:
    says = "below zero, more people die"
    assert says in flat(command("compare", "base", "pessimistic", "--no-files", *FEW).out)
    assert says not in flat(command("compare", "base", "optimistic", "--no-files", *FEW).out)


def flat(text: str) -> str:
    """A text without its line breaks."""
    return " ".join(text.split())


def test_compare_prints_a_table_and_writes_report_and_results(
    command: Command, tmp_path: Path
) -> None:
    ended = command("compare", "base", "unequal_risk", *FEW)
    assert ended.code == 0
    first, _, open_, *more = ended.out.splitlines()
    assert first == "Whole system, fitted"
    assert open_.startswith("Mostly unexplained")
    said = next(line for line in more if line.startswith("Note"))
    assert said.startswith("Note: 'Unequal risk' has other parameters held than 'Base projection'")
    assert any(line.startswith("scenario") and "averted" in line for line in more)
    assert sorted(os.listdir(tmp_path)) == [
        "base-vs-unequal_risk.html",
        "base-vs-unequal_risk.nc",
    ]


def test_the_published_model_runs_as_it_was_and_says_what_it_missed(
    command: Command, tmp_path: Path
) -> None:
    ended = command("run", "--world", "reference", "--no-files", *FEW)
    assert ended.out.startswith("Base projection: the US opioid epidemic")
    assert "missed recorded deaths in 2022, 2023 and 2024" in " ".join(ended.out.split())
    assert "unexplained" not in ended.out
    compared = command("compare", "base", "optimistic", "--no-files", *FEW)
    assert "unexplained" not in compared.out


def test_what_moves_nothing_in_a_world_is_refused_in_one_line(command: Command) -> None:
    for arguments, advice in (
        (("run", "fentanyl_low", "--world", "whole"), "--world reference"),
        (("run", "--world", "reference", "--set", "supply.market.use=0.002"), "--world whole"),
        (("compare", "optimistic", "unequal_risk"), "different worlds"),
        (("run", "--world", "hole"), "Did you mean 'whole'?"),
    ):
        ended = command(*arguments, "--no-files")
        assert (ended.code, ended.out) == (2, "")
        assert advice in ended.err
        assert ended.err.count("\n") == 1


def test_prior_says_how_draws_meet_the_record(command: Command) -> None:
    ended = command("prior", "--draws", "100")
    assert ended.code == 0
    assert "Nothing is fitted" in ended.out
    assert "share of fentanyl  2013" in ended.out
    assert "What waits for a fit is on" in " ".join(ended.out.split())
    assert "weaker by a tenth" in " ".join(ended.out.split())
    shipped = command("prior", "--draws", "100", "--as-run").out
    assert "what waits for a fit is off" in " ".join(shipped.split())
    told = strict(command("prior", "--draws", "100", "--json").out)
    assert next(one["what"] for one in told["records"]) == "deaths"
    assert told["draws"] == 100
    assert set(told["shortages"]) >= {"controls of precursors", "a shock to precursors"}
    assert command("prior", "--draws", "7").err.count("100 to 100,000") == 1
    assert "With --folder" in command("prior", "--draws", "200000").err


def test_the_prior_in_shares_says_what_one_run_says(command: Command) -> None:
    asked = ("prior", "--draws", "100")
    told = strict(command(*asked, "--json").out)
    assert "Share 1/1: 1 of 1" in command(*asked, "--folder", "p.zarr", "--chunk", "1/1").out
    again = strict(command(*asked, "--folder", "p.zarr", "--json").out)
    assert {name for name in told if told[name] != again[name]} == {"provenance"}


def test_a_card_says_what_a_constant_is_drawn_with(command: Command) -> None:
    told = command("parameters", "supply.competition.fentanyl_dose").out
    assert "supply.competition.heroin_dose, at a correlation of 0.8" in told


def test_files_go_to_the_folder_that_was_asked_for(command: Command, tmp_path: Path) -> None:
    ended = command("run", "--folder", "out", *FEW)
    assert ended.err.splitlines()[0] == "Made the folder out."
    assert "out/base.nc" in ended.err
    assert os.listdir(tmp_path) == ["out"]


@pytest.mark.parametrize("arguments", [("run",), ("compare", "base", "base"), ("demo",)])
def test_no_files_writes_none(arguments: tuple[str, ...], command: Command, tmp_path: Path) -> None:
    assert command(*arguments, "--no-files").code == 0
    assert not os.listdir(tmp_path)


def test_the_same_command_prints_the_same_and_writes_the_same(
    command: Command, tmp_path: Path
) -> None:
    first, again = (command("run", *FEW, "-o", ".") for _ in range(2))
    assert first.out == again.out
    told = (tmp_path / "base.nc").read_bytes()
    command("run", *FEW)
    assert (tmp_path / "base.nc").read_bytes() == told


def test_verify_meets_the_published_run(command: Command) -> None:
    ended = command("verify")
    assert ended.code == 0
    assert ended.out.endswith("The published base run is met.\n")
    (told,) = strict(command("verify", "--json").out)
    assert told["passed"]
    assert told["quantities"] >= verification.QUANTITIES_NEEDED
    assert told["worst"][0]["error"] >= told["worst"][-1]["error"]


def test_verify_exits_with_1_when_it_falls_short(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verification, "LARGEST_ALLOWED", 1e-9)
    ended = command("verify")
    assert ended.code == 1
    assert ended.err.startswith("upriver: the published base run is not met")
    assert ended.err.count("\n") == 1
    assert not strict(command("verify", "--json").out)[0]["passed"]


def test_a_published_table_that_differs_falls_short(command: Command, tmp_path: Path) -> None:
    names = verification.published_names()
    with (verification.REFERENCE / "base_run.csv").open(newline="") as stream:
        head, *rows = csv.reader(line for line in stream if not line.startswith("#"))
    with (tmp_path / "double.csv").open("w", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(head)
        for output, *values in rows:
            table.writerow([names[output][0], *(2 * float(v) if v else "" for v in values)])
    ended = command("verify", "--published", "double.csv")
    assert ended.code == 1
    assert "5.00e-01" in ended.out


def test_every_parameter_has_a_row_and_a_card(command: Command) -> None:
    listed = command("parameters").out
    for path in parameters():
        assert path in listed
        told = command("parameters", path)
        assert told.code == 0
        assert told.out.startswith(f"{path}  (")
        assert "  within " in told.out
        assert "  source " in told.out


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("naloxone", "people.response.kits_per_use"),
        ("NALOXONE", "people.response.kits_per_use"),
        ("people.treatment.duration", "people.treatment.duration[methadone]"),
        ("reformulation", "people.street.withdrawal_shock"),
        ("rate heroin", "people.disorder.hud_rate"),
    ],
)
def test_parameters_are_found_by_words(word: str, found: str, command: Command) -> None:
    assert found in command("parameters", word).out


def test_parameters_in_json_are_all_that_is_known(command: Command) -> None:
    told = strict(command("parameters", "--json").out)
    assert {p["path"] for p in told} == set(parameters())
    (one,) = strict(command("parameters", "people.response.witnessed", "--json").out)
    assert one["within"] == [0, 1]
    assert {h["name"] for h in strict(command("parameters", "--handles", "--json").out)} == set(
        handles()
    )


def test_every_handle_and_scenario_is_listed(command: Command) -> None:
    told = command("parameters", "--handles").out
    assert all(f"{name} " in told for name in handles())
    told = command("scenarios").out
    assert all(f"{name} " in told for name in shipped())
    assert [s["name"] for s in strict(command("scenarios", "--json").out)] == [
        *shipped(),
        *library(),
    ]


def test_every_lever_is_listed_below_its_stage_with_grade_and_most(command: Command) -> None:
    lines = command("levers").out.splitlines()
    for stage in ("MARKET", "PEOPLE", "SERVICES"):
        assert any(line.startswith(f"{stage} ") for line in lines)
    rows = [line.split() for line in lines if line.startswith("  ")]
    for v in levers().values():
        assert [v.name, v.evidence.grade] in [row[:2] for row in rows]
        assert f"    {v.title}" in lines


@pytest.mark.parametrize("name", sorted(levers()))
def test_every_lever_has_a_card_whose_scenario_runs(
    name: str, command: Command, tmp_path: Path
) -> None:
    told = command("levers", name)
    assert (told.code, told.err) == (0, "")
    for word in ("levels", "acts on", "starts", "cost", "evidence", "found", "sources"):
        assert f"\n  {word:10}  " in told.out
    assert "\n  leaves out  " in told.out
    assert "\n  may harm    " in told.out
    drawn = [
        line for line in told.out.splitlines() if line.startswith(("  as today  ", "  most  "))
    ]
    assert len(drawn) == 2 * len(levers()[name].acts_on)
    text = told.out[told.out.index("schema: 2") :]
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    assert command("run", "mine.yaml", "--no-files", *FEW).code == 0


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("kits",), ["naloxone_kits"]),
        (("first", "use", "heroin"), ["prevent_heroin_initiation"]),
        (("stop", "act"), ["stop_act_data"]),
        (("capacity.provider",), ["lower_prescriber_barriers"]),
        (("OWN PRESCRIPTION",), ["prevent_misuse_own"]),
        (("relapse",), ["prevent_relapse", "peer_recovery"]),
    ],
)
def test_levers_are_found_by_name_title_summary_or_path(
    words: tuple[str, ...], found: list[str], command: Command
) -> None:
    assert [v["name"] for v in strict(command("levers", *words, "--json").out)] == found


@pytest.mark.parametrize("name", sorted(name for name, h in handles().items() if h.reference))
def test_published_names_are_found_wherever_one_looks_for_them(name: str, command: Command) -> None:
    h = handles()[name]
    words = h.reference.split()
    (shown,) = strict(command("parameters", "--handles", *words, "--json").out)[:1]
    assert shown["name"] == name
    found = {p["path"] for p in strict(command("parameters", *words, "--json").out)}
    assert set(h.acts_on) <= found
    told = command("levers", *words)
    if any(h.reference in (v.reference or "") for v in levers().values()):
        assert told.code == 0
    else:
        assert told.code == 2
        assert f"'{name}'" in told.err


def test_a_handle_and_a_parameter_say_which_levers_move_them_and_which_way(
    command: Command,
) -> None:
    told = command("parameters", "--handles", "relapse", "rate").out
    assert "\n  levers     prevent_relapse, which lowers it\n" in told
    told = command("parameters", "people.remission.relapse_rate").out
    assert "moved by   handle: relapse, lever: prevent_relapse" in told


def test_a_lever_of_ones_own_runs_from_the_command_line(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (FOLDER / "naloxone_kits.yaml").read_text(encoding="utf-8").partition("reference:")[0]
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "hand_out_more.yaml").write_text(text, encoding="utf-8")
    mine = "schema: 2\ntitle: mine\nchanges:\n  - {lever: hand_out_more, level: most}\n"
    (tmp_path / "mine.yaml").write_text(mine, encoding="utf-8")
    told = command("run", "mine.yaml", "--no-files", *FEW)
    assert (told.code, told.out) == (2, "")
    assert "lever 'hand_out_more' does not exist" in told.err
    monkeypatch.setenv("UPRIVER_LEVERS", "own")
    assert command("run", "mine.yaml", "--no-files", *FEW).code == 0
    assert "  hand_out_more " in command("levers").out
    count = len(levers())
    assert f"{count} of {count}." in command("levers").out
    assert "from a folder of your own" in " ".join(command("levers", "hand_out_more").out.split())
    told = command("compare", "base", "mine.yaml", "--no-files", *FEW)
    assert told.code == 0
    monkeypatch.setenv("UPRIVER_LEVERS", "elsewhere")
    told = command("run", "mine.yaml", "--no-files", *FEW)
    assert told.err == "upriver: UPRIVER_LEVERS names 'elsewhere', no folder that can be read.\n"


def test_levers_in_json_are_all_that_is_known(command: Command) -> None:
    told = strict(command("levers", "--json").out)
    assert [v["name"] for v in told] == list(levers())
    (one,) = strict(command("levers", "naloxone_kits", "--json").out)
    v = levers()["naloxone_kits"]
    assert one["levels"] == v.levels
    assert tuple(one["range"]) == v.range
    assert one["evidence"]["interval"] == v.evidence.interval
    assert one["cost"]["year"] == v.cost.year if v.cost else one["cost"] is None


def test_the_schema_is_json_that_names_what_a_scenario_can_name(command: Command) -> None:
    schema = strict(command("scenarios", "--schema").out)
    fields = schema["properties"]
    assert set(fields["set"]["properties"]) == set(parameters())
    assert fields["based_on"]["oneOf"][0]["enum"] == sorted([*shipped(), *library()])
    assert fields["projections"]["properties"]["all"] == {"const": "hold"}


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_scenario_that_ships_runs(name: str, command: Command) -> None:
    assert command("run", name, "--no-files", *FEW).code == 0


def test_the_demo_compares_and_says_what_to_try_next(command: Command, tmp_path: Path) -> None:
    ended = command("demo")
    assert ended.code == 0
    assert "More fentanyl" in ended.out
    assert "upriver verify" in ended.out
    name = "base-vs-fentanyl_high-vs-fentanyl_low"
    assert sorted(os.listdir(tmp_path)) == [f"{name}.html", f"{name}.nc"]


@pytest.mark.parametrize("columns", [40, 80, 120, 200])
def test_no_line_is_wider_than_the_terminal(
    columns: int, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for arguments in (
        ("run", "--no-files", *FEW),
        ("compare", "base", "optimistic", "--no-files", *FEW),
        ("scenarios",),
        ("parameters", "people.response.witnessed"),
        ("levers",),
        ("levers", "prevent_relapse"),
    ):
        for line in command(*arguments).out.splitlines():
            assert cells_wide(line) <= columns, line


def test_every_command_has_help_with_an_example(command: Command) -> None:
    told = command("--help")
    assert command().out == told.out
    assert "Example: upriver run" in told.out
    for name in COMMANDS:
        assert f"  {name} " in told.out
        ended = command(name, "--help")
        assert ended.code == 0
        assert f"Example: upriver {name}" in ended.out
        assert all(len(line) <= 80 for line in ended.out.splitlines())


def test_version_names_what_runs(command: Command) -> None:
    told = command("--version")
    assert told.code == 0
    assert told.out.startswith(f"upriver {up.__version__}\nequations ")
    for word in ("engine", "draws", "reference", "python"):
        assert f"\n{word} " in told.out


def test_debug_is_an_option_only_before_two_dashes() -> None:
    assert without_debug(["run", "--debug", "base"]) == (["run", "base"], True)
    assert without_debug(["run", "--", "--debug"]) == (["run", "--", "--debug"], False)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(shell: str) -> None:
    done = outside("--show-completion", shell, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="true")
    assert done.returncode == 0
    assert "_UPRIVER_COMPLETE" in done.stdout


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("upriver com", ["compare"]),
        ("upriver run fentanyl_", ["fentanyl_high", "fentanyl_low"]),
        ("upriver run --set people.response.witn", ["people.response.witnessed="]),
        ("upriver parameters people.response.witn", ["people.response.witnessed"]),
        ("upriver levers naloxone", ["naloxone_kits"]),
    ],
)
def test_completion_knows_commands_scenarios_and_parameters(line: str, wanted: list[str]) -> None:
    done = outside(
        _UPRIVER_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=str(line.count(" "))
    )
    assert done.stdout.split() == wanted


WATCH = """
import sys

class Watching:
    def __init__(self, stream):
        self.stream = stream
        self.seen = None

    def write(self, text):
        if self.seen is None and "Opioid overdose" in text:
            self.seen = set(sys.modules)
        return self.stream.write(text)

    def __getattr__(self, name):
        return getattr(self.stream, name)

watching = sys.stdout = Watching(sys.stdout)
from upriver.cli.main import main
try:
    main(sys.argv[1:])
except SystemExit as ended:
    code = ended.code
roots = {name.partition(".")[0] for name in watching.seen or ()}
slow = {"jax", "jaxlib", "equinox", "pandas", "xarray", "matplotlib", "h5py", "h5netcdf", "scipy"}
print(watching.seen is not None, code, sorted(roots & slow), "jax" in sys.modules, file=sys.stderr)
"""


def test_the_table_comes_before_any_slow_import_and_jax_never(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCH, "run", *FEW],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr.splitlines()[-1] == "True 0 [] False"
    assert (tmp_path / "base.nc").exists()


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("run", "--help")])
def test_help_and_version_import_nothing_that_computes(arguments: tuple[str, ...]) -> None:
    program = (
        "import sys\nfrom upriver.cli.main import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "print({'numpy', 'wasmtime', 'yaml', 'jax', 'rich'} & set(sys.modules), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False
    )
    assert done.stderr == "set()\n"
