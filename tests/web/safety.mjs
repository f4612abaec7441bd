// SPDX-License-Identifier: Apache-2.0
// What a hand does without thinking harms nobody: reasons, questions in red, digits, and buttons that are not there.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { commandsOf, openPage, picture, press, rested, signIn } from './browser.mjs'
import { Caller, hire, inApproval, mark, newDocument, person, takeIn } from './hall.mjs'

const ITEM = 'TRA-01' // reviewed and then decided by its department alone

async function sit(world, who, path) {
  const page = await openPage(world.browser, world.hall)
  await signIn(page, who)
  await page.goto(path)
  return page
}

/** The department agrees, on the open stage. */
async function agree(world, caseNumber, department) {
  const who = await hire(world, 'APPROVER', department)
  const approver = new Caller(world.hall)
  await approver.signIn(who.name, who.password)
  const { stage } = await approver.ask('GET', `/cases/${caseNumber}/flow`)
  await approver.ask('POST', `/cases/${caseNumber}/decision`, { agree: true, stage })
}

async function atTask(world, who, caseNumber) {
  const page = await sit(world, who, `/tasks?case=${caseNumber}`)
  await page.locator(`[data-test=decision][data-task^="${caseNumber}"]`).waitFor()
  return page
}

async function signInInEnglish(page, { name, password }) {
  await page.goto('/sign-in')
  await page.locator('#sign-in-name').fill(name)
  await page.locator('#sign-in-password').fill(password)
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => !document.querySelector('#sign-in-name'))
}

const question = (page) => page.locator('.el-message-box:visible')

