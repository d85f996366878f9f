export * from "@hawser/streaming";
export { APIPromise, type Exchange, type ReadAnswer, type WithResponse } from "./api-promise.ts";
export { BinaryResponse } from "./binary-answer.ts";
export type { Uploadable } from "./binary-source.ts";
export type { PreparedBody } from "./body.ts";
export { binaryBody, multipartBody, textBody, urlencodedBody } from "./body-writers.ts";
export { type Client, createClient } from "./client.ts";
export { clientCredentials, type TokenGrantor } from "./client-credentials.ts";
export { CostLimitError, type CostLimitErrorInit } from "./cost-guard.ts";
export { type CreateAndWaitOptions, createAndWait } from "./create-and-wait.ts";
export { type CreationOutcome, creationOf } from "./creation-outcome.ts";
export { DryRunError, type DryRunRequest } from "./dry-run.ts";
export { type Opened, openEnvelope } from "./envelope.ts";
export {
  APIError,
  type APIErrorInit,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  ConnectionError,
  type ConnectionErrorInit,
  InternalServerError,
  InvalidRequestError,
  InvalidResponseError,
  type InvalidResponseErrorInit,
  NotFoundError,
  PaymentRequiredError,
  PermissionDeniedError,
  RateLimitError,
  RedirectError,
  UnprocessableEntityError,
} from "./errors.ts";
export { type Finder, findBy } from "./find-by.ts";
export { listPages } from "./list-pages.ts";
export type { Logger, LogLevel } from "./logger.ts";
export type { Middleware, MiddlewareContext, Next } from "./middleware.ts";
export type {
  BodyPart,
  BodySettings,
  BodyWriter,
  CostPlan,
  Envelope,
  EnvelopeOpener,
  EnvelopeSettings,
  FileClass,
  Operation,
  OperationBody,
  OperationInput,
  OperationMethod,
  OperationStream,
  Outcome,
  OutcomeSettings,
  PagePlan,
  Parameter,
  ParameterStyle,
  RetrySafety,
  SecurityScheme,
  Server,
  ServerVariable,
  Service,
  StreamClass,
} from "./operation.ts";
export {
  type ClientOptions,
  type Credential,
  type HeadersInput,
  mergeOptions,
  type QueryInput,
  type RenewableCredential,
  type RequestOptions,
  type SharedOptions,
  type StreamChoice,
} from "./options.ts";
export { type Page, PagePromise, type ToArrayOptions } from "./page-promise.ts";
export type { Acceptor, Creation, UploadPlan, Waiter } from "./plans.ts";
export type { DelayRange } from "./poll-delay.ts";
export type { RateLimit, RateLimitWindow } from "./rate-limit.ts";
export type { ErrorAnswer, Failure, HttpStatus, NoAnswer, Result, Success } from "./result.ts";
export { locateServers, type ServerLocator } from "./servers.ts";
export type { StreamReading } from "./stream-reading.ts";
export { defaultTimeouts, type Timeouts } from "./timeouts.ts";
export { type ToFileOptions, toFile } from "./to-file.ts";
export { UnknownOutcomeError, type UnknownOutcomeErrorInit } from "./unknown-outcome-error.ts";
export { type UploadOptions, uploadFile } from "./upload-file.ts";
export {
  createValidation,
  type OperationSchemas,
  type Received,
  type Validation,
  type ValidationIssue,
  type ValidationOptions,
  type ValueSchema,
} from "./validation.ts";
export type { WaitOptions, WaitProgress } from "./wait-options.ts";
export { waitUntil } from "./wait-until.ts";
export { WaiterFailureError, WaiterTimeoutError } from "./waiter-errors.ts";
