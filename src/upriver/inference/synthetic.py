"""A synthetic record: what one draw would have put on record after a date, errors and all.

The record up to the date is the real one. After it, numbers are what the draw's run predicts, with
errors drawn as the likelihood has them, given the errors before the date: their size, and what they
share with those after it.
"""

from dataclasses import replace

import numpy as np
from scipy.linalg import solve_triangular

from .block import Block, Doubles
from .likelihood import Likelihood
from .model import Model
from .records.deaths import known_months

MONTHS_BEFORE = 72
"""Months of deaths that stand before the sums that hold some of them."""


def synthetic(model: Model, z: Doubles, date: float, generator: np.random.Generator) -> Likelihood:
    """The record as one draw would have it after a date.

    Args:
        z: of the draw, shape (unknowns,).
    """
    whole = model.likelihood
    predicted = model.predict(z[None])[0]
    blocks = [
        _block(block, predicted[place], date, generator)
        for block, place in zip(whole.blocks, whole.places, strict=True)
    ]
    return Likelihood(tuple(blocks), whole.ranges)


def _block(block: Block, predicted: Doubles, date: float, generator: np.random.Generator) -> Block:
    """One block with new numbers after a date."""
    after = block.ends > date + 1e-9
    if not after.any():
        return block
    errors = _errors(block, predicted, after, generator)
    if block.known is None:
        values = np.where(after, block.unlinked(predicted + errors), block.values)
        return replace(block, values=values)
    return _with_sums(block, predicted, errors, after)


def _errors(
    block: Block, predicted: Doubles, after: np.ndarray, generator: np.random.Generator
) -> Doubles:
    """Errors after a date given those before it, on the link's scale, shape (n,)."""
    order = np.argsort(after, kind="stable")
    root = np.linalg.cholesky(block.correlation[np.ix_(order, order)])
    before = int((~after).sum())
    known = (block.linked - predicted)[order[:before]]
    white = np.empty(block.size)
    white[:before] = solve_triangular(root[:before, :before], known, lower=True)
    freedom = block.freedom + before
    squares = block.freedom * block.scale**2 + float(np.sum(white[:before] ** 2))
    size = np.sqrt(squares / generator.chisquare(freedom))
    white[before:] = size * generator.standard_normal(block.size - before)
    errors = np.empty(block.size)
    errors[order] = root @ white
    return errors


def _with_sums(block: Block, predicted: Doubles, errors: Doubles, after: np.ndarray) -> Block:
    """Months, and sums that hold months which are on record already: those of this record."""
    assert block.known is not None
    sums = slice(MONTHS_BEFORE, block.size)
    months = slice(0, MONTHS_BEFORE)
    values = block.values.copy()
    drawn = block.unlinked(predicted + errors)
    values[months] = np.where(after[months], drawn[months], values[months])
    known = block.known.copy()
    known[sums] = known_months(values[months], block.ends[sums])
    new = block.unlinked(predicted)[sums] - block.known[sums] + known[sums]
    values[sums] = new * np.exp(errors[sums])
    return replace(block, values=values, known=known)
