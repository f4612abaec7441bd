// SPDX-License-Identifier: Apache-2.0
// The table of pages, and the router made of it.
import type { Component } from 'vue'
import { createRouter, createWebHistory, type RouteLocationNormalized } from 'vue-router'
import { DataAnalysis, EditPen, Setting, Tickets, View, Wallet } from '@element-plus/icons-vue'

import NoPage from '@/parts/NoPage.vue'
import { hallName, isSignedIn, may, session } from '@/session'
import { t } from '@/words'

export interface Page {
  /** Its title is the word pages.<key>. */
  key: string
  path: string
  component: () => Promise<{ default: Component }>
  /** Any one of these opens the page; none: everybody may, signed in or not. */
  permissions: string[]
  layout: 'staff' | 'bare'
  /** Shown in the navigation. */
  icon?: Component
}

export const pages: Page[] = [
  { key: 'signIn', path: '/sign-in', component: () => import('@/pages/sign-in/index.vue'), permissions: [], layout: 'bare' },
  { key: 'window', path: '/window', component: () => import('@/pages/window/index.vue'), permissions: ['WINDOW_WORK'], layout: 'staff', icon: EditPen },
  { key: 'tasks', path: '/tasks', component: () => import('@/pages/tasks/index.vue'), permissions: ['DECIDE'], layout: 'staff', icon: Tickets },
  { key: 'counter', path: '/counter', component: () => import('@/pages/counter/index.vue'), permissions: ['TAKE_PAYMENT'], layout: 'staff', icon: Wallet },
  { key: 'supervision', path: '/supervision', component: () => import('@/pages/supervision/index.vue'), permissions: ['PRESS'], layout: 'staff', icon: View },
  { key: 'reports', path: '/reports', component: () => import('@/pages/reports/index.vue'), permissions: ['SEE_FIGURES'], layout: 'staff', icon: DataAnalysis },
  { key: 'administration', path: '/administration', component: () => import('@/pages/administration/index.vue'), permissions: ['PUBLISH', 'MANAGE_PEOPLE'], layout: 'staff', icon: Setting },
  { key: 'case', path: '/case/:caseNumber', component: () => import('@/pages/case/index.vue'), permissions: ['SEE_CASES'], layout: 'staff' },
  { key: 'display', path: '/display', component: () => import('@/pages/display/index.vue'), permissions: [], layout: 'bare' },
  { key: 'kiosk', path: '/kiosk/:rest(.*)*', component: () => import('@/pages/kiosk/index.vue'), permissions: [], layout: 'bare' },
]

export const opens = (page: Page): boolean =>
  page.permissions.length === 0 || page.permissions.some(may)

export const navigation = (): Page[] => pages.filter((page) => page.icon && opens(page))

/** First pages of roles whose first page is not the first of the navigation. */
const firstPages: Record<string, string> = { BUSINESS_MANAGER: '/reports', PUBLIC: '/kiosk' }

function firstPage(): string {
  if (!isSignedIn() || session.mustChangePassword) return '/sign-in'
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
      meta: { page: { key: 'missing', path: '', permissions: [], layout: 'bare' } },
    },
  ],
})

export const pageOf = (route: RouteLocationNormalized): Page | undefined =>
  route.meta.page as Page | undefined

router.beforeEach((to) => {
  const page = pageOf(to)
  const isOpen = !page || page.permissions.length === 0
  if (isOpen || (isSignedIn() && !session.mustChangePassword)) return true
  return { path: '/sign-in', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
})

export function titlePage(): void {
  const page = pageOf(router.currentRoute.value)
  document.title = page ? `${t(`pages.${page.key}`)} · ${hallName.value}` : hallName.value
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
