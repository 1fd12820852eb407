"""Questions put together from conditions: to a list, a count, a cross-table and a workbook.

A question is a tree of conditions over declared fields (``fields``). What is not declared is not
asked; every answer starts from what the reader may see.
"""
