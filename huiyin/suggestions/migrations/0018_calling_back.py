"""Ratings that are called back: the draws, the ratings that stood in them, the calls."""

import django.db.models.deletion
from django.db import migrations, models

import huiyin.kernel.fields
import huiyin.kernel.ids
from huiyin.ledger.triggers import Protect


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_sign_in_traces"),
        ("organisations", "0006_mandate_clauses"),
        ("suggestions", "0017_rating_flags"),
    ]

    operations = [
        migrations.CreateModel(
            name="CallBackDraw",
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
                ("ordinal", models.PositiveSmallIntegerField()),
                ("seed", models.CharField(max_length=80, verbose_name="seed")),
                (
                    "declared",
                    models.CharField(max_length=200, verbose_name="where the seed was made public"),
                ),
                ("percent", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="call_back_draws",
                        to="organisations.session",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="InDraw",
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
                ("drawn", models.BooleanField()),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to="suggestions.callbackdraw",
                    ),
                ),
                (
                    "rating",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="in_draw",
                        to="suggestions.rating",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="CallBack",
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
                (
                    "heard",
                    models.CharField(
                        choices=[
                            ("own", "It is his own and true"),
                            ("otherwise", "He says otherwise"),
                            ("not_reached", "Not reached"),
                        ],
                        max_length=12,
                        verbose_name="what the deputy says",
                    ),
                ),
                ("held_on", models.DateField(verbose_name="held on")),
                ("gist", models.TextField(blank=True, verbose_name="what was said")),
                ("at", models.DateTimeField()),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "drawn",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="suggestions.indraw",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="callbackdraw",
            constraint=models.UniqueConstraint(
                fields=("session", "ordinal"), name="call_back_draw_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="callbackdraw",
            constraint=models.CheckConstraint(
                condition=models.Q(("percent__gte", 1), ("percent__lte", 100)),
                name="call_back_draw_share",
            ),
        ),
        migrations.AddConstraint(
            model_name="callback",
            constraint=models.CheckConstraint(
                condition=models.Q(("heard__in", ["own", "otherwise", "not_reached"])),
                name="call_back_heard_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="callback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("heard", "otherwise"), _negated=True),
                    models.Q(("gist", ""), _negated=True),
                    _connector="OR",
                ),
                name="call_back_otherwise_says_what",
            ),
        ),
        Protect("suggestions_callbackdraw", "suggestions_indraw", "suggestions_callback"),
    ]
