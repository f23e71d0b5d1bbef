"""The report's one style sheet. The page's content policy names it by its hash.

Colours are an Okabe-Ito order, darkened on light ground and lightened on dark ground until every
line and every word passes WCAG AA (4.5 to 1), which `tests/report/test_style.py` computes.
"""

import base64
import hashlib

LIGHT = {
    "page": "#fdfdfb",
    "raised": "#f3f4f1",
    "text": "#1b2126",
    "soft": "#525c64",
    "rule": "#d3d8d8",
    "grid": "#e4e7e6",
    "link": "#0b5394",
    "ink": "#1b2126",
    "grey": "#5f6a72",
    "c1": "#0a5fa3",
    "c2": "#b04a08",
    "c3": "#00705a",
    "c4": "#95417f",
    "c5": "#7d5f00",
    "c6": "#14748f",
    "c7": "#a3293b",
}
DARK = {
    "page": "#13181c",
    "raised": "#1c2329",
    "text": "#e7ebed",
    "soft": "#aab4bb",
    "rule": "#3a454d",
    "grid": "#2a333a",
    "link": "#8cc4ff",
    "ink": "#f2f4f5",
    "grey": "#a0abb3",
    "c1": "#6fb7f5",
    "c2": "#f4a261",
    "c3": "#4fcfa8",
    "c4": "#e7a0d3",
    "c5": "#e5c558",
    "c6": "#7bd4e8",
    "c7": "#ff9aa5",
}

