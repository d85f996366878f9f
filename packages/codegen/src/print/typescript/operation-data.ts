import type { Helper, IR, Operation } from "../../ir/ir.ts";
import { Code } from "./literal.ts";
import { bodyWriters, helperConstant, operationConstant } from "./operation-names.ts";
import { framingValues, streamClass } from "./overloads.ts";
import { serverData } from "./server-data.ts";

/** The data the runtime works from: only what differs from its defaults. */
export function operationData(ir: IR, operation: Operation): Record<string, unknown> {
  const {
    id,
    method,
    path,
    servers,
    retry,
    parameters,
    body,
    outcomes,
    stream,
    timeouts,
    envelope,
    cost,
    whenUnknown,
  } = operation;
  const writer = body && bodyWriters[body.encoding];
  const framing = stream && framingValues[stream.framing];
  const schemes = Object.keys(ir.security.schemes);
  const first = schemes[0];
  const [alternative, ...others] = operation.security;
  const usual = others.length === 0 && alternative !== undefined && Object.keys(alternative).join() === first;
  return {
    id,
    method,
    path,
    ...(servers && { servers: servers.map(serverData) }),
    retry,
    ...(!usual && { security: operation.security }),
    ...(parameters.length > 0 && { parameters: parameters.map(parameterData) }),
    ...(body && {
      body: {
        encoding: body.encoding,
        ...(writer !== undefined && { write: new Code(writer) }),
        mediaType: body.mediaType,
        required: body.required,
        ...(Object.keys(body.parts).length > 0 && { parts: body.parts }),
        ...(Object.keys(body.maps).length > 0 && { maps: body.maps }),
      },
    }),
    outcomes: outcomes.map(outcomeData),
    ...(stream && {
      stream: {
        mode: stream.mode,
        ...(stream.flag !== undefined && { flag: stream.flag }),
        ...(stream.in !== undefined && { in: stream.in }),
        ...(stream.explicit && { explicit: true }),
        framing: framing === undefined ? stream.framing : new Code(framing),
        item: stream.item === "payload" || stream.item === "part" ? "payload" : "envelope",
        ...(stream.sentinel !== undefined && { sentinel: stream.sentinel }),
        type: new Code(streamClass(stream)),
      },
    }),
    ...(envelope && { envelope: { ...envelope, open: new Code("openEnvelope") } }),
    ...pagesData(operation),
    ...(cost && {
      cost: {
        perHour: cost.perHour,
        ...(cost.prices && { prices: { ...cost.prices, operation: reference(cost.prices.operation) } }),
      },
    }),
    ...(whenUnknown !== undefined && { whenUnknown }),
    ...(timeouts && { timeouts }),
  };
}

/** An outcome that is a file names the class it is given as. */
function outcomeData({
  schema: _schema,
  data: _data,
  ...outcome
}: Operation["outcomes"][number]): Record<string, unknown> {
  return outcome.kind === "binary" ? { ...outcome, type: new Code("BinaryResponse") } : outcome;
}

function reference(operation: string): Code {
  return new Code(operationConstant(operation));
}

function pagesData({ pages }: Operation): { pages?: Record<string, unknown> } {
  if (pages === undefined) return {};
  const { item: _item, ...data } = pages;
  return { pages: data };
}

function parameterData(parameter: Operation["parameters"][number]): Record<string, unknown> {
  const { name, in: place, required, style, explode, allowReserved, content, option } = parameter;
  const usualStyle = place === "path" || place === "header" ? "simple" : "form";
  return {
    name,
    in: place,
    ...(required && { required }),
    ...(style !== usualStyle && { style }),
    ...(explode !== (style === "form" || style === "cookie") && { explode }),
    ...(allowReserved && { allowReserved }),
    ...(content !== undefined && { content }),
    ...(option !== undefined && { option }),
  };
}

/** The data of a helper as the runtime takes it: operations and waiters by the names of their constants. */
export function helperData(helper: Helper): Record<string, unknown> {
  if (helper.kind === "waiter") {
    const { kind: _kind, id: _id, name, operation, result, ...data } = helper;
    return {
      name,
      poll: reference(operation),
      ...(result !== undefined && { result: reference(result) }),
      ...data,
    };
  }
  if (helper.kind === "creation") {
    const { operation, waiter, pointer, parameter, undo } = helper;
    return {
      create: reference(operation),
      waiter: new Code(helperConstant({ kind: "waiter", id: waiter })),
      id: pointer,
      parameter,
      ...(undo !== undefined && { undo: reference(undo) }),
    };
  }
  if (helper.kind === "finder") {
    const { pointer, parameter } = helper;
    return { pointer, ...(parameter !== undefined && { parameter }) };
  }
  const { operation, url, result, contentType, extension } = helper;
  return { operation: reference(operation), url, result, contentType, extension };
}

/** The operations in an order in which none refers to a later one. */
export function inOrder(operations: readonly Operation[]): Operation[] {
  const listed = new Set(operations.flatMap(({ cost }) => cost?.prices?.operation ?? []));
  // Prices are listed by operations that have no prices themselves.
  return [
    ...operations.filter(({ id }) => listed.has(id)),
    ...operations.filter(({ id }) => !listed.has(id)),
  ];
}
