"""Say which small mistakes are made in the protocol.

mutmut's own mistakes in numbers, comparisons and arithmetic are taken over. Those that a type checker
refuses, or that only change a text, are left out. What is added is how this code guards, rounds, bounds and
assigns: by the names of functions.
"""

from collections.abc import Iterator

import libcst as cst
import libcst.matchers as m
from mutmut.mutation import mutators

OTHER_ROUNDING = {
    "multiply_divide_down": "multiply_divide_up",
    "multiply_divide_up": "multiply_divide_down",
    "quotient_down": "quotient_up",
    "quotient_up": "quotient_down",
}
# From which argument on each can stand for the whole call: a branch always taken, a bound left out.
ALTERNATIVES = {"choose": 1, "minimum": 0, "maximum": 0, "negate": 0}
SWAPPED = {"all_of": "any_of", "any_of": "all_of"}


def drop_guard(statement: cst.Expr) -> Iterator[cst.BaseSmallStatement]:
    """Leave out a guard."""
    if m.matches(statement.value, m.Call(func=m.Name("require"))):
        yield cst.Pass()


def drop_change(statement: cst.Assign) -> Iterator[cst.BaseSmallStatement]:
    """Leave out an assignment that changes what a name stands for already."""
    target = statement.targets[0].target
    if isinstance(target, cst.Name) and m.findall(statement.value, m.Name(target.value)):
        yield cst.Pass()


def change_call(call: cst.Call) -> Iterator[cst.BaseExpression]:
    """Round the other way, take one branch or bound always, or leave out a condition or a changed field."""
    if not isinstance(call.func, cst.Name) or any(argument.star for argument in call.args):
        return
    name, arguments = call.func.value, call.args
    if name in OTHER_ROUNDING:
        yield call.with_changes(func=cst.Name(OTHER_ROUNDING[name]))
    if name in ALTERNATIVES:
        for argument in arguments[ALTERNATIVES[name] :]:
            yield parenthesised(argument.value)
    if name in SWAPPED:
        yield call.with_changes(func=cst.Name(SWAPPED[name]))
    if name in SWAPPED or name == "replace":
        for argument in arguments[name == "replace" :]:
            yield call.with_changes(args=[other for other in arguments if other is not argument])


def parenthesised(expression: cst.BaseExpression) -> cst.BaseExpression:
    """Return an expression that can stand anywhere."""
    if isinstance(expression, cst.Name | cst.Attribute | cst.Call | cst.Integer):
        return expression
    return expression.with_changes(
        lpar=[cst.LeftParen(), *expression.lpar], rpar=[*expression.rpar, cst.RightParen()]
    )


OPERATORS = [
    (cst.BaseNumber, mutators.operator_number),
    (cst.Name, mutators.operator_name),
    (cst.UnaryOperation, mutators.operator_remove_unary_ops),
    (cst.CSTNode, mutators.operator_keywords),
    (cst.CSTNode, mutators.operator_swap_op),
    (cst.IfExp, mutators.operator_if_exp),
    (cst.Expr, drop_guard),
    (cst.Assign, drop_change),
    (cst.Call, change_call),
]
