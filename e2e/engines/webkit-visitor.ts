import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { Builder, By, type WebDriver } from 'selenium-webdriver'
import { freePort } from '#lib/testing/free-port.ts'
import type { Storage, Visitor } from './visitor.ts'

/** The programs that WebKitGTK is driven with. */
export interface WebKitPrograms {
  driver: string
  screen: string
  browser: string
}

const WAIT_MS_MAX = 30_000
const STORAGE: Record<Storage, string[]> = {
  usual: [],
  none: ['--cookies-policy=never', '--enable-html5-local-storage=false', '--enable-html5-database=false'],
}

export async function visitByWebKit(programs: WebKitPrograms, storage: Storage): Promise<Visitor> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'arraydrop-webkit-'))
  const children: ChildProcess[] = []
  const stop = async () => {
    for (const child of children.reverse()) await gone(child)
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
  try {
    const display = await startScreen(programs.screen, children)
    const port = await freePort()
    const env = {
      ...process.env,
      DISPLAY: display,
      // There is no graphics card behind that screen.
      WEBKIT_DISABLE_COMPOSITING_MODE: '1',
      LIBGL_ALWAYS_SOFTWARE: '1',
      NO_AT_BRIDGE: '1',
    }
    children.push(spawn(programs.driver, ['-p', String(port)], { env, stdio: 'ignore' }))
    await untilListening(port)
    const driver = await new Builder()
      .usingServer(`http://127.0.0.1:${port}`)
      .withCapabilities({
        browserName: 'MiniBrowser',
        'webkitgtk:browserOptions': {
          binary: programs.browser,
          args: ['--automation', ...STORAGE[storage]],
        },
      })
      .build()
    const version = (await driver.getCapabilities()).getBrowserVersion()
    return visitorOf(driver, `WebKitGTK ${version}`, folder, stop)
  } catch (error) {
    await stop()
    throw error
  }
}

function visitorOf(driver: WebDriver, version: string, folder: string, stop: () => Promise<void>): Visitor {
  let framed = false
  /** A frame's document is another one after each of its navigations. */
  const enter = async () => {
    await driver.switchTo().defaultContent()
    if (framed) await driver.switchTo().frame(0)
  }
  const find = async (selector: string, name: string | RegExp = '') => {
    const found = async () => {
      await enter()
      for (const element of await driver.findElements(By.css(selector))) {
        if ((await element.getText()).match(name)) return element
      }
    }
    return driver.wait(() => found().catch(() => undefined), WAIT_MS_MAX, `${selector} ${name}`)
  }
  return {
    version,
    async goto(url) {
      framed = false
      await driver.get(url)
    },
    reload: () => driver.navigate().refresh(),
    async enterFrame() {
      framed = true
    },
    async press(name) {
      await (await find('a, button', name))!.click()
    },
    async choose({ name, buffer }) {
      const file = path.join(folder, name)
      await writeFile(file, buffer)
      await (await find('input[type=file]'))!.sendKeys(file)
    },
    async ask<Answer>(expression: string) {
      try {
        await enter()
        return await driver.executeScript<Answer>(`return ${expression}`)
      } catch {
        return null
      }
    },
    async end() {
      await driver.quit().catch(() => undefined)
      await stop()
    },
  }
}

/** A screen without a monitor; answers its name once it can be drawn on. */
async function startScreen(program: string, children: ChildProcess[]): Promise<string> {
  const args = ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp']
  const screen = spawn(program, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  children.push(screen)
  const [number] = await once(screen.stdio[3] as Readable, 'data')
  return `:${String(number).trim()}`
}

async function untilListening(port: number): Promise<void> {
  const deadline = Date.now() + WAIT_MS_MAX
  const answers = () => fetch(`http://127.0.0.1:${port}/status`).catch(() => undefined)
  while (!(await answers())) {
    if (Date.now() > deadline) throw new Error('WebKitWebDriver did not start')
    await wait(50)
  }
}

async function gone(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}
