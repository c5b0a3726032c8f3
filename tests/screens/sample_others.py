"""The same in Welsh, which is longer, and in Arabic, which runs the other way."""

from collections.abc import Iterator
from dataclasses import replace

from kiosk.core import views as v
from kiosk.core.events import Left, Sent, WentBack
from tests.screens.sample_parts import (
    ADDRESS,
    ARABIC,
    ARABIC_GROUPS,
    ARABIC_KEYS,
    WELSH,
    WELSH_ANSWERS,
    WELSH_GROUPS,
    WELSH_KEYS,
    confirmation,
    menu,
    options,
    question,
    wrong,
)

Views = Iterator[tuple[str, v.View]]


def _welsh_questions() -> Views:
    plain = replace(WELSH, title="")
    yield "cy-menu-groups", v.View(plain, menu("Beth sydd ei angen arnoch heddiw?", WELSH_GROUPS))
    yield (
        "cy-question-choice",
        v.View(
            WELSH,
            question(
                "Pa fin a gollwyd?",
                options(
                    (
                        "Llwyd: gwastraff cyffredinol",
                        "Brown: gwastraff gardd",
                        "Glas: papur a cherdyn",
                        "Gwyrdd: gwydr, tuniau a phlastig",
                    ),
                    (1,),
                ),
                "Parhau",
                hint="Dewiswch yr un na chafodd ei wagio",
                **wrong(("", "Dewiswch pa fin a gollwyd"), heading="Mae problem"),
            ),
        ),
    )


def _welsh_address() -> Views:
    fields = replace(
        ADDRESS,
        keys=WELSH_KEYS,
        fields=tuple(
            replace(field, label=label)
            for field, label in zip(
                ADDRESS.fields,
                (
                    "Cod post",
                    "Llinell gyfeiriad 1",
                    "Llinell gyfeiriad 2, os oes gennych un",
                    "Tref neu ddinas",
                ),
                strict=True,
            )
        ),
    )
    yield (
        "cy-question-address-problem",
        v.View(
            WELSH,
            question(
                "Beth yw cyfeiriad yr eiddo lle na chafodd y bin ei gasglu?",
                fields,
                "Parhau",
                **wrong(
                    ("postcode", "Rhowch god post llawn y DU, fel AA3 1AB"),
                    ("line_1", "Rhowch linell gyfeiriad 1, fel arfer yr adeilad a'r stryd"),
                    ("town", "Rhowch dref neu ddinas"),
                    heading="Mae problem",
                ),
            ),
        ),
    )


def _welsh_endings() -> Views:
    yield (
        "cy-review",
        v.View(
            WELSH,
            v.Review(
                "Gwiriwch eich atebion cyn eu hanfon",
                WELSH_ANSWERS,
                v.Button("Anfon yr adroddiad", Sent()),
                "Cyffyrddwch â Newid i gywiro rhywbeth",
            ),
        ),
    )
    yield (
        "cy-notice",
        v.View(
            WELSH,
            v.Notice(
                v.Tone.CAUTION,
                "Ni wnaethom ddod o hyd i'ch apwyntiad ar gyfer heddiw",
                (
                    "Gwiriwch yr hyn a deipioch, neu ewch at aelod o staff wrth ddesg y dderbynfa",
                    "Gallant ddod o hyd iddo a'ch cofrestru",
                ),
                (v.Button("Gwirio'r hyn a deipiais", WentBack()), v.Button("Gorffen", Left())),
            ),
        ),
    )


def _arabic_screens() -> Views:
    plain = replace(ARABIC, title="")
    yield "ar-menu-groups", v.View(plain, menu("ماذا تحتاج اليوم؟", ARABIC_GROUPS))
    yield (
        "ar-question-choice",
        v.View(
            ARABIC,
            question(
                "أي حاوية لم تُفرغ؟",
                options(
                    ("الرمادية: النفايات العامة", "البنية: نفايات الحديقة", "الزرقاء: الورق والكرتون"), (1,)
                ),
                "متابعة",
                **wrong(("", "اختر الحاوية التي لم تُفرغ"), heading="هناك مشكلة"),
            ),
        ),
    )
    yield (
        "ar-question-name",
        v.View(
            ARABIC,
            question(
                "ما اسمك الكامل؟", v.Fields((v.Field("text", "", "", chars=30),), ARABIC_KEYS), "متابعة"
            ),
        ),
    )
    yield (
        "ar-confirmation",
        v.View(
            replace(ARABIC, back=None),
            replace(
                confirmation(v.Paper(v.Tone.GOOD, "خذ تذكرتك", "إنها في الطابعة أسفل هذه الشاشة")),
                heading="تم تسجيل حضورك",
                number_label="رقمك",
                reference_label="رقمك المرجعي",
                next_heading="ماذا يحدث بعد ذلك",
                next=("اجلس في منطقة الانتظار على يسارك", "سيُنادى على رقمك"),
                finish=v.Button("إنهاء", Left()),
                code_label="احتفظ به على هاتفك: \u2066demo-borough.example\u2069",
            ),
        ),
    )


def others() -> Views:
    for views in (
        _welsh_questions,
        _welsh_address,
        _welsh_endings,
        _arabic_screens,
    ):
        yield from views()
