"""Diplomacy: how relations between states become effort against the trade.

Others use `part`: its state, signals, flows and balance.
"""
