/** Units as readers write them. */

const UNITS = {
  1: "share or ratio",
  "1/year": "a year",
  "people/year": "people a year",
  "kit/year": "kits a year",
  "Rx/year": "prescriptions a year",
  "MME/year": "morphine milligram equivalents a year",
  "Rx/person": "prescriptions a person",
  provider: "providers",
  "people/provider": "people a provider",
};

/** A unit in words; one without words as it is. */
export function unitText(unit) {
  return UNITS[unit] ?? unit;
}
