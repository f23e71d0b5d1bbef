"""A lever does what its handle does, within what the world allows, with sources that exist."""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from upriver.core.errors import InputError, OutOfBounds, SchemaProblem, UnknownName
from upriver.core.parameters import parameters
from upriver.core.time import STEPS, step_of
from upriver.engine.run import load
from upriver.evidence.references import citation, references
from upriver.policy.apply import prepare, table
from upriver.policy.changes import Change, pull
from upriver.policy.draws import MOST_DRAWS
from upriver.policy.handles import handles
from upriver.policy.levers import FOLDER, GRADES, LEVELS, STAGES, levers, read_lever
from upriver.policy.scenario import Scenario, parse_scenario, read_scenario

HEAD = "schema: 2\ntitle: test\n"
NAMES = sorted(levers())
PUBLISHED = [name for name in NAMES if levers()[name].reference]
UPSTREAM = [name for name in NAMES if not levers()[name].acts_on[0].startswith("people.")]
WORLDS = ("base", "collapse_decoupled", "drivers_held", "no_shortage", "optimistic", "pessimistic")
WHOLE = [world for world in WORLDS if read_scenario(world).world != "reference"]
FEW = MOST_DRAWS / 50
"""Draws that the fit already left at a bound, or almost, which no lever can move on."""
PLACES_ARE_NOT_FULL = ("buprenorphine_providers", "lower_prescriber_barriers")
"""More places change no death where those that are there stay empty, as in the base projection."""
GO_ELSEWHERE = (
    "between_ports",
    "class_control",
    "india_commits",
    "mail_inspection",
    "precursor_control_india",
    "stop_act_data",
)
"""What is kept out of one way comes by another: deaths hardly move, to either side."""
ELSEWHERE = ("mekong_patrols",)
"""Acts on a second market, in which deaths are not counted."""
HANGS_ON_THE_DRAW = ("decouple_china", "harsher_penalties", "shelter")
"""Helps where a government's own commitment is above its relations, where dearer kilograms reach
doses, or where a shelter takes more from the risk than from seeking care: the fit draws all."""
HARDLY = (
    "china_commits",
    "improve_relations_china",
    "know_your_customer",
    "precursor_control_all",
    "precursor_control_china",
    "tariffs_as_leverage",
)
"""Where willing sellers could send far more than is bought, what stops some of them moves next to
nothing, to either side; and so it is in most draws."""
NO_CLAIM = (*GO_ELSEWHERE, *ELSEWHERE, *HANGS_ON_THE_DRAW, *HARDLY)


def change(text: str) -> str:
    return f"{HEAD}changes:\n  - {{{text}}}\n"


def deaths(lever: str | None, amount: float = 0.0) -> float:
    """Deaths from 2026 to the end, in the draw that stands for all alone [people]."""
    return float(deaths_of(0, lever, amount)[0])


@cache
def deaths_of(draws: int, lever: str | None, amount: float = 0.0) -> np.ndarray:
    """The same of so many draws, or of the one that stands for all, shape (draws,) [people]."""
    changes = (pull(levers()[lever], amount),) if lever else ()
    counter = load().run(
        table(Scenario(title="test", changes=changes), draws).columns,
        outputs=["cumulative.people.overdose.deaths"],
        instants=[round(step_of(2026)), STEPS],
        last_step=STEPS,
    )
    return np.asarray(counter[:, 0, -1] - counter[:, 0, 0])


