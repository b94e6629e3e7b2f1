"""What hosts and extensions test with: factories, contracts for what they register, a channel in memory.

Plain functions and classes: they work under pytest and in Django's ``TestCase``. Nothing here runs on a site.
"""
