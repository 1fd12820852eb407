"""The rooms' addresses. Each room writes its own prefix, so that one file shows a whole address."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("huiyin.accounts.urls")),
    path("", include("huiyin.outbox.urls")),
    path("", include("huiyin.documents.urls")),
    path("", include("huiyin.ui.urls")),
    path("", include("huiyin.suggestions.urls")),
    path("", include("huiyin.promises.urls")),
    path("", include("huiyin.supervision.urls")),
    path("", include("huiyin.reporting.urls")),
    path("", include("huiyin.web.urls")),
]

# Sign-in by one click exists nowhere else, not even as an address.
if settings.HUIYIN_DEMO:
    urlpatterns.append(path("", include("huiyin.demo.urls")))

handler400 = "huiyin.ui.errors.bad_request"
handler403 = "huiyin.ui.errors.not_permitted"
handler404 = "huiyin.ui.errors.not_found"
handler500 = "huiyin.ui.errors.server_error"
