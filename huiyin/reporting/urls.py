"""Addresses of the statistics, one include for each topic."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "reporting"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("huiyin.reporting.boards.urls")),
    path("check-table/", include("huiyin.reporting.checking.urls")),
    path("queries/", include("huiyin.reporting.queries.urls")),
    path("reports/", include("huiyin.reporting.reports.urls")),
    path("statistics/", include("huiyin.reporting.statistics.urls")),
]
