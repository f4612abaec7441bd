// SPDX-License-Identifier: Apache-2.0
import 'element-plus/theme-chalk/base.css'
import '@/styles/index.css'
import { createApp, watch } from 'vue'

import App from '@/App.vue'
import { guardInput } from '@/input'
import { loadDepartments, loadItems } from '@/names'
import { router, titlePage } from '@/router'
import { hallName, keepHallTime, loadSession } from '@/session'
import { i18n, language, setLanguage } from '@/words'

guardInput()
keepHallTime()
setLanguage(language.value)
watch([language, hallName], titlePage)

// No page begins with codes where names belong. The pages open even when the hall does not answer; they say so and go on
// when it is back.
void Promise.allSettled([loadSession(), loadDepartments(), loadItems()]).then(() => {
  createApp(App).use(i18n).use(router).mount('#app')
})
