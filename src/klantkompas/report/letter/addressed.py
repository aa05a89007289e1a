"""What our staff read of a customer, said to the customer: "you" instead of "they".

A letter keeps the facts of the lenses and leaves out what is only advice to staff.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from klantkompas.lenses.attitudes.recovery import OPEN, STEPS
from klantkompas.lenses.attitudes.recovery import UNKNOWN as STEP_UNKNOWN
from klantkompas.lenses.colours.lens import NO_COLOUR, SEEMS
from klantkompas.lenses.colours.why import BASES
from klantkompas.lenses.departures.leaving import DID_NOT_LEAVE, THE_TWO_DIFFER
from klantkompas.lenses.memory import REPAIRS, REPAIRS_NOT
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Quantity, Sentence

__all__ = ["HEADINGS", "TO_CUSTOMER", "addressed"]

HEADINGS = {
    "colours": mark("How we think you like to be treated"),
    "contribution": mark("Your place by what you contribute"),
    "demands": mark("Your contact with us"),
    "departures": mark("Your departure"),
    "inventory": mark("How you are registered with us"),
    "loyalty": mark("Your scores"),
    "pareto": mark("Your place by revenue"),
    "attitudes": mark("How things stand between us"),
    "memory": mark("Your ratings"),
}
"""By lens, the heading above what it says; lenses of plugins keep their question."""

TOP_TEN = mark("If your next rating is a 10, the mean of peak and end is {wanted} or more.")
LIKES = {
    "green": mark("that we take the lead, and make sure that we understood you"),
    "red": mark("that we first hear what is the matter, and then look for a solution with you"),
    "yellow": mark("some small talk, and that we come back to what you told us"),
    "blue": mark("short and clear answers"),
}
WE_SUPPOSE = mark(
    "From this we suppose that you like this: {likes}. Our program calls that {colour}. It is a "
    "hypothesis: say so if it is wrong, or object to it, and we leave it out."
)
SIGNS = mark("Our program reads this as a sign that you may ask more of us than others do:")

COLOUR_ORDER = {**dict.fromkeys(BASES.values(), 1), SEEMS: 2, NO_COLOUR: 2}
"""First what was written, then the place on the scales, then what was made of it."""

TO_CUSTOMER: Mapping[str, str] = {
    # factors and rules
    "they are on the shortlist and contribute in two or more ways": mark(
        "you are on the list of customers who fit us best and meet two or more success factors"
    ),
    "they contribute in two or more ways but are not on the shortlist": mark(
        "you meet two or more success factors but are not on the list of customers who fit us best"
    ),
    "they contribute in exactly one way": mark("you meet exactly one success factor"),
    "they contribute in none of the ways that could be seen": mark(
        "you meet none of the success factors that we can see"
    ),
    "they are an internal customer: counted, not classed": mark(
        "you are one of our own departments, which count and get no class"
    ),
    "they have not ordered yet": mark("you have not ordered yet"),
    "they are not active: no order in the period, or departed since": mark(
        "you did not order in the period, or departed since"
    ),
    "no classification rule holds for them": mark("no rule holds for you"),
    # colours
    "{axis} {position}, as staff judged": mark(
        "{axis}: {position} on a scale from -1 to 1, as our staff judged"
    ),
    "{axis} {position}, by the signs in their messages and channels:": mark(
        "{axis}: {position} on a scale from -1 to 1, by how you wrote or called"
    ),
    "{customer} has no colour: {because}": mark(
        "We suppose nothing about how you like to be treated: {because}."
    ),
    "they are too near the middle to tell": mark("you are too near the middle to tell"),
    "asks for the management": mark("you asked for the management"),
    "writes sentences in capitals": mark("you wrote sentences in capitals"),
    "says no more than is needed": mark("you wrote briefly"),
    "uses words that demand something": mark("you used words that demand something"),
    "puts exclamation marks in a row": mark("you put exclamation marks in a row"),
    "uses words of feeling": mark("you used words of feeling"),
    "asks for reassurance": mark("you asked for reassurance"),
    "makes small talk": mark("you made small talk"),
    "telephones": mark("you called us"),
    "writes rather than calls": mark("you wrote to us rather than call"),
    # demands
    "This is about to escalate: {times} things went wrong in the last 90 days: {what}.": mark(
        "In the last 90 days {times} things went wrong: {what}."
    ),
    "This may escalate: one thing went wrong in the last 90 days: {what}.": mark(
        "In the last 90 days one thing went wrong: {what}."
    ),
    "Staff gave {count} a tag for it.": mark("Our staff gave {count} a tag for it."),
    "Nothing shows that they ask more than others.": mark(
        "Nothing shows that you ask more than others."
    ),
    "Whether they ask more than others is unknown.": mark(
        "We do not know whether you ask more than others."
    ),
    "They got in touch in {own_contacts}, {attention_per_order}: far more than others.": mark(
        "You got in touch in {own_contacts}, {attention_per_order}: far more than others."
    ),
    "They wrote words that demand something, in {cue_demands_or_disregard}, on "
    "{days_of_cue_demands_or_disregard}.": mark(
        "You wrote words that demand something, in {cue_demands_or_disregard}, on "
        "{days_of_cue_demands_or_disregard}."
    ),
    "They paid {on_time_share} on time.": mark("You paid {on_time_share} on time."),
    "They wrote sentences in capitals, in {cue_capital_sentences}, on "
    "{days_of_cue_capital_sentences}.": mark(
        "You wrote sentences in capitals, in {cue_capital_sentences}, on "
        "{days_of_cue_capital_sentences}."
    ),
    "They asked for the management, in {cue_asks_for_management}, on "
    "{days_of_cue_asks_for_management}.": mark(
        "You asked for the management, in {cue_asks_for_management}, on "
        "{days_of_cue_asks_for_management}."
    ),
    "Their orders are among the largest, {average_order_value} on average, and their margin share, "
    "{margin_share}, among the highest.": mark(
        "Your orders are among the largest, {average_order_value} on average, and your margin "
        "share, {margin_share}, among the highest."
    ),
    # loyalty
    "Their latest score is {score}, they come back, and they have no open complaint.": mark(
        "Your latest score is {score}, you come back, and you have no open complaint."
    ),
    "Their latest score is {score}: they may go when there is a better offer.": mark(
        "Your latest score is {score}: you may go when there is a better offer."
    ),
    "Their latest score is {score}, but a complaint is open: they may go when there is a better "
    "offer.": mark(
        "Your latest score is {score}, but a complaint is open: you may go when there is a better "
        "offer."
    ),
    "Their latest score is {score}, but they placed {orders} in the last two periods: they may go "
    "when there is a better offer.": mark(
        "Your latest score is {score}, but you placed {orders} in the last two periods: you may go "
        "when there is a better offer."
    ),
    "Their latest score is {score}.": mark("Your latest score is {score}."),
    "Whether they would stay is unknown.": mark("We do not know whether you would stay."),
    "Orders in the last two periods: {orders}.": mark(
        "Your orders in the last two periods: {orders}."
    ),
    "They gave no score in the period.": mark("You gave no survey score in the period."),
    "Their open complaints: {value}.": mark("Your open complaints: {value}."),
    "Whether they have an open complaint is unknown.": mark(
        "We do not know whether you have an open complaint."
    ),
    "Their score may be kinder than what happened: something went wrong in the 90 days "
    "before.": mark(
        "Your score may be kinder than what happened: something went wrong in the 90 days before."
    ),
    "Before that answer: {what}.": mark("Before your answer: {what}."),
    # attitudes
    "Something is to be put right for them, and it is serious.": mark(
        "We have something to put right for you, and it is serious."
    ),
    "Something is to be put right for them.": mark("We have something to put right for you."),
    "They scored you high: {value}.": mark("You scored us high: {value}."),
    "What they remember of you is good: {value}.": mark(
        "The mean of your peak and end is high: {value}."
    ),
    "They ordered once, {recency_days} ago.": mark("You ordered once, {recency_days} ago."),
    "They asked more time than others: {attention_per_order}, {attention_minutes} in all. "
    "Margin: {margin}.": mark(
        "You asked more time than others: {attention_per_order}, {attention_minutes} in all. "
        "Margin: {margin}."
    ),
    "They ordered before, but little in this period: {order_count}.": mark(
        "You ordered before, but little in this period: {order_count}."
    ),
    "Nothing says yet how they stand towards you: no high or low score, no open complaint.": mark(
        "Nothing says yet what you think of us: no high or low score, no open complaint."
    ),
    "How they stand towards you is unknown.": mark("We do not know what you think of us."),
    "They gave a 9 or 10, and remember you as an 8 or better.": mark(
        "You gave a 9 or 10, and your ratings come to an 8 or better."
    ),
    "They ordered two or more times in the period.": mark(
        "You ordered two or more times in the period."
    ),
    "Their margin share is at or above that of all together.": mark(
        "Your margin share is at or above that of all customers together."
    ),
    "Their latest survey score is {value}.": mark("Your latest survey score is {value}."),
    "What they remember is {value}.": mark("The mean of your peak and end is {value}."),
    "Unknown: their score.": mark("We do not know your survey score."),
    "Unknown: whether they have an open complaint.": mark(
        "We do not know whether you have a complaint that is open."
    ),
    "Unknown: what they remember.": mark("You rated no contact or answer in this period."),
    "They wrote in capitals, and something is still to be put right.": mark(
        "You wrote in capitals, and something is still to be put right."
    ),
    "Something was wrong, and they showed it.": mark("Something was wrong, and you showed it."),
    "Staff gave {count} a tag for this: {title}": mark(
        "Our staff gave {count} a tag for this: {title}"
    ),
    "To do: {step}.": mark("This we still want to do: {step}."),
    "Done: {step}.": mark("This was done: {step}."),
    "Done, last on {on}: {step}.": mark("This was done, last on {on}: {step}."),
    "Unknown whether it was done: {step}.": mark("We do not know whether this was done: {step}."),
    "talk about it": mark("call or write to you about it"),
    "offer an alternative, compensation or repair": mark(
        "offer you an alternative, compensation or repair"
    ),
    "say in public what you do better since, without naming them": mark(
        "say in public what we do better since, without naming you"
    ),
    # memory
    "One contact or survey answer of the period is rated: {remembered}.": mark(
        "One contact or survey answer of yours in the period has a rating: {remembered}."
    ),
    "What they remember of {moments} (contacts and survey answers) is {remembered}: the peak was "
    "{peak}, the last {end}; on average they experienced {experienced}.": mark(
        "Your rating furthest from neutral was {peak}, your last {end}; the mean of these is "
        "{remembered}, and of all your ratings {experienced}, over {moments}."
    ),
    "What they remember is unknown: no contact or answer of the period is rated.": mark(
        "No contact or answer of yours in the period is rated."
    ),
    "Ended on {ending} or better, what they remember would be {wanted} or more.": mark(
        "If your next rating is {ending} or better, the mean of peak and end is {wanted} or more."
    ),
    "They are {label} and had neither a peak of 9 or 10 nor a courtesy contact.": mark(
        "In this period you rated us 9 or 10 nowhere, and nobody just asked how you are."
    ),
    # departures
    "They left {days} before.": mark("You left {days} before."),
    "Staff believe: {reason}.": mark("Our staff believe that the reason is: {reason}."),
    "Staff named no reason.": mark("Our staff named no reason."),
    "They say: {reason}.": mark("You say: {reason}."),
    "They named no reason themselves.": mark("You named no reason."),
    # measures
    "median days between days with an order, of three or more": mark(
        "days that usually pass between two orders, from the third order on"
    ),
    "orders in the last two periods, as one span of the calendar": mark(
        "orders in this period and the one before"
    ),
    "minutes of contact on the customer's initiative": mark(
        "minutes of contact for which you took the initiative"
    ),
    "contacts on the customer's initiative; unknown when it is for all their contacts": mark(
        "contacts for which you took the initiative"
    ),
    "contacts that only asked how they are; unknown when all purposes are": mark(
        "contacts in which we only asked how you are"
    ),
    "contacts in which the customer telephones": mark("contacts in which you called"),
    "contacts in which the customer writes rather than calls": mark(
        "contacts in which you wrote rather than call"
    ),
    "days since the customer left, in the period": mark("days since you left, in the period"),
    "why they left, as staff believe": mark("why you left, as our staff believe"),
    "why they left, as they say themselves": mark("why you left, as you say yourself"),
    "contacts with a tag of staff for this: They got in touch more often and for longer than "
    "others": mark("contacts that staff tagged as: gets in touch more and longer than others"),
    "contacts with a tag of staff for this: They wrote demands, or paid invoices late": mark(
        "contacts that staff tagged as: wrote demands, or paid late"
    ),
    "contacts with a tag of staff for this: They wrote in capitals, and something is still to be "
    "put right": mark(
        "contacts that staff tagged as: wrote in capitals, and something is still to be put right"
    ),
    "contacts with a tag of staff for this: They asked for the management, or placed large orders "
    "at a good margin": mark("contacts that staff tagged as: counts on the best service"),
    "messages in which the customer asks for the management": mark(
        "messages in which you ask for the management"
    ),
    "messages in which the customer writes sentences in capitals": mark(
        "messages in which you write sentences in capitals"
    ),
    "messages in which the customer says no more than is needed": mark(
        "messages in which you write briefly"
    ),
    "messages in which the customer uses words that demand something": mark(
        "messages in which you use words that demand something"
    ),
    "messages in which the customer puts exclamation marks in a row": mark(
        "messages in which you put exclamation marks in a row"
    ),
    "messages in which the customer uses words of feeling": mark(
        "messages in which you use words of feeling"
    ),
    "messages in which the customer asks for reassurance": mark(
        "messages in which you ask for reassurance"
    ),
    "messages in which the customer makes small talk": mark(
        "messages in which you make small talk"
    ),
    "the latest days on which the customer asks for the management in a message": mark(
        "the latest days on which you ask for the management in a message"
    ),
    "the latest days on which the customer writes sentences in capitals in a message": mark(
        "the latest days on which you write sentences in capitals in a message"
    ),
    "the latest days on which the customer says no more than is needed in a message": mark(
        "the latest days on which you write briefly in a message"
    ),
    "the latest days on which the customer uses words that demand something in a message": mark(
        "the latest days on which you use words that demand something in a message"
    ),
    "the latest days on which the customer puts exclamation marks in a row in a message": mark(
        "the latest days on which you put exclamation marks in a row in a message"
    ),
    "the latest days on which the customer uses words of feeling in a message": mark(
        "the latest days on which you use words of feeling in a message"
    ),
    "the latest days on which the customer asks for reassurance in a message": mark(
        "the latest days on which you ask for reassurance in a message"
    ),
    "the latest days on which the customer makes small talk in a message": mark(
        "the latest days on which you make small talk in a message"
    ),
    # sources
    "{table} (column: {columns})": "{table} ({columns})",
    "{table} (columns: {columns})": "{table} ({columns})",
    "whether the customer took the initiative": mark("whether you took the initiative"),
    "reason that the customer gave": mark("reason that you gave"),
}
"""By what staff read, what the customer reads; whatever is not here, such as a plugin's, stays."""

