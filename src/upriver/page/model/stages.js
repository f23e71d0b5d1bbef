/** The stages of the system, from diplomacy to services, as they are called. */
export const STAGE_NAMES = {
  diplomacy: "Diplomacy",
  precursors: "Precursors",
  synthesis: "Synthesis",
  corridors: "Corridors",
  market: "Market",
  people: "People",
  services: "Services",
};
