import {
  waitUntilInstanceRunningWaiter,
  waitUntilInstanceTerminatedWaiter,
  waitUntilVolumeAvailableWaiter,
} from "@hawser/infrastructure/runcrate/operations";
import { describe, expect, test } from "vitest";
import { answering, askedFor, hawser, serveInfrastructure } from "./hawser.ts";

const server = await serveInfrastructure();

const asked = () => askedFor(server);

describe("volumes", () => {
  const create = [
    "volumes",
    "create",
    "datasets",
    "--size-gb",
    "100",
    "--region",
    "us-east-1",
    "--poll-interval",
    "0.005",
  ];

  test("are listed, however the server spells their members", async () => {
    const { out } = await hawser(server, ["volumes", "list"]);
    expect(out.split("\n")[1]).toMatch(/^vol_71d0b94c55 +datasets +available +100 +137 +–/);
  });

  test("are shown one by one", async () => {
    const { code, out } = await hawser(server, ["volumes", "get", "vol_71d0b94c55"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^name +datasets$/m);
    expect((await hawser(server, ["volumes", "get", ".."])).code).toBe(2);
    expect(asked()).toEqual(["retrieveVolume"]);
  });

  test("are created and waited for", async () => {
    server.useScene("volumeBecomesAvailable");
    const { code, error, out } = await hawser(server, create);
    expect(code).toBe(0);
    expect(error).toBe("datasets: creating\ndatasets: available\n✓ datasets can be used");
    expect(out).toMatch(/^size +100 GB$/m);
  });

  test("that fail are deleted when told to", async () => {
    server.useScene("volumeFails");
    const { code, error } = await hawser(server, [...create, "--delete-on-failure"]);
    expect(code).toBe(1);
    expect(error).toContain("removed again");
    expect(asked()).toContain("deleteVolume");
  });

  test("that fail stay otherwise, and it is said how to remove them", async () => {
    server.useScene("volumeFails");
    const { code, error } = await hawser(server, create);
    expect(code).toBe(3);
    expect(error).toContain("hawser volumes delete vol_71d0b94c55");
  });

  test("in a region that isn't there are refused in the server's words", async () => {
    server.useScene({ createVolume: ["unknownRegion"] });
    const { code, error } = await hawser(server, create);
    expect(code).toBe(1);
    expect(error).toContain("The region 'atlantis-1' does not exist.");
  });

  test("become larger, and not smaller", async () => {
    const resize = ["volumes", "resize", "vol_71d0b94c55", "--size-gb"];
    expect((await hawser(server, [...resize, "200"])).out).toMatch(/^size +200 GB$/m);
    server.useScene({ resizeVolume: ["smallerThanBefore"] });
    const { code, error } = await hawser(server, [...resize, "50"]);
    expect(code).toBe(1);
    expect(error).toContain("A volume can only grow.");
  });

  test("are deleted after a question, or with --yes", async () => {
    const words = ["volumes", "delete", "vol_71d0b94c55"];
    const terminal = answering(false);
    expect((await hawser(server, words, { terminal })).code).toBe(1);
    expect(terminal.shown[0]).toContain("Delete the volume datasets (vol_71d0b94c55)");
    expect((await hawser(server, words)).code).toBe(2);
    expect(asked()).not.toContain("deleteVolume");
    const { code, out } = await hawser(server, [...words, "--yes"]);
    expect({ code, out }).toEqual({ code: 0, out: "Deleted vol_71d0b94c55; 0.52 credits are refunded." });
  });

  test("need a size and a region", async () => {
    const { code, error } = await hawser(server, ["volumes", "create", "datasets"]);
    expect(code).toBe(2);
    expect(error).toContain("--size-gb");
  });
});

describe("billing", () => {
  test("tells the balance", async () => {
    expect((await hawser(server, ["billing", "balance"])).out).toMatch(/^credits +148\.25$/m);
    expect(JSON.parse((await hawser(server, ["billing", "balance", "--json"])).out)).toMatchObject({
      creditsBalance: 148.25,
    });
  });

  test("lists transactions over pages, as many as asked for", async () => {
    server.useScene("pages");
    const { out } = await hawser(server, ["billing", "transactions", "--all", "--type", "usage"]);
    expect(out.split("\n")).toHaveLength(1 + 7);
    expect(server.requests.map(({ query }) => query.get("offset"))).toEqual([null, "3", "6"]);
    server.reset();
    server.useScene("pages");
    const four = await hawser(server, ["billing", "transactions", "--limit", "4", "--json"]);
    expect(JSON.parse(four.out)).toHaveLength(4);
    expect(server.requests).toHaveLength(2);
  });

  test("knows the kinds of transactions", async () => {
    const { code, error } = await hawser(server, ["billing", "transactions", "--type", "foo"]);
    expect(code).toBe(2);
    expect(error).toContain("Allowed choices are credit, usage, refund, adjustment");
    expect(server.requests).toEqual([]);
  });

  test("sums up what inference used", async () => {
    const { out } = await hawser(server, ["billing", "usage", "--from", "2026-01-01", "--to", "2026-01-31"]);
    expect(out).toMatch(/^credits +3\.41$/m);
    expect(String(server.requests[0]?.query)).toBe("from=2026-01-01&to=2026-01-31");
  });
});

test("a command that isn't there leads to the help of those beside it", async () => {
  const { code, error } = await hawser(undefined, ["instances", "lst"]);
  expect(code).toBe(2);
  expect(error).toContain("(hawser instances --help tells what there is)");
});

test("the help names the deadlines the client has", async () => {
  const help = async (...words: string[]) => (await hawser(undefined, [...words, "--help"])).out;
  const seconds = ({ timeout }: { timeout: number }) => `at most; default: ${timeout / 1000}`;
  const plain = (text: string) => text.replaceAll(/\s+/g, " ");
  expect(plain(await help("instances", "create"))).toContain(seconds(waitUntilInstanceRunningWaiter));
  expect(plain(await help("instances", "terminate"))).toContain(seconds(waitUntilInstanceTerminatedWaiter));
  expect(plain(await help("volumes", "create"))).toContain(seconds(waitUntilVolumeAvailableWaiter));
});

test("a refused key says where to put another, and no key where to get one", async () => {
  server.useScene({ retrieveBalance: ["unauthorized"] });
  const { code, error } = await hawser(server, ["billing", "balance"]);
  expect(code).toBe(1);
  expect(error).toMatch(/hawser login/);
  expect(error).not.toContain("rc_live_test");
  const none = await hawser(server, ["billing", "balance"], {
    env: { RUNCRATE_API_KEY: "", XDG_CONFIG_HOME: "/nonexistent" },
  });
  expect(none.code).toBe(1);
  expect(none.error).toContain("set RUNCRATE_API_KEY");
});

test.each(["nonsense", "ftp://a.example", "https://ada:secret@a.example", "https://a.example?key=secret"])(
  "an address that is none is told by the name of its variable: %s",
  async (address) => {
    const { code, error } = await hawser(undefined, ["billing", "balance"], {
      env: { RUNCRATE_INFRASTRUCTURE_BASE_URL: address },
    });
    expect(code).toBe(2);
    expect(error).toMatch(/^RUNCRATE_INFRASTRUCTURE_BASE_URL should be an address/);
    expect(error).not.toContain("secret");
  },
);

test("a server that isn't there is told as that", async () => {
  const { code, error } = await hawser(undefined, ["billing", "balance"], {
    env: { RUNCRATE_INFRASTRUCTURE_BASE_URL: "http://127.0.0.1:9/api/v1" },
  });
  expect(code).toBe(1);
  expect(error).toContain("Check the network");
});
