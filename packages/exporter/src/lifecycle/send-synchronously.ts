import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'
import { otlpHeaders } from '../delivery/otlp-headers.js'
import type { HttpAnswer } from '../delivery/read-answer.js'
import type { EncodedBatch } from '../encode/encoded-batch.js'
import type { Compression, TlsFiles } from '../options/exporter-options.js'
import { LAST_SEND_WORKER } from './last-send-worker.js'

/** Where a last request goes, and how. */
export interface LastSendTarget {
  /** Of the traces endpoint itself. */
  readonly url: string
  /** In lower case. They are given to the thread in memory alone. */
  readonly headers: Readonly<Record<string, string>>
  readonly compression: Compression
  /** `rejectUnauthorized` has to be said here: the thread has no environment, so `NODE_TLS_REJECT_UNAUTHORIZED` does not reach it. */
  readonly tls: TlsFiles
}

/** Batches for one target. */
export interface LastSend {
  readonly target: LastSendTarget
  readonly batches: readonly EncodedBatch[]
}

/** What became of one batch. */
export type LastSendOutcome =
  | { readonly status: 'answered'; readonly answer: HttpAnswer }
  /** There was no connection, or it broke. */
  | { readonly status: 'failed'; readonly code: string }
  /** The time was up. */
  | { readonly status: 'unanswered' }
  /** Nothing was sent: no thread could be started. */
  | { readonly status: 'unsent'; readonly code: string }

/** Requests at a time to each target: enough to keep a connection busy, few enough not to be taken for an attack. */
const CONCURRENCY = 8

/**
 * Sends batches while the caller waits: the last resort for a process whose event loop will not turn again. A thread of its own talks to the
 * network; this one sleeps until there is an answer. Each batch is tried once: what follows from an answer is the caller's to judge. Never throws.
 *
 * The thread gets neither the process's arguments nor its environment: what is preloaded there (`--import`, `NODE_OPTIONS`) would be started
 * once more, with all its instrumentation, and with us in it.
 *
 * A name look-up that the system does not answer outlives the deadline: the process cannot end before it comes back, as with any that Node
 * has begun.
 *
 * @param sends - What to send.
 * @param deadlineMillis - How long the caller waits at most.
 * @returns For each of `sends`, what became of each of its batches.
 */
export function sendSynchronously(
  sends: readonly LastSend[],
  deadlineMillis: number,
): readonly (readonly LastSendOutcome[])[] {
  const outcomes: LastSendOutcome[][] = sends.map(({ batches }) => batches.map(() => ({ status: 'unanswered' })))
  try {
    // A thread that fails to start says so to the event loop alone.
    return sendFromThread(sends, outcomes, deadlineMillis) ? outcomes : giveUp(outcomes, 'it did not start in time')
  } catch (error) {
    // The permission model, too little memory, a thread that may not wait.
    return giveUp(outcomes, codeOf(error))
  }
}

function sendFromThread(sends: readonly LastSend[], outcomes: LastSendOutcome[][], deadlineMillis: number): boolean {
  const end = performance.now() + deadlineMillis
  const signals = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT))
  const { port1: port, port2: remote } = new MessageChannel()
  try {
    const worker = startWorker(sends, remote, signals)
    exchange({ sends, port, signals, outcomes, end })
    void worker.terminate()
    return Atomics.load(signals, 1) === 1
  } finally {
    port.close()
  }
}

function startWorker(sends: readonly LastSend[], remote: MessagePort, signals: Int32Array): Worker {
  const targets = sends.map(({ target: { url, headers, compression, tls } }) => ({
    url,
    headers: otlpHeaders({ headers }),
    isCompressed: compression === 'gzip',
    tls: { ca: tls.ca ?? trustedByDefault(url), ...tls },
  }))
  const worker = new Worker(LAST_SEND_WORKER, {
    eval: true,
    name: 'axion-last-send',
    workerData: { targets, port: remote, signals },
    transferList: [remote],
    execArgv: [],
    env: {},
    // Not the application's: what Node may have to say about a thread stays there.
    stdout: true,
    stderr: true,
  })
  // Without a listener, its failure would be the process's own, should that live on.
  worker.on('error', () => {})
  worker.unref()
  return worker
}

// Whom this process trusts (`--use-system-ca`, `tls.setDefaultCACertificates`), the thread would not know on its own. Loaded late: most
// processes never get here. Before Node 22.15 there is nothing to ask, and little to know.
function trustedByDefault(url: string): readonly string[] | undefined {
  if (!url.startsWith('https:')) return undefined
  // Younger than the types of the oldest Node we run on.
  const { getCACertificates } = process.getBuiltinModule('node:tls') as {
    getCACertificates?(type: 'default'): string[]
  }
  return getCACertificates?.('default')
}

interface Exchange {
  readonly sends: readonly LastSend[]
  readonly port: MessagePort
  readonly signals: Int32Array
  readonly outcomes: LastSendOutcome[][]
  readonly end: number
}

/** What the thread says: an answer or a code. */
type Told = { readonly target: number; readonly index: number } & (
  | (Omit<HttpAnswer, 'body'> & { readonly body: Uint8Array })
  | { readonly code: string }
)

// Bodies are handed over one at a time, as the ones before are answered: a full queue is not copied as a whole.
function exchange({ sends, port, signals, outcomes, end }: Exchange): void {
  const waiting = sends.map(({ batches }) => batches.entries())
  let underWay = 0
  const post = (target: number): void => {
    const next = waiting[target]?.next()
    if (!next || next.done) return
    const [index, batch] = next.value
    const body = new Uint8Array(batch.body)
    port.postMessage({ target, index, body }, [body.buffer])
    underWay++
  }
  for (let turn = 0; turn < CONCURRENCY; turn++) for (const target of sends.keys()) post(target)
  while (underWay > 0) {
    // Read before the answers are: one that comes in between changes it, and there is no waiting.
    const answers = Atomics.load(signals, 0)
    for (let received = receiveMessageOnPort(port); received; received = receiveMessageOnPort(port)) {
      // Written by the program above.
      const told = received.message as Told
      const ofTarget = outcomes[told.target]
      if (ofTarget) ofTarget[told.index] = outcomeOf(told)
      underWay--
      post(told.target)
    }
    const leftMillis = end - performance.now()
    if (underWay === 0 || leftMillis <= 0) return
    Atomics.wait(signals, 0, answers, leftMillis)
  }
}

function outcomeOf(told: Told): LastSendOutcome {
  if ('code' in told) return { status: 'failed', code: told.code }
  const { status, contentType, retryAfter, body } = told
  return { status: 'answered', answer: { status, contentType, retryAfter, body: asBuffer(body) } }
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}

function giveUp(outcomes: readonly LastSendOutcome[][], code: string): readonly LastSendOutcome[][] {
  return outcomes.map((ofTarget) =>
    ofTarget.map((outcome) => (outcome.status === 'unanswered' ? { status: 'unsent', code } : outcome)),
  )
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
