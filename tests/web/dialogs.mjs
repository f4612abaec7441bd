// SPDX-License-Identifier: Apache-2.0
// What is typed in a dialog survives what happens around it; and dialogs are accessible.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { axeFaults, commandsOf, openPage, pageKeys, picture, rested, signIn } from './browser.mjs'
import { counterWithBill, person, takeIn } from './hall.mjs'

async function sit(world, role, path) {
  const page = await openPage(world.browser, world.hall)
  await signIn(page, person(world.hall, role))
  await page.goto(path)
  return page
}

const REASON = '经营场所与申请材料所载地址不符，现场核查两次均未见经营人员。'

/** Opens a case that can be finished at the window. */
async function atCase(page, caseNumber) {
  await page.goto(`/window?case=${caseNumber}`)
  await page.locator('[data-test=case-state][data-state=ACCEPTED]').waitFor()
}

async function deny(page) {
  await page.locator('[data-test=no]').click()
  const dialog = page.locator('[data-test=deny-dialog]')
  await dialog.locator('#deny-reason').waitFor()
  return dialog
}

const keptIn = (page) => page.evaluate(() => Object.keys(sessionStorage).filter((name) => name.includes(':denial.')))

/** In the dialog that opens when the session has ended. */
async function signInAgain(page, { password }) {
  const dialog = page.getByRole('dialog', { name: '登录已过期，请重新登录' })
  await dialog.getByLabel('密码', { exact: true }).fill(password)
  await dialog.getByRole('button', { name: '登录', exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
}

/** The dialogs of the pages, and how each is opened. */
const dialogs = [
  {
    name: 'deny',
    role: 'WINDOW_CLERK',
    path: async (world) => `/window?case=${(await takeIn(world, (all) => all)).caseNumber}`,
    open: (page) => page.locator('[data-test=no]').click(),
  },
  {
    name: 'refuse',
    role: 'WINDOW_CLERK',
    path: async (world) => `/window?case=${(await takeIn(world, (all) => all.slice(0, -1))).caseNumber}`,
    open: (page) => page.locator('[data-test=no]').click(),
  },
  {
    name: 'amend',
    role: 'WINDOW_CLERK',
    path: async (world) => `/window?case=${(await takeIn(world, (all) => all)).caseNumber}`,
    open: (page) => page.locator('[data-test=amend]').click(),
  },
  { name: 'look at the applicant', role: 'APPROVER', path: '/tasks', open: (page) => page.locator('[data-test=applicant-show]').click() },
  { name: 'press', role: 'SUPERVISOR', path: '/supervision', open: (page) => page.locator('[data-test=press]').first().click() },
  { name: 'explain the deadline', role: 'SUPERVISOR', path: '/supervision', open: (page) => page.locator('[data-test=explain]').first().click() },
  {
    name: 'terminate',
    role: 'BUSINESS_MANAGER',
    path: async (world) => `/case/${(await takeIn(world, (all) => all)).caseNumber}`,
    open: (page) => page.locator('[data-test=act-terminate]').click(),
  },
  {
    name: 'waive',
    role: 'CASHIER',
    path: counterWithBill,
    async open(page) {
      await page.locator('.counter aside button[aria-pressed]').first().click()
      await page.getByRole('button', { name: '减免' }).first().click()
    },
  },
  { name: 'cases of a figure', role: 'BUSINESS_MANAGER', path: '/reports?period=month', open: (page) => page.locator('[data-tile=accepted] [data-figure]').first().click() },
  { name: 'window', role: 'BUSINESS_MANAGER', path: '/administration?tab=windows', open: (page) => page.locator('[data-test=add-window]').click() },
  { name: 'item', role: 'BUSINESS_MANAGER', path: '/administration?tab=items', open: (page) => page.locator('[data-test=add-item]').click() },
  { name: 'department', role: 'BUSINESS_MANAGER', path: '/administration?tab=departments', open: (page) => page.locator('[data-test=add-department]').click() },
  { name: 'notice', role: 'BUSINESS_MANAGER', path: '/administration?tab=notices', open: (page) => page.locator('[data-test=add-notice]').click() },
  { name: 'person', role: 'ADMINISTRATOR', path: '/administration?tab=people', open: (page) => page.locator('[data-test=add-person]').click() },
  { name: 'token', role: 'ADMINISTRATOR', path: '/administration?tab=tokens', open: (page) => page.locator('[data-test=add-token]').click() },
  {
    name: 'password',
    role: 'REPORT_READER',
    path: '/reports',
    async open(page) {
      await page.locator('[data-test=person]').click()
      await page.getByRole('menuitem', { name: '修改密码' }).click()
    },
  },
]

export default function (world) {
  /* RULE L38: the reason of a denial took work to write, and is not lost. */
  test('a reason typed in a dialog outlives the session and the page, and is gone once it was sent', async () => {
    const { caseNumber } = await takeIn(world, (all) => all)
    const who = person(world.hall, 'WINDOW_CLERK')
    const page = await sit(world, 'WINDOW_CLERK', '/window')
    await atCase(page, caseNumber)
    let dialog = await deny(page)
    assert.equal(await dialog.locator('[data-test=restored]').count(), 0)
    await dialog.locator('#deny-reason').fill(REASON)

    await page.context().clearCookies() // the session is over; and then the page goes too
    await page.reload()
    await signIn(page, who)
    await atCase(page, caseNumber)
    dialog = await deny(page)
    assert.equal(await dialog.locator('#deny-reason').inputValue(), REASON)
    await dialog.locator('[data-test=restored]').waitFor()
    await picture(page, 'window-deny-restored')

    await dialog.locator('[data-test=act-submit]:enabled').waitFor()
    await page.context().clearCookies() // over once more, in the middle of sending it
    await dialog.locator('[data-test=act-submit]').dispatchEvent('click') // the page may ask for the password already
    await signInAgain(page, who)
    await page.locator('[data-test=step]', { hasText: REASON }).waitFor()
    await dialog.waitFor({ state: 'hidden' })
    assert.deepEqual(await keptIn(page), [])
    assert.deepEqual(page.faults, [])
    await page.context().close()
  })

  test('a dialog that is cancelled keeps nothing, and another case begins with nothing', async () => {
    const first = await takeIn(world, (all) => all)
    const second = await takeIn(world, (all) => all)
    const page = await sit(world, 'WINDOW_CLERK', '/window')
    await atCase(page, first.caseNumber)
    let dialog = await deny(page)
    await dialog.locator('#deny-reason').fill(REASON)
    await atCase(page, second.caseNumber) // away without closing it
    dialog = await deny(page)
    assert.equal(await dialog.locator('#deny-reason').inputValue(), '')
    await page.keyboard.press('Escape')
    await atCase(page, first.caseNumber)
    dialog = await deny(page)
    assert.equal(await dialog.locator('#deny-reason').inputValue(), REASON)
    await dialog.getByRole('button', { name: '取消' }).click()
    await dialog.waitFor({ state: 'hidden' })
    assert.deepEqual(await keptIn(page), [])
    dialog = await deny(page)
    assert.equal(await dialog.locator('#deny-reason').inputValue(), '')
    await page.context().close()
  })

  test('what a supervisor writes while the network is away is sent when it is back', async () => {
    const page = await sit(world, 'SUPERVISOR', '/supervision')
    await page.locator('[data-test=press]').first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').fill('请于今日下班前反馈办理进展。')
    await page.context().setOffline(true)
    await dialog.locator('[data-test=act-submit]').click()
    await page.context().setOffline(false)
    await dialog.waitFor({ state: 'hidden' })
    assert.deepEqual(await page.evaluate(() => Object.keys(sessionStorage).filter((name) => name.includes(':press.'))), [])
    await page.context().close()
  })

  for (const { name, role, path, open } of dialogs)
    test(`${name}: nobody is shut out of the dialog`, async () => {
      const page = await sit(world, role, typeof path === 'string' ? path : await path(world))
      await open(page)
      const dialog = page.locator('[role=dialog]:visible')
      await dialog.waitFor()
      await page.waitForFunction(() => document.querySelector('#dialogs [aria-busy=true]') === null)
      await picture(page, `dialog-${name.replaceAll(' ', '-')}`)
      assert.deepEqual(await axeFaults(page, ['moderate', 'serious', 'critical']), [])
      assert.deepEqual(page.faults, [])
      await page.context().close()
    })

  for (const { name, role, path, open } of dialogs)
    test(`${name}: no key of the page works while the dialog is open, wherever the focus is`, async () => {
      const page = await sit(world, role, typeof path === 'string' ? path : await path(world))
      await open(page)
      const dialog = page.locator('[role=dialog]:visible')
      await dialog.waitFor()
      await page.waitForFunction(() => document.querySelector('#dialogs [aria-busy=true]') === null)
      await rested(page)
      const sent = commandsOf(page)
      const [url, text] = [page.url(), await dialog.innerText()]
      const press = async (key) => {
        await page.evaluate(() => document.activeElement?.blur())
        await page.keyboard.press(key)
        assert.equal(await page.locator('[role=dialog]:visible').count(), 1, key)
        assert.equal(page.url(), url, key)
      }
      // Ctrl+Enter is the dialog's own key, too: on the page of tasks, which has it, no dialog can be sent empty.
      for (const key of pageKeys) if (!['Escape', 'Enter', ' ', 'Control+Enter'].includes(key)) await press(key)
      assert.equal(await dialog.innerText(), text)
      if (url.includes('/tasks')) await press('Control+Enter')
      assert.deepEqual(sent, [])
      await page.context().close()
    })

  test('signing in again: nobody is shut out of the dialog', async () => {
    const page = await sit(world, 'ADMINISTRATOR', '/administration?tab=people')
    await page.locator('[data-test=add-person]').waitFor()
    await page.context().clearCookies()
    await page.locator('[data-test=tab-tokens]').click()
    await page.getByRole('dialog', { name: '登录已过期，请重新登录' }).waitFor()
    assert.deepEqual(await axeFaults(page, ['moderate', 'serious', 'critical']), [])
    await page.context().close()
  })
}
