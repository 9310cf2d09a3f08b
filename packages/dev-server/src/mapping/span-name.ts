import type { Attributes } from '../decode-otlp/attributes.js'
import { attributeText, firstAttribute } from './first-attribute.js'

/**
 * What an observation is called: some instrumentations give every span the same name and say the telling one in an attribute.
 *
 * @param spanName The name of the span.
 * @param attributes Its attributes.
 * @returns The name.
 */
export function observationName(spanName: string, attributes: Attributes): string {
  const named = firstAttribute(attributes, ['gen_ai.tool.name', 'genkit:name', 'logfire.msg', 'ai.toolCall.name'])
  if (named !== undefined) return named
  const operation = attributes['ai.operationId']
  if (operation === undefined) return spanName
  const functionId = attributes['ai.telemetry.functionId']
  return `${functionId ? `${attributeText(functionId)}:` : ''}${attributeText(operation)}`
}
