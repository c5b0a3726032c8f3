"""Open311 GeoReport v2, as a server: other systems list services, hand requests in, and ask after them.

Responsible for: the protocol's addresses, formats and error rules; a request becomes a case like any other.
Not responsible for: what is taken in (`kiosk.central.intake`), or handing cases on (`kiosk.central.bridge`).
"""
