/** Whether a value is shown with its middle hidden: what stands there cannot be saved again. */
export function masked(text: string | null): boolean {
  return text?.includes("*") ?? false;
}

/** A birthday as people type it: with its year, or `05-20` where the year is not known. */
export function birthdayText(value: string | null): string | null {
  return value?.startsWith("--") ? value.slice(2) : value;
}
