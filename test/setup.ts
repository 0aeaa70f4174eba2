import { afterAll, afterEach, beforeAll } from "@jest/globals";
import nock from "nock";

// Jest gives each test file its own module registry but one shared `net`: a file that ends with nock
// active breaks the next file in the same worker. Hence restore() at the end of every file. Only this
// machine may be reached; no test talks to the outside.
beforeAll(() => {
  if (!nock.isActive()) nock.activate();
  nock.disableNetConnect();
  nock.enableNetConnect("127.0.0.1");
});
afterEach(() => {
  nock.cleanAll();
});
afterAll(() => {
  nock.restore();
});
