"""The page: one HTML file that holds the model, for people who do not write code.

`write.page` gives its text. The JavaScript lies beside: `engine/` (workers), `model/` (the scenario
and what is known of it), `frame/` (what stands around every view), `parts/` (what several views
share), `views/` (one folder a view, with its style), `style/`.
"""
