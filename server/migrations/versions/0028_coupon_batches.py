"""Batches of coupon codes that can be stopped, tried and taken back, and the rows of files that were handed back."""

from shuke.platform.migrate import run_sql

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """Create the tables."""
    run_sql(_SQL)


_SQL = """
    alter table coupon_batch drop constraint coupon_batch_state_check;
    alter table coupon_batch add constraint coupon_batch_state_check
        check (state in ('waiting', 'running', 'checked', 'stopped', 'done', 'failed', 'voiding', 'voided'));

    create table coupon_batch_reject (
        batch_id bigint not null,
        row_no bigint not null,
        code text not null,
        values jsonb not null,
        cells jsonb not null,
        constraint coupon_batch_reject_pkey primary key (batch_id, row_no),
        constraint coupon_batch_reject_batch_id_fkey foreign key(batch_id) references coupon_batch (batch_id)
    );

    -- What became of a batch's coupons, without counting the many that just lie there.
    create index coupon_batch_id_how_state_idx on coupon (batch_id, how, state)
        where batch_id is not null and state <> 'issued';
"""
