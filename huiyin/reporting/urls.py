from django.urls import URLPattern, URLResolver, include, path

app_name = "reporting"

urlpatterns: list[URLPattern | URLResolver] = [
    path("reports/", include("huiyin.reporting.reports.urls")),
    path("statistics/", include("huiyin.reporting.statistics.urls")),
]
