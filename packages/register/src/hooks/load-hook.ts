import type { LoadFnOutput, LoadHookContext } from 'node:module'
import { observedSource } from './observed-source.js'

// Runs in the thread that `module.register` starts for hooks.

/** Node's asynchronous load hook, https://nodejs.org/docs/latest-v20.x/api/module.html#loadurl-context-nextload. */
export async function load(
  url: string,
  context: LoadHookContext,
  nextLoad: (url: string, context?: LoadHookContext) => LoadFnOutput | Promise<LoadFnOutput>,
): Promise<LoadFnOutput> {
  const loaded = await nextLoad(url, context)
  const source = observedSource(url, loaded)
  return source === undefined ? loaded : { ...loaded, source }
}
