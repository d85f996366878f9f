// Takes the steps for whoever asks, with what web standards have.
import { smoke } from "./smoke.ts";

export default {
  async fetch(request: Request): Promise<Response> {
    return Response.json(await smoke(JSON.parse(new URL(request.url).searchParams.get("endpoints") ?? "{}")));
  },
};
