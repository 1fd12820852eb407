"""The gallery: every component and archetype with sample content, for eyes and screenshots.

``?language=en|zh-hans``, ``?theme=light|dark``, ``?type=large`` and ``?density=compact`` show a
page as another reader would see it.
"""

from django.urls import URLPattern, path

from huiyin.ui.styleguide import views

urlpatterns: list[URLPattern] = [
    path("styleguide/", views.gallery, name="styleguide"),
    path("styleguide/<slug:name>/", views.archetype, name="archetype"),
]
