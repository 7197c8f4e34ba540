/** The most that one list may name. */
export const mostReferences = 20_000;

/**
 * Members as people paste them: a line or a cell each, phone numbers, member numbers, e-mail addresses, or any
 * reference that the API knows. Of a line of a table only the first cell counts; a heading says nothing.
 */
export function referencesIn(text: string): string[] {
  const found = text
    .split(/[\r\n]+/)
    .flatMap((line) => (line.includes("\t") ? [line.split("\t")[0] ?? ""] : line.split(/[,，;；、]/)))
    .map((cell) => reference(cell.trim().replace(/^["']|["']$/g, "")))
    .filter((one): one is string => one !== null);
  return [...new Set(found)];
}

/** A reference as people write it. */
export function written(one: string): string {
  return one.replace(/^(phone|number|email):/, "");
}

function reference(cell: string): string | null {
  const compact = cell.replace(/[\s-]/g, "");
  if (/^\+?\d{7,15}$/.test(compact)) return `phone:${compact}`;
  if (/^\d{1,6}$/.test(compact)) return compact;
  if (/^[^\s:@]+@[^\s@]+$/.test(cell)) return `email:${cell}`;
  if (/^[a-z]+:\S+$/.test(cell)) return cell;
  if (/^[A-Z][0-9A-Z]{4,}$/i.test(compact) && /\d/.test(compact)) return `number:${compact.toUpperCase()}`;
  return null;
}
