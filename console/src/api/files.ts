/** The server words files too, so they are asked for like everything else and then handed to the browser. */
export async function save(file: Promise<Blob>, name: string): Promise<void> {
  const address = URL.createObjectURL(await file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  forget(address);
}

/** `tab` is opened by the click itself: browsers allow no page to be opened later. */
export async function show(file: Promise<Blob>, tab: Window | null): Promise<void> {
  try {
    const address = URL.createObjectURL(await file);
    if (tab) tab.location.href = address;
    forget(address);
  } catch (error) {
    tab?.close();
    throw error;
  }
}

/** The browser has taken the file by then; kept for ever, each would stay in memory. */
function forget(address: string): void {
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
