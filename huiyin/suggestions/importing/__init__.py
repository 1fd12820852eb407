"""Taking in suggestions that were kept elsewhere: a list, a folder of documents, real rows.

``fields`` says what a column may hold, ``plan`` what every row would do, ``apply`` does it in one
transaction, ``runs`` keeps an import between its two steps. Nothing is written before the person
has seen the plan and confirmed it; the plan is made again at that moment.
"""
