"""Functions that users of other packages call, by their names and with their results: `camel` and `pyarabic`.

Change the import, keep the result. Each takes what `naqi.normalize` takes: a `str`, or many. For new code the functions
at the top of `naqi` serve better: they know every mark and form of Unicode, and decomposed letters.
"""
