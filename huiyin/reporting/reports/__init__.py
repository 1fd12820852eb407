"""Reports that write their own tables: text by people, figures by the counting service."""
