// A program of its own, so that what the server costs is not counted as what the clients cost.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { models } from "./models.ts";

const body = JSON.stringify({ object: "list", data: models });

const server = createServer((request, response) => {
  const known = request.url === "/v1/models" && request.headers.authorization === "Bearer none";
  response.writeHead(known ? 200 : 404, { "content-type": "application/json" });
  response.end(known ? body : "{}");
});

process.once("disconnect", () => {
  server.close();
  server.closeAllConnections();
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
