// What applications do with threads and processes: each asks once. Prints what it sees.
import { fork } from 'node:child_process'
import cluster from 'node:cluster'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'

const file = fileURLToPath(import.meta.url)
const ask = async () => {
  const { OpenAI } = createRequire(import.meta.url)('openai-6')
  const client = new OpenAI({ apiKey: 'none', baseURL: `${process.env.API_URL}/v1` })
  const { choices } = await client.chat.completions.create({ model: 'gpt', messages: [] })
  return choices[0].message.content
}

if (!isMainThread) parentPort.postMessage(await ask())
else if (process.send) {
  process.send(await ask())
  process.disconnect()
} else {
  console.log('main', await ask())
  const script = 'require("node:worker_threads").parentPort.postMessage("said")'
  cluster.setupPrimary({ exec: file })
  const others = [
    ['worker', () => new Worker(file)],
    ['worker of a text', () => new Worker(script, { eval: true })],
    ['worker without options', () => new Worker(file, { execArgv: [], env: { ...process.env } })],
    ['fork', () => fork(file)],
    ['fork without options', () => fork(file, { execArgv: [] })],
    ['cluster', () => cluster.fork()],
  ]
  for (const [name, start] of others) {
    const other = start()
    const exit = once(other, 'exit')
    console.log(name, (await once(other, 'message'))[0], (await exit)[0])
  }
}
