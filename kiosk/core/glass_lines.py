"""What the service and the glass say to each other, one line of JSON each (`kiosk.core.frames`).

Responsible for: the two sets of messages on the glass's socket, and the panel's real size.
Not responsible for: starting processes or moving bytes.

The second pair of sets is the finger: a separate socket that only a rehearsal opens. It touches the glass at
a point, as a finger would, looks where things are, and takes pictures. It can send no event.
"""

from dataclasses import dataclass

from kiosk.core.keyboards import WrittenKeyboard
from kiosk.core.keypad import KeyMeaning
from kiosk.core.touches import TouchEvent
from kiosk.core.views import View


@dataclass(frozen=True, slots=True)
class Panel:
    """The glass's real size; every size on it is computed from its millimetres."""

    width_px: int = 1080
    height_px: int = 1920
    width_mm: float = 268.0
    height_mm: float = 476.0


@dataclass(frozen=True, slots=True)
class Outfit:
    """What a glass is given when it is started, beside its panel: it reads no settings.

    Attributes:
        keypad: the only keys that mean anything; every other one is swallowed.
        again_s: seconds before the same control acts again.
        keyboards: which keys there are for each kind of field.
    """

    keypad: tuple[KeyMeaning, ...] = ()
    again_s: float = 0.5
    keyboards: tuple[WrittenKeyboard, ...] = ()


@dataclass(frozen=True, slots=True)
class Show:
    """Draw this now; a hidden spare becomes visible with its first one."""

    serial: int
    view: View


@dataclass(frozen=True, slots=True)
class Ping:
    """Say that the main loop still turns."""

    serial: int


ToGlass = Show | Ping


@dataclass(frozen=True, slots=True)
class Ready:
    """The glass has its window and can draw."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The frame with this view has been given to the display."""

    serial: int


@dataclass(frozen=True, slots=True)
class Did:
    """A person did this."""

    event: TouchEvent


@dataclass(frozen=True, slots=True)
class Pong:
    """The main loop turned."""

    serial: int


@dataclass(frozen=True, slots=True)
class Broke:
    """A view could not be drawn; the place is a file and line, never a value."""

    serial: int
    place: str


FromGlass = Ready | Shown | Did | Pong | Broke


@dataclass(frozen=True, slots=True)
class Press:
    """Put a finger down at a point (pixels from the top left) and lift it there.

    Attributes:
        after_s: how long the person is taken to have waited before; repeats within a second are refused.
    """

    x: float
    y: float
    after_s: float = 2.0


@dataclass(frozen=True, slots=True)
class Slide:
    """Put a finger down at one point and lift it at another, as somebody who thought better of it."""

    x: float
    y: float
    to_x: float
    to_y: float


@dataclass(frozen=True, slots=True)
class RestAndPress:
    """Rest one finger at a point, press another point meanwhile, then lift the first."""

    x: float
    y: float
    other_x: float
    other_y: float


@dataclass(frozen=True, slots=True)
class Strike:
    """Strike a key of a hardware keyboard, as somebody who found a socket for one.

    Attributes:
        key: number of the key as Kivy counts them (27 is Escape).
        character: what it writes, or empty.
        held: ``ctrl``, ``alt``, ``shift``, ``meta``.
        code: usage of the key on the keyboard page of USB HID (`kiosk.core.keypad`); 0 for none.
        after_s: how long the person is taken to have waited before.
        lifted: the key is lifted afterwards; one that is held comes again and again without.
    """

    key: int
    character: str = ""
    held: tuple[str, ...] = ()
    code: int = 0
    after_s: float = 2.0
    lifted: bool = True


@dataclass(frozen=True, slots=True)
class Look:
    """Say what is on the glass and where; with every text as it is drawn, if those are wanted too."""

    texts: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """Write what is on the glass to a file: PNG, or PPM if its name ends so, which is quicker."""

    path: str


@dataclass(frozen=True, slots=True)
class Stand:
    """Put each view in its place and say where everything stands; nothing is drawn for it.

    Attributes:
        round_code: also go round each by this key (as in `Strike`), and say what the ring came to; 0 for no.
        pictures: draw each after all, once, and write it to the file of the same turn; empty for no.
    """

    views: tuple[View, ...]
    round_code: int = 0
    pictures: tuple[str, ...] = ()


ToFinger = Press | Slide | RestAndPress | Strike | Look | Picture | Stand


@dataclass(frozen=True, slots=True)
class Told:
    """What a program that reads screens is told of a target beside its name and its state.

    Attributes:
        language: of its words.
        live: ``polite`` or ``assertive``: say it when it comes; empty, it waits to be read.
        value: what a field holds; of a PIN only how many digits. at: where its caret stands.
        detail: what else belongs to it: what is wrong with a field, whose answer a button changes.
        required, wrong: of a field. many: of an option, others may be chosen beside it.
    """

    language: str = ""
    live: str = ""
    value: str = ""
    at: int = 0
    detail: str = ""
    required: bool = False
    wrong: bool = False
    many: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """One thing on the glass: what it is, what it says, where it is (pixels from the top left).

    Attributes:
        role: ``button``, ``option``, ``key``, ``field``, ``secret``, ``text``, ``heading``, ``code`` or
            ``picture``.
        name: what it says or is called; for a key, the character or word on it.
        touchable: it acts when touched.
        selected: chosen option, field that is typed into.
        focused: the keypad's ring is around it.
    """

    role: str
    name: str
    x: float
    y: float
    width: float
    height: float
    touchable: bool = False
    selected: bool = False
    focused: bool = False
    told: Told = Told()


@dataclass(frozen=True, slots=True)
class Lettered:
    """One text as it is drawn, also one on a button (pixels from the top left).

    Attributes:
        cap_mm: height of its capitals as drawn. is_cut: its place is too small for it.
        language: of the text. line_em: from baseline to baseline, as a multiple of the size of the letters.
    """

    text: str
    x: float
    y: float
    width: float
    height: float
    cap_mm: float
    is_cut: bool
    language: str = "en"
    line_em: float = 1.32


@dataclass(frozen=True, slots=True)
class Seen:
    """What is on the glass: the kind of body, the serial of the view, and every target in reading order.

    Attributes:
        texts: as they are drawn, where they were asked for.
        reached: what the ring of the keypad came to, where it was to go round.
    """

    body: str
    serial: int
    targets: tuple[Target, ...]
    texts: tuple[Lettered, ...] = ()
    reached: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class Stood:
    """Where everything of several views stands, in their order."""

    seen: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class Pressed:
    """The press was delivered; `frame_ms` until the frame after it was given to the display."""

    frame_ms: float


@dataclass(frozen=True, slots=True)
class Pictured:
    """The picture is on disk."""

    path: str


@dataclass(frozen=True, slots=True)
class FingerRefused:
    """What was asked cannot be done."""

    reason: str


FromFinger = Seen | Stood | Pressed | Pictured | FingerRefused
