import { measure } from "../measure.ts";
import type { Part } from "../report.ts";
import { startTeam } from "../team.ts";
import { startServer } from "./start-server.ts";

const rounds = 9;
const calls = 600;
/** The first calls open the connection, and are slow for everyone. */
const warmUp = 5;

/** One small call after another to a server on this machine, with the connection kept open. */
export async function measureTransport(): Promise<Part> {
  using server = await startServer();
  using team = startTeam(new URL("./contestants.ts", import.meta.url), [
    "fetch",
    "openapi-fetch",
    "hawser",
    "openai",
  ]);
  const measurements = await measure(team, { baseURL: server.baseURL }, { rounds, repeat: calls, warmUp });
  return {
    name: "transport",
    caption: "Transport: one call after another, processor time of the client as a multiple of bare fetch's.",
    header: ["client", "ratio", "lowest", "highest", "CPU per call", "calls per second"],
    rows: measurements.map(({ contestant, ratio, spread, cpu, wall }) => [
      contestant,
      ...[ratio, ...spread].map((value) => value.toFixed(2)),
      `${(cpu * 1000).toFixed(0)} µs`,
      (1000 / wall).toFixed(0),
    ]),
    workloads: [{ name: "GET /models", units: 1, measurements }],
  };
}
