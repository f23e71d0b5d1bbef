/**
 * Who the people of the model are, and how they move: the stocks and flows of `people/part.py`, each
 * with the outputs that it is the sum of. A test holds them against the engine: what flows in less
 * what flows out is the change of each stock. The two lists are JSON, so that the test can read them.
 */

/** Stocks, and the parts that they are drawn as. */
export const STOCKS = [
  {"key": "misuse", "name": "Misuse of prescription opioids", "about": "people who misuse prescription opioids, without a disorder and without heroin",
    "parts": [{"name": "", "output": "people.stocks.misuse"}]},
  {"key": "heroin_use", "name": "Heroin use without a disorder", "about": "people who use heroin or illicit opioids in its place, without a disorder",
    "parts": [{"name": "", "output": "people.stocks.heroin_use"}]},
  {"key": "untreated", "name": "Opioid use disorder, no medication", "about": "people with opioid use disorder who take no medication for it",
    "parts": [
      {"name": "from prescription opioids", "output": "people.stocks.untreated[rx]"},
      {"name": "from them, with heroin use", "output": "people.stocks.untreated[rx_heroin]"},
      {"name": "from heroin or fentanyl", "output": "people.stocks.untreated[heroin]"}]},
  {"key": "buprenorphine", "name": "On buprenorphine", "about": "people who take buprenorphine for opioid use disorder",
    "parts": [{"name": "buprenorphine", "output": "people.heads.in_treatment[buprenorphine]"}]},
  {"key": "methadone", "name": "On methadone", "about": "people who take methadone for opioid use disorder",
    "parts": [{"name": "methadone", "output": "people.heads.in_treatment[methadone]"}]},
  {"key": "naltrexone", "name": "On naltrexone", "about": "people who take extended-release naltrexone for opioid use disorder",
    "parts": [{"name": "naltrexone", "output": "people.heads.in_treatment[naltrexone]"}]},
  {"key": "remission", "name": "In remission", "about": "people in remission without medication who can relapse",
    "parts": [
      {"name": "prescription opioids", "output": "people.stocks.remission[rx]"},
      {"name": "both", "output": "people.stocks.remission[rx_heroin]"},
      {"name": "heroin or fentanyl", "output": "people.stocks.remission[heroin]"}]},
  {"key": "stable", "name": "In stable remission", "about": "people in remission for so long that they are taken not to relapse",
    "parts": [
      {"name": "prescription opioids", "output": "people.stocks.stable[rx]"},
      {"name": "both", "output": "people.stocks.stable[rx_heroin]"},
      {"name": "heroin or fentanyl", "output": "people.stocks.stable[heroin]"}]}
];

