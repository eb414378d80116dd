"""Publishes inspection reports from data: reads, checks and scores it, and renders pages, charts and downloads.

`omi_build.site` says the whole way in one function; start there.
"""
