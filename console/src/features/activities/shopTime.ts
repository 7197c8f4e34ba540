import { inZone } from "../../kit/format";

/** An instant as the shop's clock on the wall shows it, for fields that know nothing of zones. */
export function onTheWall(at: string, zone: string): string {
  const { day, time } = inZone(at, zone);
  return `${day}T${time}`;
}

/** The instant at which the shop's clock on the wall shows this. */
export function instantOf(wall: string, zone: string): string {
  const wanted = Date.parse(`${wall}Z`);
  let at = wanted;
  // Once for the zone, and once more where the first guess lay on the other side of a change of the clocks.
  for (let round = 0; round < 2; round += 1) {
    at += wanted - Date.parse(`${onTheWall(new Date(at).toISOString(), zone)}Z`);
  }
  return new Date(at).toISOString();
}
