// Takes the steps in a browser's page, and gives what came of them to the server of the page.
import { smoke } from "./smoke.ts";

const endpoints = new URL(location.href).searchParams.get("endpoints") ?? "{}";
await fetch("/outcomes", { method: "POST", body: JSON.stringify(await smoke(JSON.parse(endpoints))) });
