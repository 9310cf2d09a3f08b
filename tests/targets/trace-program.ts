import { type DevServer, startDevServer } from '@axion/dev-server'
import { LangfuseTraceLoader, type Trace } from '@axion/loader'
import { type Run, runNode } from '../run-node.js'
import { temporaryFolder } from '../temporary-folder.js'
import { type Script, startScriptedApi } from './scripted-api.js'

/** What a program did with and without the hook. */
export interface TracedProgram {
  readonly plain: Run
  readonly traced: Run
  /** By the names of the application's spans. */
  readonly traces: ReadonlyMap<string | null, Trace>
}

/** A trace, as names and types in the order of time; those of one parent in brackets behind it. */
export function treeOf(trace: Trace | undefined): string {
  const all = inTime(trace?.observations ?? [])
  const below = (parent: string | null): string =>
    all
      .filter(({ parentId }) => parentId === parent)
      .map(({ id, name, type }) => `${type.toLowerCase()} ${name}${wrapped(below(id))}`)
      .join(', ')
  return below(null)
}

/**
 * Observations in the order of time. Times are in whole milliseconds: of two that began in one, the first is the one that ended first.
 *
 * @param observations - Of one trace.
 */
export function inTime<T extends { readonly startTime: Date; readonly endTime: Date | null }>(
  observations: readonly T[],
): T[] {
  const end = ({ endTime }: T): number => endTime?.getTime() ?? Number.POSITIVE_INFINITY
  return observations.toSorted((a, b) => a.startTime.getTime() - b.startTime.getTime() || end(a) - end(b))
}

function wrapped(children: string): string {
  return children === '' ? '' : ` (${children})`
}

/**
 * Runs a program twice against a scripted API, once as it is and once under the hook, and reads back what arrived at a server.
 *
 * @param program - Its file and arguments.
 * @param script - How the API answers.
 * @param env - Variables for the run under the hook.
 */
export async function traceProgram(
  program: readonly string[],
  script: Script,
  env: Readonly<Record<string, string>> = {},
): Promise<TracedProgram> {
  const server: DevServer = await startDevServer({ dataDir: await temporaryFolder() })
  try {
    const { url: baseUrl, publicKey, secretKey } = server
    const keys = { LANGFUSE_BASE_URL: baseUrl, LANGFUSE_PUBLIC_KEY: publicKey, LANGFUSE_SECRET_KEY: secretKey }
    const run = async (args: readonly string[], added: Readonly<Record<string, string>>): Promise<Run> => {
      const api = await startScriptedApi(script)
      try {
        return await runNode([...args, ...program], {
          cwd: import.meta.dirname,
          env: { ...added, API_URL: api.url },
        })
      } finally {
        api.close()
      }
    }
    const plain = await run([], {})
    const traced = await run(['--import', '@axion/register'], { ...keys, ...env })
    const loader = new LangfuseTraceLoader({ baseUrl, publicKey, secretKey })
    const traces = new Map([...(await loader.fetchTraces({ limit: 100 }))].map((trace) => [trace.name, trace]))
    return { plain, traced, traces }
  } finally {
    await server.close()
  }
}
