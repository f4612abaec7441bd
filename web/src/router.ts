// SPDX-License-Identifier: Apache-2.0
// The table of pages, and the router made of it.
import type { Component } from 'vue'
import { createRouter, createWebHistory } from 'vue-router'
import { ChatLineSquare, DataAnalysis, EditPen, Setting, Stamp, Tickets, View, Wallet } from '@element-plus/icons-vue'

import NoPage from '@/parts/NoPage.vue'
import { hallName, isSignedIn, may, session } from '@/session'
import { named, t } from '@/words'

export interface Page {
  key: string
  nameZh: string
  nameEn: string
  path: string
  component: () => Promise<{ default: Component }>
  /** Any one of these opens the page; none: everybody may, signed in or not. */
  permissions: string[]
  layout: 'staff' | 'bare'
  /** Shown in the navigation. */
  icon?: Component
}

declare module 'vue-router' {
  interface RouteMeta {
    page?: Page
  }
}

export const pages: Page[] = [
  { key: 'signIn', nameZh: '登录', nameEn: 'Sign in', path: '/sign-in', component: () => import('@/pages/sign-in/index.vue'), permissions: [], layout: 'bare' },
  { key: 'window', nameZh: '窗口受理', nameEn: 'Window', path: '/window', component: () => import('@/pages/window/index.vue'), permissions: ['WINDOW_WORK'], layout: 'staff', icon: EditPen },
  { key: 'tasks', nameZh: '审批办理', nameEn: 'Approval', path: '/tasks', component: () => import('@/pages/tasks/index.vue'), permissions: ['DECIDE'], layout: 'staff', icon: Tickets },
  { key: 'begin', nameZh: '立案', nameEn: 'Begin a case', path: '/begin', component: () => import('@/pages/window/Begin.vue'), permissions: ['DECIDE'], layout: 'staff' },
  { key: 'counter', nameZh: '缴费窗口', nameEn: 'Payment counter', path: '/counter', component: () => import('@/pages/counter/index.vue'), permissions: ['TAKE_PAYMENT'], layout: 'staff', icon: Wallet },
  { key: 'questions', nameZh: '咨询', nameEn: 'Questions', path: '/questions', component: () => import('@/pages/questions/index.vue'), permissions: ['ANSWER_QUESTIONS'], layout: 'staff', icon: ChatLineSquare },
  { key: 'approvals', nameZh: '待我同意', nameEn: 'Agreements', path: '/approvals', component: () => import('@/pages/approvals/index.vue'), permissions: ['AGREE'], layout: 'staff', icon: Stamp },
  { key: 'supervision', nameZh: '督查督办', nameEn: 'Supervision', path: '/supervision', component: () => import('@/pages/supervision/index.vue'), permissions: ['PRESS'], layout: 'staff', icon: View },
  { key: 'reports', nameZh: '统计报表', nameEn: 'Reports', path: '/reports', component: () => import('@/pages/reports/index.vue'), permissions: ['SEE_FIGURES'], layout: 'staff', icon: DataAnalysis },
  { key: 'administration', nameZh: '系统管理', nameEn: 'Administration', path: '/administration', component: () => import('@/pages/administration/index.vue'), permissions: ['PUBLISH', 'MANAGE_PEOPLE'], layout: 'staff', icon: Setting },
  { key: 'case', nameZh: '办件详情', nameEn: 'Case', path: '/case/:caseNumber', component: () => import('@/pages/case/index.vue'), permissions: ['SEE_CASES'], layout: 'staff' },
  { key: 'display', nameZh: '大厅大屏', nameEn: 'Hall display', path: '/display', component: () => import('@/pages/display/index.vue'), permissions: [], layout: 'bare' },
  { key: 'ticket', nameZh: '取号', nameEn: 'Ticket', path: '/ticket/:rest(.*)*', component: () => import('@/pages/ticket/index.vue'), permissions: [], layout: 'bare' },
  { key: 'kiosk', nameZh: '自助终端', nameEn: 'Kiosk', path: '/kiosk/:rest(.*)*', component: () => import('@/pages/kiosk/index.vue'), permissions: [], layout: 'bare' },
]

export const opens = (page: Page): boolean =>
  page.permissions.length === 0 || page.permissions.some(may)

export const navigation = (): Page[] => pages.filter((page) => page.icon && opens(page))

/** First pages of roles whose first page is not the first of the navigation. */
const firstPages: Record<string, string> = { BUSINESS_MANAGER: '/reports', PUBLIC: '/kiosk' }

function firstPage(): string {
  if (!isSignedIn() || session.mustChangePassword || session.mustEnrol) return '/sign-in'
  return firstPages[session.role] ?? navigation()[0]?.path ?? '/sign-in'
}

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', redirect: () => firstPage() },
    ...pages.map((page) => ({
      path: page.path,
      name: page.key,
      component: page.component,
      meta: { page },
    })),
    {
      path: '/:rest(.*)*',
      name: 'missing',
      component: NoPage,
      meta: {},
    },
  ],
})

router.beforeEach((to) => {
  const page = to.meta.page
  const isOpen = !page || page.permissions.length === 0
  if (isOpen || (isSignedIn() && !session.mustChangePassword && !session.mustEnrol)) return true
  return { path: '/sign-in', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
})

export function titlePage(): void {
  const { page } = router.currentRoute.value.meta
  document.title = `${page ? named(page) : t('pages.missing')} · ${hallName.value}`
}
router.afterEach(titlePage)

// The pages were rebuilt while this one was open, and the file that it wants to load is gone: load all anew.
router.onError((fault, to) => {
  const reloaded = 'onedoor.reloaded'
  if (!/import|fetch|load/i.test(String(fault)) || sessionStorage.getItem(reloaded) === to.fullPath)
    return
  sessionStorage.setItem(reloaded, to.fullPath)
  location.assign(to.fullPath)
})
router.afterEach(() => sessionStorage.removeItem('onedoor.reloaded'))
