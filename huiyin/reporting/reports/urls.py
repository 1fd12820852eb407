"""Addresses of reports. They carry keys, never row ids."""

from django.urls import URLPattern, path

import huiyin.suggestions.urls  # noqa: F401 - registers the converter case_key
from huiyin.reporting.reports import earlier, views
from huiyin.reporting.reports.counted import counted

app_name = "reports"

urlpatterns: list[URLPattern] = [
    path("", views.rows, name="list"),
    path("new/", views.new, name="new"),
    path("rows/<case_key:session>/<str:day>/<str:code>/", counted, name="rows"),
    path("rows/<case_key:session>/<str:day>/<int:known>/<str:code>/", counted, name="rows_known"),
    path("earlier/", earlier.rows, name="earlier"),
    path("earlier/new/", earlier.new, name="earlier_new"),
    path("earlier/<case_key:key>/", earlier.one, name="earlier_one"),
    path("<case_key:key>/", views.one, name="one"),
    path("<case_key:key>/text/<slug:block>/", views.write, name="write"),
    path("<case_key:key>/issue/", views.issue, name="issue"),
    path("<case_key:key>/paper.<slug:ending>", views.paper, name="paper"),
]
