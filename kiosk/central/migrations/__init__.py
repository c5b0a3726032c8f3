"""The steps from each version of the tables to the next, run by Alembic.

Responsible for: what was changed, in order; a step that has been released is never edited.
Not responsible for: running them (`kiosk.central.migration`), or the tables as they are now (`schema`).
"""
