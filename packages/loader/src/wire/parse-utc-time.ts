/**
 * Reads a full UTC time, which is what Langfuse always writes. `new Date` would also take '7' or a local time.
 *
 * @param text - The text.
 * @returns Milliseconds since the epoch; `NaN` if it is something else.
 */
export function parseUtcTime(text: string): number {
  const usual = parseUsualForm(text)
  if (!Number.isNaN(usual)) return usual
  return /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text) ? Date.parse(text) : Number.NaN
}

// The day that was read last: the rows of a page mostly have one.
let day = ''
let dayMillis = Number.NaN

// '2026-11-23T04:08:02.480Z', as nearly all times are. Three of them in each of thousands of rows make a date parser count.
function parseUsualForm(text: string): number {
  if (text.length !== 24 || text[10] !== 'T' || text[13] !== ':' || text[16] !== ':') return Number.NaN
  if (text[19] !== '.' || text[23] !== 'Z') return Number.NaN
  if (!text.startsWith(day) || day === '') {
    const date = text.slice(0, 10)
    dayMillis = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(date) : Number.NaN
    day = date
  }
  const [hour, minute, second] = [twoDigits(text, 11), twoDigits(text, 14), twoDigits(text, 17)]
  if (!(hour < 24 && minute < 60 && second < 60)) return Number.NaN
  return dayMillis + ((hour * 60 + minute) * 60 + second) * 1000 + digit(text, 20) * 100 + twoDigits(text, 21)
}

function twoDigits(text: string, at: number): number {
  return digit(text, at) * 10 + digit(text, at + 1)
}

function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - 48
  return value >= 0 && value <= 9 ? value : Number.NaN
}
