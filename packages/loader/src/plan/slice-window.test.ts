import { describe, expect, it } from 'vitest'
import { sliceWindow } from './slice-window.js'

const page = (rows: number, newest: number, oldest: number) =>
  Array.from({ length: rows }, (_, index) => ({
    startTime: new Date(newest - ((newest - oldest) * index) / (rows - 1)),
  }))
const millis = (parts: ReturnType<typeof sliceWindow>) => parts.map(({ from, to }) => [from.getTime(), to?.getTime()])
const window = { from: new Date(0), to: undefined }

describe('sliceWindow()', () => {
  it.each<[string, Parameters<typeof sliceWindow>, (number | undefined)[][]]>([
    [
      'four parts of a page',
      [page(1000, 9000, 8000), window, Number.POSITIVE_INFINITY, 1],
      [
        [7101, 8001],
        [6201, 7101],
        [5301, 6201],
        [4401, 5301],
      ],
    ],
    [
      'parts of several pages',
      [page(1000, 9000, 8000), window, Number.POSITIVE_INFINITY, 4],
      [
        [4401, 8001],
        [801, 4401],
      ],
    ],
    [
      'no more than what is wanted',
      [page(1000, 9000, 8000), window, 2000, 1],
      [
        [7101, 8001],
        [6201, 7101],
      ],
    ],
    ['nothing for one page', [page(1000, 9000, 8000), window, 1999, 1], []],
    ['nothing when the window ends soon', [page(1000, 9000, 8000), { ...window, from: new Date(7000) }, 9999, 1], []],
    ['nothing after a page that was not full', [page(999, 9000, 8000), window, 9999, 1], []],
    [
      'a page of one millisecond',
      [page(1000, 5, 5), window, 9999, 1],
      [
        [5, 6],
        [4, 5],
        [3, 4],
        [2, 3],
      ],
    ],
    ['nothing of nothing', [[], window, 9999, 1], []],
  ])('sliceWindow() gives %s', (_, args, expected) => {
    expect(millis(sliceWindow(...args))).toEqual(expected)
  })
})
