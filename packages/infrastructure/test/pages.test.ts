import { beforeEach, describe, expect, test } from "vitest";
import { connect, serve } from "./mock.ts";

const { server, client } = await serve();
beforeEach(() => server.useScene("pages"));

const queries = (name: string) => server.requests.map(({ query }) => query.get(name));

describe("transactions, by offset", () => {
  test("are gone through one by one, over all pages", async () => {
    const ids: string[] = [];
    for await (const { id } of client.billing.transactions.list({ limit: 3 })) ids.push(id);
    expect(ids).toEqual([7, 6, 5, 4, 3, 2, 1].map((number) => `txn_000${number}`));
    expect(queries("offset")).toEqual([null, "3", "6"]);
    expect(queries("limit")).toEqual(["3", "3", "3"]);
  });

  test("are gone through page by page", async () => {
    const sizes: number[] = [];
    for await (const { items, total } of client.billing.transactions.list().pages()) {
      sizes.push(items.length);
      expect(total).toBe(7);
    }
    expect(sizes).toEqual([3, 3, 1]);
  });

  test("are not asked for beyond what is wanted", async () => {
    expect(await client.billing.transactions.list().toArray({ limit: 3 })).toHaveLength(3);
    expect(server.requests).toHaveLength(1);
    server.reset();
    server.useScene("pages");
    expect(await client.billing.transactions.list().toArray({ limit: 4 })).toHaveLength(4);
    expect(server.requests).toHaveLength(2);
  });

  test("are not asked for any further once the loop is left", async () => {
    for await (const { type } of client.billing.transactions.list()) if (type === "refund") break;
    expect(server.requests).toHaveLength(1);
  });

  test("end with a short page where the server doesn't say how many there are", async () => {
    server.useScene({ listTransactions: ["withoutMeta", "shortWithoutMeta"] });
    expect(await client.billing.transactions.list({ limit: 2 }).toArray()).toHaveLength(3);
    expect(queries("offset")).toEqual([null, "2"]);
  });

  test("end where a server sends the same page again", async () => {
    server.useScene({ listTransactions: ["firstPage"] });
    const quirks: string[] = [];
    const watching = connect(server, { onQuirk: ({ id }) => void quirks.push(id) });
    expect(await watching.billing.transactions.list({ limit: 3 }).toArray()).toHaveLength(3);
    expect(quirks).toHaveLength(1);
  });

  test("may be none", async () => {
    server.useScene({ listTransactions: ["empty"] });
    expect(await client.billing.transactions.list().toArray()).toEqual([]);
    expect(server.requests).toHaveLength(1);
  });
});

test("templates are gone through by the number of the page", async () => {
  const ids = (await client.templates.list({ page_size: 2 }).toArray()).map(({ id }) => id);
  expect(ids).toEqual(["ubuntu-cuda-devel", "ubuntu-train", "ubuntu-inference"]);
  expect(queries("page")).toEqual([null, "2"]);
  expect(queries("page_size")).toEqual(["2", "2"]);
});

test("lists without pages are read in the same way", async () => {
  const ids: string[] = [];
  for await (const { id } of client.instances.types.list()) ids.push(id);
  expect(ids).toContain("calm-nvidia-h100-91c2");
  expect((await client.instances.types.list()).total).toBe(5);
  expect(server.requests).toHaveLength(2);
});

describe("findByName", () => {
  test("takes no other instance whose name only begins like it", async () => {
    expect((await client.instances.findByName("trainer-1")).map(({ id }) => id)).toEqual(["ins_3f9c1a7be2"]);
    expect(queries("search")).toEqual(["trainer-1"]);
  });

  test("finds nothing where there is nothing", async () => {
    expect(await client.instances.findByName("trainer")).toEqual([]);
    expect(await client.volumes.findByName("datasets")).toHaveLength(1);
    expect((await client.sshKeys.findByName("ada"))[0]?.id).toBe("key_b81f20");
  });
});
