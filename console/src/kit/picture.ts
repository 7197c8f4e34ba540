/** Parts with this attribute are for hands, and stay out of pictures. */
export const notInPictures = { "data-no-picture": true } as const;

/** Saves a part of the page as a PNG file. Raises where the browser cannot draw it. */
export async function savePicture(part: HTMLElement, name: string): Promise<void> {
  const { toPng } = await import("html-to-image");
  const address = await toPng(part, {
    backgroundColor: getComputedStyle(document.body).backgroundColor,
    pixelRatio: 2,
    skipFonts: true,
    filter: (node) => !(node instanceof HTMLElement && node.dataset.noPicture),
  });
  const link = document.createElement("a");
  link.href = address;
  link.download = `${name}.png`;
  link.click();
}
