"""An amount of a lever grows with its verb; what was written before means what it meant."""

from functools import cache

import numpy as np
import pytest

from upriver.core.errors import InputError, OutOfBounds, UnknownName
from upriver.core.time import STEPS, step_of
from upriver.engine.run import load
from upriver.policy.apply import table
from upriver.policy.changes import pull
from upriver.policy.handles import handles
from upriver.policy.levers import is_handle, levers, shipped_levers
from upriver.policy.scenario import Scenario, parse_scenario
from upriver.system.world import World, is_asleep, worlds

LEAST = 0.01
"""A small amount, to see which way a lever goes."""

SCHEMA_1 = {
    "buprenorphine_provider_capacity": (
        "lower_prescriber_barriers",
        ("people.capacity.provider_decay",),
        (-0.1, -0.2, -0.5),
        (-0.5, 0.5),
    ),
    "buprenorphine_providers": (
        "buprenorphine_providers",
        ("people.capacity.buprenorphine_providers",),
        (0.2, 0.5, 1.0),
        (-0.5, 1.0),
    ),
    "developing_disorder": (
        "prevent_disorder",
        (
            "people.disorder.rx_oud_rate",
            "people.disorder.hud_rate",
            "people.disorder.hud_with_oud_rate",
        ),
        (-0.05, -0.1, -0.2),
        (-0.2, 0.2),
    ),
    "fentanyl_overdose_risk": (
        "lower_fentanyl_risk",
        ("people.overdose.fentanyl_multiplier",),
        (-0.05, -0.1, -0.2),
        (-0.2, 0.25),
    ),
    "heroin_initiation": (
        "prevent_heroin_initiation",
        (
            "people.initiation.base_heroin_without_rx",
            "people.initiation.heroin_with_misuse_multiplier",
        ),
        (-0.05, -0.1, -0.2),
        (-0.2, 0.2),
    ),
    "misuse_diverted": (
        "prevent_misuse_diverted",
        ("people.initiation.base_misuse_diverted",),
        (-0.05, -0.1, -0.2),
        (-0.2, 0.2),
    ),
    "misuse_own_prescription": (
        "prevent_misuse_own",
        ("people.initiation.misuse_own_rate",),
        (-0.05, -0.1, -0.2),
        (-0.2, 0.2),
    ),
    "naloxone_kits": (
        "naloxone_kits",
        ("people.response.kits",),
        (0.2, 0.5, 1.0),
        (-0.5, 1.0),
    ),
    "peer_recovery": (
        "peer_recovery",
        ("people.social_influence.strength_relapsing",),
        (0.1, 0.2, 0.312),
        (0.0, 0.312),
    ),
    "prescriptions": (
        "prescribe_to_fewer",
        ("people.prescribing.patients",),
        (-0.05, -0.1, -0.2),
        (-0.2, 0.5),
    ),
    "relapse": (
        "prevent_relapse",
        ("people.remission.relapse_rate",),
        (-0.05, -0.1, -0.2),
        (-0.2, 0.2),
    ),
}
"""Levers as version 0.1 had them: the name since, paths, levels and range, in the former sign."""

NAMES = sorted(new for new, *_ in SCHEMA_1.values())
"""Levers that schema 1 had; what others move is held by `test_moves.py`."""

TURNED = sorted(old for old, (new, *_) in SCHEMA_1.items() if old != new)


def scenario(schema: int, change: str) -> Scenario:
    text = f"schema: {schema}\ntitle: test\nchanges:\n  - {{{change}, from: 2027, over: 2}}\n"
    return parse_scenario(text)


@pytest.mark.parametrize("old", sorted(SCHEMA_1))
def test_what_schema_1_said_is_what_schema_2_says_turned_round_to_the_bit(old):
    new, paths, levels, ends = SCHEMA_1[old]
    operation = "add" if old == "peer_recovery" else "scale"
    for level, by in zip(("some", "more", "most"), levels, strict=True):
        bare = table(
            scenario(2, f"acts_on: [{', '.join(paths)}], operation: {operation}, by: {by}"), 3
        )
        now = -by if old in TURNED else by
        for schema, change in (
            (1, f"lever: {old}, by: {by}"),
            (1, f"lever: {old}, level: {level}"),
            (2, f"lever: {new}, by: {now}"),
            (2, f"lever: {new}, level: {level}"),
        ):
            assert table(scenario(schema, change), 3).digest() == bare.digest(), change
    for end in (*ends, 0.0, -0.0123456789, 1 / 7):
        if not ends[0] <= end <= ends[1]:
            continue
        now = -end if old in TURNED else end
        before, since = (
            scenario(1, f"lever: {old}, by: {end!r}"),
            scenario(2, f"lever: {new}, by: {now!r}"),
        )
        assert before.changes == since.changes
        assert table(before).digest() == table(since).digest()
    assert scenario(1, f"lever: {old}, level: as_today").changes == ()


