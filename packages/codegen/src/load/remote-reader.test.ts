import { expect, test } from "vitest";
import { withServer } from "../../test/server.ts";
import { RemoteReader } from "./remote-reader.ts";

/** Why an address can't be read; the server's own address is left out. */
function reasonFor(path: string, allowed: (url: string) => string[], limits = {}): Promise<string> {
  return withServer(answers, async (url) => {
    const read = new RemoteReader(allowed(url), limits).read(new URL(path, url).href);
    return read.then(
      ({ text }) => text,
      (error: Error) => error.message.replaceAll(url, "URL/"),
    );
  });
}

const answers = {
  "/a/one.yaml": { body: "one" },
  "/ab/two.yaml": { body: "two" },
  "/moved": { status: 302, headers: { location: "/a/one.yaml" } },
  "/out": { status: 301, headers: { location: "/ab/two.yaml" } },
  "/away": { status: 302, headers: { location: "http://internal.example/secrets" } },
  "/round": { status: 302, headers: { location: "/round" } },
  "/local": { status: 302, headers: { location: "file:///etc/hostname" } },
  "/failing": { status: 503, body: "no" },
  "/large": { body: "x".repeat(2000) },
  "/silent": { silent: true },
};

test.each<[string, { path: string; below?: string; limits?: object; want: string | RegExp }]>([
  ["a file below an allowed address is read", { path: "/a/one.yaml", below: "a/", want: "one" }],
  ["an allowed address without a slash is a folder too", { path: "/a/one.yaml", below: "a", want: "one" }],
  ["an allowed file is read", { path: "/a/one.yaml", below: "a/one.yaml", want: "one" }],
  [
    "a folder whose name only begins alike is not read",
    {
      path: "/ab/two.yaml",
      below: "a",
      want: 'URL/ab/two.yaml is not among the allowed addresses: allow it with --allow-remote URL/ or remoteReferences: ["URL/"]',
    },
  ],
  [
    "a path that climbs out of the allowed folder is not read",
    { path: "/a/%2e%2e/ab/two.yaml", below: "a/", want: /^URL\/ab\/two\.yaml is not among/ },
  ],
  ["a redirect within the allowed addresses is followed", { path: "/moved", want: "one" }],
  [
    "a redirect out of the allowed folder is not followed",
    { path: "/out", below: "out", want: "URL/out redirects to URL/ab/two.yaml, which is not among" },
  ],
  [
    "a redirect to another server is not followed",
    { path: "/away", want: "URL/away redirects to http://internal.example/secrets, which is not among" },
  ],
  [
    "a redirect to a file of this machine is not followed",
    { path: "/local", want: "URL/local redirects to file:///etc/hostname, which is not among" },
  ],
  ["a redirect in a circle ends", { path: "/round", want: "URL/round redirects more than 5 times" }],
  ["a status that is no success is told", { path: "/failing", want: "URL/failing answered with status 503" }],
  [
    "a body is read as far as allowed",
    { path: "/large", limits: { bytes: 1000 }, want: "URL/large goes beyond 1000 bytes from the web" },
  ],
  [
    "a server that says nothing is waited for as long as allowed",
    {
      path: "/silent",
      limits: { milliseconds: 50 },
      want: "URL/silent did not answer in full within 0.05 seconds",
    },
  ],
  [
    "files are counted",
    { path: "/a/one.yaml", limits: { files: 0 }, want: "more than 0 files from the web are too many" },
  ],
])("%s", async (_name, { path, below = "", limits, want }) => {
  expect(await reasonFor(path, (url) => [`${url}${below}`], limits)).toMatch(want);
});

test("nothing that says who asks is sent", async () => {
  await withServer(answers, async (url, requests) => {
    await new RemoteReader([url]).read(`${url}a/one.yaml`);
    const [{ headers } = { headers: {} }] = requests;
    expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(["authorization"]));
    expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(["cookie"]));
    await expect(new RemoteReader([url]).read(url.replace("//", "//me:secret@"))).rejects.toThrow(
      /^no user name and password are sent to 127\.0\.0\.1:\d+: save the file/,
    );
    expect(requests).toHaveLength(1);
  });
});

test("a server that can't be reached is told", async () => {
  const closed = await withServer({}, async (url) => url);
  await expect(new RemoteReader([closed]).read(closed)).rejects.toThrow(/can't be reached: ECONNREFUSED/);
});

test.each(["example.com", "ftp://example.com/", "file:///etc/", ""])(
  "%j is no address to allow",
  (address) => {
    expect(() => new RemoteReader([address])).toThrow(/is no address to allow/);
  },
);
