import type { Product } from "../../../api/products";

/** What is scanned or typed, as codes are compared: without spaces around it, and in one case. */
const plain = (text: string) => text.trim().toLowerCase();

/** The product with exactly this barcode or code; a barcode counts more than a code. */
export function named(all: readonly Product[], code: string): Product | null {
  const wanted = plain(code);
  if (!wanted) return null;
  return (
    all.find((one) => one.barcodes.some((barcode) => plain(barcode) === wanted)) ??
    all.find((one) => plain(one.code) === wanted) ??
    null
  );
}

/** How near a product is to a text: 0 it is it, 1 it begins so, 2 it has it in its name; null: not at all. */
function nearness(product: Product, wanted: string): number | null {
  const names = [product.code, ...product.barcodes].map(plain);
  if (names.includes(wanted)) return 0;
  const name = plain(product.name);
  if (name.startsWith(wanted) || names.some((one) => one.startsWith(wanted))) return 1;
  return wanted.split(/\s+/).every((word) => name.includes(word)) ? 2 : null;
}

/** Products that a text may mean, the nearest first. */
export function matching(all: readonly Product[], text: string, most: number): Product[] {
  const wanted = plain(text);
  if (!wanted) return [];
  return all
    .flatMap((product) => {
      const near = nearness(product, wanted);
      return near === null ? [] : [{ product, near }];
    })
    .sort((a, b) => a.near - b.near || (a.product.name < b.product.name ? -1 : 1))
    .slice(0, most)
    .map(({ product }) => product);
}
