"""The supply part: from precursors abroad to the market, in pure kilograms a year.

Quantity first: ingredients cost a trifle of the retail price, so a dearer precursor moves almost
nothing, and a shortage is a shortage of kilograms. Nodes and arcs (network.yaml) are aggregates:
countries and a handful of corridors. Others use `part`: its state, signals, flows and balance.
"""
