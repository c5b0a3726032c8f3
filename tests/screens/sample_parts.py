"""What sample views are made of: frames in three languages, fields, answers, tickets."""

from dataclasses import replace
from typing import Any

from kiosk.core import views as v
from kiosk.core.events import (
    AccessAsked,
    ChangeAsked,
    Continued,
    GroupChosen,
    HelpAsked,
    LanguageChosen,
    LanguagesAsked,
    Left,
    OptionTouched,
    PageTurned,
    PinDeleted,
    PinDigit,
    PinEntered,
    StaffPrintAsked,
    WentBack,
)

KEYS = v.KeyWords("Space", "Delete", "Capitals", "Signs", "Letters", "Accents", "New line")
WELSH_KEYS = v.KeyWords(
    "Bwlch", "Dileu", "Priflythrennau", "Arwyddion", "Llythrennau", "Acenion", "Llinell newydd"
)
ARABIC_KEYS = v.KeyWords("مسافة", "حذف", "أحرف كبيرة", "علامات", "حروف", "لهجات", "سطر جديد")
NO_PAPER = "This terminal cannot print at the moment. You will see your number on the screen"

ENGLISH = v.Frame(
    language="en",
    direction=v.Direction.LTR,
    council="Demo Borough Council",
    title="Report a missed bin collection",
    back=v.Button("Back", WentBack()),
    help=v.Button("Speak to reception", HelpAsked()),
    leave=v.Button("Leave now", Left()),
    languages=v.Button("Language", LanguagesAsked()),
    access=v.Button("Easier to use", AccessAsked()),
)
WELSH = replace(
    ENGLISH,
    language="cy",
    council="Cyngor Bwrdeistref Sirol Enghreifftiol",
    title="Rhoi gwybod am gasgliad biniau a gollwyd",
    back=v.Button("Yn ôl", WentBack()),
    help=v.Button("Siarad â'r dderbynfa", HelpAsked()),
    leave=v.Button("Gadael nawr", Left()),
    languages=v.Button("Iaith", LanguagesAsked()),
    access=v.Button("Haws ei ddefnyddio", AccessAsked()),
)
ARABIC = replace(
    ENGLISH,
    language="ar",
    direction=v.Direction.RTL,
    council="مجلس البلدية التجريبي",
    title="الإبلاغ عن حاوية لم تُفرغ",
    back=v.Button("رجوع", WentBack()),
    help=v.Button("التحدث إلى الاستقبال", HelpAsked()),
    leave=v.Button("المغادرة الآن", Left()),
    languages=v.Button("اللغة", LanguagesAsked()),
    access=v.Button("تسهيل الاستخدام", AccessAsked()),
)
LIFT = v.BulletinLine("The lift is out of order today. Staff at reception help you to the first floor", "en")
STRIKE = v.BulletinLine(
    "Because of roadworks in Mill Street, buses 4 and 7 stop at the market from Monday 4 to Friday 8 May",
    "en",
    "This notice is in English",
)
BARE = replace(ENGLISH, title="", back=None, help=None, leave=None, languages=None)

LANGUAGES = (
    ("English", "en"),
    ("Cymraeg", "cy"),
    ("Polski", "pl"),
    ("Română", "ro"),
    ("ਪੰਜਾਬੀ", "pa"),
    ("اردو", "ur"),
    ("Português", "pt"),
    ("Español", "es"),
    ("العربية", "ar"),
    ("বাংলা", "bn"),
    ("ગુજરાતી", "gu"),
    ("Italiano", "it"),
    ("Türkçe", "tr"),
    ("Українська", "uk"),
    ("中文", "zh"),
)


def language_buttons(count: int, chosen: str = "") -> tuple[v.Button, ...]:
    return tuple(
        v.Button(name, LanguageChosen(tag), tag, selected=tag == chosen) for name, tag in LANGUAGES[:count]
    )


