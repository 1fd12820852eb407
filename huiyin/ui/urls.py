"""Addresses of saved views, of exports and of the gallery."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, path

from huiyin.ui import views

app_name = "ui"

urlpatterns: list[URLPattern | URLResolver] = [
    path("views/keep/", views.save_view, name="save_view"),
    path("views/<str:key>/rename/", views.rename_view, name="rename_view"),
    path("views/<str:key>/delete/", views.delete_view, name="delete_view"),
    path("exports/<str:key>/", views.export, name="export"),
    path("exports/<str:key>/file/", views.export_file, name="export_file"),
]

# The gallery shows nothing secret, but an office has no use for it.
if settings.DEBUG or settings.HUIYIN_DEMO:
    from huiyin.ui import styleguide

    urlpatterns += styleguide.urlpatterns
