"""What software calls the fields: headings in Dutch, English, German and French.

Only ever proposed to a person, never used by itself. Names that are usual come first, and after
them those that are made of words that say so.

>>> likely_heading("orders", "customer", ["Orderdatum", "Klant nr.", "Totaal excl. btw"])
'Klant nr.'
>>> likely_heading("orders", "amount", ["Orderdatum", "Country"]) is None
True
>>> likely_headings("orders", "amount", ["Saldo", "Umsatz brutto", "Netto-Umsatz 2025"])
['Netto-Umsatz 2025', 'Umsatz brutto']
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce

__all__ = [
    "CREDIT",
    "DEBIT",
    "debit_and_credit",
    "evidence",
    "excludes_tax",
    "is_fee",
    "likely_heading",
    "likely_headings",
    "pieces_and_price",
]

_CUSTOMER = """
klantnr klantnummer klantid klantcode klant relatienr relatienummer relatiecode relatie debiteur
debiteurnr debiteurnummer debiteurcode customerid customernumber customerno customernr customer
custid clientid clientnumber client accountid accountnumber account buyerid contactid userid
customeruserid kundennummer kundennr kunde debitor debitorennummer numeroclient codeclient idclient
email emailaddress customeremail billingemail contactemail emailadres requesteremail personemail
recipientemail shopperemail associatedcompanyids associatedcontactids
"""
_ON = """
datum date createdat created createddate createddateutc orderdatum orderdate besteldatum
boekdatum transactiedatum transactiondate datecreated purchasedate saledate closedate invoicedate
factuurdatum bestelldatum auftragsdatum rechnungsdatum datecommande datedecommande datefacture
submittedat submitdate enddate responsetimestamp recordeddate timestamp tijdstempel startdate
contactdatum gesprekdatum belmoment klachtdatum datumontvangst opzegdatum einddatum ontvangen
ontvangenop received receivedat aangemaaktop aangemaakt ingediendop gemeldop erstelltam createdate
afgerondop voltooidop ingevuldop opgezegdop opgezegdper gekundigtzum
"""
_AMOUNT = """
totaalexclbtw bedragexclbtw nettobedrag netto nettotal netamount subtotal subtotaal ordersubtotal
amountexcltax totalexcltax bedrag amount totaal totaalbedrag total ordertotal grandtotal revenue
omzet value factuurbedrag invoiceamount totaalinclbtw bedraginclbtw betrag nettobetrag summe
gesamtbetrag montant montantht totalht net gross brutto
"""
_DUE = """
vervaldatum vervaldag uiterstebetaaldatum duedate due duedateutc expirationdate paymentdue
falligkeitsdatum faelligkeitsdatum fallig dateecheance echeance dateecheancefacture
"""
_ISSUED = """
factuurdatum invoicedate issued issuedate dateutc datum date rechnungsdatum datefacture
invoicebilldate mutdatum mutatiedatum boekdatum belegdatum transactiondate transactiedatum
"""
_PAID = """
betaaldop betaaldatum datumbetaald betaald paidat paidatutc paiddate datepaid paymentdate
settleddate fullypaidondate bezahltam zahlungsdatum datepaiement payele
"""
_REFERENCE = """
ordernr ordernummer orderid ordernumber order bestelnummer bestelnr factuurnummer factuurnr
invoicenumber invoiceno invoicenr invoiceid number num reference referentie bestellnummer
rechnungsnummer numerocommande numerofacture
"""
_SCORE = """
score nps npsscore cijfer rating beoordeling aanbeveling answer howlikelyareyoutorecommendus
"""
_REASON = """
comment reason reden toelichting opmerking why waarom kommentar commentaire openanswer feedback
remark
"""
_SYNONYMS: Mapping[str, str] = {
    "customer": _CUSTOMER,
    "id": _CUSTOMER,
    "on": _ON,
    "amount": _AMOUNT,
    "due": _DUE,
    "issued": _ISSUED,
    "paid": _PAID,
    "reference": _REFERENCE,
    "score": _SCORE,
    "by": "genoemddoor namedby voorgedragendoor nominatedby by door teamlid collega teammember "
    "colleague genanntvon benanntvon kollege nommepar collegue",
    "reason": _REASON,
    "margin": "marge margin brutomarge grossmargin profit winst dekkingsbijdrage",
    "quantity": "aantal quantity qty stuks pieces menge anzahl quantite itemcount",
    "refunded": "refundedamount amountrefunded totalrefunded terugbetaald refund refunds",
    "minutes": "minuten minutes duur gespreksduur duration dauer duree talktime",
    "by_customer": "richting direction initiatief initiative richtung",
    "purpose": "doel purpose soort type onderwerp",
    "channel": "kanaal channel via medium bron source kanal canal",
    "text": "bericht message tekst body omschrijving description notitie note",
    "resolved": "opgelost opgelostop solvedat resolvedat resolvedtime closedat afgehandeldop",
    "justified": "gegrond terecht justified oordeel",
    "name": "naam name bedrijfsnaam company companyname klantnaam customername firma nom",
    "since": "klantsinds since createdat customersince kundeseit aangemaaktop",
    "open": "openstaand openbalance amountremaining amountopen balance saldo amtopen offen",
    "stated_reason": "reden reason opzegreden redenvertrek redenklant",
    "believed_reason": "redenvolgensmedewerker redenmedewerker redenvolgensons",
    "kind": "type soort klanttype klantsoort customertype kundenart typeclient",
    "stage": "fase stage klantfase lifecyclestage phase",
    "group": "regio region segment groep group gruppe groupe branche sector vestiging filiaal",
    "opted_out": "geenprofilering bezwaar optout optedout objects noprofiling profilingoptout",
}

_OWNER = (
    "klant|relatie|rel|debiteur|deb|partner|kto|customer|client|kunden?|debitor|account|contact|buyer|koper|lid|"
    "shopper|organi[sz]ation|organisatie"
)
_NUMBER = "nr|nummer|no|number|num|id|code|kode|ref|reference|referentie"
_THING = (
    "order|bestel(?:ling)?|factuur|fact|invoice|inv|rechnungs?|rechn|commande|facture|bon|boekstuk|"
    "beleg|receipt|transact(?:ion|ie)|transaktions?|auftrags?|bestell"
)
_DATE = (
    "datum|(?<!candi)(?<!man)(?<!vali)date|tijdstempel|zeitstempel|timestamp|tijd|"
    "(?<!sen)(?<!life)time|moment|created(?!by)|"
    "horodat"
)
_OTHER_DATE = (
    "verval|due|betaal|paid|echeance|fallig|bezahl|zahlung|paiement|reglement|lever|deliver|liefer|"
    "livraison|birth|geboorte|geburt|updat|modif|gewijzigd|expir|resol|closed|opgelost|afgehandeld|"
    "expect|estimat|geschat|verwacht|gepland|planned|lost|verloren|zone$|last|laatste"
)
_MONEY = (
    "omzet|sales|revenue|umsatz|gesamt|brutt?o|netto|totaal|total|bedrag|amount|betrag|montant|summe|value|waarde|"
    "(?:price|prijs|preis|prix)(?:excl|incl|netto|ht)"
)
_NOT_THE_AMOUNT = (
    "open|balance|saldo|outstanding|tax|btw|vat|mwst|tva|discount|korting|rabatt|remise|shipping|"
    "verzend|versand|refund|terug|unit|stuk|paid|betaald|count|aantal|date|datum|id$|nr$|number$|"
    "person|agent|team|status|order$|gewicht|weight"
)
_SAYS_TAX = "(?<=ex[ck]l)(?:uding|usive|usief|usiv)?(?:of|de)?(?:tax(?:es)?|btw|vat|mwst|ust|tva)"
_SAYS_TAX += f"|{_SAYS_TAX.replace('ex', 'in', 1)}"
"""Words that say of an amount whether tax is in it; alone they are the tax."""
_FEE = (
    r"(?i)\bfees?\b|geb\u00fchr|gebuehr|commission|commissie|provision|transactiekosten|\bfrais\b"
)
_WITHOUT_TAX = "nett?o?|ex[ck]l|ht$|subtot"
_WHEN: Mapping[str, str] = {
    "orders": "order|bestel|sale|purchase|commande|auftrag|invoice|factuur|fact|rechnung|facture|"
    "won|gewonnen|clos",
    "complaints": "klacht|complaint|melding|reklamation|beschwerde|reclamation|created|ticket",
    "contacts": "contact|call|gesprek|bel|anruf|appel|created",
    "responses": "ingevuld|submit|complet|respon|antwoord|antwort|reponse|end|recorded",
    "departures": "opzeg|cancel|kundig|resiliation|churn|vertrek|depart|left|einde|end",
}
"""Words by which the date of a table is likelier than any other date of it."""
DEBIT = re.compile("(?i)^(?:debet|debit|d\u00e9bit|soll)\\b")
CREDIT = re.compile("(?i)^(?:credit|cr\u00e9dit|haben)\\b")
"""How the headings begin of the two sides of a ledger."""
_BETWEEN = " - "
_NOT_WHEN = "clos|sluit|gesloten|solved|end|einde"
"""Words by which a date is the end of something that has a date of its own."""
_PATTERNS: Mapping[str, Sequence[str]] = {
    "customer": (
        f"^(?:{_OWNER})(?:en)?(?:{_NUMBER})$",
        f"^(?:{_NUMBER}|n|numero)(?:du|de|d)?(?:{_OWNER})$",
        "(?<!voice)(?<!voic)e?mail(?:adres|adresse|address|contact|facturation|factuur|billing|rechnung)?$",
        "^(?:user|buyeruser)name$",
        f"^(?:{_OWNER}|consumer|consument(?:en)?|payer)(?:naam|name|nom)$",
        "partnerdisplayname$",
        "^(?:associated|gekoppelde?|primaire?|primary)(?:company|bedrijf|contact)",
        "^(?:partner|contact|kontakt|buyer|koper|payer|shopper|organi[sz]ation|organisatie)$",
        "^(?:caller(?:id)?|beller|phonenumber|telefoonnummer)$",
    ),
    "due": ("verval|due|echeance|fall?ig|faellig|uiterst|zahlbarbis|payby|tebetalenvoor",),
    "issued": (f"(?:{_THING})(?:{_DATE})|(?:{_DATE})(?:de)?(?:{_THING})|issued",),
    "paid": (
        "^(?:betaald|paid|bezahlt|paye|regle|settled|voldaan)(?:op|on|at|am|le)?$",
        f"^(?:betaal|betaling|betalings|payment|zahlungs?|paiement|reglement)(?:{_DATE})$",
        f"^(?:{_DATE})(?:de|of|du)?(?:betaald|betaling|paid|payment|paiement|reglement)$",
    ),
    "reference": (
        f"^(?:{_THING})(?:{_NUMBER}|n)?$",
        f"^(?:{_NUMBER}|n|numero)(?:de|du|d)?(?:{_THING})$",
    ),
    "score": (
        "likely.*recommend|waarschijnlijk.*aanbe?ve|wahrscheinlich.*empf|recommand|nps",
        "(?<!member)rating$|stars?$|sterren$|sterne$|etoiles$",
    ),
    "reason": ("comment|toelicht|opmerking|waarom|^why|kommentar|begrund|pourquoi|^reden|remark",),
    "open": (
        "openstaan|^open|^amountdue|balance|^saldo|outstanding|remaining|offen|solde|restant",
    ),
    "minutes": ("duur|duration|minut|dauer|duree|talktime|^talking$",),
    "resolved": ("opgelost|afgehandeld|resolv|solved|gelost|erledigt|resolu|cloture|closed",),
    "since": ("sinds|since|seit|depuis|^create|aangemaakt|signup|optintime|regist",),
    "stated_reason": (
        "(?:reden|reason|grund|raison).*(?:opzeg|cancel|churn|vertrek|kundig|resil)",
        "(?:opzeg|cancel|churn|vertrek|kundigung|resil).*(?:reden|reason|grund|mot)",
        f"(?:reden|reason|grund|raison).*(?:{_OWNER})",
    ),
    "believed_reason": ("(?:reden|reason|grund|raison).*(?:volgens|onsz?|our|staff|team|intern)",),
    "margin": ("marge|margin|profit|winst|gewinn",),
    "quantity": ("^aantal|^quantity|^qty|^menge|^anzahl|^quantite",),
    "name": (f"^(?:{_OWNER}|bedrijfs?|company)?(?:naam|name|nom)$|^(?:company|firma|bedrijf)$",),
}


def _letters(heading: str) -> str:
    decomposed = unicodedata.normalize("NFKD", heading).casefold()
    return re.sub(r"[^a-z0-9]", "", decomposed)


def _rank(table: str, field: str, name: str) -> int | None:
    """Return how far down the likely names of a field one is; None where it is none of them."""
    usual = _SYNONYMS.get(field, "").split()
    ends = field == "on" and table in ("complaints", "contacts") and re.search(_NOT_WHEN, name)
    if name != field and ends:
        return None
    if name == field or name in usual:
        return -1 if name == field else usual.index(name)
    patterns = list(_PATTERNS.get("customer" if field == "id" else field, ()))
    if (table, field) == ("invoices", "customer"):
        patterns.append("^(?:naam|name|nom)$")
    if field == "on" and re.search(_DATE, name) and not re.search(_OTHER_DATE, name):
        patterns = [_WHEN.get(table, "$^"), _DATE]
    amount = re.sub(_SAYS_TAX, "", name)
    if field == "amount" and re.search(_MONEY, name) and not re.search(_NOT_THE_AMOUNT, amount):
        patterns = [_WITHOUT_TAX, _MONEY]
    ranks = (rank for rank, pattern in enumerate(patterns) if re.search(pattern, name))
    first = next(ranks, None)
    return None if first is None else len(usual) + first


def _own_part(headings: Sequence[str]) -> dict[str, str]:
    """Return headings without what a program puts in front of most of them, as in ``Deal - Value``.

    >>> _own_part(["Deal - Value", "Deal - Stage", "Label"])
    {'Deal - Value': 'Value', 'Deal - Stage': 'Stage', 'Label': 'Label'}
    """
    fronts = Counter(front for each in headings if (front := each.rpartition(_BETWEEN)[0]))
    shared = {f"{front}{_BETWEEN}" for front, count in fronts.items() if 2 * count > len(headings)}
    return {each: reduce(str.removeprefix, shared, each) for each in headings}


def likely_headings(table: str, field: str, headings: Iterable[str]) -> list[str]:
    """Return the headings that software commonly uses for a field, the most usual first.

    Args:
        table: the table, such as ``"orders"``.
        field: the field, such as ``"customer"``.
        headings: the headings that the data have.

    Returns:
        Those of the headings that are a known name of the field, or made of words that say so.
    """
    headings = tuple(headings)
    own = _own_part(headings)
    ranks = {each: _rank(table, field, _letters(own[each])) for each in headings}
    known = {each: rank for each, rank in ranks.items() if rank is not None}
    has_fees = field == "amount" and any(map(is_fee, headings))

    def rank(heading: str) -> tuple[bool, int]:
        after_fees = has_fees and re.search("nett?o?", _letters(heading)) is not None
        return after_fees, known[heading]

    return sorted(known, key=rank)


def likely_heading(table: str, field: str, headings: Iterable[str]) -> str | None:
    """Return the likeliest heading of a field; None where none is a known name of it.

    Args:
        table: the table, such as ``"orders"``.
        field: the field, such as ``"customer"``.
        headings: the headings that the data have.

    Returns:
        One of the headings, or None.
    """
    return next(iter(likely_headings(table, field, headings)), None)


_SAYS: Mapping[str, str] = {
    "customers": "company|bedrijf|firma|plaats|city|^ort$|adres|address|segment|sinds|since|seit|"
    "phone|telefoon|firstname|lastname|voornaam|achternaam|vorname|nachname|signup|optin",
    "orders": "order|bestel|sales|omzet|revenue|umsatz|commande|quantity|aantal|artikel|sku|"
    "currency|valuta|wahrung|devise|paymentmethod|betaalmethode|zahlungsart|transact|transaktion|"
    "shopper|merchant|^fees?$|gebuhr|deal|opportunity",
    "invoices": "factuur|invoice|rechnung|facture|verval|due|echeance|fallig|openstaan|balance",
    "complaints": "klacht|complaint|ticket|reklamation|beschwerde|reclamation|gegrond|opgelost|"
    "resolv|solved",
    "contacts": "contactda|contactmom|call|gesprek|kanaal|channel|richting|direction|duur|duration|"
    "message|inbox|subject|onderwerp|meeting|afspraak|appointment|termin|invitee",
    "responses": "nps|recommend|aanbev|aanbeveel|empfehl|recommand|score|survey|enquete|"
    "(?<!member)rating|feedback|sentiment|review|stars$",
    "departures": "opzeg|opgezegd|cancellation|churn|kundig|resiliation|vertrek|departure",
}


def evidence(table: str, headings: Iterable[str]) -> int:
    """Count the headings that speak of a table by their words.

    Args:
        table: the table, such as ``"orders"``.
        headings: the headings that the data have.

    >>> evidence("invoices", ["Factuurnr", "Vervaldatum", "Bedrag"])
    2
    """
    pattern = re.compile(_SAYS.get(table, "$^"))
    return sum(bool(pattern.search(_letters(each))) for each in headings)


def is_fee(heading: str) -> bool:
    """Return whether a heading is one of what a payment provider keeps of an amount.

    Args:
        heading: the heading.

    >>> is_fee("Card Processing Fees"), is_fee("Gebühr"), is_fee("Coffee")
    (True, True, False)
    """
    return re.search(_FEE, heading) is not None


def excludes_tax(heading: str) -> bool:
    """Return whether a heading of money says that it is without VAT.

    Args:
        heading: the heading.

    >>> excludes_tax("Totaal excl. btw"), excludes_tax("Openstaand bedrag")
    (True, False)
    """
    return re.search(_WITHOUT_TAX, _letters(heading)) is not None


def debit_and_credit(headings: Sequence[str]) -> tuple[str, str] | None:
    """Return the headings of what is debit and of what is credit; None without both.

    Args:
        headings: the headings that the data have.

    >>> debit_and_credit(["Datum", "Debet", "Credit"])
    ('Debet', 'Credit')
    """
    debit = next((each for each in headings if DEBIT.search(each)), None)
    credit = next((each for each in headings if CREDIT.search(each)), None)
    return None if debit is None or credit is None else (debit, credit)


def pieces_and_price(headings: Sequence[str]) -> tuple[str, str] | None:
    """Return the headings of a number of pieces and of the price of one; None without both.

    Args:
        headings: the headings that the data have.

    >>> pieces_and_price(["InvoiceNo", "Quantity", "UnitPrice"])
    ('Quantity', 'UnitPrice')
    """
    pieces = likely_heading("orders", "quantity", headings)
    priced = re.compile("unitprice|unitcost|price|prijsperstuk|stuksprijs|prijs|einzelpreis|prix")
    price = next((each for each in headings if priced.match(_letters(each))), None)
    return None if pieces is None or price is None else (pieces, price)
