"""Addresses of queries."""

from django.urls import path

from huiyin.reporting.queries import views

app_name = "queries"

urlpatterns = [
    path("", views.builder, name="builder"),
    path("list/", views.listed, name="list"),
    path("cross/", views.crossed, name="cross"),
    path("save/", views.save, name="save"),
    path("<str:key>/", views.opened, name="opened"),
    path("<str:key>/delete/", views.forget, name="forget"),
]
