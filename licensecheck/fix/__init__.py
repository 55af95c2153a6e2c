"""A folder in, what can be mended in it out: planned on a copy, proven there by the same checks, shown as a diff, applied as a whole.

Touched are the NOTICE, copies of licences and the card, nothing else; nothing is renamed and nothing outside the folder is written.
"""
