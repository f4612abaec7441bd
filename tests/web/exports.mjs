// SPDX-License-Identifier: Apache-2.0
// Lists leave the pages as files for a spreadsheet, whole and harmless.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { promisify } from 'node:util'

import { openPage, signIn } from './browser.mjs'
import { Caller, person } from './hall.mjs'

/** Every list that has the button, and a column of it. */
const lists = [
  { name: 'my cases', role: 'WINDOW_CLERK', path: '/window?view=cases', column: '办件编号', open: (page) => page.locator('[data-test=filter-all]').click() },
  { name: 'tasks', role: 'APPROVER', path: '/tasks', column: '承办人' },
  { name: 'takings', role: 'CASHIER', path: '/counter', column: '净额（元）', least: 0 },
  { name: 'late work', role: 'SUPERVISOR', path: '/supervision', column: '剩余工作分钟' },
  { name: 'cards', role: 'SUPERVISOR', path: '/supervision', column: '催办次数', open: (page) => page.locator('[data-test=tab-cards]').click() },
  { name: 'cases of a figure', role: 'BUSINESS_MANAGER', path: '/reports?period=month', column: '办件编号', open: (page) => page.locator('[data-tile=accepted] [data-figure]').first().click() },
  { name: 'sign-ins', role: 'ADMINISTRATOR', path: '/administration?tab=signIns', column: '账号' },
  { name: 'denials', role: 'ADMINISTRATOR', path: '/administration?tab=denials', column: '原因', least: 0 },
  { name: 'rights', role: 'ADMINISTRATOR', path: '/administration?tab=rights', column: '现角色' },
]

async function save(page, button = page.locator('[data-test=export]').last()) {
  const [file] = await Promise.all([page.waitForEvent('download'), button.click()])
  assert.match(file.suggestedFilename(), /_\d{4}-\d{2}-\d{2}\.csv$/)
  return readFile(await file.path(), 'utf8')
}

export default function (world) {
  for (const { name, role, path, column, open, least = 1 } of lists)
    test(`${name}: the list is saved as a table`, async () => {
      const page = await openPage(world.browser, world.hall)
      await signIn(page, person(world.hall, role))
      await page.goto(path)
      await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null)
      await open?.(page)
      const text = await save(page)
      assert.equal(text[0], '\ufeff')
      const [head, ...rows] = text.slice(1).trimEnd().split('\r\n')
      assert.ok(head.split(',').includes(column), head)
      assert.ok(rows.length >= least)
      assert.deepEqual(page.faults, [])
      await page.context().close()
    })

  test('a list is saved as a workbook, with a row for each line', async () => {
    const page = await openPage(world.browser, world.hall)
    await signIn(page, person(world.hall, 'SUPERVISOR'))
    await page.goto('/supervision')
    await page.locator('[data-test=due]').waitFor()
    const lines = (await save(page)).trimEnd().split('\r\n').length
    const [file] = await Promise.all([page.waitForEvent('download'), page.locator('[data-test=export-xlsx]').last().click()])
    assert.match(file.suggestedFilename(), /_\d{4}-\d{2}-\d{2}\.xlsx$/)
    const { stdout } = await promisify(execFile)('unzip', ['-p', await file.path(), 'xl/worksheets/sheet1.xml'], { maxBuffer: 1 << 26 })
    assert.equal(stdout.match(/<row /g).length, lines)
    assert.match(stdout, /办件编号/)
    await page.context().close()
  })

  test('late work and cards come page by page, each line once', async () => {
    const supervisor = new Caller(world.hall)
    const { name, password } = person(world.hall, 'SUPERVISOR')
    await supervisor.signIn(name, password)
    const keyOf = (one) => [one.caseNumber, one.task, one.term, one.level].join()
    for (const [path, rows] of [['/due', 'lines'], ['/cards', 'cards']]) {
      const inPagesOf = async (limit) => {
        const all = []
        for (let after = ''; ; ) {
          const page = await supervisor.ask('GET', `${path}?limit=${limit}&after=${after}`)
          all.push(...page[rows].map(keyOf))
          if ((after = page.next) === '') return all
        }
      }
      const whole = await inPagesOf(500)
      const paged = await inPagesOf(7)
      assert.ok(whole.length > 2, `${path}: ${whole.length}`)
      assert.deepEqual(paged, whole)
    }
  })

  test('all pages are in the table, and what was typed is no formula', async () => {
    const administrator = person(world.hall, 'ADMINISTRATOR')
    for (let n = 0; n < 3; n++) await new Caller(world.hall).ask('POST', '/session', { name: '=1+cmd', password: 'x' }).catch(() => {})
    const page = await openPage(world.browser, world.hall)
    await signIn(page, administrator)
    await page.goto('/administration?tab=signIns')
    await page.locator('[data-test=sign-ins]').waitFor()
    const text = await save(page)
    assert.match(text, /,'=1\+cmd,密码错误,/)
    assert.doesNotMatch(text, /,=1/)
    await page.context().close()
  })

  /* RULE H21 */
  test('a table has what its reader may see, and no more', async () => {
    const clerk = person(world.hall, 'WINDOW_CLERK')
    const page = await openPage(world.browser, world.hall)
    await signIn(page, clerk)
    const ask = (path) => page.evaluate((at) => fetch(`/api/v1${at}`, { headers: { Accept: 'text/csv' } }).then(async (answer) => ({ status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() })), path)
    const own = await ask('/cases')
    assert.match(own.type, /^text\/csv/)
    const rows = own.text.trimEnd().split('\r\n').slice(1)
    assert.ok(rows.length > 0 && rows.every((row) => row.split(',')[1].startsWith(clerk.department)), rows[0])
    for (const path of ['/cases?department=CON', '/takings', '/sign-ins']) {
      const refused = await ask(path)
      assert.equal(refused.status, 403, path)
      assert.match(refused.type, /problem\+json/)
    }
    await page.context().close()
  })
}