def test_the_eleven_published_policies_ship_and_all_levers_in_the_order_of_the_system():
    assert sum(v.reference is not None for v in levers().values()) == 11
    stages = [v.stage for v in levers().values()]
    assert len(stages) == len(list(FOLDER.glob("*.yaml")))
    assert stages == sorted(stages, key=STAGES.index)
    for stage in set(stages):
        names = [v.name for v in levers().values() if v.stage == stage]
        assert names == sorted(names)


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_lever_acts_on_what_handles_of_the_published_model_act_on(name):
    v = levers()[name]
    moved = {path: h for h in handles().values() for path in h.acts_on}
    assert {moved[path].operation for path in v.acts_on} == {v.operation}
    behind = list(dict.fromkeys(moved[path].reference for path in v.acts_on))
    assert v.reference == "; ".join(behind)


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_lever_bends_the_same_columns_as_its_handles_to_the_bit(name):
    v = levers()[name]
    behind = [h.name for h in handles().values() if set(h.acts_on) & set(v.acts_on)]
    lines = "".join(f"  - {{handle: {h}, by: {v.on_parameters(v.most)}}}\n" for h in behind)
    by_lever = table(parse_scenario(change(f"lever: {name}, level: most")), draws=3)
    assert table(parse_scenario(f"{HEAD}changes:\n{lines}"), draws=3).digest() == by_lever.digest()


@pytest.mark.parametrize("name", NAMES)
def test_the_level_of_today_changes_nothing_to_the_bit(name):
    scenario = parse_scenario(change(f"lever: {name}, level: as_today, from: 2024"))
    assert scenario.changes == ()
    assert table(scenario).digest() == table(read_scenario("base")).digest()


@pytest.mark.parametrize("name", NAMES)
def test_levels_go_one_way_from_today_to_the_most_that_is_supported(name):
    v = levers()[name]
    amounts = [v.levels[level] or 0.0 for level in LEVELS]
    assert len(set(amounts)) == 4
    assert amounts == sorted(amounts)
    assert v.most == v.range[1]
    assert v.range[0] <= 0 <= v.range[1]
    assert set(v.level_text) == set(LEVELS[1:])


@pytest.mark.parametrize(
    ("name", "world"),
    [(n, w) for n in NAMES for w in (WHOLE if n in UPSTREAM else WORLDS)],
)
def test_every_draw_stays_within_bounds_over_the_whole_range_in_every_world(name, world):
    v, base = levers()[name], read_scenario(world)
    for amount in v.range:
        found = prepare(replace(base, changes=(pull(v, amount, 2026, 3),)), MOST_DRAWS)
        held = [said for said in found.remarks if "is held there" in said]
        assert sum(int(n) for said in held for n in re.findall(r" in (\d+)\b", said)) <= FEW
        columns = found.table.columns
        for path in v.acts_on:
            low, high = parameters()[path].within
            assert low <= columns[path].min() <= columns[path].max() <= high


@pytest.mark.parametrize("name", UPSTREAM)
def test_what_the_published_model_does_not_have_cannot_be_pulled_in_it(name):
    v = levers()[name]
    with pytest.raises(InputError, match="not part of the published model"):
        prepare(replace(read_scenario("published"), changes=(pull(v, v.most),)))


@pytest.mark.parametrize("name", [name for name in NAMES if name not in NO_CLAIM])
def test_the_most_saves_lives_and_the_other_end_of_the_range_costs_them(name):
    v = levers()[name]
    worse = v.range[0]
    if name in PLACES_ARE_NOT_FULL:
        assert deaths(name, v.most) <= deaths(None) <= deaths(name, worse)
    else:
        assert deaths(name, v.most) < deaths(None)
        assert deaths(None) < deaths(name, worse) or worse == 0


@pytest.mark.parametrize("name", [name for name in NAMES if name not in NO_CLAIM])
def test_more_of_a_lever_never_costs_lives(name):
    v = levers()[name]
    some, more, most = (deaths(name, v.levels[level]) for level in LEVELS[1:])
    assert deaths(None) >= some >= more >= most


@pytest.mark.parametrize("name", GO_ELSEWHERE)
def test_what_is_kept_out_of_one_way_comes_by_another(name):
    assert 0 < abs(deaths(name, levers()[name].most) / deaths(None) - 1) < 2e-3


@pytest.mark.parametrize("name", HARDLY)
def test_what_stops_some_of_many_sellers_saves_next_to_nothing_in_the_median_draw(name):
    averted = 1 - deaths_of(200, name, levers()[name].most) / deaths_of(200, None)
    assert 0 <= np.median(averted) < 1e-3
    assert np.percentile(averted, 97.5) > -np.percentile(averted, 2.5)


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_lever_on_another_market_moves_no_death_here(name):
    assert deaths(name, levers()[name].most) == deaths(None)


