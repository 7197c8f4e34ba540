/** The client's types, made from what the server says of its API. `npm run generate` writes them; a test holds them. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import openapiTypescript, { astToString, COMMENT_HEADER } from "openapi-typescript";

const server = fileURLToPath(new URL("../../server/", import.meta.url));
export const target = fileURLToPath(new URL("../src/api/schema.d.ts", import.meta.url));

/** `SHUKE_OPENAPI` names a file or an address; without it, the program of this repository is asked. */
async function description() {
  const named = process.env.SHUKE_OPENAPI;
  if (named?.startsWith("http")) return (await fetch(named)).json();
  if (named) return JSON.parse(await readFile(named, "utf8"));
  const program = resolve(server, ".venv/bin/shuke");
  if (!existsSync(program)) throw new Error("The server is not installed yet: run `make check` once.");
  const printed = execFileSync(program, ["openapi"], { cwd: server, maxBuffer: 64 << 20 });
  return JSON.parse(printed.toString());
}

export async function generated() {
  return COMMENT_HEADER + astToString(await openapiTypescript(await description()));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await writeFile(target, await generated());
