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
  year: "years",
  "kit/person": "kits a person",
  "kg/year": "kilograms a year",
  "kg/person/year": "kilograms a person in a year",
  "mg/pill": "milligrams a pill",
  "USD/kg": "dollars a kilogram",
  USD: "dollars",
  "people/provider": "people a provider",
};

/** A unit in words; one without words as it is. */
export function unitText(unit) {
  return UNITS[unit] ?? unit;
}
