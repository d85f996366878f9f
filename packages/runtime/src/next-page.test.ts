import { describe, expect, test } from "vitest";
import { firstPosition, followingPage } from "./next-page.ts";
import type { PagePlan } from "./operation.ts";

const offset: PagePlan = { scheme: "offset", items: "/data", offset: "offset", limit: "limit" };
const page: PagePlan = { scheme: "page", items: "/data", page: "page", limit: "page_size" };
const cursor: PagePlan = { scheme: "cursor", items: "/data", cursor: "after", nextCursor: "/next" };
const told = { hasMore: "/hasMore", total: "/total" };

/** The parameters of the page that follows the first; "end" or "repeated" when none does. */
function after(plan: PagePlan, params: Record<string, unknown>, count: number, body: unknown = {}) {
  const following = followingPage(plan, firstPosition(plan, params), count, body);
  return following.kind === "page" ? following.position.params : following.kind;
}

describe("the page after", () => {
  test("begins behind the items there were", () => {
    expect(after(offset, {}, 50)).toEqual({ offset: 50 });
    expect(after(offset, { offset: 100, limit: 50, type: "usage" }, 50)).toEqual({
      offset: 150,
      limit: 50,
      type: "usage",
    });
    expect(after(offset, { offset: "100" }, 20)).toEqual({ offset: 120 });
  });

  test("has the next number", () => {
    expect(after(page, {}, 25)).toEqual({ page: 2 });
    expect(after(page, { page: 4, page_size: 10 }, 10)).toEqual({ page: 5, page_size: 10 });
    expect(after({ ...page, firstPage: 0 }, {}, 25)).toEqual({ page: 1 });
  });

  test("is where the cursor leads", () => {
    expect(after(cursor, { limit: 5 }, 5, { next: "c2" })).toEqual({ limit: 5, after: "c2" });
    expect(after(cursor, {}, 5, { next: 17 })).toEqual({ after: 17 });
  });

  test("isn't asked for when a start is no number", () => {
    expect(() => after(offset, { offset: "soon" }, 5)).toThrow('The parameter "offset" has "soon"');
  });
});

describe("there is no page after", () => {
  test("one that has all", () => {
    expect(after({ scheme: "none", items: "" }, {}, 1000)).toBe("end");
  });

  test.each([offset, page, cursor])("an empty one, whatever the answer says of more ($scheme)", (plan) => {
    expect(after({ ...plan, ...told }, {}, 0, { hasMore: true, total: 99, next: "c2" })).toBe("end");
  });

  test.each([offset, page, cursor])("one that says so ($scheme)", (plan) => {
    expect(after({ ...plan, ...told }, { limit: 5 }, 5, { hasMore: false, total: 99, next: "c2" })).toBe(
      "end",
    );
  });

  test("the one that makes the total", () => {
    const plan = { ...offset, total: "/total" };
    expect(after(plan, { offset: 50 }, 25, { total: 75 })).toBe("end");
    expect(after(plan, { offset: 50, limit: 50 }, 25, { total: 76 })).toEqual({ offset: 75, limit: 50 });
    const numbered = { ...page, total: "/total" };
    expect(after(numbered, { page: 3, page_size: 10 }, 5, { total: 25 })).toBe("end");
    expect(after(numbered, { page: 2, page_size: 10 }, 10, { total: "25" })).toEqual({
      page: 3,
      page_size: 10,
    });
  });

  test("a short one, where nothing says more", () => {
    expect(after(offset, { limit: 50 }, 49)).toBe("end");
    expect(after(page, { page_size: 25 }, 24)).toBe("end");
    expect(after({ ...offset, ...told }, { limit: 50 }, 49, { hasMore: null, total: null })).toBe("end");
  });

  test("one that is shorter than the first, where no length was asked for", () => {
    const first = followingPage(offset, firstPosition(offset, {}), 20, {});
    if (first.kind !== "page") throw new Error("There is no second page.");
    expect(followingPage(offset, first.position, 20, {}).kind).toBe("page");
    expect(followingPage(offset, first.position, 19, {}).kind).toBe("end");
  });

  test.each([null, undefined, ""])("one with the cursor %j", (next) => {
    expect(after({ ...cursor, ...told }, {}, 5, { next, hasMore: true })).toBe("end");
  });
});

test("a short page goes on where the answer says that there is more", () => {
  expect(after({ ...offset, ...told }, { limit: 50 }, 3, { hasMore: true })).toEqual({
    offset: 3,
    limit: 50,
  });
  expect(after(cursor, { limit: 50 }, 3, { next: "c2" })).toEqual({ after: "c2", limit: 50 });
});

describe("a cursor", () => {
  test("that was followed before leads in a circle", () => {
    expect(after(cursor, { after: "c1" }, 5, { next: "c1" })).toBe("repeated");
    const first = followingPage(cursor, firstPosition(cursor, { after: "a" }), 5, { next: "b" });
    if (first.kind !== "page") throw new Error("There is no second page.");
    const second = followingPage(cursor, first.position, 5, { next: "c" });
    if (second.kind !== "page") throw new Error("There is no third page.");
    expect(followingPage(cursor, second.position, 5, { next: "a" })).toEqual({
      kind: "repeated",
      cursor: "a",
    });
  });

  test("can be in the last item", () => {
    const plan = { ...cursor, items: "/data", nextCursor: "/data/-/id" };
    expect(after(plan, {}, 2, { data: [{ id: "a" }, { id: "b" }] })).toEqual({ after: "b" });
    expect(after(plan, {}, 1, { data: [{ name: "a" }] })).toBe("end");
    expect(after({ ...plan, nextCursor: "/data/-" }, {}, 2, { data: ["a", "b"] })).toEqual({ after: "b" });
    expect(after({ ...plan, items: "", nextCursor: "/-/id" }, {}, 1, [{ id: "a" }])).toEqual({ after: "a" });
  });

  test("of a page that is asked for again doesn't", () => {
    const position = firstPosition(cursor, {});
    expect(followingPage(cursor, position, 5, { next: "b" }).kind).toBe("page");
    expect(followingPage(cursor, position, 5, { next: "b" }).kind).toBe("page");
  });
});
