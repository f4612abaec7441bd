// SPDX-License-Identifier: Apache-2.0
// What a command was decided on has changed meanwhile: the difference is shown, and nothing typed is lost.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { openPage, picture, press, signIn } from './browser.mjs'
import { Caller, billed, hire, inApproval, person, takeIn } from './hall.mjs'

const ITEM = 'CUL-05'

/** A page that is told of nothing: it learns of others' acts by the refusal alone. */
async function sit(world, role, path) {
  const page = await openPage(world.browser, world.hall)
  await page.route('**/api/v1/events', (route) => route.abort())
  await signIn(page, person(world.hall, role))
  await page.goto(path)
  return page
}

async function manager(world) {
  const { name, password } = person(world.hall, 'BUSINESS_MANAGER')
  const caller = new Caller(world.hall)
  await caller.signIn(name, password)
  return caller
}

/** Another manager publishes the item with one required material more; its guide then. */
async function publish(world, nameZh) {
  const caller = await manager(world)
  const { item, materials, text } = await caller.ask('GET', `/items/${ITEM}/guide`)
  const { steps } = await caller.ask('GET', `/items/${ITEM}/flow?version=${item.version}`)
  const { fees } = await caller.ask('GET', `/fees?item=${ITEM}`)
  const { code, version, hasFee, source, survey, fromDay, ...said } = item
  const next = { seq: materials.length + 1, nameZh, nameEn: nameZh, form: 'original', copies: 1, required: true }
  await caller.ask('PUT', `/items/${ITEM}`, {
    ...said, text, steps, materials: [...materials, next], decision: '管委会〔2026〕9号', decisionDay: 10957, shownRevision: String(version),
    fees: fees.map(({ item: of, fromDay: from, toDay, ...one }) => one),
  })
  return caller.ask('GET', `/items/${ITEM}/guide`)
}

