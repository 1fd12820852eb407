"""Line icons of our own drawing, on a 24 × 24 grid, 1.75 wide, in the colour of the text.

They stand beside words, never in their place, and are therefore silent to a screen reader.
"""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

DRAWINGS = {
    "alert": '<path d="M12 3.5 2.8 19.5h18.4z"/><path d="M12 10v4.5M12 17.2v.1"/>',
    "arrow": '<path d="M4.5 12h15M13.5 6l6 6-6 6"/>',
    "back": '<path d="M19.5 12h-15M10.5 6l-6 6 6 6"/>',
    "bell": '<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15z"/><path d="M10 20.5h4"/>',
    "calendar": '<path d="M4 6h16v14.5H4zM4 10.5h16M8.5 3.5V7M15.5 3.5V7"/>',
    "chart": '<path d="M4 20h16M7 20v-6M12 20V5M17 20v-9.5"/>',
    "check": '<path d="m4.5 12.5 5 5 10-11"/>',
    "close": '<path d="m6 6 12 12M18 6 6 18"/>',
    "contrast": '<circle cx="12" cy="12" r="8.5"/><path d="M12 3.5v17a8.5 8.5 0 0 0 0-17z" '
    'fill="currentColor"/>',
    "copy": '<path d="M8.5 8.5h11v11h-11z"/><path d="M15.5 8.5v-4h-11v11h4"/>',
    "down": '<path d="m6 9.5 6 6 6-6"/>',
    "download": '<path d="M12 4v11.5M7 11l5 5 5-5M4.5 20h15"/>',
    "edit": '<path d="M4.5 19.5v-4L15.8 4.2l4 4L8.5 19.5z"/><path d="m13 7 4 4"/>',
    "file": '<path d="M6 3.5h8l4.5 4.5v12.5H6z"/><path d="M13.5 3.5V8.5h5"/>',
    "filter": '<path d="M3.5 6.5h17M7 12h10M10.5 17.5h3"/>',
    "help": '<circle cx="12" cy="12" r="8.5"/><path d="M9.5 9.8a2.5 2.5 0 1 1 3.6 '
    "2.3c-.8.4-1.1.9-1.1 "
    '1.7M12 16.6v.1"/>',
    "home": '<path d="m3.5 11.5 8.5-7 8.5 7"/><path d="M6 9.8v9.7h12V9.8M10 19.5v-5h4v5"/>',
    "inbox": '<path d="M4 5h16v14H4z"/><path d="M4 13.5h4.5l1.5 2.5h4l1.5-2.5H20"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.7v.1"/>',
    "keyboard": '<path d="M3 6.5h18v11H3z"/><path d="M6.5 10h.1M10 10h.1M14 10h.1M17.5 10h.1M8 '
    '14h8"/>',
    "language": '<path d="M3.5 6h10M8.5 3.5V6M11 6c-.6 3.6-3 6.6-6.5 8.3M6.5 9c1 2.2 2.8 4 5 5"/>'
    '<path d="m11.5 20.5 4.3-10 4.2 10M13 17.3h5.6"/>',
    "list": '<path d="M8.5 6.5H20M8.5 12H20M8.5 17.5H20M4 6.5h.1M4 12h.1M4 17.5h.1"/>',
    "lock": '<path d="M5.5 10.5h13v9.5h-13z"/><path d="M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "minus": '<path d="M5 12h14"/>',
    "moon": '<path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z"/>',
    "next": '<path d="m9.5 5.5 6.5 6.5-6.5 6.5"/>',
    "people": '<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 19.5c.6-3.6 3-5.5 6.5-5.5s5.9 1.9 '
    "6.5 5.5M15.5 "
    '5.3a3.5 3.5 0 0 1 0 6.4M17.5 14.5c2.2.7 3.6 2.4 4 5"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20c.7-4 3.4-6 7.5-6s6.8 2 7.5 6"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "previous": '<path d="M14.5 5.5 8 12l6.5 6.5"/>',
    "print": '<path d="M7 9V3.5h10V9M7 17H4V9h16v8h-3"/><path d="M7 14h10v6.5H7z"/>',
    "reply": '<path d="m9 5.5-5 5 5 5"/><path d="M4 10.5h9.5a6 6 0 0 1 6 6v2"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
    "send": '<path d="m3.5 11 17-7-6.5 17-3.5-7z"/><path d="m10.5 14 4.5-4.5"/>',
    "settings": '<path d="M4 7h9M17.5 7H20M4 17h2.5M11 17h9"/><circle cx="15.2" cy="7" r="2.2"/>'
    '<circle cx="8.8" cy="17" r="2.2"/>',
    "sign-out": '<path d="M13.5 4h-8v16h8M10.5 12h10M16.5 8l4 4-4 4"/>',
    "star": '<path d="m12 3.5 2.6 5.5 6 .8-4.4 4.2 1.1 6-5.3-3-5.3 3 1.1-6L3.4 9.8l6-.8z"/>',
    "sun": '<circle cx="12" cy="12" r="4"/><path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 '
    "7M17 17l1.4 "
    '1.4M5.6 18.4 7 17M17 7l1.4-1.4"/>',
    "trash": '<path d="M4.5 6.5h15M9 6.5v-3h6v3M6.5 6.5l1 14h9l1-14M10 10.5v6M14 10.5v6"/>',
    "type": '<path d="m2.5 19 5-13.5h1L13.5 19M4.5 14.5h7"/><path d="m14.5 19 3-8h.8l3.2 8M15.6 '
    '16.2h5"/>',
    "up": '<path d="m6 14.5 6-6 6 6"/>',
    "upload": '<path d="M12 16V4.5M7 9l5-5 5 5M4.5 20h15"/>',
}

# The four lights differ by shape as well as by colour.
LIGHTS = {
    "normal": '<circle cx="6" cy="6" r="5"/>',
    "near": '<circle cx="6" cy="6" r="4.5" fill="none" stroke-width="1.2"/>'
    '<path d="M6 1.5a4.5 4.5 0 0 1 0 9z" stroke="none"/>',
    "late": '<path d="M6 .8 11.6 11H.4z" stroke="none"/>',
    "still": '<circle cx="6" cy="6" r="4.4" fill="none" stroke-width="1.6"/>',
}


def icon(name: str) -> SafeString:
    """Raises ``KeyError`` for a name that was never drawn: a typing error should be seen."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        mark_safe(DRAWINGS[name]),  # noqa: S308 - drawn above
    )


def light_mark(name: str) -> SafeString:
    return format_html(
        '<svg viewBox="0 0 12 12" aria-hidden="true" focusable="false">{}</svg>',
        mark_safe(LIGHTS[name]),  # noqa: S308 - drawn above
    )
