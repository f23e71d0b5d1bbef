/** Which constants have the largest hold on an answer: rank correlation (Spearman) over the draws. */
import { CONSTANTS, valuesOf } from "../../model/beliefs.js";
import { data } from "../../model/data.js";

/** What is shown has more. */
export const LEAST_HOLD = 0.2;

/** What chance alone gives, at 95 %, with all draws. */
export const BY_CHANCE = 1.96 / Math.sqrt(data.draws);

export const hasHold = (r) => Math.abs(r) > LEAST_HOLD;

const known = new Map();

/** Every constant with its rank correlation with values by draw, `{path, r}`, the largest first. */
export function holds(values) {
  const answer = ranks(values);
  const found = Object.keys(CONSTANTS).map((path) => ({ path, r: product(ranksOf(path), answer) }));
  return found.sort((a, b) => Math.abs(b.r) - Math.abs(a.r));
}

function ranksOf(path) {
  if (!known.has(path)) known.set(path, ranks(valuesOf(path)));
  return known.get(path);
}

/** Ranks less their mean, scaled so that a product of two is their correlation; ties share their mean rank. */
function ranks(values) {
  const order = Array.from(values.keys()).sort((a, b) => values[a] - values[b]);
  const found = new Float64Array(values.length);
  for (let i = 0; i < order.length; ) {
    let j = i + 1;
    while (j < order.length && values[order[j]] === values[order[i]]) j++;
    for (let k = i; k < j; k++) found[order[k]] = (i + j - values.length) / 2;
    i = j;
  }
  const size = Math.sqrt(product(found, found)) || 1;
  return found.map((rank) => rank / size);
}

function product(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
