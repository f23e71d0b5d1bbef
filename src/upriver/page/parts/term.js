/** A plain word with the field's term behind it, on hover and on focus. */
import { html, useId } from "vendor";

/** The terms that the page explains. */
const TERMS = {
  disorder: "Opioid use disorder (OUD): a pattern of use that causes clinically significant impairment or distress (DSM-5).",
  medication: "Medications for opioid use disorder (MOUD): buprenorphine, methadone, extended-release naltrexone.",
  remission: "Remission: no longer meeting criteria of the disorder; stable after five years.",
  misuse: "Non-medical use of prescription opioids: without a prescription of one's own, or other than prescribed.",
  synthetic: "Synthetic opioids other than methadone (ICD-10 T40.4), above all illicitly manufactured fentanyl.",
  interval: "95 % uncertainty interval: the middle 95 % of the draws. What draws hold is said at the foot of the page.",
  draws: "Draws from the posterior distribution of the published model's parameters and, in the whole system, from the plausible intervals of all that is added.",
  gap: "Share of people who seek treatment and do not receive it: for cost, other barriers or lack of places.",
  naloxone: "Naloxone: a medicine that reverses an opioid overdose.",
  relapse: "Return to use disorder from remission.",
};

export function Term({ name, children }) {
  const id = useId();
  return html`<span class="term" tabindex="0" aria-describedby=${id}>${children}<span
    class="tip" role="tooltip" id=${id}>${TERMS[name]}</span></span>`;
}
