export * from "@hawser/streaming";
export { APIPromise, type Exchange, type WithResponse } from "./api-promise.ts";
export { BinaryResponse } from "./binary-answer.ts";
export type { Uploadable } from "./binary-source.ts";
export { type Client, createClient } from "./client.ts";
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
export type { Logger, LogLevel } from "./logger.ts";
export type { Middleware, MiddlewareContext, Next } from "./middleware.ts";
export type {
  BodyPart,
  Operation,
  OperationBody,
  OperationInput,
  OperationMethod,
  OperationStream,
  Outcome,
  Parameter,
  ParameterStyle,
  RetrySafety,
  SecurityScheme,
  Service,
  StreamClass,
} from "./operation.ts";
export {
  type ClientOptions,
  type Credential,
  type HeadersInput,
  mergeOptions,
  type QueryInput,
  type RequestOptions,
  type SharedOptions,
} from "./options.ts";
export type { RateLimit, RateLimitWindow } from "./rate-limit.ts";
export type { ErrorAnswer, Failure, HttpStatus, NoAnswer, Result, Success } from "./result.ts";
export { defaultTimeouts, type Timeouts } from "./timeouts.ts";
export { type ToFileOptions, toFile } from "./to-file.ts";
