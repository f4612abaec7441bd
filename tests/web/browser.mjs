// SPDX-License-Identifier: Apache-2.0
// browser.mjs: drives Debian's Chromium. Each person has a browser context of their own, with its own
// cookies and storage. Pictures are taken only when ONEDOOR_PICTURES names a folder for them.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

import { root } from './hall.mjs'

const require = createRequire(join(root, 'web/package.json'))
const { chromium } = require('playwright-core')
const axe = require.resolve('axe-core/axe.min.js')

const arguments_ = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-features=BlockInsecurePrivateNetworkRequests,LocalNetworkAccessChecks',
  ...(process.getuid() === 0 ? ['--no-sandbox'] : []), // Chromium's own sandbox refuses root
]

export const desk = { width: 1366, height: 768 }
export const wide = { width: 1920, height: 1080 }
export const upright = { width: 1080, height: 1920 }
export const phone = { width: 390, height: 844 }

export function openBrowser() {
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: arguments_ })
}

const hotkeys = readFileSync(join(root, 'web/src/hotkeys.ts'), 'utf8')

/** All keys of the pages, from KEYS of hotkeys.ts, as the browser's driver calls them; and the space bar. */
export const pageKeys = [...hotkeys.match(/KEYS = \{(.*?)\n\} as const/s)[1].replace(/\/\/.*/g, '').matchAll(/'([^']+)'/g)]
  .map(([, key]) => key.replace('Ctrl', 'Control').replace(/^([A-Z])$/, (letter) => letter.toLowerCase()))
  .concat(' ')

const shared = readFileSync(join(root, 'web/src/words/zh.ts'), 'utf8')
const groups = [...shared.matchAll(/^  (\w+): \{/gm)].map(([, group]) => group)

/** Names of words that the page shows because it has no such word: "pages.kiosk". */
export const wordless = async (page) =>
  (await page.locator('body').innerText()).match(new RegExp(`\\b(${groups.join('|')})\\.[a-z]\\w*`, 'g')) ?? []

const READS = /\/(quotes|applicants\/recall|progress|case-searches)$/

/** Is the request a command, which changes something in the hall? */
export const isCommand = (request) =>
  request.method() !== 'GET' && request.url().includes('/api/v1/') && !READS.test(request.url())

/** The commands that the page sends from now on. */
export function commandsOf(page) {
  const sent = []
  page.on('request', (request) => isCommand(request) && sent.push(request.url()))
  return sent
}

/** A page in a context of its own; its errors are collected in page.faults. */
export async function openPage(browser, hall, viewport = desk, options = {}) {
  const context = await browser.newContext({
    baseURL: hall.url,
    viewport,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    ...options,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(120000) // for a page that hangs, not for a busy machine
  page.faults = []
  page.on('pageerror', (error) => page.faults.push(String(error)))
  page.on('console', (line) => {
    // A refusal is an answer, though the browser reports it as a loading error. And it may ask for the icon once more while
    // a page is being left, and then finds that nobody may ask a loopback address.
    const isOurs = !/Failed to load resource|more-private address space/.test(line.text())
    if (line.type() === 'error' && isOurs) page.faults.push(line.text())
  })
  return page
}

/** What axe-core finds wrong with the page; by default only findings that shut people out. */
export async function axeFaults(page, impacts = ['serious', 'critical']) {
  // Through the debugger: the page's content security policy allows no foreign script.
  const { readFile } = await import('node:fs/promises')
  await page.evaluate(await readFile(axe, 'utf8'))
  const { violations } = await page.evaluate(() => globalThis.axe.run())
  return violations
    .filter(({ impact }) => impacts.includes(impact))
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary ?? ''}`).join(' | ')}`)
}

export async function picture(page, name, options = {}) {
  const folder = process.env.ONEDOOR_PICTURES
  if (!folder) return
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), ...options })
}

/** Until what was pressed last works again, and an open question can be answered. */
export const rested = (page) => page.locator('html:not([data-resting])').waitFor({ state: 'attached' })

/** Presses a key when it works. */
export async function press(page, key) {
  await rested(page)
  await page.keyboard.press(key)
}

/** Presses a key that asks before it acts, and confirms with Enter. */
export async function pressAndConfirm(page, key) {
  await press(page, key)
  const question = page.locator('.el-message-box')
  await question.locator('.el-button--primary:focus').waitFor()
  await press(page, 'Enter')
  await question.waitFor({ state: 'hidden' })
}

/** What a key puts on paper. */
export async function paperOf(page, key = 'F8') {
  await page.evaluate(() => {
    globalThis.printed = ''
    window.print = () => {
      globalThis.printed = document.querySelector('.slip.printing').innerText
      window.dispatchEvent(new Event('afterprint'))
    }
  })
  await press(page, key)
  return (await page.waitForFunction(() => globalThis.printed)).jsonValue()
}

/** On the sign-in page, as everybody does. */
export async function signIn(page, { name, password }) {
  await page.goto('/sign-in')
  await page.locator('#sign-in-name').fill(name)
  await page.locator('#sign-in-password').fill(password)
  await page.locator('form button[type=submit]').click()
  await page.waitForFunction(() => !document.querySelector('#sign-in-name'))
}
