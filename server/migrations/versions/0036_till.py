"""What a till needs of products: a price, and the barcodes that stand on them."""

from shuke.platform import migrate

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    migrate.run_sql("""
        alter table product
            add column price_minor bigint constraint product_price_minor_check check (price_minor >= 0);

        create table product_barcode (
            barcode text primary key,
            product_id bigint not null references product (product_id)
        );
        create index product_barcode_product_id_idx on product_barcode (product_id)
    """)
