"""Finding plugins, checking what they declare, and collecting it with its provenance."""

from __future__ import annotations
