/** What is told of the months ahead, by forecaster and month. */
import { data } from "../../model/data.js";

const { forecast } = data.told;

export const YEAR = 12;

/** Names of the forecasters, as `upriver forecast` has them. */
export const NAMES = {
  ensemble: "all together",
  upriver_widened: "the model alone",
  upriver: "the model, intervals as they are",
  damped_trend: "damped trend",
  smoothing: "smoothing",
  last_value: "last value",
};

/** What a forecaster says so many months ahead: ends of the 90 and 50 % intervals, and the middle. */
export function atMonths(name, months) {
  const [low, innerLow, median, innerHigh, high] = forecast.ahead[name][months - 1];
  return { low, innerLow, median, innerHigh, high, end: forecast.ends[months - 1] };
}

/** The newest sum on record. */
export const latest = () => forecast.record.at(-1);

/** A column of what a forecaster says of all months. */
export function course(name, field) {
  return forecast.ends.map((_, i) => atMonths(name, i + 1)[field]);
}
