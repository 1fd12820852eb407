"""More channels, the daily digest, wishes, and what the tick keeps of its runs."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import huiyin.kernel.fields
import huiyin.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0003_unread_without_statistics"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Digest",
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
                    "channel",
                    models.CharField(
                        choices=[
                            ("site", "In-site"),
                            ("email", "E-mail"),
                            ("sms", "SMS"),
                            ("wecom", "WeCom"),
                            ("dingtalk", "DingTalk"),
                            ("feishu", "Feishu"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("held", "Waiting for the daily digest"),
                            ("queued", "Waiting to be sent"),
                            ("trying", "Being sent"),
                            ("sent", "Delivered"),
                            ("unsure", "Not known whether it arrived"),
                            ("failed", "Could not be delivered"),
                            ("read", "Read"),
                        ],
                        max_length=6,
                    ),
                ),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
                ("error", models.CharField(blank=True, max_length=300)),
                ("on", models.DateField()),
            ],
            options={
                "verbose_name": "digest",
                "verbose_name_plural": "digests",
            },
        ),
        migrations.CreateModel(
            name="Pulse",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("boot", models.CharField(blank=True, max_length=64)),
                ("counted", models.FloatField(default=0.0)),
            ],
            options={
                "verbose_name": "pulse",
                "verbose_name_plural": "pulses",
            },
        ),
        migrations.CreateModel(
            name="Reach",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at_once", models.JSONField(default=list)),
                (
                    "digest",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("site", "In-site"),
                            ("email", "E-mail"),
                            ("sms", "SMS"),
                            ("wecom", "WeCom"),
                            ("dingtalk", "DingTalk"),
                            ("feishu", "Feishu"),
                        ],
                        default="email",
                        max_length=8,
                    ),
                ),
                ("wecom", models.CharField(blank=True, max_length=300)),
                ("dingtalk", models.CharField(blank=True, max_length=300)),
                ("feishu", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "verbose_name": "reach",
                "verbose_name_plural": "reach",
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("job", models.CharField(max_length=40)),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "run",
                "verbose_name_plural": "runs",
            },
        ),
        migrations.CreateModel(
            name="Wish",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("event", models.CharField(max_length=80)),
                (
                    "when",
                    models.CharField(
                        choices=[
                            ("at_once", "At once"),
                            ("digest", "In the daily digest"),
                            ("site", "Only here in the site"),
                        ],
                        max_length=8,
                    ),
                ),
            ],
            options={
                "verbose_name": "wish",
                "verbose_name_plural": "wishes",
            },
        ),
        migrations.DeleteModel(
            name="Lease",
        ),
        migrations.RemoveConstraint(
            model_name="delivery",
            name="delivery_channel_known",
        ),
        migrations.RemoveConstraint(
            model_name="delivery",
            name="delivery_state_known",
        ),
        migrations.RemoveConstraint(
            model_name="delivery",
            name="delivery_queued_is_due",
        ),
        migrations.RemoveIndex(
            model_name="delivery",
            name="delivery_due",
        ),
        migrations.AlterField(
            model_name="delivery",
            name="channel",
            field=models.CharField(
                choices=[
                    ("site", "In-site"),
                    ("email", "E-mail"),
                    ("sms", "SMS"),
                    ("wecom", "WeCom"),
                    ("dingtalk", "DingTalk"),
                    ("feishu", "Feishu"),
                ],
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="state",
            field=models.CharField(
                choices=[
                    ("held", "Waiting for the daily digest"),
                    ("queued", "Waiting to be sent"),
                    ("trying", "Being sent"),
                    ("sent", "Delivered"),
                    ("unsure", "Not known whether it arrived"),
                    ("failed", "Could not be delivered"),
                    ("read", "Read"),
                ],
                max_length=6,
            ),
        ),
        migrations.AddField(
            model_name="digest",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="digests",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="digest",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deliveries",
                to="outbox.digest",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state__in", ("queued", "trying"))),
                fields=["due_at"],
                name="delivery_due",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "held")), fields=["notice"], name="delivery_held"
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state__in", ("failed", "unsure"))),
                fields=["-at"],
                name="delivery_stranded",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("channel__in", ["site", "email", "sms", "wecom", "dingtalk", "feishu"])
                ),
                name="delivery_channel_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["held", "queued", "trying", "sent", "unsure", "failed", "read"])
                ),
                name="delivery_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("queued", "trying")), _negated=True),
                    ("due_at__isnull", False),
                    _connector="OR",
                ),
                name="delivery_queued_is_due",
            ),
        ),
        migrations.AddField(
            model_name="reach",
            name="person",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reach",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.UniqueConstraint(fields=("job", "on"), name="run_once_a_day"),
        ),
        migrations.AddField(
            model_name="wish",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="wishes",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="digest",
            index=models.Index(
                condition=models.Q(("state__in", ("queued", "trying"))),
                fields=["due_at"],
                name="digest_due",
            ),
        ),
        migrations.AddIndex(
            model_name="digest",
            index=models.Index(
                condition=models.Q(("state__in", ("failed", "unsure"))),
                fields=["-at"],
                name="digest_stranded",
            ),
        ),
        migrations.AddConstraint(
            model_name="digest",
            constraint=models.UniqueConstraint(fields=("person", "on"), name="digest_once_a_day"),
        ),
        migrations.AddConstraint(
            model_name="digest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("channel__in", ("email", "sms", "wecom", "dingtalk", "feishu"))
                ),
                name="digest_channel_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="digest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["held", "queued", "trying", "sent", "unsure", "failed", "read"])
                ),
                name="digest_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="digest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("queued", "trying")), _negated=True),
                    ("due_at__isnull", False),
                    _connector="OR",
                ),
                name="digest_running_is_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="wish",
            constraint=models.UniqueConstraint(
                fields=("person", "event"), name="wish_once_an_event"
            ),
        ),
        migrations.AddConstraint(
            model_name="wish",
            constraint=models.CheckConstraint(
                condition=models.Q(("when__in", ["at_once", "digest", "site"])), name="wish_known"
            ),
        ),
    ]