RULES = """
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--text);
font:1.0625rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",Arial,sans-serif}
header,main,footer{max-width:54rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:3rem}
p,ul,dl{max-width:44rem;margin:0 0 1rem}
li{margin:.35rem 0}
h1,h2,h3{line-height:1.25;text-wrap:balance;overflow-wrap:anywhere}
h1{font-size:clamp(1.75rem,1.3rem + 2vw,2.6rem);margin:0 0 .75rem;letter-spacing:-.01em}
h2{font-size:1.55rem;margin:3.25rem 0 1rem;padding-top:1.1rem;border-top:1px solid var(--rule)}
h3{font-size:1.2rem;margin:0 0 .3rem}
.lead{font-size:1.2rem;color:var(--soft)}
.soft,small{color:var(--soft)}
a{color:var(--link);text-underline-offset:.15em}
a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{
outline:3px solid var(--link);outline-offset:3px;border-radius:2px}
.skip{position:absolute;left:-99rem;top:.5rem;padding:.6rem 1rem;background:var(--page)}
.skip:focus{left:.5rem}
nav ul{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.3rem 1.4rem}
nav li{margin:0}
.sure{border-left:4px solid var(--c1);background:var(--raised);padding:.8rem 1.1rem;
max-width:44rem;margin:1.25rem 0}
.sure p{margin:0}
figure{margin:2.5rem 0 3rem}
figure .question{color:var(--soft);margin:0 0 .9rem}
figcaption{font-size:.95rem;line-height:1.5;margin-top:.6rem}
figcaption p{margin:.2rem 0}
b{font-weight:650}
details{font-size:.95rem;margin-top:.5rem}
summary{cursor:pointer;color:var(--link);padding:.3rem 0;width:fit-content}
.get{display:inline-block;font-size:.95rem;padding:.3rem 0}
.scroll{overflow-x:auto;margin:.6rem 0 1rem}
table{border-collapse:collapse;font-size:.94rem;line-height:1.4;
font-variant-numeric:tabular-nums lining-nums}
caption{text-align:left;color:var(--soft);padding:0 0 .5rem;font-size:.94rem}
th,td{padding:.5rem .9rem .5rem 0;text-align:left;vertical-align:top;
border-bottom:1px solid var(--rule)}
thead th{vertical-align:bottom;border-bottom:2px solid var(--soft);font-weight:600}
tbody th{font-weight:500}
details thead th{min-width:5.5rem}
details th:first-child{position:sticky;left:0;min-width:0;background:var(--page)}
th.num,td.num{text-align:right;padding-left:.9rem;padding-right:0}
td.num{white-space:nowrap}
.provenance td{overflow-wrap:anywhere;font-family:ui-monospace,"DejaVu Sans Mono",monospace;
font-size:.86rem}
.provenance th{white-space:nowrap}
.sources li{overflow-wrap:anywhere}
footer{padding-top:2rem;padding-bottom:4rem;font-size:.95rem;color:var(--soft)}
svg.chart{display:block;width:100%;height:auto;max-width:54rem}
svg.narrow{display:none}
svg.chart text{font:13px system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",Arial,sans-serif;
fill:var(--text);font-variant-numeric:tabular-nums}
svg.chart .end{text-anchor:end;fill:var(--soft)}
svg.chart .mid{text-anchor:middle;fill:var(--soft)}
svg.chart .unit{fill:var(--soft)}
.grid,.axis,.begins,.leader,.whisker,.line{fill:none}
.grid{stroke:var(--grid)}
.axis{stroke:var(--soft)}
.begins{stroke:var(--soft);stroke-width:1.25;stroke-dasharray:4 4}
.future{fill:var(--raised)}
.leader{stroke-width:1;opacity:.7}
.line{stroke-width:2.25;stroke-linejoin:round}
.band{stroke:none;opacity:.2}
.band.faint{opacity:.13}
.band.plain{fill:var(--grey);opacity:.3}
.whisker{stroke-width:1.2}
.points{stroke-width:1.5}
.points.full{stroke:var(--page);stroke-width:.8}
.d1{stroke-dasharray:8 4}
.d2{stroke-dasharray:2 3}
.d3{stroke-dasharray:10 3 2 3}
.d4{stroke-dasharray:4 3}
.d5{stroke-dasharray:14 4}
@media (max-width:40rem){
header{padding-top:1.75rem}
header,main,footer{padding-left:1rem;padding-right:1rem}
h2{margin-top:2.5rem;font-size:1.4rem}
svg.wide{display:none}
svg.narrow{display:block}
table.stack,table.stack tbody,table.stack tr,table.stack th,table.stack td,
table.stack caption{display:block;width:100%}
table.stack thead{position:absolute;left:-99rem}
table.stack tr{padding:.7rem 0;border-bottom:1px solid var(--rule)}
table.stack th,table.stack td{border:0;padding:.12rem 0;text-align:left}
table.stack tbody th{font-weight:650}
table.stack td{display:flex;justify-content:space-between;gap:1rem;white-space:normal}
table.stack td span{text-align:right}
table.stack td::before{content:attr(data-label);flex:0 1 42%;color:var(--soft)}
.provenance th{white-space:normal}
}
@media print{
@page{margin:18mm}
body{font-size:10.5pt}
nav,.skip,details,.get{display:none}
header,main,footer{max-width:none;padding:0}
h2,h3{break-after:avoid}
figure,tr,.sure{break-inside:avoid}
figure{margin:1rem 0 1.4rem}
svg.chart{max-width:145mm}
svg.wide{display:block}
svg.narrow{display:none}
.band,.future,.sure{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.sources a::after{content:" (" attr(href) ")"}
}
"""


def sheet() -> str:
    """The whole style sheet."""
    marks = [name for name in LIGHT if name in ("ink", "grey") or name[0] == "c"]
    coloured = "".join(
        f".line.{m},.leader.{m},.whisker.{m},.points.{m}.hollow{{stroke:var(--{m})}}"
        f".band.{m},.dot.{m},.points.{m}.full,svg.chart .name.{m}{{fill:var(--{m})}}"
        f".points.{m}.hollow{{fill:var(--page)}}\n"
        for m in marks
    )
    return (
        f":root{{color-scheme:light dark;{_variables(LIGHT)}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{_variables(DARK)}}}}}"
        f"{RULES}{coloured}"
    )


def policy(style: str) -> str:
    """A content policy that allows this style block and data: images, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _variables(colours: dict[str, str]) -> str:
    """Colours as CSS variables."""
    return ";".join(f"--{name}:{value}" for name, value in colours.items())