export default function (world) {
  /* RULE L32.4: a list that nobody showed makes no binding notice. */
  test('a new version of the item under an open form is shown, and then decided on', async () => {
    const page = await sit(world, 'WINDOW_CLERK', '/window')
    await page.waitForFunction(() => document.activeElement?.id === 'item')
    await page.keyboard.type(ITEM)
    await page.locator(`#item-${ITEM}`).waitFor()
    await press(page, 'Enter')
    await page.waitForFunction(() => document.activeElement?.id === 'document')
    await page.locator('#document').fill('11010519491231002X')
    await page.locator('#name').fill('王小明')
    await page.locator('#phone').fill('13800138000')
    await press(page, 'F4')
    await publish(world, '新增承诺书')
    await press(page, 'F9')
    const changed = page.locator('[data-test=changed]')
    await changed.waitFor()
    await picture(page, 'window-changed')
    await changed.filter({ hasText: '新增承诺书' }).waitFor()
    assert.equal(await page.locator('#name').inputValue(), '王小明')
    assert.equal(await page.locator('[data-test=case-state]').count(), 0)
    await press(page, 'F4')
    await press(page, 'F9')
    await page.locator('[data-test=case-state][data-state=IN_APPROVAL]').waitFor()
    await page.context().close()
  })

  /* RULE H11 */
  test('of two managers at one item the second sees what the first has published, and goes on', async () => {
    const page = await sit(world, 'BUSINESS_MANAGER', `/administration?tab=items&item=${ITEM}`)
    await page.locator('[data-test=edit]').click()
    await page.locator('#item-name-en').fill('Audio-visual, by the second')
    await page.locator('#item-decision').fill('管委会〔2026〕10号')
    await page.locator('#item-decided-on').fill('2000-01-03')
    const theirs = await publish(world, '他人新增材料')
    const publishMine = async () => {
      await page.locator('[data-test=compare-publish]').click()
      await page.locator('[data-test=keep-theirs]').waitFor()
      await page.locator('[data-test=act-submit]').click()
    }
    await publishMine()
    const outdated = page.locator('[data-test=outdated]')
    await outdated.waitFor()
    await picture(page, 'administration-outdated')
    await outdated.filter({ hasText: '他人新增材料' }).waitFor()
    assert.equal(await page.locator('#item-name-en').inputValue(), 'Audio-visual, by the second')
    await page.locator('[data-test=go-on]').click()
    await outdated.waitFor({ state: 'detached' })
    await publishMine()
    await page.locator('[data-test=versions]').waitFor()
    const now = await new Caller(world.hall).ask('GET', `/items/${ITEM}/guide`)
    assert.equal(now.item.version, theirs.item.version + 1)
    assert.equal(now.item.nameEn, 'Audio-visual, by the second')
    assert.ok(now.materials.some((one) => one.nameZh === '他人新增材料'))
    await page.context().close()
  })

  /* RULE H1 */
  test('of two managers at one window the second sees what the first has changed, and goes on', async () => {
    const page = await sit(world, 'BUSINESS_MANAGER', '/administration?tab=windows')
    const { windows } = await new Caller(world.hall).ask('GET', '/windows')
    const { window, revision, kind, source, status, ...rest } = windows.at(-1)
    await page.locator(`[data-window="${window}"] button`).first().click()
    await page.locator('#window-name-zh').fill('第二位经理所改')
    await (await manager(world)).ask('PUT', `/windows/${window}`, { ...rest, nameEn: 'By the first manager', shownRevision: revision })
    await page.locator('[data-test=act-submit]').click()
    const changed = page.locator('[data-test=changed]')
    await changed.waitFor()
    await picture(page, 'administration-changed')
    await changed.filter({ hasText: 'By the first manager' }).waitFor()
    assert.equal(await page.locator('#window-name-zh').inputValue(), '第二位经理所改')
    await page.locator('[data-test=act-submit]').click()
    await changed.waitFor({ state: 'detached' })
    const now = (await new Caller(world.hall).ask('GET', '/windows')).windows.find((one) => one.window === window)
    assert.equal(now.nameZh, '第二位经理所改')
    assert.equal(now.nameEn, 'By the first manager')
    assert.equal(now.floor, rest.floor)
    await page.context().close()
  })

  /* RULE H22 */
  test('a bill that changed under an open waiver is shown, and nothing typed is lost', async () => {
    const number = await billed(world)
    const page = await sit(world, 'CASHIER', '/counter')
    await page.locator('#counter-scan').fill(number)
    await press(page, 'Enter')
    await page.getByRole('button', { name: '减免', exact: true }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.locator('textarea').fill('残疾人保障法第五十条')
    const other = new Caller(world.hall)
    const cashier = person(world.hall, 'CASHIER')
    await other.signIn(cashier.name, cashier.password)
    const { dueFen } = await other.ask('GET', `/cases/${number}/bill`)
    await other.ask('POST', `/cases/${number}/payment`, { method: 'CARD', shownFen: dueFen })
    await page.locator('[data-test=act-submit]:enabled').waitFor()
    await press(page, 'Control+Enter')
    await dialog.locator('[data-test=changed]').waitFor()
    await picture(page, 'counter-changed')
    assert.match(await dialog.locator('[data-test=changed]').innerText(), /已缴/)
    assert.equal(await dialog.locator('textarea').inputValue(), '残疾人保障法第五十条')
    await page.context().close()
  })

  /* RULE L32.6 */
  test('a case that changed under an open refusal is shown, and nothing typed is lost', async () => {
    const { desk, caseNumber } = await takeIn(world, (all) => all.slice(0, 1))
    const page = await sit(world, 'WINDOW_CLERK', `/window?case=${caseNumber}`)
    await page.locator('[data-test=step][data-state=CORRECTION]').waitFor()
    await press(page, 'F10')
    await page.locator('#refuse-ground-3').check()
    await page.locator('#refuse-reason').fill('经营场所不符合规定')
    const { missing } = await desk.ask('GET', `/cases/${caseNumber}/materials`)
    await desk.ask('POST', `/cases/${caseNumber}/supplement`, { materials: missing.slice(1).map(({ seq, copies }) => ({ seq, copies })) })
    await page.locator('[data-test=refuse-send]:enabled').waitFor()
    await press(page, 'Control+Enter')
    const changed = page.locator('[data-test=refuse-dialog] [data-test=changed]')
    await changed.waitFor()
    await picture(page, 'window-refuse-changed')
    assert.equal(await page.locator('#refuse-reason').inputValue(), '经营场所不符合规定')
    await press(page, 'Control+Enter')
    await page.locator('[data-test=step][data-state=REFUSED]').waitFor()
    await page.context().close()
  })

  /* RULE L38 */
  test('a case that changed under an open denial is shown, and nothing typed is lost', async () => {
    const { desk, caseNumber } = await takeIn(world, (all) => all)
    const page = await sit(world, 'WINDOW_CLERK', `/window?case=${caseNumber}`)
    await page.locator('[data-test=step][data-state=ACCEPTED]').waitFor()
    await press(page, 'F10')
    await page.locator('#deny-reason').fill('经营场所不符合规定')
    await desk.ask('POST', `/cases/${caseNumber}/amendment`, { phone: '13811112222', reason: '录入有误' })
    await page.locator('[data-test=act-submit]:enabled').waitFor()
    await press(page, 'Control+Enter')
    const dialog = page.locator('[data-test=deny-dialog]')
    await dialog.locator('[data-test=changed]', { hasText: '更正：电话' }).waitFor()
    await picture(page, 'window-deny-changed')
    assert.equal(await page.locator('#deny-reason').inputValue(), '经营场所不符合规定')
    await press(page, 'Control+Enter')
    await page.locator('[data-test=step]', { hasText: '经营场所不符合规定' }).waitFor()
    await dialog.waitFor({ state: 'hidden' })
    await page.context().close()
  })

  /* RULE L42.1, L45 */
  test('a clock that was stopped under an open extension is shown, and nothing typed is lost', async () => {
    const number = await inApproval(world, 'TRA-01')
    const who = await hire(world, 'APPROVER', 'TRA')
    const page = await openPage(world.browser, world.hall)
    await page.route('**/api/v1/events', (route) => route.abort())
    await signIn(page, who)
    await page.goto(`/case/${number}`)
    await page.locator('[data-test=act-extend]').click()
    const dialog = page.getByRole('dialog')
    await dialog.locator('textarea').fill('案情复杂，需补充核查')
    const other = new Caller(world.hall)
    await other.signIn(who.name, who.password)
    await other.ask('POST', `/cases/${number}/pause`, { kind: 'EXPERTS', notice: '评字第1号', plannedDays: 5 })
    await dialog.locator('[data-test=act-submit]:enabled').waitFor()
    await press(page, 'Control+Enter')
    await dialog.locator('[data-test=changed]').filter({ hasText: '进行中的特别程序' }).waitFor()
    await picture(page, 'case-extend-changed')
    assert.equal(await dialog.locator('textarea').inputValue(), '案情复杂，需补充核查')
    await page.context().close()
  })

  /* RULE H1 */
  test('a window that goes to another department names the clerks who sit there', async () => {
    const { windows } = await new Caller(world.hall).ask('GET', '/windows')
    const { window, kind, source, status, revision, ...rest } = windows.at(-1)
    const caller = await manager(world)
    await caller.ask('PUT', `/windows/${window}`, { ...rest, department: 'TRA' })
    await hire(world, 'WINDOW_CLERK', 'TRA', window)
    const page = await sit(world, 'BUSINESS_MANAGER', '/administration?tab=windows')
    await page.locator(`[data-window="${window}"] button`).first().click()
    await page.locator('#window-department').selectOption('CUL')
    await page.locator('[data-test=outsiders]').filter({ hasText: '1 名窗口人员' }).filter({ hasText: '试TRA' }).waitFor()
    await picture(page, 'administration-outsiders')
    await page.locator('[data-test=act-submit]:enabled').waitFor()
    await press(page, 'Control+Enter')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    const now = (await new Caller(world.hall).ask('GET', '/windows')).windows.find((one) => one.window === window)
    assert.equal(now.department, 'CUL')
    await caller.ask('PUT', `/windows/${window}`, { ...rest, clerks: 1 })
    await page.context().close()
  })
}
