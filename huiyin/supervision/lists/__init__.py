"""The lists of this room; every number on its pages leads to one of them."""
