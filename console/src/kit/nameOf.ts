/** What to call someone whose name we do not hold. */
export function nameOf(person: { name: string | null; number: string }): string {
  return person.name ?? person.number;
}
