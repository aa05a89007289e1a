"""Write the exports of De Dwarse Theepot, a fictional Dutch shop in tea and coffee.

Nothing in them is real: every name is put together from invented parts and every number is drawn
with a fixed seed, so that each run writes the same bytes:

    python examples/make_shop.py [folder]
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

BEGIN, END = date(2023, 9, 1), date(2025, 8, 31)
DAYS = (END - BEGIN).days
B2B, B2C = "zakelijk", "particulier"


class Habit(NamedTuple):
    """How the customers of one sort behave; the chances are per order."""

    name: str
    customers: int
    kind: str
    gap: int = 0  # days between orders; 0 for who does not order
    pieces: tuple[int, int] = (1, 5)  # of one article
    margin: tuple[int, int] = (32, 44)  # per cent
    start: tuple[int, int] = (0, 60)  # days from the beginning to the first order
    stop: tuple[int, int] = (DAYS, DAYS)
    months: Sequence[int] = range(1, 13)
    growth: float = 0.0  # how much of the gap is gone by the end
    account: float = 0.0  # how many of the customers buy on account
    late: float = 0.03
    unclear: float = 0.04
    returns: float = 0.01
    complains: float = 0.01
    calls: float = 0.06  # for service
    mood: tuple[int, int] = (5, 10)  # the scores they give
    leaves: float = 0.0  # how many of the customers say goodbye
    stage: str = "klant"
    listed: bool = True


HABITS = (
    Habit("key", 24, B2B, 18, (10, 34), (31, 42), account=1, mood=(6, 10)),
    Habit("regular business", 32, B2B, 40, (3, 12), (28, 40), account=1, unclear=0.07, late=0.05),
    Habit("regular consumer", 40, B2C, 42, margin=(28, 42), account=0.2, calls=0.1),
    Habit("growing", 14, B2B, 80, (4, 14), start=(60, 300), growth=0.8, account=1),
    Habit("summer", 14, B2B, 22, (4, 14), months=range(4, 9), account=1, late=0.15),
    Habit("december", 18, B2C, 14, (2, 8), months=(11, 12)),
    Habit("one-off", 28, B2C, 9999, margin=(26, 40), start=(0, DAYS), mood=(3, 9), leaves=0.25),
    Habit("lapsed", 18, B2B, 30, stop=(200, 640), account=0.7, complains=0.06, mood=(2, 8),
          leaves=0.8),
    Habit("bargain", 32, B2C, 120, margin=(12, 22), start=(0, 120), returns=0.05, mood=(4, 8),
          leaves=0.1),
    Habit("occasional", 22, B2C, 115, margin=(40, 50), start=(0, 120), leaves=0.15),
    Habit("troublesome", 26, B2B, 44, (2, 8), (12, 24), account=0.8, late=0.7, unclear=0.5,
          returns=0.4, complains=0.4, calls=0.6, mood=(0, 8)),
    Habit("colleague", 6, "intern", 45, margin=(2, 6)),
    Habit("prospect who ordered", 1, B2B, 40, start=(600, 640), account=1, stage="prospect"),
    Habit("prospect", 18, B2B, stage="prospect"),
    Habit("suspect", 10, B2C, stage="suspect"),
    Habit("buyer not on the list of customers", 2, B2C, 60, start=(300, 400), listed=False),
    Habit("caller not on the list of customers", 1, B2C, listed=False),
)  # fmt: skip

ARTICLES = (  # prices in cents
    ("Dwarse melange", 695), ("Scheve Assam", 2450), ("Kantelkoffie", 1875),
    ("Nevelthee", 545), ("Avondrooibos", 1120), ("Kruimelkoek", 850),
    ("Scheve pot", 3995), ("Munt voluit", 1260), ("Cacao Rondom", 1395),
)  # fmt: skip
SAMOVAR = ("Reuzensamovar", 124950)
REGIONS = ("Noord", "Oost", "Zuid", "West")
FRONT = ("Wolken", "Zonne", "Pluis", "Nevel", "Kiezel", "Tover", "Mosterd", "Regen", "Honing",
         "Kwikzilver", "Distel", "Fluister", "Bries", "Pimpel", "Kaneel", "Schemer")  # fmt: skip
BACK = ("kruk", "pijp", "stra", "meester", "laars", "veer", "buik", "huizer", "knol", "stok",
        "wiel", "mand", "gr\u00ebn", "ketel", "zwaai", "boog")  # fmt: skip
PLACES = ("Caf\u00e9", "Hotel", "Lunchroom", "Kantoor", "Bistro", "Paviljoen", "Kantine", "Winkel")
TRAITS = ("Scheve", "Blije", "Dwarse", "Stille", "Gulle", "Ronde", "Verre", "Na\u00efeve")
NOUNS = ("Lepel", "Kraan", "Kom", "Fluitketel", "Pannenkoek", "Garnaal", "Suikerpot", "Specht")
STATED = ("prijs", "service", "service", "aandacht", "houding", "houding", "mentaliteit", "overig")
BELIEVED = ("prijs", "prijs", "prijs", "product", "levervoorwaarden", "aandacht", "overig")
PRAISE = ("Altijd vriendelijk geholpen", "Snel geleverd", "Ze denken met je mee", "")
LUKEWARM = ("Prima, maar niet bijzonder", "Levering kan sneller", "Goed; wel aan de prijs", "")
BLAME = ("Niemand belt terug", "Verkeerde levering", "Onpersoonlijk geworden", "Te duur geworden")
QUESTIONS = (
    "Waar blijft mijn bestelling?", "Er zat een doos te weinig bij.", "Kan de factuur opnieuw?",
    "Hoe stel ik de samovar in; hij lekt.", "Een verpakking was ingedeukt, h\u00e8?",
    'De "groene" thee lijkt me zwart.', "Er is \u20ac 5 te veel berekend.", "",
)  # fmt: skip
ANGER = (
    "DIT IS NU AL DE DERDE KEER MIS!", "IK WIL DE DIRECTEUR SPREKEN. NU METEEN GRAAG!",
    "Weer fout. WAAROM LUISTERT ER NOOIT IEMAND BIJ JULLIE?",
)  # fmt: skip
OFFERS = ("alternatief", "compensatie", "herstel")
# Preferred channel, form of address, language, days between contacts, note, source, until.
WISHES = (
    ("e-mail", "u", "Nederlands", None, None, "klantkaart", None),
    ("telefoon", "je", "Nederlands", 60, "bel na vijf uur", "gesprek in maart", date(2026, 3, 31)),
    (None, None, "Engels", None, None, "klantkaart", None),
    ("bezoek", "u", None, 90, "liever niet op maandag", "gesprek in mei", date(2025, 6, 30)),
)
# Who bought once in these two years, but for some difficult orders long before; and whether it is
# known how clear those orders were.
DIFFICULT = {"0016": True, "0036": True, "0285": False}
LONG_AGO = (date(2023, 11, 7), date(2024, 1, 16), date(2024, 3, 12), date(2024, 5, 21))
# Who of the shop names whom as fitting best, and why.
TEAM = {
    "Anouk": ("betaalt altijd op tijd", "bestelt regelmatig", "beveelt ons aan bij anderen"),
    "Bram": ("Betaalt altijd op tijd", "denkt met ons mee", "goede marge"),
    "Chantal": ("bestelt regelmatig", "denkt met ons mee", "nooit gedoe met bestellingen"),
}
# Every name is a file; those without an encoding are UTF-8 without a byte order mark.
HEADINGS = {
    "klanten": "Klantnummer;Naam;Soort;Fase;Regio;Klant sinds;Extraversie;Rationaliteit;Bezwaar;"
    "Liefst via;Aanspreken met;Taal;Contact na dagen;Wens;Bron van de wens;Wens geldt tot",
    "orders": "Klantnummer;Orderdatum;Ordernummer;Artikel;Aantal;Prijs;Marge;Duidelijk",
    "facturen": "Debiteur;Ordernummer;Factuurdatum;Vervaldatum;Betaald op;Bedrag",
    "klachten": "Klantnummer;Datum;Terecht;Gesproken op;Aanbod;Opgelost op;Gepubliceerd op",
    "contacten": "Klantnummer;Tijdstip;Kanaal;Minuten;Initiatief klant;Doel;Cijfer;Tekst;Labels",
    "enquete": "Datum;Klantnummer;Cijfer;Toelichting",
    "vertrek": "Klantnummer;Per;Reden volgens klant;Reden volgens ons",
    "team": "Klantnummer;Genoemd door;Op;Reden",
}
ENCODINGS = {"contacten": "cp1252"} | dict.fromkeys(("klanten", "orders", "facturen"), "utf-8-sig")


class Chance(Random):
    """A stream of draws that uses only what is the same in every version of Python."""

    def whole(self, low: int, high: int) -> int:
        """Draw a whole number, both ends included."""
        return low + int(self.random() * (high - low + 1))

    def pick(self, options: Sequence[Any]) -> Any:
        return options[self.whole(0, len(options) - 1)]

    def hits(self, chance: float) -> bool:
        return self.random() < chance


def days_after(day: date | None, days: int) -> date | None:
    """Return a later day, or nothing where the exports had been made by then."""
    later = day and day + timedelta(days)
    return later if later and later <= END else None


def money(cents: int, point: str = ".") -> str:
    """Write cents as euros: -123456 as -1.234,56."""
    whole, rest = divmod(abs(cents), 100)
    return "-" * (cents < 0) + f"{whole:,}".replace(",", point) + f",{rest:02}"


def written(value: Any) -> str:
    """Write a value as a Dutch program does."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, datetime):
        return f"{value:%d-%m-%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    return str(value)


