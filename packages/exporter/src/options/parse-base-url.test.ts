import { expect, it } from 'vitest'
import { parseBaseUrl, showBaseUrl } from './parse-base-url.js'

it.each([
  ['https://cloud.langfuse.com', 'https://cloud.langfuse.com'],
  ['https://cloud.langfuse.com///', 'https://cloud.langfuse.com'],
  ['http://localhost:3000/', 'http://localhost:3000'],
  ['http://[::1]:3000', 'http://[::1]:3000'],
  ['HTTPS://Host.Example:443/langfuse/', 'https://host.example/langfuse'],
  ['', undefined],
  ['nope', undefined],
  ['localhost:3000', undefined],
  ['//cloud.langfuse.com', undefined],
  ['file:///etc/passwd', undefined],
  ['javascript:alert(1)', undefined],
  ['http://', undefined],
  ['http://host:99999', undefined],
  ['https://user:password@host', undefined],
  ['https://host/?a=b', undefined],
  ['https://host/#x', undefined],
])('parseBaseUrl() reads %j as %j', (text, expected) => {
  expect(parseBaseUrl(text)).toBe(expected)
})

it.each([
  ['nope', '"nope"'],
  ['user:hunter2@host', 'a text of 17 characters'],
  // A password may hold what would end it.
  ['https://user:hunt/er2@host/', 'a text of 27 characters'],
  ['https://user:hunt@er2@host/', '"https://…@host/"'],
  ['https://hunter2@host?x=@secret', '"https://…@host/…"'],
  ['sk-lf-1234', 'a text of 10 characters'],
  ['https://user:hunter2@host/path', '"https://…@host/path"'],
  ['https://host/?secret=1', '"https://host/…"'],
  ['line\nbreak', '"line\\nbreak"'],
  ['x'.repeat(100), 'a text of 100 characters'],
  [`http://host/?x${'x'.repeat(100)}`, '"http://host/…"'],
  [`ftp://host/${'x'.repeat(100)}`, 'a text of 111 characters'],
  [`http://u@${'x'.repeat(100)}`, `"http://…@${'x'.repeat(71)}…"`],
])('showBaseUrl() shows %j as %s', (text, expected) => {
  expect(showBaseUrl(text)).toBe(expected)
})