def test_to_decouple_helps_where_commitment_is_above_relations_and_harms_where_it_is_below():
    name = "diplomacy.effort.target[china]"
    pulled = pull(levers()["decouple_china"], levers()["decouple_china"].most, years=0)
    before = table(Scenario(title="test"), draws=50)
    runs = (before, table(Scenario(title="test", changes=(pulled,)), draws=50))
    at = round(step_of(2029))
    usual, now = (
        load().run(t.columns, outputs=[name], instants=[at], last_step=STEPS)[:, 0, 0] for t in runs
    )
    own, relations = (
        np.clip(sum(before.wide(f"diplomacy.{path}[china]")[:, -1] for path in paths), 0, 1)
        for paths in (
            ("effort.commitment", "effort.shift"),
            ("relations.level", "relations.shift"),
        )
    )
    clear = np.abs(own - relations) > 0.2
    assert np.array_equal((now > usual)[clear], (own > relations)[clear])
    assert 0.5 < np.mean(own > relations) < 1


def test_more_prescribers_alone_save_hardly_anyone_as_after_the_end_of_the_waiver():
    """A model in which capacity alone saves lives would fail (January 2023, chua2024)."""
    most = levers()["buprenorphine_providers"].most
    assert abs(deaths("buprenorphine_providers", most) / deaths(None) - 1) < 1e-3


@pytest.mark.parametrize("name", NAMES)
def test_evidence_has_a_grade_and_sources_that_can_be_cited(name):
    v = levers()[name]
    assert v.evidence.grade in GRADES
    assert (v.evidence.grade == "none") == v.evidence.effect.startswith("No usable estimate")
    keys = (*v.evidence.sources, *([v.cost.source] if v.cost else ()))
    assert keys
    for key in keys:
        assert citation(key).endswith(".")
        assert {"doi", "url"} & set(references()[key]), key


@pytest.mark.parametrize("name", NAMES)
def test_a_card_says_what_is_left_out_and_who_could_be_harmed_in_sentences(name):
    v = levers()[name]
    said = (v.summary, v.most_because, v.evidence.effect, *v.cannot_capture, *v.harms)
    assert all(sentence.endswith(".") for sentence in said)
    assert any("people" in sentence.casefold() for sentence in v.harms)
    for word in ("addict", "abuser", "drug user"):
        assert word not in " ".join(said).casefold()
    assert "assumption" in v.most_because or v.evidence.grade in "AB"


@pytest.mark.parametrize("name", NAMES)
def test_what_a_lever_does_begins_a_sentence(name):
    first, *rest = levers()[name].doing.split()
    assert re.fullmatch("[A-Z][a-z]+ing", first)
    assert rest
    assert not levers()[name].doing.endswith(".")


def test_a_change_says_its_own_date_the_scenario_comes_next_the_lever_last():
    text = HEAD + (
        "over: 1\nchanges:\n  - {lever: prevent_relapse, level: some, from: 2027}\n"
        "  - {lever: naloxone_kits, by: 0.7}\n"
    )
    first, second = parse_scenario(text).changes
    assert (first.start, first.years, first.amount) == (2027, 1, -0.05)
    assert (second.start, second.years, second.amount) == (2026, 1, 0.7)
    assert (second.lever, second.label) == ("naloxone_kits", "naloxone_kits")
    assert second == pull(levers()["naloxone_kits"], 0.7, years=1)
    handle = parse_scenario(change("handle: relapse, by: -0.1")).changes[0]
    assert isinstance(handle, Change)
    assert (handle.lever, handle.start, handle.years) == (None, 2026, 3)


def test_a_pulled_lever_acts_from_its_date_along_its_ramp():
    text = change("lever: naloxone_kits, by: 0.5, from: 2028, over: 2")
    both = parse_scenario(text), read_scenario("base")
    kits, usual = (table(s).wide("people.response.kits")[0] for s in both)
    at = {year: round(step_of(year)) for year in (2028, 2029, 2030, 2032)}
    assert np.array_equal(kits[: at[2028]], usual[: at[2028]])
    ratios = [kits[at[year]] / usual[at[year]] for year in at]
    np.testing.assert_allclose(ratios, [1, 1.25, 1.5, 1.5])


