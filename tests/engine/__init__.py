"""Tests of the compiled equations."""