FOR_STAFF = {DID_NOT_LEAVE, THE_TWO_DIFFER, REPAIRS_NOT}
"""What does not apply to the customer, or only advises staff."""


def addressed(
    lens: str, parts: Iterable[Sentence], titles: Iterable[str] = ()
) -> tuple[Sentence, ...]:
    """Return what a lens says of a customer as it is said to them.

    Evidence comes before what was made of it, and what happened stands for the trait that it shows.

    Args:
        lens: the lens's name.
        parts: its sentences, for staff.
        titles: the titles of the traits that have evidence below them.
    """
    plain = [_flat(each) for each in parts]
    named = {*titles}
    told = [each for each in plain if each.message not in named and not _for_staff(each)]
    if any(each.message in named for each in plain):
        told.insert(0, Sentence(SIGNS))
    if lens == "colours":
        told.sort(key=lambda each: COLOUR_ORDER.get(each.message, 0))
    once = {repr(each): each for each in map(_told, told)}
    return tuple(once.values())


def _flat(part: Sentence) -> Sentence:
    """Return a sentence without its indent."""
    line = part.values.get("line")
    return _flat(line) if part.message == "  {line}" and isinstance(line, Sentence) else part


def _message(part: Sentence, place: str) -> str:
    """Return the message of the sentence in a place of another."""
    inner = part.values[place]
    return inner.message if isinstance(inner, Sentence) else ""


def _for_staff(part: Sentence) -> bool:
    public = part.message in (OPEN, STEP_UNKNOWN)
    return part.message in FOR_STAFF or (public and _message(part, "step") == STEPS["publish"])


def _told(part: Sentence) -> Sentence:
    if part.message == SEEMS:
        likes = Sentence(LIKES[_message(part, "colour")])
        return Sentence(WE_SUPPOSE, {"likes": likes, "colour": part.values["colour"]})
    if part.message == REPAIRS:
        ending = part.values["ending"]
        value = ending.value if isinstance(ending, Quantity) else ending
        if isinstance(value, int | float) and value >= 10:  # the scale ends there
            return Sentence(TOP_TEN, {"wanted": part.values["wanted"]})
    return part
