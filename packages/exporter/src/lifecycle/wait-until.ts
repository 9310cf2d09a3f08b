/** Keeps a serverless function running until a promise is settled, although its answer has been sent. Never throws. */
export type WaitUntil = (promise: Promise<unknown>) => void

/**
 * Finds the `waitUntil` of the request that is being served: of Next.js, Vercel, Netlify and Cloudflare Workers. Each request has its own, so it
 * is to be asked for when it is needed. Never throws.
 *
 * @param context - A context the application passes on, for platforms that hand it out as an argument only; its `waitUntil` comes first.
 * @returns Undefined where there is none, and outside of a request.
 */
export function findWaitUntil(context?: unknown): WaitUntil | undefined {
  for (const candidate of [() => context, nextContext, vercelContext, netlifyContext, cloudflareModule]) {
    const waitUntil = waitUntilOf(candidate)
    if (waitUntil) return waitUntil
  }
  return undefined
}

const NEXT_CONTEXT = Symbol.for('@next/request-context')
const VERCEL_CONTEXT = Symbol.for('@vercel/request-context')

interface RequestContextSlot {
  readonly get?: () => unknown
}

// What platforms put there, as far as it concerns us; nothing of it is declared anywhere.
const platform = globalThis as {
  readonly [NEXT_CONTEXT]?: RequestContextSlot
  readonly [VERCEL_CONTEXT]?: RequestContextSlot
  readonly Netlify?: { readonly context?: unknown }
}

// The contract of Next.js with whoever hosts it: `server/after/builtin-request-context` of the package `next`.
function nextContext(): unknown {
  return platform[NEXT_CONTEXT]?.get?.()
}

// As `@vercel/functions` does it.
function vercelContext(): unknown {
  return platform[VERCEL_CONTEXT]?.get?.()
}

// https://docs.netlify.com/functions/api/
function netlifyContext(): unknown {
  return platform.Netlify?.context
}

// The module is there in Workers alone, and importing it by name breaks bundlers for everywhere else.
// https://developers.cloudflare.com/changelog/2025-08-08-add-waituntil-cloudflare-workers
function cloudflareModule(): unknown {
  return process.getBuiltinModule('cloudflare:workers')
}

function waitUntilOf(find: () => unknown): WaitUntil | undefined {
  try {
    const holder = find()
    if (!canWait(holder)) return undefined
    return (promise) => {
      try {
        holder.waitUntil(promise)
      } catch {
        // The request is over: what is held waits for the next one.
      }
    }
  } catch {
    return undefined
  }
}

function canWait(holder: unknown): holder is { waitUntil(promise: Promise<unknown>): void } {
  return (
    ((typeof holder === 'object' && holder !== null) || typeof holder === 'function') &&
    'waitUntil' in holder &&
    typeof holder.waitUntil === 'function'
  )
}
