import { imageSource } from './safe-urls.js'

/** A part of a message. */
export type MessagePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'image'; readonly source: string }
  /** An image that is not in the data: it is named and not loaded. */
  | { readonly kind: 'image-address'; readonly address: string }
  | { readonly kind: 'tool-call'; readonly name: string; readonly id: string; readonly value: unknown }
  | { readonly kind: 'tool-result'; readonly name: string; readonly id: string; readonly value: unknown }
  | { readonly kind: 'other'; readonly value: unknown }

/** A message of a conversation. */
export interface Message {
  readonly role: string
  readonly parts: readonly MessagePart[]
}

type Fields = Readonly<Record<string, unknown>>

/**
 * The conversation in an input or output, as OpenAI, Anthropic, the AI SDK and OpenTelemetry's conventions write it.
 *
 * @param value The parsed payload.
 * @returns The messages; undefined when it is no conversation.
 */
export function readMessages(value: unknown): readonly Message[] | undefined {
  const list = messageList(value)
  if (list === undefined || list.length === 0 || !list.every(isMessage)) return undefined
  return list.filter(isFields).map(readMessage)
}

function messageList(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value
  if (!isFields(value)) return undefined
  if (isMessage(value)) return [value]
  if (isFields(value.message) && isMessage(value.message)) return [value.message]
  if (Array.isArray(value.choices))
    return value.choices.map((choice: unknown) => (isFields(choice) ? choice.message : choice))
  const { messages } = value
  if (!Array.isArray(messages)) return undefined
  return typeof value.system === 'string' ? [{ role: 'system', content: value.system }, ...messages] : messages
}

function isMessage(value: unknown): boolean {
  if (!isFields(value) || typeof value.role !== 'string') return false
  return 'content' in value || 'parts' in value || 'tool_calls' in value
}

function readMessage(message: Fields): Message {
  const role = String(message.role)
  const content = message.content ?? message.parts
  const calls = Array.isArray(message.tool_calls) ? message.tool_calls.map(readPart) : []
  if (role === 'tool' && !Array.isArray(content)) {
    const result = {
      kind: 'tool-result',
      name: text(message.name),
      id: text(message.tool_call_id),
      value: unpacked(content),
    } as const
    return { role, parts: [result] }
  }
  return { role, parts: [...readContent(content), ...calls] }
}

function readContent(content: unknown): readonly MessagePart[] {
  if (content === null || content === undefined || content === '') return []
  if (typeof content === 'string') return [{ kind: 'text', text: content }]
  return Array.isArray(content) ? content.map(readPart) : [readPart(content)]
}

function readPart(part: unknown): MessagePart {
  if (typeof part === 'string') return { kind: 'text', text: part }
  if (!isFields(part)) return { kind: 'other', value: part }
  const type = text(part.type).replaceAll('-', '_')
  const words = part.text ?? part.content
  if (/^((input|output)_)?text$|^reasoning$|^thinking$|^$/.test(type) && typeof (words ?? part.thinking) === 'string') {
    return { kind: 'text', text: text(words ?? part.thinking) }
  }
  if (type === 'tool_result' || type === 'tool_call_response') {
    const value = part.content ?? part.output ?? part.result ?? part.response
    return { kind: 'tool-result', name: text(part.toolName ?? part.name), id: toolId(part), value: unpacked(value) }
  }
  if (type === 'tool_use' || type === 'tool_call' || type === 'function' || isFields(part.function)) {
    const call = isFields(part.function) ? part.function : part
    const value = call.arguments ?? call.input ?? call.args
    return { kind: 'tool-call', name: text(call.name ?? call.toolName), id: toolId(part), value: unpacked(value) }
  }
  return readImage(part) ?? { kind: 'other', value: part }
}

function readImage(part: Fields): MessagePart | undefined {
  const source = isFields(part.source) ? part.source : undefined
  const data = text(source?.data)
  // What was taken out of the data says itself what it is.
  const inSource = data.startsWith('@@@') ? data : `data:${text(source?.media_type)};base64,${data}`
  const named = isFields(part.image_url) ? part.image_url.url : part.image_url
  const candidates = [named, inSource, part.image, part.data, source?.url]
  const inline = candidates.map(imageSource).find((each) => each !== undefined)
  if (inline !== undefined) return { kind: 'image', source: inline }
  const address = [named, source?.url, part.image].find(
    (each) => typeof each === 'string' && /^https?:\/\//i.test(each),
  )
  return address === undefined ? undefined : { kind: 'image-address', address: String(address) }
}

function toolId(part: Fields): string {
  return text(part.id ?? part.tool_use_id ?? part.toolCallId ?? part.tool_call_id ?? part.call_id)
}

/** Arguments and results are often JSON inside of JSON. */
function unpacked(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    return value
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
