import { lampPicture } from './lamp-picture.js'
import type { SampleSpan, SampleTrace } from './sample-traces.js'

const QUESTIONS = [
  ['Where is my order 48213?', 'It left our warehouse this morning and arrives on Thursday.'],
  ['Can I return shoes that I wore once?', 'Yes, within 30 days, if they show no traces of wear outdoors.'],
  ['Do you ship to Iceland?', 'We do. Shipping takes five to eight days and costs 19 €.'],
  ['My voucher does not work.', 'It expired on Sunday; I have added seven days to it.'],
  ['How do I change my address?', 'Open “Account”, then “Addresses”. Orders that were sent keep the old one.'],
  ['Is the blue lamp available again?', 'It is back in stock since yesterday, in two sizes.'],
] as const

const USERS = ['ada', 'grace', 'edsger', 'barbara', 'alan']

const PICTURE = `data:image/png;base64,${lampPicture().toString('base64')}`

/**
 * A day of a support assistant: questions answered with documents and tools, summaries, tickets that were sorted; some go wrong.
 *
 * @param endMillis When the day ends.
 * @param size How many traces.
 * @returns The traces, the newest first.
 */
export function supportDay(endMillis: number, size: number): SampleTrace[] {
  return Array.from({ length: size }, (_, index) => {
    // Denser towards noon, and the same with every run.
    const back = ((index + noise(index)) / size) ** 1.2 * 22 * 3_600_000
    const common = {
      atMillis: Math.round(endMillis - 60_000 - back),
      userId: USERS[index % USERS.length] ?? 'ada',
      environment: index % 6 === 5 ? 'staging' : 'production',
    }
    if (index % 5 === 3) return { ...common, ...classification(index), tags: ['tickets'] }
    if (index % 11 === 7) return { ...common, ...summary(index), tags: ['nightly', 'summaries'] }
    const sessionId = `chat-${4800 + Math.floor(index / 4)}`
    return {
      ...common,
      sessionId,
      ...answer(index, common.atMillis),
      tags: ['support', index % 2 === 0 ? 'web' : 'app'],
    }
  })
}

function answer(index: number, from: number): SampleSpan {
  const [question, reply] = QUESTIONS[index % QUESTIONS.length] ?? QUESTIONS[0]
  const isFailed = index % 13 === 6
  const slow = 1 + noise(index) * 2
  const at = (millis: number): number => Math.round(millis * slow)
  const system = {
    role: 'system',
    content: 'You answer customers of a furniture shop, briefly and kindly. Use the tools; never guess.',
  }
  const call = {
    id: 'call_1',
    type: 'function',
    function: { name: 'find_order', arguments: '{"order":"48213","fields":["status","eta"]}' },
  }
  const user = {
    role: 'user',
    content: [
      { type: 'text', text: question },
      { type: 'image_url', image_url: { url: PICTURE } },
    ],
  }
  const result = {
    role: 'tool',
    tool_call_id: 'call_1',
    content: '{"status":"sent","eta":"2026-11-26","carrier":{"name":"Posti","tracking":"https://example.com/t/48213"}}',
  }
  return {
    ...{ name: 'support-question', type: 'agent', startMillis: 0, durationMillis: at(isFailed ? 1500 : 2950) },
    ...{ input: { question }, output: isFailed ? undefined : { answer: reply } },
    ...(isFailed && { error: 'OrderService: 503 Service Unavailable after 3 attempts' }),
    children: [
      {
        ...{
          name: 'search-documents',
          type: 'retriever',
          startMillis: at(12),
          durationMillis: at(310),
          input: { query: question, limit: 4 },
        },
        output: ['returns.md#worn', 'shipping.md#times', 'orders.md#status'].map((id, place) => ({
          id,
          score: 0.91 - place * 0.13,
        })),
        children: [
          {
            ...{
              name: 'embed-question',
              type: 'embedding',
              startMillis: at(15),
              durationMillis: at(92),
              input: question,
            },
            attributes: model('text-embedding-3-small', { input: 11, total: 11 }, { total: 2.2e-7 }),
          },
          {
            name: 'vector-search',
            startMillis: at(109),
            durationMillis: at(205),
            input: { index: 'help', k: 4 },
            output: { hits: 4 },
          },
        ],
      },
      {
        name: 'check-policy',
        type: 'guardrail',
        startMillis: at(14),
        durationMillis: at(140),
        input: question,
        output: { allowed: true },
      },
      {
        ...{ name: 'decide', type: 'generation', startMillis: at(330), durationMillis: at(780), input: [system, user] },
        output: { role: 'assistant', content: null, tool_calls: [call] },
        attributes: {
          ...model(
            'gpt-4o-mini',
            { input: 611, output: 24, total: 635 },
            { input: 0.0000917, output: 0.0000144, total: 0.0001061 },
          ),
          'langfuse.observation.model.parameters': '{"temperature":0.2,"max_tokens":600}',
        },
      },
      {
        ...{
          name: 'find_order',
          type: 'tool',
          startMillis: at(1120),
          durationMillis: at(360),
          input: { order: '48213' },
        },
        ...(isFailed
          ? { error: 'OrderService: 503 Service Unavailable after 3 attempts' }
          : { output: { status: 'sent', eta: '2026-11-26' } }),
      },
      ...(isFailed
        ? []
        : [
            finalAnswer(
              from,
              at,
              [system, user, { role: 'assistant', content: null, tool_calls: [call] }, result],
              reply,
            ),
          ]),
    ],
  }
}

