"""What Telegram can carry: the channel's limits as a table (docs/channels.md shows the same)."""

from __future__ import annotations

from typing import Final

#: Characters of one message, counted as Telegram counts them: in UTF-16 units.
LONGEST_TEXT: Final = 4096
#: Bytes of what comes back when a button is pressed.
LONGEST_CALLBACK: Final = 64
#: Buttons under one message.
MOST_BUTTONS: Final = 100
#: More choices than these, or longer titles, stand in words too: who cannot see them on a button can read them.
READABLE_BUTTONS: Final = 8
READABLE_TITLE: Final = 36
#: Characters of the titles in one row of buttons, so that a small screen shows them whole.
ROW: Final = 24
MOST_IN_A_ROW: Final = 3

#: What is fetched and kept for staff; larger files are not given to bots.
FILES: Final = ("photo", "video", "video_note", "animation", "document")
LARGEST_FILE: Final = 20 * 1024 * 1024

#: What cannot be read here, and the words that say what to do instead.
UNREADABLE: Final = {
    "voice": "utter_telegram_no_voice",
    "audio": "utter_telegram_no_voice",
    "sticker": "utter_telegram_no_sticker",
    "contact": "utter_telegram_no_contact",
    "location": "utter_telegram_no_location",
    "venue": "utter_telegram_no_location",
}
#: Anything else that has neither text nor a file.
UNKNOWN: Final = "utter_telegram_unreadable"
