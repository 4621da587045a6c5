"""The papers of the programme, each built from plain facts into a document.

The notices came without their annexes: these are templates of our own, and every one says so at its foot.
"""