def test_no_lever_of_schema_1_is_forgotten():
    assert {*NAMES} <= {*shipped_levers()}
    former = {old: v.name for v in shipped_levers().values() for old in v.formerly}
    assert former == {old: SCHEMA_1[old][0] for old in TURNED}


@pytest.mark.parametrize("old", sorted(SCHEMA_1))
def test_beyond_a_former_range_is_refused_in_the_words_of_schema_1(old):
    _, _, _, (low, high) = SCHEMA_1[old]
    for by in (low - 0.01, high + 0.01):
        with pytest.raises(OutOfBounds) as caught:
            scenario(1, f"lever: {old}, by: {by}")
        assert f"of lever '{old}', found {by:g}. Allowed: {low:g} to {high:g}." in str(caught.value)


@pytest.mark.parametrize("old", TURNED)
def test_a_former_name_in_schema_2_is_told_its_new_one_and_that_amounts_turned_round(old):
    new = SCHEMA_1[old][0]
    with pytest.raises(UnknownName) as caught:
        scenario(2, f"lever: {old}, by: -0.1")
    assert f"lever '{old}' is '{new}' in schema 2" in str(caught.value)
    assert "its amount grows with the verb: `by: 0." in str(caught.value)
    with pytest.raises(UnknownName) as caught:
        scenario(1, f"lever: {new}, by: 0.1")
    assert "Say `schema: 2`" in str(caught.value)
    assert f"'{old}', with the other sign" in str(caught.value)


@pytest.mark.parametrize("schema", ["0", "3", "1.0", "'2'", "true", "null"])
def test_a_schema_that_is_not_known_is_refused_before_any_sign_is_read(schema):
    with pytest.raises(InputError, match=r"line 1: schema "):
        parse_scenario(f"schema: {schema}\ntitle: x\nchanges: [{{lever: relapse, by: -0.1}}]\n")


# Names: one for one thing.


def test_a_lever_and_a_handle_share_a_name_only_where_they_do_the_same_and_then_always():
    for v in shipped_levers().values():
        same = [h.name for h in handles().values() if is_handle(v, h.name)]
        assert same in ([], [v.name]), v.name
        assert same or v.name not in handles()
    former = {old for v in shipped_levers().values() for old in v.formerly}
    assert not former & set(shipped_levers())


@pytest.mark.parametrize("name", [h.name for h in handles().values() if h.reference])
def test_the_published_name_of_a_handle_leads_to_it(name):
    published = handles()[name].reference
    with pytest.raises(UnknownName, match=f"is called '{name}' here"):
        scenario(2, f"handle: '{published.upper()}', by: 0.1")


# Directions: from the model, not from the files.

MADE_LESS = {
    "lower_fentanyl_risk": ("people.overdose.deaths",),
    "prevent_disorder": (
        "people.disorder.rx_oud",
        "people.disorder.hud",
        "people.disorder.hud_with_oud",
    ),
    "prevent_heroin_initiation": (
        "people.initiation.heroin_without_rx",
        "people.initiation.heroin_with_misuse",
    ),
    "prevent_misuse_diverted": ("people.initiation.misuse_diverted",),
    "prevent_misuse_own": ("people.initiation.misuse_own",),
    "prevent_relapse": ("people.remission.relapsing_total",),
    "prescribe_to_fewer": ("people.prescribing.current_patients",),
    "peer_recovery": ("people.remission.relapsing_total",),
}
"""What the model gives for what a verb names, of which more of the verb is less."""

MADE_MORE = {
    "buprenorphine_providers": ("people.capacity.places[buprenorphine]",),
    "lower_prescriber_barriers": ("people.capacity.per_provider",),
    "naloxone_kits": ("people.response.kits_heroin", "people.response.kits_rx"),
}
LESS = ("prevent", "lower", "fewer")
"""Words in a name that say that its parameters fall."""


