/** Changes of yearly deaths that Why tells, and which of them it shows; Overview names the one that is ahead. */
import { signal } from "vendor";
import { data } from "./data.js";

/** Each between two years; none on the page of a place, which has no such view. */
export const spans = data.told.why?.spans ?? [];

/** The place in the list of the one that is shown. */
export const chosen = signal(0);

/** Whether a change ends in years of which there is no record yet. */
export const isAhead = ({ to }) => to >= data.projection;
