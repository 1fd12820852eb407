"""What this room's lines on record are called."""

from django.utils.translation import gettext_lazy as _

from huiyin.ledger import words

words.register(
    {
        "account.sign_in": _("Signed in"),
        "account.sign_in_failed": _("Sign-in failed"),
        "account.sign_in_held_up": _("Sign-in held up after too many tries"),
        "account.sign_out": _("Signed out"),
        "account.password": _("Password changed"),
        "account.activation_issued": _("Activation code issued"),
        "account.activate": _("Account activated"),
        "account.disable": _("Account closed"),
        "account.enable": _("Account opened again"),
        "account.end_sessions": _("All sessions ended"),
        "person.enter": _("Person entered"),
        "person.change": _("Person's particulars changed"),
        "post.give": _("Post given"),
        "post.change": _("Post's particulars changed"),
        "post.end": _("Post ended"),
        "post.term": _("Mandate ends with its term"),
        "post.suspend": _("Mandate suspended"),
        "post.resume": _("Mandate resumed"),
        "feed.open": _("Calendar address made"),
        "feed.close": _("Calendar address made void"),
        "post.use": _("Changed to another post"),
    }
)
