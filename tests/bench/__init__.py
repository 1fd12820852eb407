"""Benchmarks: how fast the pages are with 20,000 and 150,000 suggestions (``make bench``)."""

# The day of the rehearsal: after the first replies have gone out, before most are due.
TODAY = "2020-05-20"