GROUPS = (
    ("Check in for an appointment", "If you have a time with us today", "calendar"),
    ("Bins and recycling", "Missed bins, new bins, bulky items", "bins"),
    ("Council tax", "Bills, discounts, moving home", "council-tax"),
    ("Benefits and support", "Housing benefit, help with costs", "benefits"),
    ("Housing and homelessness", "Repairs, applying, somewhere to stay", "housing"),
    ("Parking and streets", "Permits, potholes, street lights", "parking"),
    ("Planning and building", "See plans, comment, apply", "planning"),
    ("Births, deaths and marriages", "Registrars and certificates", "registrars"),
)
WELSH_GROUPS = (
    ("Cofrestru ar gyfer apwyntiad", "Os oes gennych amser gyda ni heddiw", "calendar"),
    ("Biniau ac ailgylchu", "Biniau a gollwyd, biniau newydd, eitemau swmpus", "bins"),
    ("Y dreth gyngor", "Biliau, gostyngiadau, symud cartref", "council-tax"),
    ("Budd-daliadau a chymorth", "Budd-dal tai, help gyda chostau byw", "benefits"),
    ("Tai a digartrefedd", "Atgyweiriadau, gwneud cais, rhywle i aros", "housing"),
    ("Parcio a strydoedd", "Trwyddedau, tyllau yn y ffordd, goleuadau stryd", "streets"),
    ("Cynllunio ac adeiladu", "Gweld cynlluniau, gwneud sylwadau", "planning"),
    ("Genedigaethau, marwolaethau a phriodasau", "Cofrestryddion a thystysgrifau", "registrars"),
)
ARABIC_GROUPS = (
    ("تسجيل الحضور لموعد", "إذا كان لديك موعد معنا اليوم", "calendar"),
    ("الحاويات وإعادة التدوير", "", "bins"),
    ("ضريبة المجلس", "الفواتير والخصومات والانتقال", "council-tax"),
    ("الإعانات والدعم", "", "benefits"),
    ("السكن والتشرد", "", "housing"),
    ("مواقف السيارات والشوارع", "", "parking"),
)


def menu(heading: str, groups: tuple[tuple[str, str, str], ...], pager: v.Pager | None = None) -> v.Menu:
    tiles = tuple(v.Tile(label, GroupChosen(label), hint, icon) for label, hint, icon in groups)
    return v.Menu(heading, tiles, pager=pager)


PAGER = v.Pager("Page 2 of 3", v.Button("Show earlier", PageTurned(0)), v.Button("Show more", PageTurned(2)))


def options(labels: tuple[str, ...], chosen: tuple[int, ...] = (), *, many: bool = False) -> v.Options:
    return v.Options(
        tuple(
            v.Option(str(at), label, OptionTouched("step", str(at)), at in chosen)
            for at, label in enumerate(labels)
        ),
        many,
    )


def question(heading: str, entry: v.Entry, forward: str = "Continue", **more: Any) -> v.Question:
    return v.Question("step", heading, entry, v.Button(forward, Continued("step")), **more)


def wrong(*problems: tuple[str, str], heading: str = "There is a problem") -> dict[str, Any]:
    return {
        "problems_heading": heading,
        "problems": tuple(v.Problem(field, text) for field, text in problems),
    }


BINS = (
    "Grey: general waste",
    "Brown: garden waste",
    "Blue: paper and card",
    "Green: glass, tins and plastic",
)
TEN = (
    "A broken or missing street light",
    "A pothole or damage to the road",
    "An abandoned vehicle",
    "Fly-tipping: rubbish left where it should not be",
    "Graffiti on a public building",
    "Overgrown trees or hedges",
    "A blocked drain or gully",
    "A dead animal on the road",
    "Dog fouling",
    "Something else",
)
DATE = v.Fields(
    (
        v.Field("day", "Day", "27", v.Keyboard.DIGITS, 2, longest=4),
        v.Field("month", "Month", "", v.Keyboard.DIGITS, 2, longest=9),
        v.Field("year", "Year", "2026", v.Keyboard.DIGITS, 4, longest=4),
    ),
    KEYS,
)
NAME = v.Fields((v.Field("text", "", "Ŵyn O'Test", chars=30),), KEYS)
ADDRESS = v.Fields(
    (
        v.Field("postcode", "Postcode", "AA3 1A", v.Keyboard.CODE, 10),
        v.Field("line_1", "Address line 1", "", chars=30),
        v.Field("line_2", "Address line 2, if you have one", "", chars=30),
        v.Field("town", "Town or city", "", chars=24),
    ),
    KEYS,
)
LONG = v.Fields(
    (
        v.Field(
            "text", "", "The bin was out at 6am. The lorry drove past at about 7 and did not stop.", lines=4
        ),
    ),
    KEYS,
)
MONEY = v.Fields((v.Field("text", "", "120.50", v.Keyboard.DECIMAL, 8, prefix="£"),), KEYS)