@cache
def modelled(world: str, name: str | None, amount: float) -> dict[str, float]:
    """Outputs just after a step in 2026, and deaths and person-years with disorder to 2032."""
    changes = (pull(levers()[name], amount, 2026, 0),) if name else ()
    named = [path for made in (MADE_LESS, MADE_MORE) for paths in made.values() for path in paths]
    outputs = [*dict.fromkeys(named), "cumulative.people.overdose.deaths", "people.heads.oud"]
    instants = [round(step_of(2026)), *range(round(step_of(2026)) + 1, STEPS + 1)]
    columns = table(Scenario(title="test", world=world, changes=changes)).columns
    found = load().run(columns, outputs=outputs, instants=instants, last_step=STEPS)[0]
    told = {path: float(found[i, 0]) for i, path in enumerate(outputs)}
    told["deaths"] = float(found[-2, -1] - found[-2, 0])
    told["disorder"] = float(np.sum(found[-1]))
    return told


def test_every_lever_says_what_its_verb_makes_more_or_less_of():
    assert sorted([*MADE_LESS, *MADE_MORE]) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_small_amount_moves_parameters_the_way_the_name_says(name):
    v = levers()[name]
    usual = table(Scenario(title="usual"))
    moved = table(Scenario(title="moved", changes=(pull(v, LEAST, 2026, 0),)))
    falls = any(word in name.split("_") for word in LESS)
    for path in v.acts_on:
        change = (moved.wide(path) - usual.wide(path))[0]
        at = round(step_of(2026))
        assert np.all(change[:at] == 0)
        assert np.all(change[at:] < 0) if falls else np.all(change[at:] > 0)
    assert v.direction == (-1 if falls else 1)


@pytest.mark.parametrize("world", sorted(worlds()))
@pytest.mark.parametrize("name", NAMES)
def test_a_small_amount_moves_what_its_verb_names_and_saves_lives(name, world):
    """Naloxone and safer use keep people alive who then go on with a disorder; those may rise."""
    usual, moved = modelled(world, None, 0.0), modelled(world, name, LEAST)
    if all(is_asleep(path, World.named(world)) for path in levers()[name].acts_on):
        assert moved == usual
        return
    for path in MADE_LESS.get(name, ()):
        assert moved[path] < usual[path], path
    for path in MADE_MORE.get(name, ()):
        assert moved[path] > usual[path], path
    assert moved["deaths"] <= usual["deaths"]
    if name not in ("naloxone_kits", "lower_fentanyl_risk"):
        assert moved["disorder"] <= usual["disorder"]
    opposite = levers()[name].range[0] and modelled(world, name, -LEAST)
    if opposite:
        assert opposite["deaths"] >= usual["deaths"]


# Amounts beyond the range, and what has none.


@pytest.mark.parametrize("name", NAMES)
def test_an_amount_beyond_the_range_points_to_what_makes_it_to_the_bit(name):
    v = levers()[name]
    beyond = v.most * 1.5
    with pytest.raises(OutOfBounds) as caught:
        scenario(2, f"lever: {name}, by: {beyond:g}")
    told = str(caught.value)
    change = v.on_parameters(beyond)
    behind = [h.name for h in handles().values() if {*h.acts_on} <= {*v.acts_on}]
    assert all(f"'{handle}'" in told for handle in behind)
    assert f"`by: {change:g}`" in told or f"by: {change:g}}}`" in told
    lines = "".join(f"  - {{handle: {handle}, by: {change:g}}}\n" for handle in behind)
    by_handle = parse_scenario(f"schema: 2\ntitle: test\nchanges:\n{lines}")
    pulled = Scenario(title="pulled", changes=(pull(v, float(f"{beyond:g}")),))
    assert table(by_handle).digest() == table(pulled).digest()


def test_nobody_is_pointed_to_a_handle_that_would_refuse_as_well():
    with pytest.raises(OutOfBounds) as caught:
        scenario(2, "lever: prevent_relapse, by: 1.5")
    assert "Handle" not in str(caught.value)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("lever: witnessing, by: 0.1", "'witnessing' is a handle and no lever"),
        ("lever: Policy change relapse rate, by: 0.1", "is called 'prevent_relapse' here"),
        ("handle: prevent_relapse, by: 0.1", "is a lever. Write `lever: prevent_relapse`"),
    ],
)
def test_a_name_of_the_other_kind_is_told_what_it_is(change, words):
    with pytest.raises(UnknownName) as caught:
        scenario(2, change)
    assert words in str(caught.value)
    assert "line 4" in str(caught.value)
