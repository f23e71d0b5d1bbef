"""Tables, figures of those tables, and one self-contained HTML file.

Nothing here computes a result: a caller hands over numbers with their unit, interval and source,
and this room draws them. It imports numpy and the standard library only, so that a report costs
a blink and a command starts fast.

For others:

- `figures`: `Series`, `Figure`, `Section`, `Table`; `data_of`, `table_of` and `csv_of`, a figure
  as data for the chart kit, as a table and as CSV
- `kit/`: the chart kit, in JavaScript, of the report and the page; `style`: its tokens and sheets
- `html.render`: the report as one HTML file that works offline under a strict content policy
- `terminal`: `Headline`, `Outcome`; `headline_table`, `comparison_table`, `sparkline`
"""
