"""One file for each step, named by its number and what it brings.

Responsible for: a forward step each; nothing here goes back, a backup does.
Not responsible for: reading the tables (`kiosk.central.tables`), whose shape may be newer.
"""
