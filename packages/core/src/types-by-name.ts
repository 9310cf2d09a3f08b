import { type ObservationType, observationTypeOf, type TracerKind } from './observation-type.js'

// Names should be few; where someone puts an id into each, the memory ends here and the work is done anew.
const MAX_NAMES = 1000

/** Remembers which observation type a span's name stands for: finding its words costs as much as half the rest of a span's start. */
export class TypesByName {
  readonly #kind: TracerKind
  readonly #types = new Map<string, ObservationType>()

  /** @param kind - The tracer's kind, which decides where no word does. */
  constructor(kind: TracerKind) {
    this.#kind = kind
  }

  /** The type that a name stands for; as `observationTypeOf`. */
  of(name: string): ObservationType {
    const known = this.#types.get(name)
    if (known !== undefined) return known
    const type = observationTypeOf(name, this.#kind)
    if (this.#types.size < MAX_NAMES) this.#types.set(name, type)
    return type
  }
}
