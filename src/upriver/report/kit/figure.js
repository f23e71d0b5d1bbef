/**
 * A chart with what a reader needs beside it: heading, question, how sure, sources, its numbers.
 *
 *     <Figure figure={figure} sourceText={(key) => ({ text: "Lim et al. 2022", url })} />
 */
import { html, useRef } from "vendor";
import { Chart } from "./chart.js";
import { dataTo, slug, sourcesOf } from "./columns.js";
import { csvOf, download, pngOf, svgOf } from "./save.js";
import { Twin } from "./twin.js";

const ABOVE_ZERO = " The vertical axis need not start at zero.";

/**
 * A figure.
 *
 * `actions` stand beside the buttons; `sourceText(key)` gives a text or `{text, url}`; `remarks`
 * are further lines of the files that are saved, or a function that gives them then: scenario,
 * version, link; `level` is the heading's; `saveNumbers(figure, remarks)` saves the numbers in another
 * form. A `brief` figure has its question, its caption and its numbers behind one line that opens.
 */
export function Figure({
  figure, height, compact, domain, actions, sourceText = (key) => key, remarks = [], level = 3,
  saveNumbers = saveCsv, brief = false,
}) {
  const name = slug(figure.id);
  const element = useRef(null);
  return html`<figure class=${brief ? "figure brief" : "figure"} id=${`fig-${name}`} aria-labelledby=${`fig-${name}-h`} ref=${element}>
    <${`h${level}`} id=${`fig-${name}-h`} class="figure-title">${figure.title}<//>
    ${figure.question && !brief && html`<p class="question">${figure.question}</p>`}
    <${Chart} figure=${figure} height=${height} compact=${compact} domain=${domain} />
    ${!brief && html`<${Caption} figure=${figure} sourceText=${sourceText} />`}
    <${Twin} figure=${figure} summary=${brief ? "Source, and the numbers as a table" : undefined}>
      ${brief && html`<${Caption} figure=${figure} sourceText=${sourceText} />`}
    <//>
    <p class="actions">
      <button type="button" onClick=${() => saveNumbers(figure, linesOf(remarks))}
        aria-label=${`Save the numbers as CSV: ${figure.title}`}>CSV</button>
      <${Pictures} figure=${figure} within=${() => element.current} remarks=${remarks}
        sourceText=${sourceText} />
      ${actions}
    </p>
  </figure>`;
}

function linesOf(remarks) {
  return typeof remarks === "function" ? remarks() : remarks;
}

/** Buttons that save the drawing; `within()` is the element that holds it. */
export function Pictures({ figure, within, remarks = [], sourceText = (key) => key }) {
  const drawing = () => within().querySelector("svg.drawing");
  const around = () => aroundOf(figure, linesOf(remarks), sourceText);
  const name = `upriver-${slug(figure.id)}`;
  const saveSvg = () => {
    download(`${name}.svg`, new Blob([svgOf(drawing(), around())], { type: "image/svg+xml" }));
  };
  const savePng = async () => download(`${name}.png`, await pngOf(drawing(), 2, around()));
  const button = (kind, save) => html`
    <button type="button" onClick=${save} aria-label=${`Save as ${kind}: ${figure.title}`}>${kind}</button>`;
  return [button("SVG", saveSvg), button("PNG", savePng)];
}

/** What a saved picture says around the drawing. */
function aroundOf(figure, remarks, sourceText) {
  const cited = sourcesOf(figure).map((key) => textOf(sourceText(key)));
  const reach = dataTo(figure);
  const foot = [
    figure.note && `Note: ${figure.note}`,
    reach && `Data to: ${reach}.`,
    cited.length > 0 && `Sources: ${cited.join("; ")}.`,
    ...remarks,
  ];
  return { title: figure.title, question: figure.question, foot: foot.filter(Boolean) };
}

function Caption({ figure, sourceText }) {
  const reach = dataTo(figure);
  const cited = sourcesOf(figure).map(sourceText);
  return html`<figcaption>
    ${figure.note && html`<p><b>Note:</b> ${figure.note}${figure.yFromZero === false && ABOVE_ZERO}</p>`}
    <p class="soft">
      ${reach ? html`<b>Data to:</b> ${reach}.` : "No records are drawn here."}
      ${cited.length > 0 && html`${" "}<b>Sources:</b> ${cited.map(
        (source, i) => [i > 0 && "; ", citation(source)],
      )}.`}
    </p>
  </figcaption>`;
}

/** Only a web address or a place on this page becomes a link. */
function citation(source) {
  const url = source.url ?? "";
  if (url.startsWith("#")) return html`<a href=${url}>${source.text}</a>`;
  if (!/^https?:\/\//.test(url)) return textOf(source);
  return html`<a href=${url} rel="noreferrer" target="_blank">${source.text}</a>`;
}

function textOf(source) {
  return typeof source === "string" ? source : source.text;
}

function saveCsv(figure, remarks) {
  const text = csvOf(figure, remarks);
  download(`upriver-${slug(figure.id)}.csv`, new Blob([text], { type: "text/csv;charset=utf-8" }));
}
