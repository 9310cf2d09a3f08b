import { createRequire } from 'node:module'
import { type Intercept, prototypeOf, wrapMethod } from '../../calls/wrap-method.js'
import type { Target } from '../target.js'

type Calls = typeof import('./langchain-calls.js')

const load = createRequire(import.meta.url)
const intercept = (name: keyof Calls): (() => Intercept) => {
  return () => (load('./langchain-calls.js') as Calls)[name]
}

/**
 * LangChain 1 and LangGraph, through `@langchain/core`: a handler is added to the callbacks of each run, beside those that are there. Models, and what
 * the application runs inside tools and nodes, are run in the context of their span.
 */
export const target: Target = {
  patch(exports) {
    const { CallbackManager, AsyncLocalStorageProviderSingleton } = exports
    const wrapped = [
      wrapMethod(CallbackManager, '_configureSync', intercept('configure')),
      wrapMethod(AsyncLocalStorageProviderSingleton, 'runWithConfig', intercept('runWithConfig')),
      ...['BaseChatModel', 'BaseLLM'].flatMap((name) => [
        wrapMethod(prototypeOf(exports, name), '_generateUncached', intercept('generate')),
        wrapMethod(prototypeOf(exports, name), '_streamIterator', intercept('streamIterator')),
      ]),
    ]
    return wrapped.includes(true)
  },
}
