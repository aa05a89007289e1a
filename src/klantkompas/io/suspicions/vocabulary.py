"""The words by which a column says which rows count: headings, and the values below them.

In Dutch, English, German and French, as the exports of software have them.

>>> bool(STATUS.search("Orderstatus")), bool(re.search(NOT_COUNTED, "geannuleerd"))
(True, True)
"""

from __future__ import annotations

import re

__all__ = [
    "BEFORE",
    "BOUGHT",
    "CODE",
    "CREDIT",
    "CURRENCY",
    "FLAG",
    "KIND",
    "KIND_CODE",
    "MINUS",
    "NO",
    "NOT_COUNTED",
    "NOT_HAD",
    "NOT_PAID",
    "NO_COMPLAINT",
    "NO_SALE",
    "REFUND",
    "REFUNDED",
    "SIDE",
    "STATUS",
    "TEXT",
    "UNDECIDED",
    "YES",
]

STATUS = re.compile(
    "(?i)status|state|stage|fase|phase|uitkomst|result|outcome|typ|soort|kind|zustand|statut|[e\u00e9]tat|"
    "toestand|situati|voortgang|progress|afhandeling|belegart|document|^mode$|^modus$|"
    "dagboek|journal|tagebuch|richting|direction|richtung|"
    "answered|beantwoord|angenommen|opgenomen|r[e\u00e9]pondu|disposition"
)
FLAG = re.compile(
    r"(?i)annul|cancel|storno|storniert|voided|deleted|verwijderd|gel(?:\u00f6|oe)scht|supprim|"
    r"(?:^|[\s_-])test(?:[\s_-]|$)|^is.?test|^(?:is.?)?spam$"
)
CURRENCY = re.compile(
    "(?i)(?:currency|valuta|munt(?:eenheid|soort)?|w(?:\u00e4|ae)hrung|devise)[ _-]?(?:code|iso)?$"
)
REFUND = re.compile(
    r"(?i)refund|terugbetaald|gecrediteerd|erstattet|rembours|teruggeboekt|charge.?back|"
    r"r(?:\u00fc|ue)ck(?:gebucht|buchung)|(?:amount|bedrag) (?:disputed|betwist)"
)
SIDE = re.compile(
    r"(?i)^(?:d\s*/?\s*c|d[e\u00e9]b[ei]t\s*/?\s*cr[e\u00e9]dit|[cd]r\s*/\s*[cd]r|af\s*/?\s*bij|soll\s*/?\s*haben|"
    r"s\s*/\s*h|(?:plus|bij)\s*/?\s*(?:min(?:us)?|af)|\+\s*/\s*-)"
    r"(?:[\s-]*(?:kennzeichen|kz|indicator|code))?$"
)
MINUS = r"(?i)^(?:c|cr|credit|af|cr[e\u00e9]dit|h|haben|min|minus|-|uit)\.?$"
CREDIT = (
    r"(?i)credit.?(?:not|memo|invoice)|creditfactuur|kredit|gutschrift|\bavoir\b|refund|"
    r"\bret(?:ou?r|urns?)\b|note de cr[e\u00e9]dit|r(?:\u00fc|ue)ckzahlung|korrektur|"
    r"terugbetaling|erstattung|rembours|charge.?back"
)
CODE = re.compile(r"[A-Za-z]{3}|[$\u00a3\u20ac\u00a5]")
NOT_COUNTED = (
    r"cancel|annul|\bvoid|fail|mislukt|fehlgeschlagen|[e\u00e9]ch(?:ou|ec)|supprim|\bperdue?s?\b|"
    r"rejet|afgekeurd|gel(?:\u00f6|oe)scht|pending|in afwachting|draft|"
    r"concept|entwurf|brouillon|\bklad\b|\btest(?:\b|[\s_-]?(?:order|bestell|auftrag|commande))|"
    r"\blost\b|verloren|storn|refus|geweigerd|declined|"
    r"rejected|abgelehnt|afgewezen|abandon|abgebrochen|error|\bfout\b|offerte|\bquot|estimate|"
    r"angebot|\bdevis\b|pro.?forma|\bspam\b|trash|prullenbak|deleted|verwijderd|on.?hold|"
    r"in de wacht|\bholded\b|wartend|en attente|verworpen|ingetrokken|withdrawn|ongeldig|"
    r"zur(?:\u00fc|ue)ckgezogen|ung(?:\u00fc|ue)ltig|no.?show|niet verschenen|nicht erschienen|"
    r"bounce|\berreur\b|\bfehler\b|beta(?:al|lings)fout|afgebroken|\banul|fraud|betrug|"
    r"\bdubbel\b|duplica(?:te|at)|doppelt|doublon"
)
NOT_PAID = (
    r"unpaid|onbetaald|niet betaald|unbezahlt|nicht bezahlt|impay|non pay|"
    r"verlopen|awaiting|en attente|ausstehend|wacht op|"
    r"expired|abgelaufen|expir[e\u00e9]|invoice.?sent|vervallen|not.?paid|incomplete|denied|"
    r"authorized|geautoriseerd|trialing|reversed|disputed|betwist|bestritten|"
    r"uncollectible|oninbaar|uneinbringlich|irr[e\u00e9]couvrable|written.?off|afgeboekt|ausgebucht"
)
UNDECIDED = r"^(?:open(?:staand)?|outstanding|offen|ouverte?)$"
"""Words for a sale that may yet be none."""
BOUGHT = (
    r"\binkoop|factuur ontvangen|ontvangen factuur|\bpurchases?\b|\bbills?\b|crediteur|creditor|"
    r"leverancier|\bsupplier|eingangsrechnung|lieferant|kreditor|\bachats?\b|fournisseur"
)
NO_COMPLAINT = (
    r"^(?:question|vraag|frage|demande|information|informatie|feature request|task|taak|aufgabe|"
    r"compliment|praise|lob|wens|wunsch|suggest(?:ion|ie)|inquiry|enquiry|anfrage|order|bestelling)$"
)
NO_SALE = (
    r"^(?:customer |klant)?(?:payment|betaling|zahlung(?:seingang)?|paiement|deposit|transfer|"
    r"journal(?: entry)?|memoriaal|herinnering|aanmaning|reminder|mahnung|rappel|"
    r"payouts?|uitbetaling|auszahlung|versement|commissie|commission|provision|"
    r"geb(?:\u00fc|ue)hr(?:en)?|(?:.*[\s_-])?(?:item)?fees?|intern(?:al|e|es)?|"
    r"eigen gebruik|own use|eigenverbrauch)$"
)
BEFORE = (
    r"(?i)^\s*(?:(?:begin|opening|openings|er(?:\u00f6|oe)ffnungs|anfangs)[\s-]?"
    r"(?:saldo|balans|balance|bilanz|bestand)|beginning balance|balance (?:brought )?forward|"
    r"saldo vorige (?:periode|jaar)|saldovortrag|report (?:\u00e0|a) nouveau|"
    r"(?:eb|ib)[\s-]werte?)\b|^\s*(?:sub|eind|grand|gesamt|zwischen)?[\s-]?"
    r"(?:totaal|totals?|summe|saldo|balance|transport)\s*:?\s*$"
)
TEXT = re.compile(
    r"(?i)^(?:omschrijving|description|memo(?:/description)?|details?|buchungstext|text|tekst|"
    r"libell(?:\u00e9|e))$"
)
KIND = re.compile(
    r"(?i)^(?:(?:trans(?:action|aktion|actie)?|document|doc)[\s.-]*)?(?:type|soort|art)$|"
    r"^(?:code[\s_-]?)?(?:journal|dagboek|tagebuch)(?:[\s_-]?code)?$"
)
KIND_CODE = re.compile("[A-Z]{1,12}")
NOT_HAD = (
    r"^(?:no|nee|nein|non|false)$|missed|gemist|unanswered|no.?answer|not answered|"
    r"(?:niet|on)\s?(?:op|be)antwoord|"
    r"niet opgenomen|\bbusy\b|\bbezet\b|voicemail|entgangen|verpasst|nicht angenommen|besetzt|"
    r"manqu[e\u00e9]|non r[e\u00e9]pondu|occup[e\u00e9]|\bintern(?:al|e|es)?\b"
)
REFUNDED = r"refunded|terugbetaald|erstattet|rembours[e\u00e9]|gecrediteerd|geretourneerd|credited"
YES = ("yes", "ja", "true", "1", "y", "j", "waar", "oui", "wahr", "x")
NO = ("", "no", "nee", "false", "0", "n", "-", "onwaar", "nein", "non")
