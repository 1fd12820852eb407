from django.apps import AppConfig


class SampleConfig(AppConfig):
    name = "huiyin.ledger.tests.sample"
    label = "ledger_sample"
