import { expect, test } from "vitest";
import type { MockOperation } from "../document/operation.ts";
import { createRouter } from "./route.ts";

const operation = (id: string, method: string, path: string): MockOperation => ({
  id,
  method,
  path,
  responses: [],
  requestExamples: new Map(),
});

const route = createRouter(
  [
    operation("getVideo", "GET", "/videos/{id}"),
    operation("deleteVideo", "DELETE", "/videos/{id}"),
    operation("latestVideo", "GET", "/videos/latest"),
    operation("getPart", "GET", "/videos/{id}/parts/{part}.{type}"),
    operation("getModelCard", "GET", "/models/{id}/card"),
    { ...operation("getModel", "GET", "/models/{id}"), reserved: ["id"] },
    { ...operation("sendChart", "POST", "/charts"), basePaths: ["/upload", "/v1/upload"] },
    operation("listCharts", "GET", "/charts"),
    operation("talk", "POST", "/talk"),
    operation("talkStream", "POST", "/talk#stream"),
  ],
  ["/v1", "/api/v1"],
);

const idsOf = (method: string, pathname: string) => {
  const found = route(method, pathname);
  return found.kind === "operation" ? found.operations.map(({ id }) => id) : found.kind;
};

test.each([
  ["GET", "/v1/videos/1", ["getVideo"]],
  ["GET", "/videos/1", ["getVideo"]],
  ["GET", "/api/v1/videos/1", ["getVideo"]],
  ["DELETE", "/v1/videos/1", ["deleteVideo"]],
  ["GET", "/v1/videos/latest", ["latestVideo"]],
  ["DELETE", "/v1/videos/latest", ["deleteVideo"]],
  ["GET", "/v1/videos/1/parts/a.ts", ["getPart"]],
  ["HEAD", "/v1/videos/1", ["getVideo"]],
  ["GET", "/v1/models/plain", ["getModel"]],
  ["GET", "/v1/models/maker/model", ["getModel"]],
  ["GET", "/v1/models/maker/card", ["getModelCard"]],
  ["GET", "/v1/models/maker/model/card", ["getModel"]],
  ["POST", "/v1/talk", ["talk", "talkStream"]],
  ["POST", "/v1/charts", ["sendChart"]],
  ["POST", "/charts", ["sendChart"]],
  ["POST", "/upload/charts", ["sendChart"]],
  ["POST", "/v1/upload/charts", ["sendChart"]],
  ["GET", "/v1/charts", ["listCharts"]],
  ["GET", "/upload/charts", "other-method"],
  ["GET", "/upload/videos/1", "unknown"],
  ["POST", "/v1/videos/1", "other-method"],
  ["GET", "/v1/videos/1/", "unknown"],
  ["GET", "/v1/videos", "unknown"],
  ["GET", "/v2/videos/1", "unknown"],
  ["GET", "/v1", "unknown"],
])("%s %s", (method, pathname, expected) => {
  expect(idsOf(method, pathname)).toEqual(expected);
});

test("the methods a path has are told, and the path without its base", () => {
  expect(route("POST", "/v1/videos/1")).toEqual({
    kind: "other-method",
    allowed: ["GET", "DELETE"],
    path: "/videos/1",
  });
});

test("a parameter with slashes is one segment of the path that is found", () => {
  expect(route("GET", "/v1/models/maker/model")).toMatchObject({ path: "/models/maker%2Fmodel" });
});
