// SPDX-License-Identifier: Apache-2.0
// Signing in, and who is refused.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { openPage, rested, signIn } from './browser.mjs'
import { addPerson, Caller, person } from './hall.mjs'

export default function (world) {
  test('a wrong password is refused, and after five of them the next must wait', async () => {
    const who = await addPerson(world.administrator, { name: 'locked.out', fullName: '试锁人员', role: 'REPORT_READER' })
    const page = await openPage(world.browser, world.hall)
    await page.goto('/sign-in')
    for (let attempt = 1; attempt <= 5; attempt++) {
      await page.getByLabel('账号').fill(who.name)
      await page.getByLabel('密码', { exact: true }).fill(`not the password ${attempt}`)
      await rested(page)
      await rested(page)
    const answered = page.waitForResponse((answer) => answer.url().endsWith('/session') && answer.request().method() === 'POST')
      await page.getByRole('button', { name: '登录', exact: true }).click()
      assert.equal((await answered).status(), 401)
      await page.getByRole('alert').first().waitFor()
    }
    await page.getByLabel('密码', { exact: true }).fill(who.password)
    await rested(page)
    const answered = page.waitForResponse((answer) => answer.url().endsWith('/session') && answer.request().method() === 'POST')
    await page.getByRole('button', { name: '登录', exact: true }).click()
    assert.equal((await (await answered).json()).reason, 'LOCKED_OUT')
    assert.match(page.url(), /sign-in/)
    await page.context().close()
  })

  test('a one-time password allows its change and nothing else', async () => {
    const { oneTimePassword } = await world.administrator.ask('POST', '/people', {
      name: 'first.day', fullName: '新来人员', role: 'REPORT_READER', department: '', window: 0,
    })
    const page = await openPage(world.browser, world.hall)
    await signIn(page, { name: 'first.day', password: oneTimePassword })
    await page.getByText('首次登录，请先修改一次性密码').waitFor()
    await page.goto('/reports')
    await page.getByText('首次登录，请先修改一次性密码').waitFor()
    await page.getByLabel('当前密码').fill(oneTimePassword)
    await page.getByLabel('新密码', { exact: true }).fill('autumn moon over calm lake')
    await page.getByLabel('再输入一次新密码').fill('autumn moon over calm lake')
    await page.getByRole('button', { name: '修改密码' }).click()
    await page.waitForURL('**/reports')
    await page.context().close()
  })

  /* RULE H21: only those who handle a case see it. */
  test('a clerk of one department is refused the case of another', async () => {
    const item = 'CUL-01'
    const clerk = await addPerson(world.administrator, { name: 'door.cul', fullName: '文化窗口', role: 'WINDOW_CLERK', department: 'CUL', window: 12 })
    const other = await addPerson(world.administrator, { name: 'door.civ', fullName: '民政窗口', role: 'WINDOW_CLERK', department: 'CIV', window: 1 })
    const desk = new Caller(world.hall)
    await desk.signIn(clerk.name, clerk.password)
    const guide = await desk.ask('GET', `/items/${item}/guide`)
    const { caseNumber } = await desk.ask('POST', '/cases', {
      item, channel: 'AT_WINDOW', check: true,
      applicant: { kind: 'PERSON', name: '王小明', document: '11010519491231002X', phone: '13800138000' },
      materials: guide.materials.map(({ seq, copies }) => ({ seq, copies })),
    })
    const page = await openPage(world.browser, world.hall)
    await signIn(page, other)
    const answered = page.waitForResponse((answer) => answer.url().endsWith(`/cases/${caseNumber}`))
    await page.goto(`/case/${caseNumber}`)
    assert.equal((await answered).status(), 403)
    await page.getByRole('alert').first().waitFor()
    assert.doesNotMatch(await page.locator('main').innerText(), /王小明|公共文化/)
    await page.context().close()
  })

  test('a page that is not one’s own says so instead of showing itself', async () => {
    const page = await openPage(world.browser, world.hall)
    await signIn(page, person(world.hall, 'CASHIER'))
    await page.goto('/administration')
    await page.getByRole('heading', { name: '无权查看此页面' }).waitFor()
    await page.context().close()
  })
}
