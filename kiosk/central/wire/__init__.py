"""The JSON documents of the central API, as openapi.yaml describes them.

Responsible for: their shapes and examples, one module for each side that speaks.
Not responsible for: what follows from them.
"""
