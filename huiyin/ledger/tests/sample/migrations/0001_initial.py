import django.db.models.deletion
from django.db import migrations, models

import huiyin.kernel.fields
import huiyin.kernel.ids
from huiyin.ledger.triggers import Protect


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Careless",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    huiyin.kernel.fields.KeyField(
                        default=huiyin.kernel.ids.new_key,
                        editable=False,
                        max_length=22,
                        unique=True,
                    ),
                ),
                ("weight", models.FloatField(default=0.5)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Deed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    huiyin.kernel.fields.KeyField(
                        default=huiyin.kernel.ids.new_key,
                        editable=False,
                        max_length=22,
                        unique=True,
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField(blank=True)),
                (
                    "mood",
                    models.CharField(
                        choices=[("calm", "Calm"), ("stern", "Stern")], default="calm", max_length=5
                    ),
                ),
                ("said", models.JSONField(default=dict, null=True)),
                ("at", models.DateTimeField(null=True)),
                ("on", models.DateField(null=True)),
                ("count", models.IntegerField(null=True)),
                ("sum", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("urgent", models.BooleanField(default=False)),
                ("echo", models.CharField(blank=True, max_length=20)),
                (
                    "after",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="ledger_sample.deed",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        Protect("ledger_sample_careless", "ledger_sample_deed"),
    ]
