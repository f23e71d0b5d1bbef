"""How the generated pages are made: `model_book`, `reference`, and what both use, `markdown`."""
