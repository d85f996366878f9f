// One of the packages that are compared shows its sources, which it doesn't ship, to whoever isn't in production.
process.env.NODE_ENV = "production";

export { default } from "../vitest.base.ts";
