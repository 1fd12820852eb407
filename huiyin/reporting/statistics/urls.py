"""Addresses of the statistics. The number of a statistic stands in them and lasts."""

from django.urls import URLPattern, URLResolver, path

from huiyin.reporting.statistics import views

app_name = "statistics"

urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:code>/rows/", views.rows, name="rows"),
]
