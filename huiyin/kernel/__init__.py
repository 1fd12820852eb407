"""Level 0: what every room stands on. No models, no knowledge of suggestions."""
