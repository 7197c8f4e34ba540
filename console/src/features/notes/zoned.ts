/** Times as the shop's clock on the wall shows them: people plan by the shop's day, wherever their browser stands. */

/** The wall time of an instant in a zone, as `2026-03-01T09:30`. */
export function wallTimeIn(at: string, zone: string): string {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
    })
      .formatToParts(new Date(at))
      .map(({ type, value }) => [type, value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

/** The instant at which a wall in a zone shows this time. */
export function instantIn(wall: string, zone: string): string {
  const asUtc = Date.parse(`${wall}:00Z`);
  const offsetAt = (instant: number) =>
    Date.parse(`${wallTimeIn(new Date(instant).toISOString(), zone)}:00Z`) - instant;
  // The offset of the guess may be that of the other side of a change of clocks; the second look is right.
  const guess = asUtc - offsetAt(asUtc);
  return new Date(asUtc - offsetAt(guess)).toISOString();
}