/** Flows of people in a year; null is outside. `kind`: into (use or a disorder), out of it, death, other. */
export const FLOWS = [
  {"key": "start_misuse", "from": null, "to": "misuse", "kind": "into", "name": "start to misuse prescription opioids", "outputs": ["people.initiation.misuse"]},
  {"key": "stop_misuse", "from": "misuse", "to": null, "kind": "out", "name": "stop misusing prescription opioids", "outputs": ["people.quitting.misuse"]},
  {"key": "start_heroin", "from": null, "to": "heroin_use", "kind": "into", "name": "start to use heroin, without misuse before", "outputs": ["people.initiation.heroin_without_rx"]},
  {"key": "stop_heroin", "from": "heroin_use", "to": null, "kind": "out", "name": "stop using heroin", "outputs": ["people.quitting.heroin"]},
  {"key": "misuse_to_heroin", "from": "misuse", "to": "heroin_use", "kind": "into", "name": "go from misuse to heroin", "outputs": ["people.initiation.heroin_with_misuse"]},
  {"key": "heroin_to_misuse", "from": "heroin_use", "to": "misuse", "kind": "out", "name": "go from heroin back to misuse", "outputs": ["people.quitting.heroin_to_misuse"]},
  {"key": "develop_rx", "from": "misuse", "to": "untreated", "kind": "into", "name": "develop a disorder from prescription opioids", "outputs": ["people.disorder.rx_oud"]},
  {"key": "develop_heroin", "from": "heroin_use", "to": "untreated", "kind": "into", "name": "develop a disorder from heroin", "outputs": ["people.disorder.hud"]},
  {"key": "rx_to_both", "from": "untreated", "to": "untreated", "kind": "into", "name": "start heroin with a disorder from prescription opioids", "outputs": ["people.initiation.heroin_with_oud"]},
  {"key": "both_to_rx", "from": "untreated", "to": "untreated", "kind": "out", "name": "quit heroin, and still have a disorder from prescription opioids", "outputs": ["people.quitting.heroin_to_oud"]},
  {"key": "both_to_heroin", "from": "untreated", "to": "untreated", "kind": "into", "name": "develop a heroin disorder on top of the other", "outputs": ["people.disorder.hud_with_oud"]},
  {"key": "start_buprenorphine", "from": "untreated", "to": "buprenorphine", "kind": "out", "name": "start buprenorphine", "outputs": ["people.treatment.entering_total[buprenorphine]"]},
  {"key": "start_methadone", "from": "untreated", "to": "methadone", "kind": "out", "name": "start methadone", "outputs": ["people.treatment.entering_total[methadone]"]},
  {"key": "start_naltrexone", "from": "untreated", "to": "naltrexone", "kind": "out", "name": "start naltrexone", "outputs": ["people.treatment.entering_total[naltrexone]"]},
  {"key": "lapse_buprenorphine", "from": "buprenorphine", "to": "untreated", "kind": "into", "name": "leave buprenorphine with a disorder", "outputs": ["people.treatment.leaving_disorder_total[buprenorphine]"]},
  {"key": "lapse_methadone", "from": "methadone", "to": "untreated", "kind": "into", "name": "leave methadone with a disorder", "outputs": ["people.treatment.leaving_disorder_total[methadone]"]},
  {"key": "lapse_naltrexone", "from": "naltrexone", "to": "untreated", "kind": "into", "name": "leave naltrexone with a disorder", "outputs": ["people.treatment.leaving_disorder_total[naltrexone]"]},
  {"key": "finish_buprenorphine", "from": "buprenorphine", "to": "remission", "kind": "out", "name": "leave buprenorphine in remission", "outputs": ["people.treatment.leaving_remission_total[buprenorphine]"]},
  {"key": "finish_methadone", "from": "methadone", "to": "remission", "kind": "out", "name": "leave methadone in remission", "outputs": ["people.treatment.leaving_remission_total[methadone]"]},
  {"key": "finish_naltrexone", "from": "naltrexone", "to": "remission", "kind": "out", "name": "leave naltrexone in remission", "outputs": ["people.treatment.leaving_remission_total[naltrexone]"]},
  {"key": "remit", "from": "untreated", "to": "remission", "kind": "out", "name": "go into remission without medication",
    "outputs": ["people.remission.remitting[rx]", "people.remission.remitting[rx_heroin]", "people.remission.remitting[heroin]"]},
  {"key": "relapse", "from": "remission", "to": "untreated", "kind": "into", "name": "relapse", "outputs": ["people.remission.relapsing_total"]},
  {"key": "stabilise", "from": "remission", "to": "stable", "kind": "out", "name": "become stable in remission",
    "outputs": ["people.remission.stabilising[rx]", "people.remission.stabilising[rx_heroin]", "people.remission.stabilising[heroin]"]},
  {"key": "overdose_misuse", "from": "misuse", "to": null, "kind": "death", "name": "die of an overdose, misusing prescription opioids", "outputs": ["people.overdose.deaths_misuse"]},
  {"key": "overdose_heroin_use", "from": "heroin_use", "to": null, "kind": "death", "name": "die of an overdose, using heroin without a disorder", "outputs": ["people.overdose.deaths_heroin_use"]},
  {"key": "overdose_untreated", "from": "untreated", "to": null, "kind": "death", "name": "die of an overdose, with a disorder and no medication",
    "outputs": ["people.overdose.deaths_untreated[rx]", "people.overdose.deaths_untreated[rx_heroin]", "people.overdose.deaths_untreated[heroin]"]},
  {"key": "overdose_buprenorphine", "from": "buprenorphine", "to": null, "kind": "death", "name": "die of an overdose, on buprenorphine",
    "outputs": ["people.overdose.deaths_treated[rx,buprenorphine]", "people.overdose.deaths_treated[rx_heroin,buprenorphine]", "people.overdose.deaths_treated[heroin,buprenorphine]"]},
  {"key": "overdose_methadone", "from": "methadone", "to": null, "kind": "death", "name": "die of an overdose, on methadone",
    "outputs": ["people.overdose.deaths_treated[rx,methadone]", "people.overdose.deaths_treated[rx_heroin,methadone]", "people.overdose.deaths_treated[heroin,methadone]"]},
  {"key": "overdose_naltrexone", "from": "naltrexone", "to": null, "kind": "death", "name": "die of an overdose, on naltrexone",
    "outputs": ["people.overdose.deaths_treated[rx,naltrexone]", "people.overdose.deaths_treated[rx_heroin,naltrexone]", "people.overdose.deaths_treated[heroin,naltrexone]"]},
  {"key": "other_misuse", "from": "misuse", "to": null, "kind": "other", "name": "die of another cause, misusing prescription opioids", "outputs": ["people.mortality.misuse"]},
  {"key": "other_heroin_use", "from": "heroin_use", "to": null, "kind": "other", "name": "die of another cause, using heroin without a disorder", "outputs": ["people.mortality.heroin_use"]},
  {"key": "other_untreated", "from": "untreated", "to": null, "kind": "other", "name": "die of another cause, with a disorder and no medication",
    "outputs": ["people.mortality.untreated[rx]", "people.mortality.untreated[rx_heroin]", "people.mortality.untreated[heroin]"]},
  {"key": "other_buprenorphine", "from": "buprenorphine", "to": null, "kind": "other", "name": "die of another cause, on buprenorphine",
    "outputs": ["people.mortality.treated[rx,buprenorphine]", "people.mortality.treated[rx_heroin,buprenorphine]", "people.mortality.treated[heroin,buprenorphine]"]},
  {"key": "other_methadone", "from": "methadone", "to": null, "kind": "other", "name": "die of another cause, on methadone",
    "outputs": ["people.mortality.treated[rx,methadone]", "people.mortality.treated[rx_heroin,methadone]", "people.mortality.treated[heroin,methadone]"]},
  {"key": "other_naltrexone", "from": "naltrexone", "to": null, "kind": "other", "name": "die of another cause, on naltrexone",
    "outputs": ["people.mortality.treated[rx,naltrexone]", "people.mortality.treated[rx_heroin,naltrexone]", "people.mortality.treated[heroin,naltrexone]"]},
  {"key": "other_remission", "from": "remission", "to": null, "kind": "other", "name": "die of another cause, in remission",
    "outputs": ["people.mortality.remission[rx]", "people.mortality.remission[rx_heroin]", "people.mortality.remission[heroin]"]},
  {"key": "other_stable", "from": "stable", "to": null, "kind": "other", "name": "die of another cause, in stable remission",
    "outputs": ["people.mortality.stable[rx]", "people.mortality.stable[rx_heroin]", "people.mortality.stable[heroin]"]}
];

/** Deaths that leave no stock: of people who take opioids as prescribed. And all deaths. */
export const AS_PRESCRIBED = "people.overdose.deaths_medical";
export const ALL_DEATHS = "people.overdose.deaths";
