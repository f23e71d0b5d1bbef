/**
 * How fentanyl flows, from precursors to sales: the flows of `supply/part.py` in kilograms of pure fentanyl
 * a year, each with the counted flows that it is the sum of, less those of `less` (`flows.json`). Null is
 * outside; a `total` adds up others and moves nothing. A test holds them against the engine: of every
 * place, what flows in is what flows out.
 */
import { data } from "../../model/data.js";

export const BANDS = data.drawn.bands;
