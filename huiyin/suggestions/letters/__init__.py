"""The official documents of a case: assignment, answers between organs, reply, follow-up.

Each is a frozen set of facts with ``paper()``, a pure function to the document they make. They are
written in Chinese alone, whatever language the reader's pages are in: they are what an office
sends. ``of_case`` fills those whose facts the house keeps; the others are filled by hand until
the mechanism they belong to is there.
"""
