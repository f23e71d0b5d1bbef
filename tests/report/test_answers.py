"""The six answers: every figure comes from a run, and says of how many draws and how sure it is."""

import re
from pathlib import Path

import numpy as np
import pytest

from upriver.core.errors import OutOfBounds
from upriver.evidence.figures import series
from upriver.experiments.caveats import unexplained
from upriver.experiments.compare import Comparison, compare
from upriver.experiments.explain import explain
from upriver.experiments.flow import flow, whole_run
from upriver.experiments.summary import Interval, figures
from upriver.policy.levers import levers
from upriver.report.answers import acts, change, doubled, suppliers, unseen
from upriver.report.answers.answer import WIDE, Answer, Table, fold, markdown
from upriver.report.answers.page import MARK, answers, page, stamp, text
from upriver.report.answers.words import between, graded, moved_most, percent, tertiles

DRAWS = 24
PAGE = Path(__file__).parents[2] / "docs" / "answers.md"


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def first() -> Answer:
    return doubled.answer(DRAWS)


@pytest.fixture(scope="module")
def second() -> Answer:
    return suppliers.answer(DRAWS)


def carries(one: Answer, found: Comparison) -> None:
    """The answer has what each scenario averts, in how many draws, in words and in its table."""
    said = flat(markdown(one))
    for run, verdict in zip(found.runs[1:], found.verdicts, strict=True):
        assert between(found.averted(run)) in said
        assert f"{verdict.helps} of {DRAWS}" in said
        assert flat(verdict.sentence(found.since)) in said


def test_question_1_has_what_doubling_averts_on_every_baseline(first: Answer) -> None:
    carries(first, compare("base", *doubled.SCENARIOS, draws=DRAWS))
    for name in ("drivers_held", "as_2019"):
        other = compare("base", *doubled.SCENARIOS, draws=DRAWS, on=name)
        for run in other.runs[1:]:
            assert between(other.averted(run)) in flat(markdown(first))
    assert "For your state, which is not in these figures" in markdown(first)


def test_question_2_has_every_scenario_and_the_answer_by_what_sellers_could_send(
    second: Answer,
) -> None:
    found = compare("base", *suppliers.scenarios(), draws=DRAWS)
    carries(second, found)
    slack = found.runs[0].parameters[suppliers.SLACK]
    base = found.runs[0].periods("people.overdose.deaths", np.array([2026.0]), np.array([2032.0]))
    for run in found.runs[1:]:
        other = run.periods("people.overdose.deaths", np.array([2026.0]), np.array([2032.0]))
        for _, ends in tertiles((base - other)[:, 0], slack):
            assert between(ends) in markdown(second)


