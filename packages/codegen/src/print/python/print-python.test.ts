import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import {
  document,
  operation,
  repository,
  representationOf,
  textOf,
  withFolder,
} from "../../../test/documents.ts";
import { attacks, hostileDocument } from "../../../test/hostile.ts";
import type { OpenAPIDocument } from "../../document.ts";
import { represent } from "../../generate.ts";
import type { GeneratedFile } from "../typescript/print-typescript.ts";
import { printPython } from "./print-python.ts";

const run = promisify(execFile);
const hasPython = await run("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 11))"]).then(
  () => true,
  () => false,
);

function printed(given: OpenAPIDocument): GeneratedFile[] {
  return printPython(representationOf(given));
}

/** One generated module without its first lines and imports. */
function bodyOf(given: OpenAPIDocument, path: string): string {
  const text = textOf(printed(given), path);
  return text.slice(text.indexOf("\n)\n") + 3).trim();
}

const schemas = (yaml: string) => document(`components: { schemas: ${yaml} }`);

test("an object is a class, its members as they are on the wire", () => {
  expect(
    bodyOf(
      schemas(
        "{ Ship: { type: object, description: A ship., required: [name], properties: { name: { type: string, description: What it is called. }, tug: { $ref: '#/components/schemas/Ship' }, sizes: { type: array, items: { type: integer } } } } }",
      ),
      "models.py",
    ),
  ).toBe(`class Ship(TypedDict):
    """A ship."""

    # What it is called.
    name: str
    tug: NotRequired['Ship']
    sizes: NotRequired[List[int]]`);
});

test("members that no class can have are keys", () => {
  expect(
    bodyOf(
      schemas(
        "{ Ship: { type: object, required: [class], properties: { class: {}, a-b: { const: 1 }, __x: {}, str: {} } } }",
      ),
      "models.py",
    ),
  ).toBe(`Ship = TypedDict(
    "Ship",
    {
        "class": Any,
        "a-b": NotRequired[Literal[1]],
        "__x": NotRequired[Any],
        "str": NotRequired[Any],
    },
)`);
});

test.each<[string, { given: string; want: string }]>([
  [
    "values",
    {
      given: "{ enum: [a, 'b\"c', 1, true, null, 1.5] }",
      want: 'Union[Literal["a", "b\\"c", 1, True], None, float]',
    },
  ],
  ["null", { given: "{ type: [string, 'null'] }", want: "Union[str, None]" }],
  [
    "several types",
    {
      given: "{ anyOf: [{ type: string }, { type: array, items: { type: string } }] }",
      want: "Union[str, List[str]]",
    },
  ],
  ["a map", { given: "{ type: object, additionalProperties: { type: number } }", want: "Dict[str, float]" }],
  ["any object", { given: "{ type: object }", want: "Dict[str, Any]" }],
  ["bytes", { given: "{ type: string, format: binary }", want: "bytes" }],
  [
    "a tuple",
    {
      given: "{ type: array, prefixItems: [{ type: string }, { type: integer }], items: false }",
      want: "Tuple[str, int]",
    },
  ],
  ["anything", { given: "{}", want: "Any" }],
  ["anything, or a text", { given: "{ anyOf: [{}, { type: string }] }", want: "Any" }],
])("%s are a name for a type", (_name, { given, want }) => {
  expect(bodyOf(schemas(`{ Thing: ${given} }`), "models.py")).toBe(`Thing: TypeAlias = ${want}`);
});

test("an object within another has a class of its own, and what allOf holds is in one", () => {
  const text = bodyOf(
    schemas(
      "{ Base: { type: object, properties: { id: { type: string } } }, Ship: { allOf: [{ $ref: '#/components/schemas/Base' }, { type: object, properties: { dock: { type: object, properties: { n: { type: integer } } } } }] } }",
    ),
    "models.py",
  );
  expect(text).toContain("class ShipDock(TypedDict):\n    n: NotRequired[int]");
  expect(text).toContain(
    "class Ship(TypedDict):\n    id: NotRequired[str]\n    dock: NotRequired['ShipDock']",
  );
});

test("an operation that streams when asked to has an overload for each answer", () => {
  const text = textOf(
    printed(
      operation(`
requestBody: { required: true, content: { application/json: { schema: { type: object, properties: { stream: { type: boolean } } } } } }
responses:
  200:
    description: OK
    content:
      application/json: { schema: { type: object, properties: { text: { type: string } } } }
      text/event-stream: { itemSchema: { type: object, properties: { delta: { type: string } } } }`),
    ),
    "client.py",
  );
  expect(text).toContain(
    "stream: Literal[True],\n        timeout: Optional[float] = None,\n    ) -> Iterator[RunEvent]:",
  );
  expect(text).toContain(
    "stream: Literal[False] = False,\n        timeout: Optional[float] = None,\n    ) -> RunResponse:",
  );
});

