import django.db.models.deletion
from django.db import migrations, models

from huiyin.ledger.triggers import Protect


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Chain",
            fields=[
                ("key", models.CharField(max_length=22, primary_key=True, serialize=False)),
                ("head_seq", models.BigIntegerField(default=0)),
                (
                    "head_hash",
                    models.CharField(
                        default="0000000000000000000000000000000000000000000000000000000000000000",
                        max_length=64,
                    ),
                ),
                ("head_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "chain of the record",
                "verbose_name_plural": "chains of the record",
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "chain",
                        "seq",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("seq", models.BigIntegerField()),
                ("at", models.DateTimeField(verbose_name="when")),
                ("back_dated", models.BooleanField(default=False, verbose_name="back-dated")),
                ("person_key", models.CharField(blank=True, max_length=22)),
                ("post_key", models.CharField(blank=True, max_length=22)),
                ("role", models.CharField(max_length=40)),
                ("on_behalf_of", models.CharField(blank=True, max_length=22)),
                ("via", models.CharField(max_length=20)),
                ("action", models.CharField(max_length=80)),
                ("subject_type", models.CharField(max_length=40)),
                ("subject_key", models.CharField(max_length=64)),
                ("before", models.CharField(blank=True, max_length=200)),
                ("after", models.CharField(blank=True, max_length=200)),
                ("why_digest", models.CharField(blank=True, max_length=64)),
                ("facts", models.JSONField(default=list)),
                ("alg", models.CharField(max_length=10)),
                ("prev", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
                (
                    "chain",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="ledger.chain",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of the record",
                "verbose_name_plural": "lines of the record",
            },
        ),
        migrations.CreateModel(
            name="IdempotencyKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                ("person_key", models.CharField(max_length=22)),
                ("action", models.CharField(max_length=80)),
                ("result", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("replays", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "form already sent",
                "verbose_name_plural": "forms already sent",
                "constraints": [
                    models.UniqueConstraint(fields=("person_key", "key"), name="form_sent_once")
                ],
            },
        ),
        Protect("ledger_entry"),
    ]
