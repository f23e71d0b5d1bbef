/** Claims: what the founding article says, beside the record and the model. */
import { html, signal } from "vendor";
import { useModelled } from "./model.js";
import { ClaimsTable, ToEvidence } from "./table.js";
import { data } from "../../model/data.js";
import { citation } from "../../model/records.js";

export const view = { name: "claims", title: "Claims", View: Claims };

const ALL = "all";

const status = signal(ALL);
const words = signal("");

function Claims() {
  const figures = useModelled();
  const spoken = data.claims.filter((one) => matches(one, words.value));
  const found = spoken.filter((one) => status.value === ALL || one.status === status.value);
  const counts = { [ALL]: spoken.length };
  for (const name of Object.keys(data.claimStatuses)) counts[name] = spoken.filter((one) => one.status === name).length;
  return html`
    <section class="claims-view" aria-labelledby="claims-title">
      <div class="evidence-head">
        <div>
          <h2 id="claims-title">What the article claims, and what is known of it</h2>
          <p>Upriver set out from an article on the opioid crisis and on China. These are its claims, in our words, each beside what was
            recorded and what the model gives. A remark says where a claim is imprecise, or false as worded. <${ToEvidence} /></p>
        </div>
        <label class="evidence-search">Search
          <input type="search" value=${words.value} onInput=${(event) => (words.value = event.currentTarget.value)} />
        </label>
      </div>
      <fieldset class="choices">
        <legend>Status</legend>
        ${Object.keys(counts).map((name) => html`
          <label key=${name} class="choice">
            <input type="radio" name="claims-status" checked=${status.value === name} onChange=${() => (status.value = name)} />
            <span>${name} <span class="count">${counts[name]}</span></span>
          </label>`)}
      </fieldset>
      <p class="soft" role="status">${said(found.length)}</p>
      <${ClaimsTable} found=${found} figures=${figures} />
    </section>
  `;
}

function said(count) {
  const meant = status.value === ALL ? "" : ` Of them, ${data.claimStatuses[status.value]}.`;
  return count === data.claims.length ? `${count} claims.` : `${count} of ${data.claims.length} claims.${count ? meant : ""}`;
}

function matches({ name, claim, kind, quantity, no_record: none, remark, status: is, recorded }, asked) {
  const cited = (recorded?.sources ?? []).map((key) => citation(key).text);
  const text = [name, claim, kind, quantity, none, remark, is, ...cited].join(" ").toLowerCase();
  return asked.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}
