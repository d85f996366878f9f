import { expect, test } from "vitest";
import { document, representationOf } from "../../../test/documents.ts";
import { helperConstant, operationConstant, plainNames, runtimeNames } from "./operation-names.ts";

test("functions of the runtime keep their names, unless an operation has one", () => {
  expect(plainNames.uploadFile).toBe("uploadFile");
  const ir = representationOf(
    document(
      "paths: { /a: { get: { operationId: uploadFile }, post: { operationId: runUploadFile }, put: { operationId: findBy } } }",
    ),
  );
  expect(runtimeNames(ir)).toEqual({
    createAndWait: "createAndWait",
    findBy: "runFindBy",
    listPages: "listPages",
    uploadFile: "runUploadFile2",
    waitUntil: "waitUntil",
  });
});

test("constants are named for what they describe", () => {
  expect(operationConstant("run")).toBe("runOperation");
  expect(helperConstant({ kind: "waiter", id: "waitUntilDone" })).toBe("waitUntilDoneWaiter");
  expect(helperConstant({ kind: "creation", id: "createAndWait" })).toBe("createAndWaitCreation");
  expect(helperConstant({ kind: "finder", id: "findByName" })).toBe("findByNameFinder");
  expect(helperConstant({ kind: "upload", id: "uploadFile" })).toBe("uploadFilePlan");
});
