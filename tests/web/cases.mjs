// SPDX-License-Identifier: Apache-2.0
// Cases handled on the pages, each person with a browser of their own.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { axeFaults, openPage, paperOf, picture, press, pressAndConfirm, signIn } from './browser.mjs'
import { Caller, addPerson, newDocument, person, takeIn } from './hall.mjs'

const citizen = { name: '王小明', phone: '13800138000' }

/* ---- steps that the tests share */

async function sit(world, who, path, viewport) {
  const page = await openPage(world.browser, world.hall, viewport)
  await signIn(page, who)
  await page.goto(path)
  return page
}

/** Press Tab until the field has the focus, then type. */
async function typeInto(page, id, text) {
  for (let tabs = 0; tabs < 12; tabs++) {
    if ((await page.evaluate(() => document.activeElement?.id)) === id) {
      await page.keyboard.type(text)
      return
    }
    await page.keyboard.press('Tab')
  }
  assert.fail(`the keyboard does not come to ${id}`)
}

/** Fills in an applicant for this item with the keyboard only. */
async function fillIn(page, item, who = { ...citizen, document: newDocument() }) {
  await page.waitForFunction(() => document.activeElement?.id === 'item')
  await page.keyboard.type(item)
  await page.locator(`#item-${item}`).waitFor()
  await press(page, 'Enter')
  await page.waitForFunction(() => document.activeElement?.id === 'document')
  await page.keyboard.type(who.document)
  await typeInto(page, 'name', who.name)
  await typeInto(page, 'phone', who.phone)
}

const stateIs = (page, state) => page.locator(`[data-test=case-state][data-state=${state}]`).waitFor()
const numberOn = async (page) => (await page.locator('[data-test=case-number]').innerText()).replace(/\D/g, '')

/** The text of the slip on top, and again when it is printed after the case was reopened. */
async function paperTwice(page) {
  const paper = page.locator('[data-test=slip] .content')
  const first = await paper.innerText()
  await page.reload()
  await page.locator('[data-test=slip]', { hasText: '打印时填入' }).waitFor()
  await press(page, 'F8')
  await page.locator('[data-test=slip]', { hasText: citizen.name }).waitFor()
  return [first, await paper.innerText()]
}

async function agree(page, caseNumber) {
  const task = page.locator(`[data-test=task-list] [data-case="${caseNumber}"]`)
  const id = await task.getAttribute('id') // the next stage may bring another task of the same case
  await task.click()
  const panel = page.locator(`[data-test=decision][data-task="${id.slice('task-'.length)}"]`) // not that of the task before
  await panel.waitFor()
  await press(page, 'F9')
  await panel.locator('input[value=agree]:checked').waitFor()
  await press(page, 'Control+Enter')
  const isAsked = page.locator('.el-message-box .el-button--primary:focus').waitFor().then(() => true)
  const isGone = page.locator(`[id="${id}"]`).waitFor({ state: 'detached' }).then(() => false)
  if (!(await Promise.race([isAsked, isGone]))) return void isAsked.catch(() => {}) // the last opinion asks first
  await press(page, 'Enter')
  await isGone
}

/* ---- */

