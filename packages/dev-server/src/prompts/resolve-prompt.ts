import type { Prompt } from '../model/prompt.js'
import { conflict } from '../wire/api-error.js'

/** How deep prompts may be made of prompts: Langfuse's limit. */
const MAX_DEPTH = 5

/** How many references are followed for one prompt: five levels of a hundred each would be ten thousand millions. */
const MAX_REFERENCES = 1000

const REFERENCE = /@@@langfusePrompt:name=([^|@]+)\|(?:version=(\d+)|label=([^|@]+))@@@/g

/** Which prompts another is made of. */
export interface ResolutionGraph {
  readonly root: GraphNode
  /** The prompts that each one refers to, by its id. */
  readonly dependencies: Record<string, GraphNode[]>
}

interface GraphNode {
  readonly name: string
  readonly version: number
  readonly id: string
}

/**
 * Puts the prompts that a prompt refers to, as `@@@langfusePrompt:name=…|label=…@@@`, in the places where it does.
 *
 * @param prompt The prompt.
 * @param findVersions Finds all versions of a prompt by its name.
 * @returns The prompt with nothing to refer to, and the graph; null when it is made of nothing else.
 * @throws {ApiError} 409 if a prompt is missing, is no text, refers to itself, or too deep.
 */
export function resolvePrompt(
  prompt: Prompt,
  findVersions: (name: string) => readonly Prompt[],
): { readonly prompt: Prompt['prompt']; readonly graph: ResolutionGraph | null } {
  const dependencies: Record<string, GraphNode[]> = {}
  let followed = 0

  const resolveText = (text: string, owner: Prompt, path: readonly Prompt[]): string =>
    text.replace(REFERENCE, (_reference, name: string, version?: string, label?: string) => {
      followed += 1
      if (followed > MAX_REFERENCES) throw conflict(`Too many prompt dependencies: more than ${MAX_REFERENCES}`)
      const said = version === undefined ? `label ${label}` : `version ${version}`
      const found = findVersions(name).find((candidate) =>
        version === undefined ? candidate.labels.includes(label ?? '') : candidate.version === Number(version),
      )
      if (found === undefined) throw conflict(`Prompt dependency not found: ${name} - ${said}`)
      if (typeof found.prompt !== 'string') {
        throw conflict(`Prompt dependency is not a text prompt: ${name} - ${said}`)
      }
      if (found.name === prompt.name || path.some(({ id }) => id === found.id)) {
        throw conflict(`Circular dependency detected involving prompt '${found.name}' version ${found.version}`)
      }
      if (path.length >= MAX_DEPTH) throw conflict(`Maximum nesting depth exceeded (${MAX_DEPTH})`)
      const nodes = dependencies[owner.id] ?? []
      if (!nodes.some(({ id }) => id === found.id)) dependencies[owner.id] = [...nodes, node(found)]
      return resolveText(found.prompt, found, [...path, found])
    })

  const resolved =
    typeof prompt.prompt === 'string'
      ? resolveText(prompt.prompt, prompt, [prompt])
      : prompt.prompt.map((message) =>
          'content' in message ? { ...message, content: resolveText(message.content, prompt, [prompt]) } : message,
        )
  const isAlone = Object.keys(dependencies).length === 0
  return { prompt: resolved, graph: isAlone ? null : { root: node(prompt), dependencies } }
}

function node({ name, version, id }: Prompt): GraphNode {
  return { name, version, id }
}
