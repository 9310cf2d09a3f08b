import { type DevServer, startDevServer } from '@axion/dev-server'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { temporaryFolder } from '../temporary-folder.js'
import { describeInChromium, eventually, launchChromium, openViewer, type View } from './chromium.js'
import { DATASET, sendExperiments } from './support-experiments.js'

describeInChromium('experiments', () => {
  let server: DevServer
  let browser: Browser
  let view: View
  let ids: readonly string[]

  beforeAll(async () => {
    server = await startDevServer({ dataDir: await temporaryFolder(), port: 0 })
    ids = await sendExperiments(server, [])
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })
  afterEach(async () => {
    expect(view.complaints).toEqual([])
    await view.context.close()
  })

  async function open(path: string): Promise<Page> {
    view = await openViewer(browser, server)
    await view.page.goto(server.url + path)
    return view.page
  }

  const comparison = (): string =>
    `/experiments/${encodeURIComponent(ids[0] ?? '')}?with=${encodeURIComponent(ids[1] ?? '')}`
  const itemIds = (page: Page): Promise<string[]> => page.locator('.compared-question h3').allTextContents()

  it('are listed with the means of their scores, the newest first', async () => {
    const page = await open('/experiments')
    await eventually(() => page.locator('.list .main a').allTextContents()).toEqual(['prompt v7', 'prompt v6'])
    const cells = await page.locator('.list tbody tr').first().locator('td').allInnerTexts()
    expect([cells[2], cells[4]]).toEqual([DATASET, '6'])
    const scores = page.locator('.list tbody tr').first().locator('.score')
    expect(await scores.allInnerTexts()).toEqual(['brief 0.818', 'right 0.833'])
  })

  it('are chosen by mouse or by keyboard, and compared', async () => {
    const page = await open('/experiments')
    await page.getByLabel('Compare prompt v6').check()
    await page.keyboard.press('Tab')
    await page.locator('h1').click()
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.getByRole('link', { name: 'Compare 2 experiments' }).waitFor()
    await page.keyboard.press('Enter')
    await eventually(() => page.url()).toBe(server.url + comparison())
    await eventually(() => page.locator('h1').textContent()).toBe('prompt v6 · prompt v7')
    await page.keyboard.press('Escape')
    await eventually(() => page.url()).toBe(`${server.url}/experiments`)
  })

  it('stand side by side, all in all and item by item, with the differences of their scores', async () => {
    const page = await open(comparison())
    const figure = (name: string): Promise<string[]> =>
      page.locator('.run-table tbody tr', { hasText: name }).locator('td').allInnerTexts()
    await eventually(() => figure('right')).toEqual(['0.5', '0.833 +0.333'])
    expect(await figure('Items')).toEqual(['6', '6'])
    const item = page.locator('.compared-item', { hasText: 'Can I return worn shoes?' })
    const cells = await item.locator('.compared-cell').allInnerTexts()
    expect(cells[0]).toMatch(/^No, worn shoes stay yours\.\s+brief 0\.769\s+right 0\s+Trace/)
    expect(cells[1]).toMatch(/^Yes, within 30 days\.\s+brief 1\+0\.231\s+right 1\+1\s+Trace/)
    expect(await item.locator('.change').evaluateAll((all) => all.map((each) => each.dataset.kind))).toEqual([
      ...['better', 'better'],
    ])
    const worse = page.locator('.compared-item', { hasText: 'Iceland' }).locator('.change[data-kind="worse"]')
    expect(await worse.allInnerTexts()).toEqual(['−1'])
  })

  it('are ordered by losses and gains, and reduced to what differs, in the address', async () => {
    const page = await open(comparison())
    await eventually(() => itemIds(page)).toHaveLength(6)
    await page.getByLabel('Order').selectOption('Largest losses first')
    await eventually(async () => (await itemIds(page))[0]).toBe('case-3')
    await page.getByRole('button', { name: 'Only differences' }).click()
    await eventually(async () => (await itemIds(page)).sort()).toEqual(['case-2', 'case-3', 'case-4', 'case-6'])
    expect(new URL(page.url()).search).toContain('&sort=losses&only=differences')
    await page.reload()
    await eventually(async () => (await itemIds(page))[0]).toBe('case-3')
    await page.getByLabel('Order').selectOption('Largest gains first')
    await eventually(async () => (await itemIds(page)).at(-1)).toBe('case-3')
  })

  it('are taken out and added', async () => {
    const page = await open(comparison())
    await page.getByRole('link', { name: 'Take prompt v6 out' }).click()
    await eventually(() => page.locator('h1').textContent()).toBe('prompt v7')
    expect(await page.locator('.change').count()).toBe(0)
    await page.getByLabel('Compare with').selectOption('prompt v6')
    await eventually(() => page.locator('h1').textContent()).toBe('prompt v7 · prompt v6')
    await eventually(() => page.locator('.change[data-kind="worse"]').count()).toBeGreaterThan(2)
  })

  it('lead to the trace of each answer', async () => {
    const page = await open(comparison())
    await page.locator('.compared-item').first().getByRole('link', { name: 'Trace' }).last().click()
    await page.locator('.step-title h2').waitFor()
    expect(await page.getByRole('region', { name: 'Output' }).textContent()).not.toBe('')
  })
})
