import { show, statesOf } from './browser/preview.ts'
import { expectNoSidewaysScroll } from './browser/state-checks.ts'
import { expect, test } from './fixtures.ts'

const NARROW = { width: 320, height: 640 }

/** The heading of the first page in every language, without the partner's name. */
const HEADINGS: Record<string, { heading: RegExp; dir?: 'rtl' }> = {
  en: { heading: /^Send your DNA file to / },
  de: { heading: /^Ihre DNA-Datei an .* senden$/ },
  es: { heading: /^Envíe su archivo de ADN a / },
  fr: { heading: /^Envoyez votre fichier ADN à / },
  it: { heading: /^Invia il tuo file del DNA a / },
  'pt-BR': { heading: /^Envie seu arquivo de DNA para / },
  nl: { heading: /^Stuur je DNA-bestand naar / },
  ja: { heading: /にDNAファイルを送る$/ },
  'zh-Hans': { heading: /^把您的 DNA 文件发给 / },
  ar: { heading: /^إرسال ملف حمضك النووي إلى /, dir: 'rtl' },
}

test('a language that is 40 % longer fits a narrow screen in every state', async ({ page, service }) => {
  const states = await statesOf(page, service.origin)
  await page.setViewportSize(NARROW)
  await page.goto(`${service.origin}/console/preview?state=ready&lang=en-XA`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^\[.*ñ\]$/)
  for (const { name, query } of states.filter(({ query }) => !query.includes('detail='))) {
    await show(page, query)
    await expectNoSidewaysScroll(page, name)
  }
})

test('the link of a session in any language opens a page in that language, whatever the browser speaks', async ({
  browser,
  partner,
}) => {
  const context = await browser.newContext({ locale: 'fr-FR' })
  const page = await context.newPage()
  for (const [locale, { heading, dir = 'ltr' }] of Object.entries(HEADINGS)) {
    const { url } = await partner.mint({ locale })
    await page.goto(url)
    await expect(page.getByRole('heading', { level: 1 }), locale).toHaveText(heading)
    await expect(page.locator('html'), locale).toHaveAttribute('lang', locale)
    await expect(page.locator('main'), locale).toHaveCSS('direction', dir)
  }
  await context.close()
})

test('without a locale the browser decides, by the nearest language there is', async ({
  browser,
  partner,
}) => {
  for (const [locale, language] of [
    ['pt-PT', 'pt-BR'],
    ['zh-CN', 'zh-Hans'],
    ['ar-EG', 'ar'],
    ['sv-SE', 'en'],
  ] as const) {
    const context = await browser.newContext({ locale })
    const page = await context.newPage()
    await page.goto((await partner.mint({})).url)
    await expect(page.getByRole('heading', { level: 1 }), locale).toHaveText(HEADINGS[language]!.heading)
    await context.close()
  }
})
