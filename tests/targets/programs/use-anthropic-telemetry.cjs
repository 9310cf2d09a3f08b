/** A tracer provider that notes the names of spans. */
function noteSpans(names) {
  const span = {
    spanContext: () => ({ traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 }),
    isRecording: () => true,
  }
  for (const method of ['setAttribute', 'setAttributes', 'addEvent', 'setStatus', 'updateName', 'recordException'])
    span[method] = () => span
  span.end = () => {}
  const startSpan = (name) => {
    names.push(name)
    return span
  }
  return { getTracer: () => ({ startSpan }) }
}

/**
 * What an application does with a client of Anthropic's that has telemetry of its own. Prints what it gets, one line each.
 *
 * @param modules - The client.
 * @param span - Runs a function in a span of the application, if it is traced.
 */
module.exports = async function useAnthropicTelemetry([{ Anthropic }], span) {
  const print = (what, value) => console.log(what, JSON.stringify(value))
  const settings = { apiKey: 'none', baseURL: process.env.API_URL, maxRetries: 1 }
  const body = { model: 'claude', max_tokens: 10, messages: [{ role: 'user', content: 'hi' }] }
  const names = []
  const clients = [
    ['', new Anthropic(settings)],
    ['own provider ', new Anthropic({ ...settings, openTelemetry: { tracerProvider: noteSpans(names) } })],
  ]
  for (const [prefix, { messages }] of clients) {
    const row = (name, work) => span(`${prefix}${name}`, async () => print(`${prefix}${name}`, (await work()).id))
    await row('create', () => messages.create(body))
    await row('stream helper', () => messages.stream(body).finalMessage())
  }
  print('spans of its own provider', names)
  const frozen = Object.freeze(new Anthropic(settings))
  await span('frozen', async () => print('frozen', (await frozen.messages.stream(body).finalMessage()).id))
}
