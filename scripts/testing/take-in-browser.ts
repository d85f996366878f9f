import { execFile, spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import type { Endpoints, Outcome } from "../../examples/runtimes/smoke.ts";

const unpack =
  'import chromium from "@sparticuz/chromium"; console.log(JSON.stringify({ path: await chromium.executablePath(), words: chromium.args }));';

/**
 * Takes the steps in a page of the Chromium that the package `@sparticuz/chromium` brings (for Linux on x64).
 *
 * @param folder where that package is installed, and where the browser is unpacked
 * @param bundle what the page runs
 * @param patience milliseconds after which the page is given up
 */
export async function takeInBrowser(
  folder: string,
  bundle: string,
  endpoints: Endpoints,
  patience: number,
): Promise<Outcome[]> {
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", unpack], {
    cwd: folder,
    env: { ...process.env, TMPDIR: folder },
  });
  const { path, words } = JSON.parse(stdout) as { path: string; words: string[] };
  const told = new EventEmitter<{ outcomes: [string] }>();
  const outcomes = once(told, "outcomes", { signal: AbortSignal.timeout(patience) });
  const server = createServer(async (request, response) => {
    if (request.method === "POST") told.emit("outcomes", await text(request));
    if (request.url === "/page.js") response.setHeader("content-type", "text/javascript");
    else response.setHeader("content-type", "text/html");
    response.end(
      request.url === "/page.js" ? await readFile(bundle) : '<script type="module" src="/page.js"></script>',
    );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  url.searchParams.set("endpoints", JSON.stringify(endpoints));
  // The servers of the steps are of other origins, and say nothing of who may ask them.
  const own = ["--disable-web-security", `--user-data-dir=${join(folder, "profile")}`, url.href];
  const browser = spawn(path, [...words, ...own], { stdio: "ignore" });
  const closed = once(browser, "close").then(() => {
    throw new Error("The browser ended before the page had taken its steps.");
  });
  try {
    const [given] = await Promise.race([outcomes, closed]);
    return JSON.parse(given) as Outcome[];
  } finally {
    browser.kill();
    await closed.catch(() => undefined);
    server.closeAllConnections();
    server.close();
  }
}
