"""Divisions, congresses, terms, sessions and organs, each with its dates."""
