"""The reference central service: it takes cases in, keeps appointments, and shows staff what is true.

Responsible for: the central API of `openapi.yaml`, the staff desk pages, and their one database.
Not responsible for: anything on a terminal; of the project's other rooms it knows `kiosk.errors` alone.
"""
