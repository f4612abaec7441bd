// SPDX-License-Identifier: Apache-2.0
// Signing in, and who is refused.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'

import { openPage, rested, signIn } from './browser.mjs'
import { addPerson, Caller, person } from './hall.mjs'

/** What an authenticator shows for a secret (RFC 6238), so many steps of 30 s from now. */
function codeOf(secret, ahead = 0) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...secret.replace(/\s/g, '')].map((one) => letters.indexOf(one).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g).map((one) => parseInt(one, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead))
  const hash = createHmac('sha1', key).update(counter).digest()
  return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

export default function (world) {
  test('a second factor is set up in the menu, and asked for at the next sign-in', async () => {
    const who = await addPerson(world.administrator, { name: 'two.factors', fullName: '两步人员', role: 'REPORT_READER' })
    const page = await openPage(world.browser, world.hall)
    await signIn(page, who)
    await page.locator('[data-test=person]').click()
    await page.getByRole('menuitem', { name: '两步验证' }).click()
    await page.getByLabel('密码', { exact: true }).fill(who.password)
    await rested(page)
    await page.getByRole('button', { name: '下一步' }).click()
    await page.getByRole('img', { name: '验证器二维码' }).waitFor()
    const secret = await page.locator('[data-test=second-secret]').innerText()
    await page.getByLabel('验证码（六位）').fill('000000')
    await rested(page)
    await page.getByRole('button', { name: '确认', exact: true }).click()
    await page.getByText('验证码不正确或已过期').waitFor()
    await page.getByLabel('验证码（六位）').fill(codeOf(secret))
    await rested(page)
    await page.getByRole('button', { name: '确认', exact: true }).click()
    const codes = page.locator('[data-test=recovery-codes] li')
    await codes.first().waitFor()
    assert.equal(await codes.count(), 10)
    await page.context().close()

    const again = await openPage(world.browser, world.hall)
    await again.goto('/sign-in')
    await again.getByLabel('账号').fill(who.name)
    await again.getByLabel('密码', { exact: true }).fill(who.password)
    await rested(again)
    await again.getByRole('button', { name: '登录', exact: true }).click()
    await again.getByText('请输入验证器上的六位验证码').waitFor()
    await again.getByLabel('验证码（六位）').fill(codeOf(secret, 1))
    await rested(again)
    await again.getByRole('button', { name: '登录', exact: true }).click()
    await again.waitForURL('**/reports')
    await again.context().close()

    const manager = await openPage(world.browser, world.hall)
    await signIn(manager, person(world.hall, 'ADMINISTRATOR'))
    await manager.goto('/administration?tab=people')
    await manager.locator('[data-test=person-search]').fill(who.name)
    await manager.locator(`[data-person="${who.name}"]`).getByRole('button', { name: '解除两步验证' }).click()
    await manager.getByRole('dialog').getByText('请先当面核对本人').waitFor()
    await rested(manager)
    await manager.getByRole('dialog').getByRole('button', { name: /解除两步验证/ }).click()
    await manager.getByText('两步人员 的两步验证已解除').waitFor()
    await manager.context().close()
  })

  test('whoever must have a second factor sets it up before anything else', async () => {
    const who = await addPerson(world.administrator, { name: 'must.enrol', fullName: '须设人员', role: 'REPORT_READER' })
    const page = await openPage(world.browser, world.hall)
    await page.route('**/api/v1/session', async (route) => {
      const answer = await route.fetch()
      await route.fulfill({ response: answer, json: { ...(await answer.json()), mustEnrol: true } })
    })
    await page.goto('/sign-in')
    await page.getByLabel('账号').fill(who.name)
    await page.getByLabel('密码', { exact: true }).fill(who.password)
    await rested(page)
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.getByText('您的岗位须设置两步验证').waitFor()
    await page.goto('/reports')
    await page.getByText('您的岗位须设置两步验证').waitFor()
    await page.context().close()
  })

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
    const other = await addPerson(world.administrator, { name: 'door.civ', fullName: '民政窗口', role: 'WINDOW_CLERK', department: 'CIV', window: 14 })
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