def rows(answers: tuple[tuple[str, str], ...], change: str = "Change") -> tuple[v.Row, ...]:
    return tuple(
        v.Row(str(at), label, answer, v.Button(change, ChangeAsked(str(at))))
        for at, (label, answer) in enumerate(answers)
    )


ANSWERS = rows(
    (
        ("Which bin was missed?", "Brown: garden waste"),
        ("When should it have been collected?", "17 November 2026"),
        ("What is the address?", "Flat 2\n14 Harbour Street\nTestington\nAA3 1AB"),
        ("What is your full name?", "Ŵyn O'Test"),
        ("What is your phone number? (optional)", "Not provided"),
    )
)
WELSH_ANSWERS = rows(
    (
        ("Pa fin a gollwyd?", "Brown: gwastraff gardd"),
        ("Pryd y dylai fod wedi cael ei gasglu?", "17 Tachwedd 2026"),
        (
            "Beth yw'r cyfeiriad?",
            "Fflat 2\n14 Stryd yr Harbwr\nLlanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
        ),
        ("Beth yw eich enw llawn?", "Ŵyn ap Prawf"),
        ("Beth yw eich rhif ffôn? (dewisol)", "Heb ei ddarparu"),
    ),
    "Newid",
)
FINISH = v.Button("Finish", Left())
PRINTED = v.Paper(v.Tone.GOOD, "Take your ticket", "It is in the printer below this screen")
HELD = v.Paper(
    v.Tone.CAUTION,
    "Your ticket is not printed",
    "The printer is out of paper. Your number counts without it: write it down or keep it on your phone",
)


def confirmation(paper: v.Paper) -> v.Confirmation:
    return v.Confirmation(
        heading="You are checked in",
        reference_label="Your reference",
        reference="T7-0042-K",
        paper=paper,
        next_heading="What happens next",
        next=(
            "Take a seat in the waiting area on your left",
            "Your number will be called and shown on the screen there",
            "The wait is about 10 to 15 minutes",
        ),
        finish=FINISH,
        number_label="Your number",
        number="A042",
        code="https://demo-borough.example/r/T7-0042-K",
        code_label="Keep it on your phone: demo-borough.example",
    )


def staff_rows(count: int) -> tuple[v.StaffRow, ...]:
    states = (
        "Printed",
        "Not printed yet",
        "Unknown: look at the printer",
        "Held in the printer",
        "Sent, not confirmed",
    )
    return tuple(
        v.StaffRow(
            f"{9 + at}:30am",
            f"A04{at}",
            ("Council tax", "Housing application interview", "Blue badge")[at % 3],
            states[at % 5],
            v.Button("Print" if at == 1 else f"Reprint (copy {at + 2})", StaffPrintAsked(str(at))),
        )
        for at in range(count)
    )


def _sign_in(typed: int, problem: str = "") -> v.SignIn:
    return v.SignIn(
        "Staff: type your PIN",
        "Your badge has been read",
        typed,
        tuple(v.Button(digit, PinDigit(digit)) for digit in "1234567890"),
        v.Button("Delete", PinDeleted()),
        v.Button("Sign in", PinEntered()),
        problem,
    )
