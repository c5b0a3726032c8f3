"""A sentence with a ticket, a telephone number, an amount and a postcode in each of the 16 languages.

They show that every letter has a glyph; they are not the product's words, and no native reader has checked
them.
"""

from typing import Final

from kiosk.core.bidi import isolate

_NUMBERS: Final = {
    "t": isolate("A042"),
    "p": isolate("0300 123 4567"),
    "m": isolate("£12.50"),
    "c": isolate("SW1A 1AA"),
}

_SENTENCES: Final[dict[str, str]] = {
    "en": "Your ticket is {t}. Call {p}. The fee is {m}. Our postcode is {c}.",
    "cy": "Eich tocyn yw {t}. Ffoniwch {p}. Y ffi yw {m}. Cod post: {c}. Tŷ, dŵr, Ŵyn, Ŷd.",
    "pl": "Twój bilet to {t}. Zadzwoń: {p}. Opłata wynosi {m}. Kod: {c}. Źdźbło, żółć, Łąka.",
    "ro": "Biletul este {t}. Sunați la {p}. Taxa este {m}. Codul poștal: {c}. Țară, Știință.",
    "pa": "ਤੁਹਾਡਾ ਟਿਕਟ ਨੰਬਰ {t} ਹੈ। {p} 'ਤੇ ਫ਼ੋਨ ਕਰੋ। ਫ਼ੀਸ {m} ਹੈ। ਸਾਡਾ ਪੋਸਟਕੋਡ {c} ਹੈ।",
    "ur": "آپ کا ٹکٹ نمبر {t} ہے۔ {p} پر فون کریں۔ فیس {m} ہے۔ ہمارا پوسٹ کوڈ {c} ہے۔",
    "pt": "A sua senha é {t}. Ligue {p}. A taxa é {m}. O código postal é {c}. Ação, pão, às.",
    "es": "Su turno es {t}. Llame al {p}. ¿La tasa? {m}. Código postal: {c}. ¡Mañana, pingüino!",
    "ar": "رقم تذكرتك {t}. اتصل على {p}. الرسوم {m}. رمزنا البريدي {c}. شُكْرًا لَكُم؟",
    "bn": "আপনার টিকিট নম্বর {t}। ফোন করুন {p}। ফি {m}। আমাদের পোস্টকোড {c}। ক্ষমা, বিজ্ঞান।",
    "gu": "તમારો ટિકિટ નંબર {t} છે. {p} પર ફોન કરો. ફી {m} છે. અમારો પોસ્ટકોડ {c} છે. ક્ષમા.",
    "it": "Il suo numero è {t}. Chiami {p}. La tariffa è {m}. Il codice è {c}. Perché, città.",
    "tr": "Bilet numaranız {t}. {p} numarasını arayın. Ücret {m}. Posta kodu {c}. İğne, ışık, şey.",
    "uk": "Ваш талон {t}. Телефонуйте {p}. Плата {m}. Наш індекс {c}. Ґанок, їжак, є, об’єкт.",
    "zh": "您的号码是{t}。请致电{p}。费用为{m}。我们的邮编是{c}。请在“服务台”等候……",
    "so": "Tigidhkaagu waa {t}. Wac {p}. Khidmaddu waa {m}. Koodhka boostadu waa {c}. Su'aal, ma'aan.",
}

SAMPLES: Final = {language: sentence.format(**_NUMBERS) for language, sentence in _SENTENCES.items()}
