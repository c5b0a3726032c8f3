"""What central tells terminals about the services and settings that are published.

Responsible for: the signed manifest and single files.
Not responsible for: what a manifest says (`kiosk.central.bundles`).
"""

from kiosk.central.wire.words import Answered


class SignedBundle(Answered):
    """The newest version, or nulls while nothing was published.

    `manifest` is a JSON text: `format` 1, `version`, `made_at`, `note`, and `files` with `path`, `sha256` and
    `bytes` each. `signature` is Ed25519 in base64, by the key `key_id` that pairing told, over the text
    `council-kiosk/bundle/1`, a line feed, and the manifest. A version never goes down.

    A terminal keeps files of a kind that it does not know aside and goes on without them. `needs`, where
    it is there, lists kinds (first parts of paths): a terminal that does not know each leaves the version.
    """

    manifest: str | None
    signature: str | None
    key_id: str | None


class BundleFile(Answered):
    """One file of a bundle, by its hash."""

    sha256: str
    content: str
