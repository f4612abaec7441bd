// SPDX-License-Identifier: Apache-2.0
// Reports, supervision and administration.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'

import { openPage, picture, signIn } from './browser.mjs'
import { Caller, person } from './hall.mjs'

async function sit(world, role, path) {
  const page = await openPage(world.browser, world.hall)
  await signIn(page, person(world.hall, role))
  await page.goto(path)
  return page
}

/** Adds a report reader in the dialog; returns the one-time password that it shows. */
async function addReader(page, fullName, name) {
  await page.locator('[data-test=add-person]').click()
  await page.locator('#person-full-name').fill(fullName)
  await page.locator('#person-name').fill(name)
  await page.locator('#place-role').selectOption('REPORT_READER')
  await page.locator('[data-test=act-submit]').click()
  const secret = page.locator('[data-test=secret]')
  await secret.waitFor()
  return secret.inputValue()
}

export default function (world) {
  /* RULE H16: a manager opens a figure and sees the cases behind it. */
  test('a figure opens the very cases it counts', async () => {
    const page = await sit(world, 'BUSINESS_MANAGER', '/reports?period=month')
    const figure = page.locator('[data-tile=accepted] [data-figure]').first()
    await figure.waitFor()
    const said = parseInt((await page.locator('[data-tile=accepted] .sum').innerText()).replace(/\D/g, ''), 10)
    await figure.click()
    const drawer = page.locator('[data-test=cases]')
    await drawer.locator('tr[data-case]').first().waitFor()
    await picture(page, 'reports-cases')
    for (const more = drawer.locator('[data-test=more]'); await more.isVisible(); ) {
      const shown = await drawer.locator('tr[data-case]').count()
      await more.click()
      await page.waitForFunction((before) => document.querySelectorAll('[data-test=cases] tr[data-case]').length > before, shown)
    }
    assert.match(await drawer.locator('[data-test=agreement]').innerText(), /与报表一致/)
    assert.ok(said > 0)
    assert.equal(await drawer.locator('tr[data-case]').count(), said)
    await page.context().close()
  })

  test('a figure says how it differs from the period before, and idle windows are folded', async () => {
    const page = await sit(world, 'BUSINESS_MANAGER', '/reports?period=month')
    const tile = page.locator('[data-tile=received]')
    await tile.locator('[data-test=difference]').waitFor()
    const manager = new Caller(world.hall)
    const { name, password } = person(world.hall, 'BUSINESS_MANAGER')
    await manager.signIn(name, password)
    const day = Math.floor((Date.now() + 8 * 3_600_000) / 86_400_000)
    const [from, to] = (await tile.locator('[data-test=difference]').getAttribute('title')).match(/\d{4}-\d{2}-\d{2}/g)
    const days = (text) => Date.parse(text) / 86_400_000
    assert.ok(days(to) < day && days(from) <= days(to))
    const { lines } = await manager.ask('GET', `/figures/rollup?by=BY_DEPARTMENT&fromDay=${days(from)}&toDay=${days(to)}`)
    const was = lines.reduce((sum, line) => sum + Number(line.figures.received), 0)
    const now = Number((await tile.locator('.sum').innerText()).replace(/\D/g, ''))
    const by = now - was
    assert.match(await tile.locator('[data-test=difference]').innerText(), by === 0 ? /持平/ : new RegExp(`较上期 ${by > 0 ? '\\+' : '−'}${Math.abs(by)}$`))
    assert.ok((await tile.locator('[data-test=course] polyline').getAttribute('points')).split(' ').length > 1)
    assert.equal(await page.locator('#idle-windows').isVisible(), false)
    await page.locator('[data-test=unfold]').click()
    assert.ok(await page.locator('#idle-windows').isVisible())
    // What the hall said of a department's business stands on the page as in the file.
    await page.locator('#idle-windows [data-test=said]').filter({ hasText: '偶有业务' }).first().waitFor()
    assert.equal(await page.locator('[data-tile=cards] [data-test=difference]').count(), 2, 'yellow cards and red ones')
    assert.deepEqual(page.faults, [])
    await picture(page, 'reports-differences')
    await page.context().close()
  })

  test('an item with a fault leads to its field', async () => {
    const page = await sit(world, 'BUSINESS_MANAGER', '/administration?tab=items&item=TRA-02')
    await page.locator('[data-test=edit]').click()
    await page.locator('#item-name-en').fill('')
    assert.equal(await page.locator('[data-test=faults]').count(), 0)
    await page.keyboard.press('F9')
    await page.locator('[data-test=faults] a[href="#item-name-en"]').click()
    assert.equal(await page.evaluate(() => document.activeElement.id), 'item-name-en')
    await page.context().close()
  })

  /* RULE L82: what it changes is listed before, and happens. */
  test('today is closed on the calendar, with a reason, after its effect was seen', async () => {
    const page = await sit(world, 'BUSINESS_MANAGER', '/administration?tab=calendar')
    const today = Math.floor((Date.now() + 8 * 3_600_000) / 86_400_000)
    const { name, password } = person(world.hall, 'BUSINESS_MANAGER')
    const manager = new Caller(world.hall)
    await manager.signIn(name, password)
    const wasFree = async () => (await manager.ask('GET', `/calendar?year=${new Date().getUTCFullYear()}`)).days.find((one) => one.day === today)
    await page.locator(`[data-day="${today}"]`).click()
    await page.locator('[data-test=correct-day]').click()
    await page.locator('[data-test=correction-effect]').waitFor()
    await page.locator('[data-test=correction-effect]').getByText(/个期限|没有在办办件/).first().waitFor()
    await picture(page, 'calendar-correct')
    await page.locator('[data-test=act-submit]').click()
    await page.locator('[data-test=faults]').waitFor() // no reason was given
    const before = await wasFree()
    await page.locator('.bounded textarea').fill('突发停电')
    await page.locator('[data-test=act-submit]').click()
    await page.waitForFunction(() => !document.querySelector('[data-test=correction-effect]'))
    assert.notEqual((await wasFree())?.kind, before?.kind)
    assert.deepEqual(page.faults, [])
    await picture(page, 'calendar-corrected')
    // As it was: other tests count on it.
    await page.locator('[data-test=correct-day]').click()
    await page.locator('.bounded textarea').fill('登记有误')
    await page.locator('[data-test=correction-effect]').waitFor()
    await page.locator('[data-test=act-submit]:not([disabled])').click()
    await page.waitForFunction(() => !document.querySelector('[data-test=correction-effect]'))
    assert.equal((await wasFree())?.kind, before?.kind)
    await page.context().close()
  })

  test('the figures of a download are those of the page', async () => {
    const page = await sit(world, 'BUSINESS_MANAGER', '/reports?period=month')
    const card = page.locator('[data-test=figures-rank]')
    await card.waitFor()
    const [download] = await Promise.all([page.waitForEvent('download'), card.locator('[data-test=csv]').click()])
    const chunks = []
    for await (const chunk of await download.createReadStream()) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString('utf8')
    assert.equal(text.charCodeAt(0), 0xfeff) // so that a spreadsheet reads Chinese
    assert.ok(text.split('\r\n').length > 3)
    await page.context().close()
  })

  /* RULE H12: a lamp shows late and nearly late work. */
  test('the wall of lamps leads to what is due, and to why', async () => {
    const page = await sit(world, 'SUPERVISOR', '/supervision')
    await page.locator('[data-test=wall]').waitFor()
    const { lines } = await (async () => {
      const supervisor = new Caller(world.hall)
      const { name, password } = person(world.hall, 'SUPERVISOR')
      await supervisor.signIn(name, password)
      return supervisor.ask('GET', '/due?limit=500')
    })()
    assert.ok(lines.length > 0, 'the demonstration leaves work that comes due')
    const shows = (of) =>
      page.waitForFunction((n) => document.querySelectorAll('[data-test=due] [data-case]').length === n, Math.min(100, new Set(of.map((line) => line.caseNumber)).size)) // one row a case
    await shows(lines.filter((line) => line.term !== 'DELIVERY'))
    await page.locator('[data-test=group-delivery]').click() // RULE L44
    await shows(lines.filter((line) => line.term === 'DELIVERY'))
    await page.context().close()
  })

  /* RULE H11: an item changes in versions; publishing is confirmed. */
  test('a new version of an item is compared, asked about, and then in force', async () => {
    const before = await new Caller(world.hall).ask('GET', '/items/CUL-02/guide')
    const page = await sit(world, 'BUSINESS_MANAGER', '/administration?tab=items&item=CUL-02')
    await page.locator('[data-test=edit]').click()
    await page.locator('[data-test=item-editor]').waitFor()
    await page.locator('[data-test=add-material]').click()
    await page.keyboard.type('经营场所照片')
    await page.getByLabel(`${before.materials.length + 1} 英文名称`).fill('Photograph of the premises')
    await page.locator('[data-test=compare-publish]').click()
    await page.locator('[data-test=faults]').filter({ hasText: '决定文号' }).waitFor() // RULE H11: by a decision
    await page.locator('#item-decision').fill('管委会〔2026〕8号')
    await page.locator('#item-decided-on').fill('2000-01-03')
    await page.locator('[data-test=compare-publish]').click()
    await page.locator('[data-test=keep-theirs]').waitFor()
    await picture(page, 'administration-compare')
    await page.locator('[data-test=act-submit]').click()
    await page.waitForFunction(async (version) => {
      const answer = await fetch('/api/v1/items/CUL-02/guide')
      return (await answer.json()).item.version > version
    }, before.item.version)
    await page.context().close()
  })

  /* RULE H11: items and departments enter by decision. */
  test('a department enters the hall, and a new item of it is entered whole', async () => {
    const page = await sit(world, 'BUSINESS_MANAGER', '/administration?tab=departments')
    await page.locator('[data-test=add-department]').click()
    await page.locator('#department-code').fill('aab')
    await page.locator('#department-name-zh').fill('行政审批局')
    await page.locator('#department-name-en').fill('Approval Bureau')
    await page.locator('#department-decision').fill('管委会〔2026〕3号')
    await page.locator('#department-decided-on').fill('2000-01-03')
    await page.locator('[data-test=act-submit]').click()
    await page.locator('[data-department=AAB]').waitFor()
    await picture(page, 'administration-departments')
    await page.goto('/administration?tab=items')
    await page.locator('[data-test=add-item]').click()
    await page.locator('#new-item-code').fill('aab-01')
    await page.locator('#new-item-department').selectOption('AAB')
    await page.locator('[data-test=act-submit]').click()
    await page.locator('[data-test=item-editor]').waitFor()
    await page.locator('[data-test=compare-publish]').click()
    await page.locator('[data-test=faults]').filter({ hasText: '中文名称' }).waitFor() // after the attempt, everything at once
    await page.locator('#item-name-zh').fill('证明事项告知承诺')
    await page.locator('#item-name-en').fill('Undertaking in place of a certificate')
    await page.locator('#item-result').fill('approval document')
    await page.locator('#item-decision').fill('管委会〔2026〕4号')
    await page.locator('#item-decided-on').fill('2000-01-03')
    await page.locator('[data-test=add-fee]').click()
    await page.locator('#fee-0-name-zh').fill('工本费')
    await page.locator('#fee-0-name-en').fill('Document')
    await page.locator('#fee-0-price').fill('12.5')
    await page.locator('#fee-0-unit').fill('document')
    await page.locator('#fee-0-basis').fill('样本')
    await picture(page, 'administration-new-item')
    await page.locator('[data-test=compare-publish]').click()
    await page.locator('[data-test=keep-theirs]').waitFor()
    await page.locator('[data-test=act-submit]:visible').click()
    await page.locator('[data-test=versions]').waitFor()
    await picture(page, 'administration-item-whole')
    const { item } = await new Caller(world.hall).ask('GET', '/items/AAB-01/guide')
    assert.deepEqual([item.version, item.department, item.hasFee], [1, 'AAB', true])
    const { fees } = await new Caller(world.hall).ask('GET', '/fees?item=AAB-01')
    assert.equal(fees[0].unitFen, '1250')
    await page.context().close()
  })

  test('tables are exported, and an edited one is imported line by line after its changes were shown', async () => {
    const page = await sit(world, 'BUSINESS_MANAGER', '/administration?tab=tables')
    await page.locator('[data-test=write-tables]').click()
    await page.locator('[data-test=written]').waitFor()
    const [saved] = await Promise.all([page.waitForEvent('download'), page.locator('[data-table=items]').click()])
    const items = await readFile(await saved.path(), 'utf8')
    assert.ok(items.includes('CUL-05,CUL,5,音像制品初审'))
    const choose = (text) => page.locator('[data-test=read-tables]').setInputFiles({ name: 'items.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
    await choose(items)
    await page.locator('[data-test=import-count]').filter({ hasText: '0 处变化' }).waitFor()
    await choose(items.replace('市容临时占道、施工占道审批', '市容占道审批'))
    const line = page.locator('[data-change=SAN-02]')
    await line.waitFor()
    assert.equal(await page.locator('[data-change]').count(), 1)
    await page.locator('#tables-decision').fill('管委会〔2026〕5号')
    await page.locator('#tables-decided-on').fill('2000-01-03')
    await picture(page, 'administration-import')
    await page.locator('[data-test=import-act]').click()
    await page.locator('[data-change=SAN-02][data-state=done]').waitFor()
    const { item } = await new Caller(world.hall).ask('GET', '/items/SAN-02/guide')
    assert.equal(item.nameZh, '市容占道审批')
    await page.context().close()
  })

  test('a person is added with a one-time password that is shown once', async () => {
    const page = await sit(world, 'ADMINISTRATOR', '/administration')
    const secret = await addReader(page, '新增人员', 'added.here')
    assert.match(secret, /^\S{12,}$/)
    const entered = new Caller(world.hall)
    const session = await entered.signIn('added.here', secret)
    assert.equal(session.mustChangePassword, true)
    await page.context().close()
  })

  test('a person is made once, though the first answer is lost', async () => {
    const page = await sit(world, 'ADMINISTRATOR', '/administration')
    const keys = []
    await page.route(
      (url) => url.pathname === '/api/v1/people',
      async (route) => {
        if (route.request().method() !== 'POST') return route.fallback()
        keys.push(await route.request().headerValue('Idempotency-Key'))
        if (keys.length > 1) return route.fallback()
        await route.fetch()
        return route.abort()
      },
    )
    const secret = await addReader(page, '断线人员', 'lost.answer')
    assert.equal(keys.length, 2)
    assert.equal(keys[0], keys[1])
    await new Caller(world.hall).signIn('lost.answer', secret)
    await page.context().close()
  })

  test('sign-ins are read on to the first', async () => {
    const MANY = 250
    const page = await sit(world, 'ADMINISTRATOR', '/counter')
    await page.route(
      (url) => url.pathname === '/api/v1/sign-ins',
      (route) => {
        const query = new URL(route.request().url()).searchParams
        const from = Number(query.get('after') ?? 0)
        const to = Math.min(MANY, from + Number(query.get('limit')))
        const lines = Array.from({ length: to - from }, (_, n) => ({ atMs: '0', name: `name-${from + n}`, result: 'FAILED', address: '' }))
        return route.fulfill({ json: { lines, next: to < MANY ? String(to) : '' } })
      },
    )
    await page.goto('/administration?tab=signIns')
    const rows = page.locator('[data-test=sign-ins] tbody tr')
    await rows.first().waitFor()
    for (const more = page.locator('[data-test=more]'); await more.isVisible(); ) {
      const shown = await rows.count()
      await more.click()
      await page.waitForFunction((before) => document.querySelectorAll('[data-test=sign-ins] tbody tr').length > before, shown)
    }
    assert.equal(await rows.count(), MANY)
    assert.equal(new Set(await rows.locator('a').allInnerTexts()).size, MANY)
    await page.context().close()
  })

  test('of ten thousand tasks a screenful is drawn, and the keyboard goes through them, with Caps Lock too', async () => {
    const MANY = 10000
    const approver = new Caller(world.hall)
    const { name, password } = person(world.hall, 'APPROVER')
    await approver.signIn(name, password)
    const { tasks } = await approver.ask('GET', '/tasks')
    assert.ok(tasks.length > 0, 'the demonstration leaves the approver a task')
    const page = await sit(world, 'APPROVER', '/counter')
    await page.route(
      (url) => url.pathname === '/api/v1/tasks',
      (route) => {
        const query = new URL(route.request().url()).searchParams
        const from = Number(query.get('after') ?? 0)
        const to = Math.min(MANY, from + Number(query.get('limit') ?? 100))
        const lines = Array.from({ length: to - from }, (_, n) => ({ ...tasks[0], caseNumber: String(2611230000000 + from + n) }))
        return route.fulfill({ json: { tasks: lines, next: to < MANY ? String(to) : '', total: String(MANY) } })
      },
    )
    await page.goto('/tasks')
    const list = page.locator('[data-test=task-list]')
    await list.locator('[data-case]').first().waitFor()
    const chosen = () => list.locator('[aria-selected=true]').getAttribute('data-case')
    let before = await chosen()
    await page.locator('body').evaluate(() => document.activeElement?.blur()) // the list has not been clicked into
    for (const key of ['j', 'J', 'ArrowDown', 'End', 'k', 'K', 'Home']) {
      await page.keyboard.press(key)
      await page.waitForFunction(
        (was) => document.querySelector('[data-test=task-list] [aria-selected=true]')?.getAttribute('data-case') !== was,
        before,
      )
      before = await chosen()
      assert.ok((await list.locator('[data-case]').count()) < 100)
    }
    await page.context().close()
  })
}
