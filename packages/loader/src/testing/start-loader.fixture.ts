import { LangfuseTraceLoader } from '../langfuse-trace-loader.js'
import { LoaderError } from '../loader-error.js'
import type { LangfuseTraceLoaderOptions } from '../options/loader-options.js'
import { holdClock } from './held-clock.fixture.js'
import { FIXTURE_KEYS, type FixtureServer, type Respond, startLangfuseServer } from './langfuse-server.fixture.js'
import { T0 } from './rows.fixture.js'
import type { StoredRows } from './stored-rows.fixture.js'

/** A server and a loader for it, whose present is an hour after T0. */
export interface Rig {
  readonly server: FixtureServer
  readonly loader: LangfuseTraceLoader
  close(): Promise<void>
}

/** Starts a server with these rows and a loader that reads from it. */
export async function startLoader(
  rows: StoredRows,
  options: LangfuseTraceLoaderOptions = {},
  respond?: Respond,
): Promise<Rig> {
  const server = await startLangfuseServer(rows, respond)
  const loader = new LangfuseTraceLoader(
    { ...FIXTURE_KEYS, baseUrl: server.url, ...options },
    holdClock(T0 + 3_600_000),
  )
  return {
    server,
    loader,
    close: async () => {
      await loader.close()
      await server.close()
    },
  }
}

/** The LoaderError that a promise rejects with; anything else fails the test. */
export async function failureOf(promise: Promise<unknown>): Promise<LoaderError> {
  const outcome = await promise.then(
    () => 'nothing',
    (reason: unknown) => reason,
  )
  if (outcome instanceof LoaderError) return outcome
  throw new Error(`expected a LoaderError, got ${String(outcome)}`, { cause: outcome })
}
