"""Addresses of the statistics. The number of a statistic stands in them and lasts."""

from django.urls import URLPattern, URLResolver, path

from huiyin.reporting.statistics import views

app_name = "statistics"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.catalogue, name="catalogue"),
    path("years/", views.years, name="years"),
    path("tables/<slug:code>/", views.table, name="table"),
    path("<slug:code>/rows/", views.rows, name="rows"),
]
