"""Mistakes in the checker itself are noticed: each is made in a copy, in which a small test must fail."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lien.invariants.mutants.base import Mutant
from lien.invariants.mutants.seed import mutated_text, seed

TESTS = Path(__file__).resolve().parent
EXECUTOR = "test_executor.py"
INPUTS = f"{EXECUTOR}::test_each_input_takes_one_path_and_ends_as_it_says"
# One of each kind; the others run with what takes long.
QUICK = (
    "a path is dropped",
    "an assumption is added",
    "a decision's negation is lost",
    "a quotient is left open",
    "what is unknown counts as proved",
    "what is not proved is a lemma",
    "no untouched record is asked about",
    "numbers that do not replay refute",
    "the second solver always agrees",
    "the second solver is not told the negated goal",
)
FAILED = 1  # pytest's exit code where a test failed; others say that none ran


def Slip(story: str, module: str, text: str, replacement: str, noticed_by: str) -> Mutant:  # noqa: N802
    """Say what is changed in which module, and which test must then fail."""
    return Mutant(story, story, f"invariants/{module}.py", text, replacement, (noticed_by,), "")


SLIPS = [
    # The executor: paths, facts, terms.
    Slip(
        "a path is dropped",
        "prove/executor",
        "        if can_hold and can_fail:\n",
        "        if can_hold and can_fail and not self._todo:\n",
        INPUTS,
    ),
    Slip(
        "what is unknown counts as impossible",
        "prove/executor",
        "return bool(answer != z3.unsat)",
        "return bool(answer == z3.sat)",
        f"{EXECUTOR}::test_what_is_not_known_to_be_impossible_is_followed",
    ),
    Slip(
        "an assumption is added",
        "prove/facts",
        "self.assume(at_most(symbol.low, symbol.expression))",
        "self.assume(at_most(symbol.low + 1, symbol.expression))",
        INPUTS,
    ),
    Slip(
        "a decision's negation is lost",
        "prove/executor",
        "self.assume(expression if decision.taken else build(z3.Not, expression))",
        "self.assume(expression if decision.taken else True)",
        INPUTS,
    ),
    Slip(
        "a quotient is left open",
        "prove/algebra",
        "return z3.And(multiple <= numerator, numerator < multiple + divisor)",
        "return multiple <= numerator",
        INPUTS,
    ),
    Slip(
        "two divisions have one name",
        "prove/algebra",
        'symbol, is_new = self.named("quotient", (expression, d.expression), low, high)',
        'symbol, is_new = self.named("quotient", (expression,), low, high)',
        INPUTS,
    ),
    Slip(
        "a product grows with its first factor, whatever the sign of the other",
        "prove/algebra",
        "sign = build(z3.BoolVal, True) if ratio.low is not None and ratio.low >= 0 else at_most(0, b)",
        "sign = build(z3.BoolVal, True)",
        f"{EXECUTOR}::test_each_input_takes_one_path_and_ends_as_it_says",
    ),
    Slip(
        "what is a fact is decided the other way",
        "prove/executor",
        "                return side\n",
        "                return not side\n",
        f"{EXECUTOR}::test_what_is_a_fact_already_is_not_asked",
    ),
    Slip(
        "what relates two products says too much",
        "prove/algebra",
        "z3.And(rise >= 0, rise <= (high - low) * top)",
        "z3.And(rise > 0, rise <= (high - low) * top)",
        INPUTS,
    ),
    Slip(
        "the smaller of two is the greater",
        "prove/algebra",
        "smaller = chosen(condition(left <= right), left.expression, right.expression)",
        "smaller = chosen(condition(left >= right), left.expression, right.expression)",
        INPUTS,
    ),
    Slip(
        "one of the conditions is enough for all",
        "prove/algebra",
        "return _truth(both(*[condition(item) for item in conditions]))",
        "return _truth(build(z3.Or, *[condition(item) for item in conditions]))",
        INPUTS,
    ),
    Slip(
        "what a contract needs is not asked",
        "prove/facts",
        "        if parts:\n            self.path.requirements",
        "        if False:\n            self.path.requirements",
        f"{EXECUTOR}::test_what_a_contract_needs_is_to_be_shown_of_what_was_known_before",
    ),
    Slip(
        "no intermediate is looked at",
        "prove/facts",
        "if value.low is None or value.high is None or value.low < -WIDTH or value.high >= WIDTH:",
        "if False:",
        f"{EXECUTOR}::test_every_computed_number_is_kept_unless_it_fits",
    ),
    Slip(
        "what is computed before a decision is forgotten",
        "prove/facts",
        "            self.path.widths.append(Requirement(",
        "            str(Requirement(",
        "test_executor.py::test_what_was_computed_is_to_be_shown_of_what_was_known_then",
    ),
    Slip(
        "a write is not read",
        "prove/maps",
        "            figure = chosen(equal_keys(write.key, wanted), write.figure, figure)\n",
        "            figure = chosen(equal_keys(write.key, wanted), figure, figure)\n",
        "test_evidence.py::test_every_proved_goal_that_is_not_plainly_true_is_given",
    ),
    # The prover: what counts as proved.
    Slip(
        "what is unknown counts as proved",
        "prove/attempts",
        "    if result == z3.unsat:\n",
        "    if result != z3.sat:\n",
        "test_prover.py::test_a_verdict_is_the_solvers",
    ),
    Slip(
        "the goal is not negated",
        "prove/attempts",
        "add_facts(solver, [*facts, z3.Not(goal)])",
        "add_facts(solver, [*facts, goal])",
        "test_prover.py::test_a_verdict_is_the_solvers",
    ),
    Slip(
        "what followed from more is taken to follow from less",
        "prove/solve",
        "any(other.premises <= premises for other in known)",
        "any(other.premises >= premises for other in known)",
        "test_prover.py::test_what_was_proved_from_more_is_asked_again_from_less",
    ),
    Slip(
        "one part of a goal is enough",
        "prove/solve",
        "if all(self._holds(there, attempts) for there in at_each):",
        "if any(self._holds(there, attempts) for there in at_each):",
        "test_prover.py::test_a_goal_in_parts_holds_at_each_value",
    ),
    Slip(
        "one equation of several is enough",
        "prove/unfold",
        "    return all(\n",
        "    return any(\n",
        "test_prover.py::test_an_identity_is_one_in_every_part",
    ),
    Slip(
        "what is not proved is a lemma",
        "prove/matrix",
        "        if verdict is Verdict.PROVED:\n            path.facts +=",
        "        if True:\n            path.facts +=",
        "test_prover.py::test_only_what_is_proved_is_a_lemma",
    ),
    Slip(
        "what a contract needs may follow from its answer",
        "prove/solve",
        "self._relevance.describe_all(path.facts)[: named.known]",
        "self._relevance.describe_all(path.facts)",
        "test_prover.py::test_what_a_contract_needs_follows_from_what_was_known_before",
    ),
    Slip(
        "the better of two results is kept",
        "prove/results",
        "worst = min(first, second,",
        "worst = max(first, second,",
        "test_prover.py::test_one_goal_that_fails_is_enough",
    ),
    Slip(
        "no untouched record is asked about",
        "prove/obligations",
        "            *witness_goals(run, executor),\n",
        "",
        "test_prover.py::test_a_call_meets_every_property_and_every_reason",
    ),
    Slip(
        "no path is taken by any state",
        "prove/solve",
        "return self._try(question, VACUITY) is not Verdict.PROVED",
        "return False",
        "test_prover.py::test_a_call_meets_every_property_and_every_reason",
    ),
    # A refutation.
    Slip(
        "numbers that do not replay refute",
        "prove/replay",
        "return Counterexample(goal.identifier, run.case.call, situation, observed) if is_same else None",
        "return Counterexample(goal.identifier, run.case.call, situation, observed)",
        "test_prover.py::test_numbers_that_do_not_replay_refute_nothing",
    ),
    Slip(
        "numbers of a state that cannot be refute",
        "prove/replay",
        " or not may_be(situation):",
        ":",
        "test_prover.py::test_numbers_of_a_state_that_cannot_be_refute_nothing",
    ),
    # The second solver, and what it is given.
    Slip(
        "the second solver always agrees",
        "prove/second",
        "answer = FOUND.get(run(text, way), Answer.UNDECIDED)",
        "answer = FOUND.get(run(text, way) and 'unsat', Answer.UNDECIDED)",
        "test_evidence.py::test_a_second_solver_answers",
    ),
    Slip(
        "the second solver is not told the negated goal",
        "prove/smtlib",
        "    solver.add(z3.Not(goal))\n",
        "",
        "test_evidence.py::test_an_obligation_is_its_facts_and_the_negated_goal",
    ),
    Slip(
        "a contradiction is not named",
        "prove/evidence",
        "            self.checked.contradicted.append(name)\n",
        "            pass\n",
        "test_evidence.py::test_what_is_undecided_or_contradicted_is_named",
    ),
    Slip(
        "why a path is left out is not given",
        "prove/executor",
        "elif answer == z3.unsat and self.excluded is not None:",
        "elif False and self.excluded is not None:",
        "test_evidence.py::test_what_a_path_leaves_out_is_given",
    ),
    # What is kept.
    Slip(
        "what has changed is not proved again",
        "prove/kept",
        'if written["code"] != digest(case, properties):',
        "if False:",
        "test_kept.py::test_what_does_not_read_as_kept_is_proved_again",
    ),
    Slip(
        "what is refuted is kept",
        "prove/kept",
        "        if is_held(result):\n",
        "        if True:\n",
        "test_kept.py::test_what_is_not_proved_is_not_kept",
    ),
    # A property that says nothing.
    Slip(
        "a property of a call is always true",
        "properties/steps/assets",
        "    return balance_change(observed, asset, account) == expected\n",
        "    return all_of()\n",
        "test_falsifiable.py::test_a_property_of_calls_can_be_false",
    ),
    Slip(
        "a property of a record is always true",
        "properties/loan",
        "    return implies(is_live(loan), loan.interest + (loan.principal + 1) * UNIT > 0)\n",
        "    return all_of()\n",
        "test_falsifiable.py::test_a_property_of_states_can_be_false",
    ),
    Slip(
        "a relation is always true",
        "properties/relations",
        "    return some + others <= shares_for(facility, tomorrow, first + second)\n",
        "    return all_of(some + others >= 0)\n",
        "test_falsifiable.py::test_a_relation_can_be_false",
    ),
]


ROWS = [
    pytest.param(slip, id=slip.identifier, marks=() if slip.identifier in QUICK else pytest.mark.long)
    for slip in SLIPS
]


def test_the_quick_ones_are_there() -> None:
    """Given those that always run / When they are looked up / Then each is a mistake."""
    assert {*QUICK} <= {slip.identifier for slip in SLIPS}


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.identifier)
def test_a_mistake_can_be_made(slip: Mutant) -> None:
    """Given a mistake, also one of a long run / When it is made / Then its text stands once in it."""
    assert slip.replacement in mutated_text(slip)


@pytest.mark.parametrize("slip", ROWS)
def test_a_mistake_of_the_checker_is_noticed(slip: Mutant, tmp_path: Path) -> None:
    """Given a mistake in the checker / When the test that is about it runs there / Then it fails."""
    (noticed_by,) = slip.case
    paths = os.pathsep.join((str(seed(slip, tmp_path)), str(TESTS.parents[1])))
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-qx", "-p", "no:cacheprovider", str(TESTS / noticed_by)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": paths},
        check=False,
    )
    assert ran.returncode == FAILED, ran.stdout
