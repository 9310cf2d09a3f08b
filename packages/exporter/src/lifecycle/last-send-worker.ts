/**
 * The program of the thread that sends while the main thread waits, as text.
 *
 * Text rather than a file beside this one: `new Worker(new URL('./worker.js', import.meta.url))` finds nothing once an application was
 * bundled into one file, made into CommonJS or a single executable. Text rather than `fn.toString()`: minifiers, transpilers and coverage
 * put references to their own module scope into functions. It is CommonJS of plain Node, and imports nothing of ours.
 *
 * It is given `targets`, a `port` that brings bodies and takes answers, and `signals`: how many answers there are, and whether it runs.
 */
export const LAST_SEND_WORKER: string = `'use strict'
const { workerData } = require('node:worker_threads')
const { gzip } = require('node:zlib')

const { targets, port, signals } = workerData
const LONGEST_ANSWER = 65536

const clients = targets.map(({ url, tls }) => {
  const { Agent, request } = require(new URL(url).protocol === 'https:' ? 'node:https' : 'node:http')
  return { request, agent: new Agent({ keepAlive: true, ...tls }) }
})

function send({ target, index, body }) {
  let isTold = false
  const tell = (outcome) => {
    if (isTold) return
    isTold = true
    port.postMessage({ target, index, ...outcome })
    Atomics.add(signals, 0, 1)
    Atomics.notify(signals, 0)
  }
  const fail = (error) => tell({ code: String(error.code ?? error.name) })
  const post = (error, payload, encoding) => {
    if (error) return fail(error)
    try {
      const { url, headers } = targets[target]
      const { request, agent } = clients[target]
      const sized = { ...headers, ...encoding, 'content-length': payload.byteLength }
      request(url, { method: 'POST', agent, headers: sized }, read).on('error', fail).end(payload)
    } catch (thrown) {
      fail(thrown)
    }
  }
  const read = (response) => {
    const { 'content-type': contentType, 'retry-after': retryAfter } = response.headers
    const chunks = []
    let bytes = 0
    const answer = () => tell({ status: response.statusCode, contentType, retryAfter, body: Buffer.concat(chunks) })
    response.on('data', (chunk) => {
      chunks.push(chunk)
      bytes += chunk.byteLength
      if (bytes > LONGEST_ANSWER) {
        answer()
        response.destroy()
      }
    })
    response.on('end', answer).on('error', fail)
  }
  if (targets[target].isCompressed) {
    gzip(body, { level: 1 }, (error, payload) => post(error, payload, { 'content-encoding': 'gzip' }))
  } else {
    post(undefined, body)
  }
}

port.on('message', send)
Atomics.store(signals, 1, 1)
`