test("an operation whose answer Accept chooses has an overload for each too", () => {
  const text = textOf(
    printed(
      operation(`
responses:
  200:
    description: OK
    content:
      application/json: { schema: { type: object, properties: { text: { type: string } } } }
      text/event-stream: { itemSchema: { type: object, properties: { delta: { type: string } } } }`),
    ),
    "client.py",
  );
  expect(text).toContain("stream: Literal[True],");
  expect(text).toContain("stream: Literal[False] = False,");
});

test("parameters have names Python takes, each its own", () => {
  const given = document(`
paths:
  "/a/{timeout}/{class}/{userId}":
    get:
      operationId: getA
      parameters:
        - { name: timeout, in: path, required: true, schema: { type: string } }
        - { name: class, in: path, required: true, schema: { type: string } }
        - { name: userId, in: path, required: true, schema: { type: string } }
        - { name: q, in: query, required: true, schema: { type: string } }
      responses: { 204: { description: Done. } }`);
  expect(textOf(printed(given), "client.py")).toContain(
    "self,\n        timeout2: str,\n        class_: str,\n        user_id: str,\n        params: GetAParams,\n        *,\n        timeout: Optional[float] = None,\n    ) -> None:",
  );
});

test("named events are told apart by their names", () => {
  const text = bodyOf(
    operation(`
responses:
  200:
    description: OK
    content:
      text/event-stream:
        itemSchema:
          oneOf:
            - { type: object, properties: { event: { const: up }, data: { type: object, properties: { a: { type: string } } } } }
            - { type: object, properties: { event: { const: down }, data: { type: string } } }`),
    "models.py",
  );
  expect(text).toContain('event: Literal["up"]\n    data: ');
  expect(text).toContain('event: Literal["down"]\n    data: ');
});

test("the same representation gives the same bytes", () => {
  const given = hostileDocument("a b");
  expect(printed(given)).toEqual(printed(given));
});

test("neither of the first two lines holds anything of the document, which could set their encoding", () => {
  const given = document("info: { title: '-*- coding: utf-7 -*-', version: 'coding: rot13' }");
  for (const { path, content } of printed(given).filter((file) => file.content !== ""))
    expect(content.split("\n").slice(0, 2).join("\n"), path).not.toMatch(/coding[:=]/);
});

const check = `
import compileall, importlib, inspect, pathlib, sys, typing
sys.path.insert(0, sys.argv[1])
assert compileall.compile_dir(sys.argv[1], quiet=1, force=True)
import builtins
for folder in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    if not (folder / "__init__.py").exists(): continue
    importlib.import_module(folder.name)
    for name in ("client", "models"):
        module = importlib.import_module(f"{folder.name}.{name}")
        for kind in vars(module).values():
            if not inspect.isclass(kind) or kind.__module__ != module.__name__: continue
            typing.get_type_hints(kind)
            for method, function in vars(kind).items():
                if inspect.isfunction(function) and not method.startswith("_"): typing.get_type_hints(function)
        assert not hasattr(module, "owned"), folder.name
assert not hasattr(builtins, "owned")
print("fine")
`;

/** Lets Python compile packages, import them, and look up every name in their types. */
async function checkedByPython(
  packages: Readonly<Record<string, readonly GeneratedFile[]>>,
): Promise<string> {
  const files = Object.entries(packages).flatMap(([name, all]) =>
    all.map(({ path, content }) => [`${name}/${path}`, content]),
  );
  return withFolder(Object.fromEntries(files), async (folder) =>
    (await run("python3", ["-c", check, folder])).stdout.trim(),
  );
}

// Without a Python of 3.11 or newer on the machine there is nothing that could compile them.
test.skipIf(!hasPython)("Python compiles our own clients and knows every name in them", async () => {
  const packages: Record<string, readonly GeneratedFile[]> = {};
  for (const name of ["runcrate/inference", "runcrate/infrastructure", "crun/inference", "vcita/ai"]) {
    const at = (end: string) => join(repository, `openapi/${name}.${end}`);
    const { ir } = await represent({ document: at("yaml"), overlays: [at("overlay.yaml")] });
    packages[name.replace("/", "_")] = printPython(ir);
  }
  expect(await checkedByPython(packages)).toBe("fine");
});

test.skipIf(!hasPython)("no string of a document gets out of its place", async () => {
  const pythonAttacks = [
    '"""\nglobals()["owned"] = True\n"""',
    '\\"\\"\\"\nowned = True\n#',
    "'''; owned = True; '''",
    "x]\nowned = True\ny: List[int",
    "ﬁ",
    "\f\u000b\u0000owned = True",
    "self",
    "TypedDict",
    "None",
    "mro",
  ];
  const packages = Object.fromEntries(
    [...attacks, ...pythonAttacks].map((attack, index) => [
      `attack${index}`,
      printed(hostileDocument(attack)),
    ]),
  );
  expect(await checkedByPython(packages)).toBe("fine");
});