class Shop:
    """The rows of the exports, each with the day on which it was written down."""

    def __init__(self) -> None:
        self.rows: dict[str, list[tuple[date, list[Any]]]] = {file: [] for file in HEADINGS}

    def add(self, file: str, day: date | None, *row: Any) -> None:
        if day is not None:
            self.rows[file].append((day, list(row)))

    def repeat(self, file: str, copies: int, chance: Chance) -> None:
        """Let some rows stand there twice, as they do in real exports."""
        self.rows[file] += [chance.pick(self.rows[file]) for _ in range(copies)]

    def write(self, folder: Path) -> None:
        for file, headings in HEADINGS.items():
            page = StringIO()
            writer = csv.writer(page, delimiter=";", lineterminator="\r\n")
            writer.writerow(headings.split(";"))
            for _, row in sorted(self.rows[file], key=lambda each: each[0]):
                writer.writerow([written(value) for value in row])
            content = page.getvalue().encode(ENCODINGS.get(file, "utf-8"))
            (folder / f"{file}.csv").write_bytes(content)


class Customer:
    """A customer, who fills the rows of the shop; one without a number is anonymous."""

    def __init__(self, shop: Shop, number: str, habit: Habit) -> None:
        self.shop, self.number, self.habit = shop, number, habit
        self.chance = Chance(f"roer {number}")
        self.size = 0.6 + 2.4 * self.chance.random() ** 4
        self.margin = None if self.chance.hits(0.04) else self.chance.whole(*habit.margin)
        self.tells_clear = self.chance.hits(0.93)
        self.on_account = self.chance.hits(habit.account)
        self.order_days = list(self._order_days()) if habit.gap else []
        self.long_ago = LONG_AGO if number in DIFFICULT else ()
        self.references = 0

    def _order_days(self) -> Iterator[date]:
        day, stop = self.chance.whole(*self.habit.start), self.chance.whole(*self.habit.stop)
        while day <= stop:
            today = BEGIN + timedelta(day)
            if today.month in self.habit.months:
                yield today
            gap = self.habit.gap * (1 - self.habit.growth * day / DAYS)
            day += max(1, int(gap * (0.6 + 0.8 * self.chance.random())))

    def some_day(self, first: int = 0) -> date:
        return BEGIN + timedelta(self.chance.whole(first, DAYS))

    def reference(self, letter: str = "") -> str:
        self.references += 1
        return f"{self.number or 'balie'}-{letter}{self.references}"

    def live(self) -> None:
        """Do everything that this customer does in the two years."""
        chance, habit = self.chance, self.habit
        if habit.listed:
            self.register()
        for day in self.order_days:
            self.order(day)
        fewest = 0 if self.order_days else 1
        for _ in range(chance.whole(fewest, 3 if habit.kind == B2B else 1)):
            self.visit()
        if self.order_days and habit.kind != "intern" and chance.hits(0.5):
            day = self.some_day(240)
            self.answer(day)
            if chance.hits(0.4):
                self.answer(days_after(day, chance.whole(20, 200)))
        if chance.hits(habit.leaves):  # whoever still orders has come back
            self.leave(self.order_days[-1 if habit.name == "lapsed" else 0])

    def register(self) -> None:
        chance, habit = self.chance, self.habit
        name = f"{chance.pick('ABDEFHJKLMRST')}. {chance.pick(FRONT)}{chance.pick(BACK)}"
        if habit.kind == B2B:
            name = f"{chance.pick(PLACES)} De {chance.pick(TRAITS)} {chance.pick(NOUNS)}"
        region = chance.pick(REGIONS) if chance.hits(0.97) else None
        since = None
        if self.order_days and chance.hits(0.9):
            since = min(*self.long_ago, *self.order_days[:1], END) - timedelta(chance.whole(0, 20))
        judged: list[str | None] = [None, None]
        if chance.hits(0.15):
            judged = [f"{chance.whole(-10, 10) / 10:g}".replace(".", ",") for _ in judged]
        objects = chance.hits(0.04) if chance.hits(0.7) else None
        place = int(self.number)
        wishes = WISHES[place % len(WISHES)] if place % 9 == 0 else [None] * 7
        self.shop.add("klanten", BEGIN, self.number, name, habit.kind, habit.stage, region, since,
                      *judged, objects, *wishes)  # fmt: skip

    def order(self, day: date) -> None:
        chance, habit = self.chance, self.habit
        reference, total = self.reference(), 0
        clear = not chance.hits(habit.unclear) if self.tells_clear else None
        for _ in range(chance.whole(1, 2)):
            article, price = chance.pick(ARTICLES)
            count = max(1, int(chance.whole(*habit.pieces) * self.size))
            if habit.name == "key" and chance.hits(0.03):
                (article, price), count = SAMOVAR, 1
            # Part of an order may be delivered, and so be written down, some days later.
            delivered = days_after(day, 3 if chance.hits(0.03) else 0) or day
            self.line(delivered, reference, article, count, price, clear)
            total += count * price
        self.invoice(days_after(day, chance.whole(0, 3)), reference, total)
        if chance.hits(habit.returns):
            back = chance.whole(1, count)
            self.give_back(days_after(day, chance.whole(2, 9)), article, back, price)
        if chance.hits(habit.complains):
            self.complain(days_after(day, chance.whole(1, 8)))
        if chance.hits(habit.calls):
            self.call(days_after(day, chance.whole(0, 12)))

    def order_with_trouble(self, day: date) -> None:
        """Order something cheap that was not clear, send half back, complain and pay late."""
        which = LONG_AGO.index(day)
        number, reference, (article, price) = (
            self.number,
            f"{self.number}-V{which + 1}",
            ARTICLES[which],
        )
        unclear = False if DIFFICULT[number] else None
        for when, mark, count in ((day, "", 4), (days_after(day, 5), "C", -2)):
            margin = money(count * price * 14 // 100, "")
            row = (number, when, reference + mark, article, count, money(price), margin, unclear)
            self.shop.add("orders", when, *row)
        due, paid = days_after(day, 14), days_after(day, 45)
        amount = f"\u20ac {money(4 * price)}"
        self.shop.add("facturen", day, number, reference, day, due, paid, amount)
        on, talked = days_after(day, 2), days_after(day, 4)
        self.shop.add("klachten", on, number, on, True, talked, OFFERS[1], days_after(day, 6), None)
        moment = datetime.combine(on or day, time(10, 30))
        row = (number, moment, "telefoon", 12, True, "service", None, QUESTIONS[1], "")
        self.shop.add("contacten", on, *row)

    def line(self, day: date | None, reference: str, article: str, count: int, price: int,
             clear: bool | None) -> None:  # fmt: skip
        margin, clear = None, clear if DIFFICULT.get(self.number, True) else None
        if self.margin is not None:
            margin = money(count * price * (self.margin + self.chance.whole(-2, 2)) // 100, "")
        self.shop.add("orders", day, self.number, day, reference, article, count, money(price),
                      margin, clear)  # fmt: skip

    def give_back(self, day: date | None, article: str, count: int, price: int) -> None:
        reference = self.reference("C")
        self.line(day, reference, article, -count, price, None)
        self.invoice(day, reference, -count * price)

    def invoice(self, day: date | None, reference: str, cents: int) -> None:
        if day is None or not self.on_account:
            return
        term = 30 if self.habit.pieces[1] > 10 else 14
        late = self.chance.hits(self.habit.late)
        wait = self.chance.whole(term + 1, term + 40) if late else self.chance.whole(1, term)
        paid = None if self.chance.hits(0.01) else days_after(day, wait)
        amount = f"\u20ac {money(cents)}" if cents > 0 else f"\u20ac {money(-cents)}-"
        due = day + timedelta(term)
        self.shop.add("facturen", day, self.number, reference, day, due, paid, amount)

    def complain(self, day: date | None) -> None:
        chance = self.chance
        justified = chance.hits(0.7) if chance.hits(0.8) else None
        talked = days_after(day, chance.whole(1, 10)) if chance.hits(0.85) else None
        offer = chance.pick(OFFERS) if talked and chance.hits(0.7) else None
        solved = days_after(talked, chance.whole(0, 21)) if chance.hits(0.9) else None
        told = days_after(solved, chance.whole(3, 30)) if chance.hits(0.25) else None
        self.shop.add("klachten", day, self.number, day, justified, talked, offer, solved, told)

    def call(self, day: date | None) -> None:
        angry = self.habit.name == "troublesome" and self.chance.hits(0.25)
        labels = ("woedend", "directie") if angry else ("spoed", "levering")
        tags = [label for label in labels if self.chance.hits(0.5 if angry else 0.1)]
        self.contact(day, True, "service", self.chance.pick(ANGER if angry else QUESTIONS), tags)

    def visit(self) -> None:
        purpose = self.chance.pick(("verkoop", "verkoop", "aandacht"))
        by_customer = purpose == "verkoop" and self.chance.hits(0.4)
        spoilt = self.habit.name == "key" and self.chance.hits(0.1)
        self.contact(self.some_day(), by_customer, purpose, "", ["topservice gewend"] * spoilt)

    def contact(self, day: date | None, by_customer: bool, purpose: str, text: str,
                tags: list[str]) -> None:  # fmt: skip
        chance = self.chance
        channel = chance.pick(("telefoon", "telefoon", "e-mail", "chat", "bezoek"))
        moment = day and datetime.combine(day, time(chance.whole(8, 17), chance.whole(0, 59)))
        minutes = chance.whole(2, 30) if chance.hits(0.9) else None
        rating = f"{self.score()}{chance.pick(('', '', ',0'))}" if chance.hits(0.4) else None
        self.shop.add("contacten", day, self.number, moment, channel, minutes, by_customer, purpose,
                      rating, text, ", ".join(tags))  # fmt: skip

    def score(self) -> int:
        return max(self.chance.whole(*self.habit.mood) for _ in range(2))

    def answer(self, day: date | None) -> None:
        score = 0 if self.chance.hits(0.02) else self.score()
        reason = self.chance.pick(PRAISE if score > 8 else LUKEWARM if score > 6 else BLAME)
        answered = (score, reason) if self.chance.hits(0.94) else (None, None)
        self.shop.add("enquete", day, day, self.number, *answered)

    def leave(self, last: date) -> None:
        day = (last.replace(day=1) + timedelta(62)).replace(day=1)
        stated = self.chance.pick(STATED) if self.chance.hits(0.8) else None
        believed = self.chance.pick(BELIEVED) if self.chance.hits(0.9) else None
        self.shop.add("vertrek", days_after(day, 0), self.number, day, stated, believed)


def name_the_best(shop: Shop, fitting: Sequence[str]) -> None:
    """Let each of the team write down some of the customers who fit best, and why."""
    for member, reasons in TEAM.items():
        chance = Chance(f"team {member}")
        for number in fitting:
            if chance.hits(0.6):
                reason = chance.pick(reasons) if chance.hits(0.8) else None
                shop.add("team", END, number, member, date(2025, 8, 28), reason)


def make_shop(folder: Path) -> None:
    """Write the exports into a folder."""
    shop = Shop()
    chance = Chance("roer")
    habits = [habit for habit in HABITS for _ in range(habit.customers)]
    habits.sort(key=lambda _: chance.random())
    customers = [Customer(shop, f"{at:04}", habit) for at, habit in enumerate(habits, start=1)]
    for customer in customers:
        customer.live()
    numbers = [
        f"{number:04}" for number, habit in enumerate(habits, start=1) if habit.name == "key"
    ]
    name_the_best(shop, numbers)
    nobody = Customer(shop, "", Habit("anonymous", 1, B2C, calls=0.4, mood=(4, 10)))
    for _ in range(12):
        nobody.order(nobody.some_day())
    for _ in range(30):
        nobody.answer(nobody.some_day(240))
    for file, copies in (("orders", 6), ("contacten", 3), ("klachten", 1)):
        shop.repeat(file, copies, chance)
    for customer in customers:
        for day in customer.long_ago:
            customer.order_with_trouble(day)
    shop.write(folder)


if __name__ == "__main__":
    make_shop(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "shop")
