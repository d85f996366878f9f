import type { Helper, IR, Operation, Resource } from "../../ir/ir.ts";
import { pascalCase } from "../../names.ts";
import { className, snakeName, typingNames } from "./names.ts";
import { banner } from "./print-models.ts";
import { helperMethod, type Method, operationMethods } from "./signatures.ts";
import { docstring, stringLiteral } from "./text.ts";
import type { Types } from "./types.ts";

/** `client.py`: a protocol for each resource (PEP 544), its methods without bodies. */
export function printClient(ir: IR, types: Types): string {
  const used = new Set([...types.definitions.map(({ name }) => name)]);
  const classes: string[][] = [];
  const names: string[] = [];
  const rootName = className(ir.client.name, used);
  const operations = new Map(ir.operations.map((operation) => [operation.id, operation]));
  const helpers = new Map(ir.helpers.map((helper) => [helper.id, helper]));
  const print = (resource: Resource, name: string, path: readonly string[]): void => {
    const members = new Set<string>();
    const properties = resource.resources.flatMap((child) => {
      const childPath = [...path, child.name];
      const childName = className(`${pascalCase(childPath.join(" "))}Resource`, used);
      print(child, childName, childPath);
      return ["", "    @property", `    def ${snakeName(child.name, members)}(self) -> ${childName}: ...`];
    });
    const methods = [
      ...resource.methods.flatMap(({ name: method, operation }) =>
        operationMethods(types, operations.get(operation) as Operation, snakeName(method, members)),
      ),
      ...resource.helpers.map(({ name: method, helper }) =>
        helperMethod(ir, types, helpers.get(helper) as Helper, snakeName(method, members)),
      ),
    ];
    const description =
      resource.description ??
      (path.length === 0 ? (ir.info.description ?? ir.info.title) : `Methods below ${path.join(".")}.`);
    names.push(name);
    classes.push([
      "",
      "",
      `class ${name}(Protocol):`,
      ...docstring(description, "    "),
      ...properties,
      ...methods.flatMap(printMethod),
    ]);
  };
  print(ir.resources, rootName, []);
  const text = classes.flat().join("\n");
  // What documentation speaks of need not be imported.
  const words = new Set(text.replaceAll(/"""[\s\S]*?"""/g, "").match(/\w+/g));
  // The order of the module: what a page is, the resources, the client, which is made of them.
  const imported = types.definitions.map(({ name }) => name).filter((name) => words.has(name));
  const typing = typingNames.filter(
    (name) => words.has(name) || ["Protocol", "TypeVar", "Iterator", "Sequence"].includes(name),
  );
  return [
    ...banner(ir, "The client"),
    "from __future__ import annotations",
    "",
    `from typing import ${typing.join(", ")}`,
    ...(imported.length === 0
      ? []
      : ["", "from .models import (", ...imported.map((name) => `    ${name},`), ")"]),
    "",
    "__all__ = (",
    ...["Pages", ...names].map((name) => `    ${stringLiteral(name)},`),
    ")",
    "",
    'Item = TypeVar("Item", covariant=True)',
    "",
    "",
    "class Pages(Protocol[Item]):",
    '    """All items of a list, over all its pages."""',
    "",
    "    def __iter__(self) -> Iterator[Item]: ...",
    "",
    "    def pages(self) -> Iterator[Sequence[Item]]:",
    '        """The items page by page."""',
    "        ...",
    text,
    "",
  ].join("\n");
}

function printMethod({ name, parameters, keywords, returns, description, overloaded }: Method): string[] {
  const given = ["self", ...parameters, ...(keywords.length > 0 ? ["*", ...keywords] : [])];
  const head = `    def ${name}(${given.join(", ")}) -> ${returns}:`;
  const lines =
    head.length <= 100
      ? [head]
      : [`    def ${name}(`, ...given.map((part) => `        ${part},`), `    ) -> ${returns}:`];
  return [
    "",
    ...(overloaded ? ["    @overload"] : []),
    ...lines,
    ...docstring(description, "        "),
    "        ...",
  ];
}
