"""One module for each table or pair of tables: all SQL of the central service is here.

Responsible for: rows in, rows out, on a connection that the caller has begun.
Not responsible for: transactions (`kiosk.central.database`) or who may ask (`kiosk.central.api`).
"""