export default function (world) {
  /* RULE L34 */
  test('a site survey names two people of the departments of the case, chosen by name', async () => {
    const caseNumber = await inApproval(world, 'CON-02', [
      { fee: 'FEE-CON-02A', units: '0', days: 0 },
      { fee: 'FEE-CON-02B', units: '0', days: 0 },
    ])
    const who = await hire(world, 'APPROVER', 'CON')
    await hire(world, 'DEPARTMENT_LEAD', 'CON')
    const page = await atTask(world, who, caseNumber)
    await page.locator('[data-test=decision] input[type=radio]').first().check()
    const field = page.locator('[data-test=staff]')
    const people = page.locator('[data-test=decision] .chips button')
    await people.filter({ hasText: '试CON' }).nth(1).waitFor()
    assert.equal(await people.filter({ hasText: '试CUL' }).count(), 0)
    await field.fill('nobody-at-all')
    await people.filter({ hasText: '试CON' }).first().click()
    await press(page, 'Control+Enter')
    await page.locator('[data-test=decision] .refusal').waitFor()
    await picture(page, 'tasks-survey')
    await field.fill('')
    for (const at of [0, 1]) await people.filter({ hasText: '试CON' }).nth(at).click()
    await press(page, 'Control+Enter')
    await page.locator(`[data-test=decision][data-task^="${caseNumber}"]`).waitFor({ state: 'detached' })
    assert.deepEqual(page.faults, [])
    await page.context().close()
  })

  /* RULE L38 */
  test('a reason against does not stay under a yes, and a phrase alone is no reason', async () => {
    const caseNumber = await inApproval(world, ITEM)
    const page = await atTask(world, await hire(world, 'APPROVER', ITEM.slice(0, 3)), caseNumber)
    const sent = commandsOf(page)
    const opinion = page.locator('[data-test=decision] textarea')
    assert.equal(await opinion.count(), 0) // small until it is used
    await press(page, 'F10')
    await opinion.waitFor()
    await page.locator('.phrases button').first().click()
    const phrase = await opinion.inputValue()
    assert.match(phrase, /：$/)
    await press(page, 'Control+Enter')
    await page.locator('[data-test=faults]').getByText('请写明具体情况').waitFor()
    await page.keyboard.type('平面图与现场不一致')
    await press(page, 'F9')
    await page.waitForFunction(() => document.querySelector('[data-test=decision] textarea')?.value === '')
    await press(page, 'F10')
    assert.equal(await opinion.inputValue(), `${phrase}平面图与现场不一致`)
    assert.deepEqual(sent, [])
    assert.deepEqual(page.faults, [])
    await page.context().close()
  })

  test('the opinion that decides the case asks first, and so does one against, each with its key', async () => {
    for (let n = 0; n < 2; n++) await inApproval(world, ITEM)
    const caseNumber = await inApproval(world, ITEM)
    await agree(world, caseNumber, ITEM.slice(0, 3))
    const page = await atTask(world, await hire(world, 'DEPARTMENT_LEAD', ITEM.slice(0, 3)), caseNumber)
    const sent = commandsOf(page)
    await press(page, 'F10')
    await page.locator('[data-test=decision] textarea').fill('现场情况不具备条件：没有消防通道。')
    await press(page, 'Control+Enter')
    await question(page).getByText('即不予许可').waitFor()
    assert.match(await question(page).innerText(), /提交：不同意 \(Y\)/)
    await picture(page, 'tasks-deny-ask')
    await rested(page)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+Enter')
    assert.equal(await question(page).count(), 1)
    await page.keyboard.press('Escape')
    await question(page).waitFor({ state: 'hidden' })
    await press(page, 'F9')
    await press(page, 'Control+Enter')
    await question(page).getByText('即准予许可').waitFor()
    assert.deepEqual(sent, [])
    await press(page, 'Enter')
    await page.locator('[data-test=last]', { hasText: '审批通过' }).waitFor()
    assert.equal(sent.length, 1)
    await press(page, 'j')
    await page.waitForFunction(() => document.querySelector('[data-test=last]').textContent === '')
    await page.context().close()
  })

  test('a question in red is answered by its key', async () => {
    const { caseNumber } = await takeIn(world, (all) => all)
    const page = await sit(world, person(world.hall, 'WINDOW_CLERK'), `/window?case=${caseNumber}`)
    await page.locator('[data-test=case-state][data-state=ACCEPTED]').waitFor()
    await press(page, 'F6')
    await question(page).getByText('(Y)').waitFor()
    await press(page, 'y')
    await page.locator('[data-test=case-state][data-state=WITHDRAWN]').waitFor()
    await page.context().close()
  })

  /* RULE L44 */
  test('a digit chooses the way of delivery and is not typed into anything', async () => {
    const { caseNumber, desk } = await takeIn(world, (all) => all)
    await desk.ask('POST', `/cases/${caseNumber}/finish`, { granted: true })
    const page = await sit(world, person(world.hall, 'WINDOW_CLERK'), `/window?case=${caseNumber}`)
    await page.locator('#how').waitFor()
    await page.locator('#how').focus()
    await page.keyboard.press('2')
    await page.keyboard.press('2')
    assert.equal(await page.locator('#delivery-receipt').inputValue(), '')
    assert.equal(await page.locator('#how-2').isChecked(), true)
    await press(page, 'F9')
    await page.locator('[data-test=faults] a').click()
    await page.waitForFunction(() => document.activeElement?.id === 'delivery-receipt')
    await page.keyboard.type('EM13')
    assert.equal(await page.locator('#how-2').isChecked(), true)
    await page.context().close()
  })

  test('digits in the reason of a refusal do not change its ground', async () => {
    const { caseNumber } = await takeIn(world, (all) => all.slice(0, -1))
    const page = await sit(world, person(world.hall, 'WINDOW_CLERK'), `/window?case=${caseNumber}`)
    await page.locator('[data-test=no]').click()
    await page.waitForFunction(() => document.activeElement?.id === 'refuse-ground')
    await page.keyboard.press('3')
    assert.equal(await page.locator('#refuse-ground-3').isChecked(), true)
    await page.locator('#refuse-reason').focus()
    await page.keyboard.press('End')
    await page.keyboard.type('12')
    assert.equal(await page.locator('#refuse-ground-3').isChecked(), true)
    assert.match(await page.locator('#refuse-reason').inputValue(), /12$/)
    await page.context().close()
  })

  /* RULE L32.4 */
  test('what says that it prints prints', async () => {
    const page = await sit(world, person(world.hall, 'WINDOW_CLERK'), '/window')
    await page.evaluate(() => (window.print = () => (globalThis.printed = document.querySelector('.slip.printing')?.innerText ?? '')))
    await page.waitForFunction(() => document.activeElement?.id === 'item')
    await page.keyboard.type('CUL-02')
    await page.locator('#item-CUL-02').waitFor()
    await press(page, 'Enter')
    await page.waitForFunction(() => document.activeElement?.id === 'document')
    await page.keyboard.type(newDocument())
    await page.locator('#name').fill('王小明')
    await page.locator('#phone').fill('13800138000')
    await press(page, 'F9')
    await page.locator('[data-test=ask-once-yes]', { hasText: '打印' }).waitFor()
    await press(page, 'Enter')
    const printed = await page.waitForFunction(() => globalThis.printed)
    assert.match(await printed.jsonValue(), /补正通知书[^]*王小明/)
    await page.context().close()
  })

  test('the list of keys closes when one goes on', async () => {
    const page = await sit(world, person(world.hall, 'WINDOW_CLERK'), '/window')
    const list = page.locator('.el-popover').filter({ has: page.locator('kbd') })
    await page.getByRole('button', { name: '快捷键' }).click()
    await list.waitFor()
    await page.keyboard.press('F7')
    await list.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: '快捷键' }).click()
    await list.waitFor()
    await page.keyboard.press('Escape')
    await list.waitFor({ state: 'hidden' })
    await page.context().close()
  })

  test('a password that is refused is named as the page names it, and Enter goes through the form', async () => {
    const who = await hire(world, 'REPORT_READER', '')
    const page = await sit(world, who, '/reports')
    await page.locator('[data-test=person]').click()
    await page.getByRole('menuitem', { name: '修改密码' }).click()
    await page.waitForFunction(() => document.activeElement?.id === 'password-current')
    for (const [id, text] of [['current', who.password], ['next', `${who.name}1234567`], ['repeat', `${who.name}1234567`]]) {
      await page.waitForFunction((at) => document.activeElement?.id === at, `password-${id}`)
      await page.keyboard.type(text)
      await press(page, 'Enter')
    }
    const refusal = page.locator('[role=dialog] .refusal')
    await refusal.waitFor()
    assert.match(await refusal.innerText(), /新密码/)
    assert.doesNotMatch(await refusal.innerText(), /next/)
    await page.context().close()
  })

  test('people have their names and their own departments, not their accounts', async () => {
    const caseNumber = await inApproval(world, ITEM)
    await agree(world, caseNumber, 'TRA')
    const page = await sit(world, person(world.hall, 'SUPERVISOR'), `/case/${caseNumber}`)
    await page.locator('main').getByText('试TRA').first().waitFor()
    await page.locator('main ol time').first().waitFor()
    assert.doesNotMatch(await page.locator('main').innerText(), new RegExp(mark))
    await page.context().close()
  })

  /* RULE H5 */
  test('nobody is offered what he may not do', async () => {
    const caseNumber = await inApproval(world, 'SAN-02', [
      { fee: 'FEE-SAN-02A', units: '30', days: 10 },
      { fee: 'FEE-SAN-02B', units: '12', days: 0 },
    ])
    await agree(world, caseNumber, 'TRA')
    const offered = async (who, path) => {
      const page = await sit(world, who, path)
      await page.getByRole('heading', { name: '各部门意见' }).waitFor()
      const acts = await page.locator('[data-test^=act-], [data-test=back], [data-test=go-decide]').evaluateAll((all) => all.map((one) => one.dataset.test))
      await page.context().close()
      return [...new Set(acts)].sort()
    }
    const [lead, other, outsider] = [await hire(world, 'DEPARTMENT_LEAD', 'SAN'), await hire(world, 'DEPARTMENT_LEAD', 'CON'), await hire(world, 'DEPARTMENT_LEAD', 'TRA')]
    const all = ['act-back', 'act-extend', 'act-pause', 'act-terminate', 'back']
    assert.deepEqual(await offered(lead, `/tasks?case=${caseNumber}`), all)
    assert.deepEqual(await offered(other, `/tasks?case=${caseNumber}`), [])
    assert.deepEqual(await offered(other, `/case/${caseNumber}`), ['go-decide'])
    assert.deepEqual(await offered(outsider, `/case/${caseNumber}`), [])
  })

  /* RULE H12 */
  test('a press is seen at once on the page of those who are pressed', async () => {
    const caseNumber = await inApproval(world, ITEM)
    const page = await atTask(world, await hire(world, 'APPROVER', ITEM.slice(0, 3)), caseNumber)
    assert.equal(await page.locator('[data-test=flow-line]').count(), 1)
    assert.equal(await page.locator('[data-test=pressed]').count(), 0)
    const supervisor = new Caller(world.hall)
    const { name, password } = person(world.hall, 'SUPERVISOR')
    await supervisor.signIn(name, password)
    await supervisor.ask('POST', `/cases/${caseNumber}/press`, { task: 1, words: '请于今日下班前反馈办理进展。' })
    await page.locator('[data-test=pressed]', { hasText: '请于今日下班前反馈办理进展。' }).waitFor()
    await picture(page, 'tasks-pressed')
    assert.deepEqual(page.faults, [])
    await page.context().close()
  })

  test('an English page prints Chinese notices', async () => {
    const { caseNumber } = await takeIn(world, (all) => all)
    const page = await openPage(world.browser, world.hall)
    await page.addInitScript(() => {
      localStorage.setItem('onedoor.language', 'en')
      window.print = () => {
        globalThis.printed = document.querySelector('.slip.printing').innerText
        window.dispatchEvent(new Event('afterprint'))
      }
    })
    await signInInEnglish(page, person(world.hall, 'WINDOW_CLERK'))
    await page.goto(`/window?case=${caseNumber}`)
    await page.locator('[data-test=case-state][data-state=ACCEPTED]').waitFor()
    await press(page, 'F8')
    const printed = await (await page.waitForFunction(() => globalThis.printed)).jsonValue()
    assert.match(printed, /受理通知书/)
    assert.doesNotMatch(printed, /Notice|Applicant|Printed/)
    await page.getByRole('button', { name: /Print/ }).first().waitFor()
    await page.context().close()
  })
}
