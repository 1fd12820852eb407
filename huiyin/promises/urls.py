"""Addresses of the promises. They carry keys, never numbers or row ids."""

from django.urls import URLPattern, URLResolver, path

from huiyin.promises.views import ledger, looking_back, yearly

app_name = "promises"

urlpatterns: list[URLPattern | URLResolver] = [
    path("promises/", ledger.promises, name="list"),
    path("promises/kept/", yearly.followed_up, name="followed_up"),
    path("promises/new-year/", yearly.roll, name="roll"),
    path("promises/state/", yearly.return_slips, name="slips"),
    path("promises/state/<case_key:key>/<int:year>/", yearly.return_slip, name="slip"),
    path(
        "promises/state/<case_key:key>/<int:year>/letter.<slug:ending>",
        yearly.letter,
        name="letter",
    ),
    path("promises/look-back/", looking_back.look_backs, name="look_backs"),
    path("promises/look-back/<case_key:key>/", looking_back.look_back, name="look_back"),
    path("promises/look-back/reply/<case_key:key>/", looking_back.item, name="item"),
    path("promises/<case_key:key>/", ledger.promise, name="promise"),
    path("promises/<case_key:key>/file/<case_key:attachment_key>/", ledger.evidence, name="file"),
    path("promises/<case_key:key>/step/<slug:name>/", ledger.step, name="step"),
]
