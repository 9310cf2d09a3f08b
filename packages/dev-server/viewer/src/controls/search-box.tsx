import type { VNode } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { go, place, withParams } from '../router/location.js'

/** From the last key to the search. */
const TYPING_MILLIS = 200

/** A search that stands in the address as `q`. `/` leads to it, Esc clears it. */
export function SearchBox({ placeholder }: { readonly placeholder: string }): VNode {
  const inAddress = place.value.params.get('q') ?? ''
  const [typed, setTyped] = useState(inAddress)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    setTyped(inAddress)
    return () => clearTimeout(timer.current)
  }, [inAddress])
  const search = (text: string): void => {
    clearTimeout(timer.current)
    go(withParams(place.value, { q: text.trim() === '' ? [] : [text] }), 'replace')
  }
  return (
    <input
      id="search"
      type="search"
      placeholder={placeholder}
      aria-label="Search"
      aria-keyshortcuts="/"
      value={typed}
      onInput={(event) => {
        const text = event.currentTarget.value
        setTyped(text)
        clearTimeout(timer.current)
        timer.current = setTimeout(() => search(text), TYPING_MILLIS)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') search(typed)
        if (event.key !== 'Escape') return
        event.preventDefault()
        if (typed === '') event.currentTarget.blur()
        else search('')
        setTyped('')
      }}
    />
  )
}
