"""Addresses of the suggestions. They carry keys, never numbers or row ids."""

from django.urls import URLPattern, URLResolver, path, register_converter
from django.urls.converters import StringConverter

from huiyin.suggestions.views import (
    bulk,
    calendar,
    cases,
    deadlines,
    documents,
    feed,
    files,
    importing,
    lists,
    merging,
    reforming,
    replying,
    rules,
    steps,
    terms,
    working_days,
    writing,
)

app_name = "suggestions"


class CaseKey(StringConverter):
    """What is no key of ours is no address of ours, and never reaches a query."""

    regex = "[A-Za-z0-9_-]{22}"


register_converter(CaseKey, "case_key")

urlpatterns: list[URLPattern | URLResolver] = [
    path("suggestions/", lists.suggestions, name="list"),
    path("suggestions/new/", writing.new, name="new"),
    path("suggestions/assign/", bulk.assign_many, name="assign_many"),
    path("suggestions/alike/", merging.alike, name="alike"),
    path("suggestions/merge/", merging.merge_many, name="merge_many"),
    path(
        "suggestions/part/<case_key:key>/group/<slug:name>/", merging.group_step, name="group_step"
    ),
    path("suggestions/part/<case_key:key>/reply/group/", merging.group_reply, name="group_reply"),
    path("suggestions/part/<case_key:key>/step/<slug:name>/", steps.part_step, name="part_step"),
    path("suggestions/part/<case_key:key>/reply/", replying.reply, name="reply"),
    path("suggestions/part/<case_key:key>/reply/kept/", replying.autosave, name="reply_autosave"),
    path("suggestions/part/<case_key:key>/reply/preview/", replying.preview, name="reply_preview"),
    path("suggestions/part/<case_key:key>/reply/files/", files.reply_files, name="reply_files"),
    path("suggestions/part/<case_key:key>/letter/", cases.letter, name="letter"),
    path(
        "suggestions/part/<case_key:key>/deadline/<slug:name>/",
        deadlines.part_deadline,
        name="part_deadline",
    ),
    path(
        "suggestions/part/<case_key:key>/document/<slug:kind>.<slug:ending>",
        documents.document,
        name="document",
    ),
    path("suggestions/<case_key:key>/", cases.case, name="case"),
    path("suggestions/<case_key:key>/deadline/<slug:name>/", deadlines.deadline, name="deadline"),
    path("suggestions/<case_key:key>/paper/", cases.paper, name="paper"),
    path("suggestions/<case_key:key>/edit/", writing.edit, name="edit"),
    path("suggestions/<case_key:key>/edit/kept/", writing.autosave, name="autosave"),
    path("suggestions/<case_key:key>/together/", writing.together, name="together"),
    path("suggestions/<case_key:key>/attach/", files.add, name="attach"),
    path(
        "suggestions/<case_key:key>/file/<case_key:attachment_key>/",
        files.attachment,
        name="attachment",
    ),
    path("suggestions/<case_key:key>/step/<slug:name>/", steps.step, name="step"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/feed/<case_key:key>.ics", feed.feed, name="feed"),
    path("working-days/", working_days.years, name="working_days"),
    path("working-days/year/", working_days.one_year, name="working_days_year"),
    path("working-days/moved/<case_key:key>/", working_days.moved, name="redating"),
    path("suggestions/import/", importing.imports, name="imports"),
    path("suggestions/import/<case_key:key>/", importing.one_import, name="import"),
    path("suggestions/import/<case_key:key>/columns/", importing.columns, name="import_columns"),
    path("suggestions/import/<case_key:key>/failed/", importing.failed_rows, name="import_failed"),
    path("suggestions/import/<case_key:key>/discard/", importing.discard, name="import_discard"),
    path("terms/", terms.terms, name="terms"),
    path("organs/", reforming.register, name="organs"),
    path("organs/reform/", reforming.plan_reform, name="reform_organs"),
    path("organs/reform/<case_key:key>/", reforming.reform, name="reform"),
    path("organs/<case_key:key>/", reforming.organ, name="organ"),
    path("settings/rules/", rules.rules, name="rules"),
    path("settings/rules/history/", rules.rules_history, name="rules_history"),
    path("settings/rules/pack/", rules.rules_pack, name="rules_pack"),
    path("settings/rules/open-cases/", rules.rules_open, name="rules_open"),
    path("settings/rules/decision/<case_key:key>/", rules.rules_decision, name="rules_decision"),
    path("settings/rules/value/<str:parameter>/", rules.rules_value, name="rules_value"),
]
