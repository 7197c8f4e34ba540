"""Why goods came back: a reason from a short list, and what was written beside it."""

from shuke.platform import migrate

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    migrate.run_sql("""
        alter table sales_order
            add column refund_reason text,
            add column refund_note text,
            add constraint sales_order_refund_reason_check check (
                refund_reason in ('changed_mind', 'does_not_fit', 'faulty', 'wrong_item', 'price', 'other')
            ) not valid;
        alter table sales_order validate constraint sales_order_refund_reason_check
    """)