@pytest.mark.parametrize(
    ("text", "problem", "words"),
    [
        ("lever: naloxon, by: 1", UnknownName, "Did you mean 'naloxone_kits'? `upriver levers`"),
        ("lever: naloxone_kits, by: 1.5", OutOfBounds, "-0.5 to 1"),
        ("lever: naloxone_kits, to: 1", SchemaProblem, "does not go with lever 'naloxone_kits'"),
        ("lever: prevent_relapse", SchemaProblem, "either 'level', 'by' or 'to', found neither"),
        ("lever: prevent_relapse, level: most, by: 0.1", SchemaProblem, "found both"),
        ("lever: prevent_relapse, level: mst", UnknownName, "Did you mean 'most'?"),
        ("lever: prevent_relapse, handle: relapse, by: 0", SchemaProblem, "found both"),
        ("lever: prevent_relapse, operation: add, by: 0", SchemaProblem, "given by the lever"),
        ("handle: relapse, level: most", SchemaProblem, "goes with 'lever' alone"),
        ("by: 1", SchemaProblem, "either 'lever', 'handle' or 'acts_on', found neither"),
    ],
)
def test_a_slip_in_a_scenario_is_refused_in_words_that_say_what_is_right(text, problem, words):
    with pytest.raises(problem) as caught:
        parse_scenario(change(text))
    assert words in str(caught.value)
    assert "line 4" in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("title:", "titel:", "Did you mean 'title'?"),
        ("doing: Handing out more naloxone kits\n", "", "doing is missing"),
        ("doing: Handing out more naloxone kits", "doing: null", "doing"),
        ("schema: 2", "schema: 1", "Allowed: 2. In it levels and range grow"),
        ("stage: services", "stage: service", "Did you mean 'services'?"),
        ("operation: scale", "operation: pulse", "'pulse' does not exist"),
        ("people.response.kits", "people.response.kit", "Did you mean 'people.response.kits'?"),
        ("unit: percent", "unit: kit/year", "Allowed: percent"),
        ("as_today: keep", "as_today: 0", "should be 'keep'"),
        ("some: 0.2", "some: 0.7", "should grow from 0"),
        ("most: 1.0", "most: 0.9", "should be the end of the range"),
        ("some: 0.2, ", "", "levels.some is missing"),
        ("range: [-0.5, 1.0]", "range: [1.0, -0.5]", "should rise"),
        ("range: [-0.5, 1.0]", "range: [-2, 1.0]", "-1 or more"),
        ("range: [-0.5, 1.0]", "range: [1.0]", "a list of 2"),
        ("grade: B", "grade: E", "'E' does not exist"),
        ("[walley2013,", "[walley2031,", "Did you mean 'walley2013'?"),
        ("source: stein2025", "source: stein", "does not exist"),
        ("year: 2024", "year: 24", "1990 to 2030"),
        ("cost:", "from: soon\ncost:", "2026.5"),
        ("cost:", "over: -1\ncost:", "would end before it starts"),
    ],
)
def test_a_slip_in_a_lever_is_one_line_that_names_file_and_field(
    old, new, words, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    text = (FOLDER / "naloxone_kits.yaml").read_text(encoding="utf-8")
    assert old in text
    Path("mine.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_lever("mine.yaml")
    said = str(caught.value)
    assert words in said
    assert said.startswith("mine.yaml, line ")
    assert said.isprintable()


def test_a_lever_without_sources_claims_no_study(tmp_path: Path):
    text = (FOLDER / "prevent_disorder.yaml").read_text(encoding="utf-8")
    file = tmp_path / "mine.yaml"
    file.write_text(text.replace("[saitz2014]", "[]"), encoding="utf-8")
    assert read_lever(file).evidence.sources == ()
    file.write_text(file.read_text().replace("grade: none", "grade: A"), encoding="utf-8")
    with pytest.raises(SchemaProblem, match="should not be empty at grade A"):
        read_lever(file)
