// What Node resolves `@axion/core` to. Elsewhere, in bundles for browsers and edge runtimes, that is `index.ts`, which does without what needs Node.
import { addNodeSupport } from './node/add-node-support.js'

addNodeSupport()

export {
  CORE_SCOPE_NAME,
  getActiveSpan,
  getCurrentTracer,
  initTracer,
  isContentCaptured,
  setContentCapture,
  Tracer,
  trace,
  traced,
  withTraceContext,
} from './index.js'
