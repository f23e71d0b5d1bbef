/**
 * How fentanyl flows, from precursors to sales: the flows of `supply/part.py` in kilograms of pure fentanyl
 * a year, each with the counted flows that it is the sum of, less those of `less`. Null is outside; a
 * `total` adds up others and moves nothing. A test holds them against the engine: of every place, what
 * flows in is what flows out. The list is JSON, so that the test can read it.
 */

export const BANDS = [
  {"key": "precursors_china", "kind": "precursor", "name": "precursors from China to Mexico, as fentanyl that they are enough for", "from": "china", "to": "precursor_stock", "flows": ["supply.precursors.flow[china]"]},
  {"key": "precursors_india", "kind": "precursor", "name": "precursors from India to Mexico, as fentanyl that they are enough for", "from": "india", "to": "precursor_stock", "flows": ["supply.precursors.flow[india]"]},
  {"key": "precursors_other", "kind": "precursor", "name": "precursors from other countries to Mexico, as fentanyl that they are enough for", "from": "other", "to": "precursor_stock", "flows": ["supply.precursors.flow[other]"]},
  {"key": "precursors_kept", "kind": "stock", "name": "put into the stock of precursors in Mexico (below zero: taken out of it)", "from": "precursor_stock", "to": null, "flows": ["supply.precursors.flow[china]", "supply.precursors.flow[india]", "supply.precursors.flow[other]"], "less": ["supply.production.produced[mexico]"]},
  {"key": "made_mexico", "kind": "made", "name": "made in Mexico", "from": "precursor_stock", "to": "mexico", "flows": ["supply.production.produced[mexico]"]},
  {"key": "made_china", "kind": "made", "name": "made in China, from chemicals there that the model does not count", "from": null, "to": "china_site", "flows": ["supply.production.produced[china]"]},
  {"key": "sent_mail", "kind": "sent", "name": "sent in international mail and express", "from": "china_site", "to": "mail", "flows": ["supply.pipeline.sent[mail]"]},
  {"key": "sent_ports", "kind": "sent", "name": "sent through southwest ports of entry", "from": "mexico", "to": "ports", "flows": ["supply.pipeline.sent[ports]"]},
  {"key": "sent_between", "kind": "sent", "name": "sent between ports on the southwest border", "from": "mexico", "to": "between", "flows": ["supply.pipeline.sent[between]"]},
  {"key": "sent_coastal", "kind": "sent", "name": "sent by coast and air", "from": "mexico", "to": "coastal", "flows": ["supply.pipeline.sent[coastal]"]},
  {"key": "inland_ports", "kind": "seized", "name": "seized within Mexico, of what was to go through southwest ports of entry", "from": "ports", "to": "inland", "flows": ["supply.pipeline.sent[ports]"], "less": ["supply.seizures.seized[ports]", "supply.seizures.delivered[ports]"]},
  {"key": "inland_between", "kind": "seized", "name": "seized within Mexico, of what was to go between ports on the southwest border", "from": "between", "to": "inland", "flows": ["supply.pipeline.sent[between]"], "less": ["supply.seizures.seized[between]", "supply.seizures.delivered[between]"]},
  {"key": "inland_coastal", "kind": "seized", "name": "seized within Mexico, of what was to go by coast and air", "from": "coastal", "to": "inland", "flows": ["supply.pipeline.sent[coastal]"], "less": ["supply.seizures.seized[coastal]", "supply.seizures.delivered[coastal]"]},
  {"key": "seized_mail", "kind": "seized", "name": "seized in the mail", "from": "mail", "to": "seized", "flows": ["supply.seizures.seized[mail]"]},
  {"key": "seized_ports", "kind": "seized", "name": "seized at the border, at southwest ports of entry", "from": "ports", "to": "seized", "flows": ["supply.seizures.seized[ports]"]},
  {"key": "seized_between", "kind": "seized", "name": "seized at the border, between ports", "from": "between", "to": "seized", "flows": ["supply.seizures.seized[between]"]},
  {"key": "seized_coastal", "kind": "seized", "name": "seized at the border, by coast and air", "from": "coastal", "to": "seized", "flows": ["supply.seizures.seized[coastal]"]},
  {"key": "delivered_mail", "kind": "delivered", "name": "delivered in international mail and express", "from": "mail", "to": "market", "flows": ["supply.seizures.delivered[mail]"]},
  {"key": "delivered_ports", "kind": "delivered", "name": "delivered through southwest ports of entry", "from": "ports", "to": "market", "flows": ["supply.seizures.delivered[ports]"]},
  {"key": "delivered_between", "kind": "delivered", "name": "delivered between ports on the southwest border", "from": "between", "to": "market", "flows": ["supply.seizures.delivered[between]"]},
  {"key": "delivered_coastal", "kind": "delivered", "name": "delivered by coast and air", "from": "coastal", "to": "market", "flows": ["supply.seizures.delivered[coastal]"]},
  {"key": "inland", "kind": "seized", "name": "seized within Mexico, in all", "from": "inland", "to": null, "flows": ["supply.seizures.inland_total"], "total": true},
  {"key": "seized", "kind": "seized", "name": "seized at the border and in the mail, in all", "from": "seized", "to": null, "flows": ["supply.seizures.seized[mail]", "supply.seizures.seized[ports]", "supply.seizures.seized[between]", "supply.seizures.seized[coastal]"], "total": true},
  {"key": "delivered", "kind": "delivered", "name": "delivered into the United States, in all", "from": "market", "to": null, "flows": ["supply.seizures.delivered[mail]", "supply.seizures.delivered[ports]", "supply.seizures.delivered[between]", "supply.seizures.delivered[coastal]"], "total": true},
  {"key": "market_kept", "kind": "stock", "name": "put into the stock in transit and in the country (below zero: taken out of it)", "from": "market", "to": null, "flows": ["supply.seizures.delivered[mail]", "supply.seizures.delivered[ports]", "supply.seizures.delivered[between]", "supply.seizures.delivered[coastal]"], "less": ["supply.market.sold"]},
  {"key": "sold", "kind": "sold", "name": "sold in the United States", "from": "market", "to": null, "flows": ["supply.market.sold"]}
];
