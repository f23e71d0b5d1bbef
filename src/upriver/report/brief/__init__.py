"""A state's report in two A4 pages: where it stands, what is modelled, what a few levers would do.

`facts` puts the numbers together, `charts` draws them as SVG, `page` writes the one file. Nothing
in it needs a script or the network, so that it is the same in a browser, on paper and in a mail.
"""
