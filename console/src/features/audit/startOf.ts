/** The instant at which a day of the shop begins, some days later, for the server. */
export function startOfDay(day: string, later: number, zone: string): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const guess = Date.UTC(year, month - 1, date + later);
  // The zone's offset is that of the guess; days on which clocks change begin an hour off at most, and then again right.
  const first = guess - offset(guess, zone);
  return new Date(guess - offset(first, zone)).toISOString();
}

function offset(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(at);
  const value = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const local = Date.UTC(
    value("year"),
    value("month") - 1,
    value("day"),
    value("hour"),
    value("minute"),
    value("second"),
  );
  return local - at;
}
