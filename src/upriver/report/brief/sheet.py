"""How the two pages look, on paper and on a screen."""

from upriver.report import style

SHEET = f"""
@page{{size:A4;margin:13mm 14mm}}
*{{box-sizing:border-box}}
:root{{color-scheme:light}}
body{{margin:0;background:{style.LIGHT["page"]};color:{style.LIGHT["text"]};
font:9.8pt/1.38 {style.FONT}}}
.sheet{{width:182mm;height:270mm;margin:0 auto;overflow:hidden;display:flex;flex-direction:column}}
.sheet+.sheet{{break-before:page}}
.sheet>*{{flex-shrink:0}}
h1{{font-size:20pt;line-height:1.15;margin:0 0 1mm}}
h2{{font-size:11.6pt;line-height:1.25;margin:3.4mm 0 1mm;padding-top:1.4mm;
border-top:.3mm solid {style.LIGHT["rule"]}}}
p{{margin:0 0 1.4mm}}
.kind,.soft,.foot{{color:{style.LIGHT["soft"]}}}
.kind{{font-size:9.4pt;margin:0 0 1mm}}
.answer{{font-size:11.4pt;line-height:1.38;margin:1mm 0 1mm}}
.note,.foot{{font-size:8.6pt;line-height:1.36}}
.foot{{margin-top:auto;padding-top:2mm;border-top:.3mm solid {style.LIGHT["rule"]}}}
.sure{{border-left:1mm solid {style.LIGHT["c1"]};background:{style.LIGHT["raised"]};
padding:1.8mm 3mm;font-size:9.4pt;line-height:1.4;print-color-adjust:exact;
-webkit-print-color-adjust:exact}}
.sure p:last-child{{margin:0}}
table{{border-collapse:collapse;width:100%;font-size:9.2pt;line-height:1.3}}
th,td{{text-align:left;padding:.6mm 3mm .6mm 0;border-bottom:.2mm solid {style.LIGHT["rule"]};
vertical-align:top;font-weight:400}}
thead th{{color:{style.LIGHT["soft"]};font-size:8.6pt}}
.num{{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}}
ul{{margin:0;padding-left:4.5mm;font-size:9.4pt;line-height:1.38}}
li{{margin:0 0 .8mm}}
svg{{width:100%;display:block;font:11px {style.FONT};fill:{style.LIGHT["text"]}}}
svg .soft{{fill:{style.LIGHT["soft"]}}}
svg .strong{{font-weight:600}}
b{{font-weight:650}}
code{{font:.92em ui-monospace,"DejaVu Sans Mono",monospace}}
@media screen{{.sheet{{height:auto;min-height:270mm;margin:8mm auto;max-width:96vw}}}}
"""
