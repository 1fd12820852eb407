"""The address of the page where published tables are checked."""

from django.urls import path

from huiyin.reporting.checking import views

app_name = "checking"

urlpatterns = [path("", views.page, name="page")]