def test_question_3_says_first_what_is_unexplained_and_has_every_part(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(change, "SPANS", ((2024, 2025),))
    one = change.answer(6)
    said = flat(markdown(one))
    assert one.first[0] == unexplained("whole")
    found = explain(2024, 2025, 6)
    for name in found.parts:
        assert between(found.part(name)) in said
        assert f"{round(6 * found.share_less(name))} of 6" in said
    assert between(found.change) in said


def test_question_4_says_that_no_direct_evidence_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    one = acts.answer(DRAWS)
    said = flat(markdown(one))
    assert "none was found" in one.short[0]
    assert "died for it" not in said
    stop, _, control, _ = one.short[1:5]
    assert "too few to tell" in stop
    assert "one assumed mechanism (grade D) and no evidence" in control
    found = compare("base", *acts.WITHOUT, draws=DRAWS)
    for run in found.runs[1:]:
        lost = found.averted(run)
        assert between(lost) in said
    for figure in one.figures["acts"].values():
        assert f"{figure['more_in']} of {DRAWS}" in said
    assert f"{figures(one.figures['seized'][0]['recorded'], 3)}" in said


def test_question_6_gives_ranges_and_corrects_no_number() -> None:
    one = unseen.answer(DRAWS, (0.25, 0.5))
    said = flat(markdown(one))
    assert "stands for 2 to 4" in said
    sold = flow(whole_run(draws=DRAWS), 2021).sold
    assert f"between {figures(sold.low)} and {figures(sold.high)} kg" in said
    low, high = unseen.published()
    assert f"{low / 1e6:.1f} to {high / 1e6:.1f} million" in said
    assert (round(low / 1e6, 1), round(high / 1e6, 1)) == (3.8, 7.6)
    for found in one.figures["later_beside_it"].values():
        assert f"{found['median']:.2f} ({found['low']:.2f} to {found['high']:.2f}) times" in said
    stated = series("china_arrests", "CN").values[-1]
    for share in (0.25, 0.5):
        assert f"{stated / share:,.0f}" not in said


def test_every_answer_says_how_sure_it_is_and_what_it_cannot_tell(
    first: Answer, second: Answer
) -> None:
    for one in (first, second):
        assert "**How sure**" in markdown(one)
        assert "**What this cannot tell**" in markdown(one)
        grades = [part for part in one.parts if isinstance(part, Table) and "Grade" in part.header]
        found = {row[1].partition(",")[0] for row in grades[0].rows}
        assert found <= {"A", "B", "C", "D", "none"}
        assert {row[0] for row in grades[0].rows} <= {v.title for v in levers().values()}


def test_the_page_begins_with_what_is_unexplained_and_names_draws_and_world(first: Answer) -> None:
    said = flat(text((first,), DRAWS))
    assert f"{DRAWS} draws" in said
    assert "world `whole`" in said
    assert unexplained("whole") in said
    assert said.index(unexplained("whole")) < said.index("## 1.")
    assert f"{DRAWS} draws are few" in said


def test_prose_is_no_wider_than_its_lines(first: Answer, second: Answer) -> None:
    for line in page((first, second), DRAWS).splitlines():
        assert len(line) <= WIDE or line.startswith(("|", "## ")), line
    assert fold("a " * 200).count("\n") == 3


@pytest.mark.parametrize(
    ("given", "says"),
    [({"numbers": (7,)}, "no question"), ({"draws": 0}, "at least 1"),
     ({"complete": (0.5, 0.2)}, "the lower first"), ({"complete": (0.0, 1.0)}, "above 0")],
)  # fmt: skip
def test_a_slip_is_refused_before_anything_runs(given: dict[str, object], says: str) -> None:
    with pytest.raises(OutOfBounds, match=says):
        answers(**given)  # type: ignore[arg-type]


def test_the_constant_that_orders_an_answer_is_found() -> None:
    values = np.arange(30.0)
    other = np.tile([1.0, 2.0, 3.0], 10)
    assert moved_most(values, {"a": other, "b": -(values**3)}) == ("b", pytest.approx(-1.0))
    assert moved_most(values, {"a": other}) is None


def test_a_null_result_stands_beside_the_grade() -> None:
    for name in ("buprenorphine_providers", "naloxone_kits"):
        assert graded(levers()[name]) == "B, in part a null result"
    assert graded(levers()["between_ports"]) == "none"


def test_no_percentage_is_minus_nothing() -> None:
    assert percent(Interval(-0.04, -0.06, 0.04)) == "0.0 % (−0.1 to 0.0)"


def test_the_page_of_answers_is_of_these_equations_draws_scenarios_and_levers() -> None:
    made = PAGE.read_text(encoding="utf-8").splitlines()[0]
    assert made == MARK.format(draws=200, of=stamp()), "run `upriver answers --to docs/answers.md`"


def test_the_page_holds_all_six_questions() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert re.findall(r"(?m)^## (\d)\.", text) == ["1", "2", "3", "4", "5", "6"]


@pytest.mark.slow
def test_the_page_of_answers_is_what_a_run_gives() -> None:
    assert page(answers(), 200) == PAGE.read_text(encoding="utf-8")