export default function (world) {
  const clerk = () => person(world.hall, 'WINDOW_CLERK')

  /* RULE H4: what a window may finish alone is finished in the same visit. */
  test('an immediate case is done in one visit, with the keyboard alone', async () => {
    const page = await sit(world, clerk(), '/window')
    const who = { ...citizen, document: newDocument() }
    await fillIn(page, 'CUL-02', who)
    await press(page, 'F4')
    await press(page, 'F9')
    await stateIs(page, 'ACCEPTED')
    await pressAndConfirm(page, 'F9')
    await stateIs(page, 'CLOSED')
    await page.locator('[data-test=slip-delivery], [data-test=slip]').first().waitFor()
    await picture(page, 'window-case')
    await press(page, 'F9')
    await page.locator('#shown[aria-invalid=true]').waitFor() // nobody collects it yet
    await page.locator('#shown').fill(who.document)
    await pressAndConfirm(page, 'F9')
    await stateIs(page, 'DELIVERED')
    assert.deepEqual(page.faults, [])
    await page.context().close()
  })

  /* RULE L32.4: everything that is missing is asked for, once. */
  test('what is missing is asked for once, and the case goes on when it is brought', async () => {
    const page = await sit(world, clerk(), '/window')
    await fillIn(page, 'CUL-02')
    await press(page, 'F9')
    await page.waitForFunction(() => document.activeElement?.dataset.test === 'ask-once-yes')
    assert.deepEqual(await axeFaults(page), [])
    await press(page, 'Enter')
    await stateIs(page, 'CORRECTION')
    const { materials } = await new Caller(world.hall).ask('GET', '/items/CUL-02/guide')
    const slip = await page.locator('[data-test=slip]').first().innerText()
    for (const { nameZh, required } of materials) if (required) assert.ok(slip.includes(nameZh), nameZh)
    await picture(page, 'window-correction')
    await press(page, 'F4')
    await press(page, 'F9')
    await stateIs(page, 'ACCEPTED')
    await page.context().close()
  })

  /* RULE L32.3, L32.4: each paper gets a verdict; the notice and the telephone say what is wrong. */
  test('a wrong paper is handed back with its fault, and a mended one is on record, with the keyboard alone', async () => {
    const page = await sit(world, clerk(), '/window')
    await fillIn(page, 'CUL-02')
    await press(page, 'F4')
    await page.locator('[data-test=material-1]').focus()
    await page.keyboard.press('-')
    await page.waitForFunction(() => document.activeElement?.id === 'fault-1')
    await press(page, 'F9')
    await page.locator('#fault-1[aria-invalid=true]').waitFor() // a verdict says its fault
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Tab')
    await page.keyboard.type('第 2 页')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.activeElement?.id === 'material-2')
    await page.keyboard.press('+')
    await page.waitForFunction(() => document.activeElement?.id === 'fault-2')
    await page.keyboard.press('ArrowDown')
    assert.deepEqual(await axeFaults(page), [])
    await picture(page, 'window-verdicts')
    await press(page, 'F9')
    await page.waitForFunction(() => document.activeElement?.dataset.test === 'ask-once-yes')
    assert.match(await page.locator('[data-test=ask-once]').innerText(), /未签名：第 2 页/)
    await press(page, 'Enter')
    await stateIs(page, 'CORRECTION')
    assert.match(await page.locator('[data-test=slip]').first().innerText(), /未签名：第 2 页/)
    assert.match(await page.locator('[data-test=was-wrong]').innerText(), /未签名：第 2 页/)
    await picture(page, 'window-wrong-paper')
    const number = await numberOn(page)
    await page.goto(`/case/${number}`)
    await page.locator('[data-test=paper]', { hasText: '当场更正 · 未签名' }).waitFor()
    await page.locator('[data-test=paper]', { hasText: '不合格 · 未签名：第 2 页' }).waitFor()
    await page.goto(`/window?case=${number}`)
    await page.waitForFunction(() => document.activeElement?.id === 'material-1')
    await press(page, 'F4')
    await press(page, 'F9')
    await stateIs(page, 'ACCEPTED')
    assert.deepEqual(page.faults, [])
    await page.context().close()
  })

  /* RULE L32.6, L38: in writing, with its ground and reason, and the right to review and to sue. */
  test('a refusal names its ground, its reason and the way to review', async () => {
    const page = await sit(world, clerk(), '/window')
    await fillIn(page, 'CUL-02')
    await press(page, 'F4')
    await press(page, 'F10')
    const dialog = page.locator('[data-test=refuse-dialog]')
    await dialog.waitFor()
    await dialog.getByText('不符合受理条件').click()
    await dialog.locator('#refuse-reason').fill('经营场所不在本区')
    await dialog.locator('[data-test=refuse-send]').click()
    await stateIs(page, 'REFUSED')
    const slip = await page.locator('[data-test=slip]').first().innerText()
    assert.match(slip, /经营场所不在本区/)
    assert.match(slip, /复议/)
    assert.match(slip, /诉讼/)
    await page.context().close()
  })

  /* RULE L32.2, L32.4, L32.6, L44: the applicant's paper is the same one, whenever it is printed. */
  test('a paper printed again says what it said the first time', async () => {
    const page = await sit(world, clerk(), '/window')
    await page.addInitScript(() => (window.print = () => window.dispatchEvent(new Event('afterprint')))) // nobody is there to close the browser's own
    const same = async (...words) => {
      const [first, again] = await paperTwice(page)
      assert.equal(again, first)
      for (const word of words) assert.ok(again.includes(word), `${word} is not on: ${again}`)
    }

    await fillIn(page, 'CUL-02')
    await press(page, 'F9')
    await page.waitForFunction(() => document.activeElement?.dataset.test === 'ask-once-yes')
    await press(page, 'Control+Enter')
    await stateIs(page, 'CORRECTION')
    await same('一次性告知', '前补齐')
    await press(page, 'F4')
    await press(page, 'F9')
    await stateIs(page, 'ACCEPTED')
    await same('现予受理', '承诺办结时间')
    await pressAndConfirm(page, 'F9')
    await stateIs(page, 'CLOSED')
    await page.locator('#how').press('2')
    await page.keyboard.press('Tab')
    await page.waitForFunction(() => document.activeElement?.id === 'delivery-receipt')
    await page.keyboard.type('EM123456789CN')
    await pressAndConfirm(page, 'F9')
    await stateIs(page, 'DELIVERED')
    await same('邮寄', 'EM123456789CN')
    await picture(page, 'window-delivery-again')

    await page.keyboard.press('F2')
    await fillIn(page, 'CUL-02')
    await press(page, 'F4')
    await press(page, 'F10')
    await page.locator('input[value=NOT_THIS_AUTHORITY]').check()
    await page.locator('#refuse-authority').fill('市文化和旅游局')
    await page.locator('[data-test=refuse-send]').click()
    await stateIs(page, 'REFUSED')
    await same('第三十二条第一款第（二）项', '不属于本机关职权范围', '请向市文化和旅游局申请', '复议')
    await picture(page, 'window-refusal-again')
    assert.deepEqual(page.faults, [])
    await page.context().close()
  })

  test('a wrong name is put right with the keyboard, and the slip says so', async () => {
    const { caseNumber } = await takeIn(world, (all) => all)
    const page = await sit(world, clerk(), `/window?case=${caseNumber}`)
    await stateIs(page, 'ACCEPTED')
    await press(page, 'Alt+G')
    const dialog = page.getByRole('dialog', { name: '更正' })
    await dialog.locator('#amend-name').waitFor()
    await dialog.locator('[data-test=act-submit]:enabled').waitFor()
    await page.keyboard.press('Control+Enter') // nothing is changed, and no reason given
    await dialog.locator('#amend-reason[aria-invalid=true]').waitFor()
    await dialog.locator('#amend-name').fill('王小铭')
    await dialog.locator('#amend-reason').fill('录入有误，已与证件核对')
    assert.deepEqual(await axeFaults(page), [])
    await picture(page, 'window-amend')
    await page.keyboard.press('Control+Enter')
    await page.locator('[data-test=amended]', { hasText: '姓名（录入有误' }).waitFor()
    await page.locator('[data-test=slip]', { hasText: '王小铭' }).waitFor()
    await page.locator('[data-test=slip-amended]', { hasText: '更正：姓名' }).waitFor()
    assert.deepEqual(page.faults, [])
    await page.context().close()
  })

  test('nothing typed is lost when the session ends in the middle of the work', async () => {
    const who = clerk()
    const page = await sit(world, who, '/window')
    await fillIn(page, 'CUL-02')
    await press(page, 'F4')
    await page.context().clearCookies()
    await press(page, 'F9')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('密码', { exact: true }).fill(who.password)
    await dialog.getByRole('button', { name: '登录', exact: true }).click()
    await stateIs(page, 'ACCEPTED')
    await page.context().close()
  })

  /* RULE H21: whoever sits down at the window after the session must not read who stood before it. */
  test('what was typed of a person leaves the browser with the session', async () => {
    const who = clerk()
    const page = await sit(world, who, '/window')
    const document = newDocument()
    await fillIn(page, 'CUL-02', { ...citizen, document })
    await press(page, 'F4')
    const stored = () => page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))
    const found = async () => {
      const all = await stored()
      return [citizen.name, document, citizen.phone].map((text) => all.includes(text))
    }
    assert.deepEqual(await found(), [true, true, true]) // while the session lasts a reload loses nothing
    await page.context().clearCookies()
    await press(page, 'F9')
    await page.getByRole('dialog').getByLabel('密码', { exact: true }).waitFor()
    assert.equal(await page.locator('#name').inputValue(), citizen.name)
    assert.deepEqual(await found(), [false, false, false])
    await page.reload()
    await signIn(page, who)
    await page.locator('#name').waitFor()
    assert.equal(await page.locator('#name').inputValue(), '')
    await page.context().close()
  })

  test('what was typed is there again after a reload', async () => {
    const page = await sit(world, clerk(), '/window')
    const document = newDocument()
    await fillIn(page, 'CUL-02', { ...citizen, document })
    await page.reload()
    await page.locator('#name').waitFor()
    assert.equal(await page.locator('#name').inputValue(), citizen.name)
    assert.equal(await page.locator('#document').inputValue(), document)
    await page.context().close()
  })

  /* RULE H1, H2, H3: one door, departments at the same time, one bill at one counter. */
  test('a parallel case goes from the door to its delivery through the hands of five people', async () => {
    const add = (name, role, department, window) =>
      addPerson(world.administrator, { name, fullName: `${department} ${name}`, role, department, window })
    const door = await add('street.door', 'WINDOW_CLERK', 'SAN', 10)
    const lead = await add('street.lead', 'APPROVER', 'SAN', 0)
    const traffic = await add('street.traffic', 'APPROVER', 'TRA', 0)
    const building = await add('street.building', 'APPROVER', 'CON', 0)

    const window = await sit(world, door, '/window')
    const desks = [await sit(world, lead, '/tasks'), await sit(world, traffic, '/tasks'), await sit(world, building, '/tasks')]
    const counter = await sit(world, person(world.hall, 'CASHIER'), '/counter')

    const who = { ...citizen, document: newDocument() }
    await fillIn(window, 'SAN-02', who)
    for (const [field, value] of [['units.FEE-SAN-02A', '30'], ['days.FEE-SAN-02A', '10'], ['units.FEE-SAN-02B', '12']])
      await window.locator(`[id="${field}"]`).fill(value)
    await press(window, 'F4')
    await window.locator('[data-test=quote]', { hasText: '630.00' }).waitFor()
    await picture(window, 'window-form')
    await press(window, 'F9')
    await stateIs(window, 'IN_APPROVAL')
    const number = await numberOn(window)

    await desks[0].locator(`[data-test=task-list] [data-case="${number}"]`).click()
    await desks[0].locator('[data-test=decision]').waitFor()
    await picture(desks[0], 'tasks-case')
    await Promise.all(desks.map((desk) => agree(desk, number)))
    await agree(desks[0], number) // the lead department decides the second stage

    await stateIs(window, 'PAYMENT_DUE') // told by the hall, not by a reload
    await counter.locator('#counter-scan').fill(number)
    await press(counter, 'Enter')
    const due = await counter.locator('[data-test=due]').innerText()
    assert.equal(due, '¥630.00') // 30 m2 x 10 days x 0.50, and 12 m2 x 40
    await picture(counter, 'counter-bill')
    await press(counter, '2') // cash: the field is there at once
    await counter.waitForFunction(() => document.activeElement?.id === 'counter-given')
    await counter.keyboard.type('0.01') // too little: nothing is asked, nothing is taken
    await press(counter, 'F9')
    await counter.locator('.el-message').filter({ hasText: '还差' }).waitFor()
    assert.equal(await counter.getByRole('dialog').count(), 0)
    await counter.locator('#counter-given').fill('')
    await pressAndConfirm(counter, 'F9')
    await counter.locator('[data-test=receipt]').waitFor()
    await picture(counter, 'counter-paid')
    const receipt = await paperOf(counter)
    const again = await paperOf(counter)
    assert.match(receipt, /非税收入收据[^]*缴款人[^]*王小明[^]*¥630\.00[^]*陆佰叁拾元整[^]*现金/)
    assert.doesNotMatch(receipt, /补打/)
    assert.match(again, /补打件（第 2 次打印）/)
    for (const said of ['¥150.00', '¥480.00', '陆佰叁拾元整', '王小明', '现金']) assert.ok(again.includes(said), said)

    await stateIs(window, 'CLOSED')
    await window.locator('#shown').fill(who.document)
    await pressAndConfirm(window, 'F9')
    await stateIs(window, 'DELIVERED')

    const supervisor = await sit(world, person(world.hall, 'SUPERVISOR'), `/case/${number}`)
    await supervisor.getByText('送达').first().waitFor()
    await picture(supervisor, 'case')
    for (const page of [window, ...desks, counter, supervisor]) {
      assert.deepEqual(page.faults, [])
      await page.context().close()
    }
  })
}
