"""Invented names in twenty scripts, and what people and machines put around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

GIVEN = (
    "Hạnh", "Zoë", "Łucja", "İpek", "Siân", "Γιώργος", "Дмитрий", "Ռուբեն", "ნინო", "محمد", "علاء", "שרה",
    "प्रिया", "আনিকা", "ਗੁਰਪ੍ਰੀਤ", "આરતી", "தமிழ்", "లక్ష్మి", "ಕಾವ್ಯ", "മീര", "නිමල්", "อารี", "ຄຳ", "မြ",
    "សុខា", "ሰላም", "太郎", "さくら", "小明", "철수", "Anne-Marie", "Mary Ann", "O", "Ng", "D'Arcy", "Jean 2",
)  # fmt: skip
FAMILY = (
    "Nguyễn", "O'Neil", "Łukasiewicz", "Öztürk", "Παπαδόπουλος", "Соколов", "Հակոբյան", "კაპანაძე", "عبد الله",
    "כהן", "शर्मा", "রহমান", "ਸਿੰਘ", "પટેલ", "செல்வம்", "రెడ్డి", "ಗೌಡ", "നായർ", "පෙරේරා", "แก้ว", "ວົງ", "အောင်",
    "ចាន់", "ተስፋዬ", "山田", "タナカ", "王", "김", "Smith-Jones", "de la Cruz", "van 't Hoff", "MacĀuley", "Ødegård",
)  # fmt: skip
ODD = (
    "<b>{}</b>", "=1+1 {}", "+{}", "-{}", "@{}", "../{}", "..\\{}", "{}; DROP TABLE clients", '"{}"', "{} 😀",
    "{} & Co", "%s {}", "{{{}}}", "CON {}", "nul.{}", "{}.", "{}, M.D.", "*{}?", "C:{}", "{}|more", "'{}", "$({})",
    "{} NULL", "&lt;{}&gt;", "{}\u2019s", "{}\u00a0II", "\u202b{}\u202c", "{}\u200d", "#{}", "~{}", "`{}`", "{}\t2",
)  # fmt: skip


def a_name(chance: random.Random) -> tuple[str, str]:
    """Make a given and a family name; every third has something odd about it."""
    given, family = chance.choice(GIVEN), chance.choice(FAMILY)
    if chance.random() < 0.15:
        given += f" {chance.choice(GIVEN)}"
    if chance.random() < 0.35:
        given = chance.choice(ODD).format(given)
    if chance.random() < 0.1:
        family = chance.choice(ODD).format(family)
    if chance.random() < 0.02:
        given = f"{given} {'ab 山 ' * 50}".strip()
    return given, family