function finalAnswer(from: number, at: (millis: number) => number, input: unknown, reply: string): SampleSpan {
  return {
    ...{ name: 'answer', type: 'generation', startMillis: at(1490), durationMillis: at(1420), input },
    output: { role: 'assistant', content: reply },
    attributes: {
      ...model('gpt-4o', { input: 894, output: 61, total: 955 }, { input: 0.002235, output: 0.00061, total: 0.002845 }),
      'langfuse.observation.model.parameters': '{"temperature":0.2,"top_p":1}',
      'langfuse.observation.prompt.name': 'support-answer',
      'langfuse.observation.prompt.version': 7,
      'langfuse.observation.completion_start_time': new Date(from + at(1900)).toISOString(),
      'langfuse.observation.metadata.region': 'eu-north-1',
      'langfuse.observation.metadata.attempt': '1',
    },
  }
}

function summary(index: number): SampleSpan {
  const parts = Array.from({ length: 6 }, (_, part) => ({
    ...{
      name: `summarize-part-${part + 1}`,
      type: 'generation',
      startMillis: 40 + part * 620,
      durationMillis: 590 + Math.round(noise(index + part) * 900),
    },
    ...{
      input: `Summarize the tickets of hour ${part * 4}.`,
      output: 'Delays in the north; vouchers; one complaint about packaging.',
    },
    attributes: model('claude-sonnet-4', { input: 4100, output: 210, total: 4310 }, { total: 0.01545 }),
  }))
  return {
    name: 'nightly-summary',
    type: 'chain',
    startMillis: 0,
    durationMillis: 6100,
    input: { tickets: 412 },
    output: 'Three themes…',
    children: parts,
  }
}

function classification(index: number): SampleSpan {
  const isWarned = index % 3 === 0
  return {
    ...{
      name: 'classify-ticket',
      type: 'generation',
      startMillis: 0,
      durationMillis: 240 + Math.round(noise(index) * 300),
    },
    ...{
      input: `Which queue: "${QUESTIONS[index % QUESTIONS.length]?.[0]}"`,
      output: { queue: 'orders', confidence: 0.82 },
    },
    attributes: {
      ...model('gpt-4o-mini', { input: 212, output: 9, total: 221 }, { total: 0.0000372 }),
      ...(isWarned && {
        'langfuse.observation.level': 'WARNING',
        'langfuse.observation.status_message': 'Confidence below 0.9',
      }),
    },
  }
}

function model(name: string, usage: Record<string, number>, costs: Record<string, number>): Record<string, string> {
  return {
    'langfuse.observation.model.name': name,
    'langfuse.observation.usage_details': JSON.stringify(usage),
    'langfuse.observation.cost_details': JSON.stringify(costs),
  }
}

/** Between 0 and 1, the same for the same number. */
function noise(seed: number): number {
  const value = Math.sin(seed * 12.9898) * 43_758.5453
  return value - Math.floor(value)
}
