"""Checking tables that others have printed: do they add up, over which base, rounded how.

Plain Python over what was printed; nothing here reads or writes the database.
"""
