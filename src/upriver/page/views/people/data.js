/**
 * Who the people of the model are, and how they move: the stocks and flows of `people/part.py`, each
 * with the outputs that it is the sum of (`flows.json`). A test holds them against the engine: what flows
 * in less what flows out is the change of each stock.
 */
import { data } from "../../model/data.js";

/** Stocks, and the parts that they are drawn as. */
export const STOCKS = data.drawn.stocks;

/** Flows of people in a year; null is outside. `kind`: into (use or a disorder), out of it, death, other. */
export const FLOWS = data.drawn.flows;

/** Deaths that leave no stock: of people who take opioids as prescribed. And all deaths. */
export const AS_PRESCRIBED = "people.overdose.deaths_medical";
export const ALL_DEATHS = "people.overdose.deaths";
