import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Machine, machineHere, startMachine } from './machine-for-tests.ts'

const ROOT = path.resolve(import.meta.dirname, '..')
const MINUTE = 60_000
const NAME = 'upload.example.org'
const MANUAL = readFileSync(path.join(ROOT, 'docs/virtual-machine.md'), 'utf8')

/** Lines that the manual has for a step. */
function step(name: string): string {
  const lines = new RegExp(`\`\`\`${name}\\n([\\s\\S]*?)\`\`\``).exec(MANUAL)?.[1]
  if (!lines) throw new Error(`The manual has no step ${name}`)
  return lines
}

const possible = Boolean(process.env.ARRAYDROP_TORTURE) && machineHere

/**
 * The manual for one machine, step by step on an empty Debian with a systemd of its own. What needs a name in the DNS is
 * replaced: Caddy signs its certificate itself, and nginx gets one without certbot.
 */
describe.skipIf(!possible)('systemd-nspawn: the manual for one machine', () => {
  let folder: string
  let machine: Machine
  const run = (lines: string) => machine.run(`NAME=${NAME}\n${lines}`)
  /** Lines for the unit's service, in place of those before. */
  const changeUnit = (...lines: string[]) => {
    const unit = '/run/systemd/system/arraydrop.service.d'
    const written = ['[Service]', ...lines].join('\\n')
    return run(`mkdir -p ${unit}; printf '${written}\\n' > ${unit}/tests.conf; systemctl daemon-reload`)
  }
  const untilActive = () =>
    vi.waitFor(async () => expect(await run('systemctl is-active arraydrop || true')).toBe('active\n'), {
      timeout: 5 * MINUTE,
      interval: 500,
    })
  const https = (target: string) =>
    run(`curl -s --cacert ${machine.certificates} -o /tmp/body -w '%{http_code}' 'https://${NAME}${target}'`)
  const journey = async () => {
    const said = JSON.parse(await run(`arraydrop demo --json --host https://${NAME}`))
    expect(said).toMatchObject({ status: 'succeeded' })
  }
  /** With the server gone, no log of a proxy may hold the token of the page that was asked for. */
  const expectNoTokenLogged = async (proxy: string) => {
    await run('systemctl stop arraydrop')
    expect(await https('/array-data-upload?token=eyJsecret.token')).toBe('503')
    expect(await run('cat /tmp/body')).toContain('Back in a moment')
    await run(`curl -s -o /dev/null 'http://${NAME}/array-data-upload?token=eyJsecret.token'`)
    const logs = await run(`journalctl -u ${proxy} --no-pager; cat /var/log/${proxy}/* 2>/dev/null || true`)
    expect(logs).not.toMatch(/array-data-upload|eyJsecret/)
    await run('systemctl start arraydrop')
  }

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'arraydrop-machine-'))
    machine = await startMachine(folder)
    const repository = path.join(machine.root, 'srv/repository.git')
    execFileSync('git', ['clone', '--quiet', '--bare', ROOT, repository])
    execFileSync('git', ['-C', repository, 'tag', 'v0.2.0', 'HEAD'], { stdio: 'ignore' })
    // It stands for one at an address, where its owner does not matter.
    writeFileSync(path.join(machine.root, 'etc/gitconfig'), '[safe]\n\tdirectory = *\n')
    appendFileSync(path.join(machine.root, 'etc/hosts'), `127.0.0.1 localhost ${NAME}\n`)
  }, 15 * MINUTE)
  afterAll(async () => {
    await machine?.stop()
    rmSync(folder, { recursive: true, force: true })
  }, 5 * MINUTE)

  test('systemd-nspawn: it installs, builds, and becomes ready under the shipped unit', {
    timeout: 30 * MINUTE,
  }, async () => {
    await run(step('sh install').replace('<URL of this repository>', '/srv/repository.git'))
    await run('systemctl start arraydrop')
    expect(await run('curl -s http://127.0.0.1:3000/api/health/ready')).toContain('"ok"')
    expect(await run('systemd-analyze verify --man=no arraydrop.service 2>&1')).toBe('')
    expect(await run('systemctl show arraydrop -p NRestarts --value')).toBe('0\n')
  })

  test('systemd-nspawn: the first owner and the first key are made', { timeout: 5 * MINUTE }, async () => {
    expect(await run(step('sh first'))).toMatch(/password[\s\S]*key/i)
  })

  test('systemd-nspawn: a start that is refused says in the journal what to change, in words', {
    timeout: 5 * MINUTE,
  }, async () => {
    await changeUnit('Restart=no', 'Environment=WORKER=sometimes')
    await run('systemctl restart arraydrop && exit 1 || true')
    const said = await run('journalctl -u arraydrop --since -3min -o cat --no-pager')
    expect(said).toMatch(/^The environment cannot be used:\n {2}WORKER \("sometimes"\) is unknown/m)
    expect(said).not.toMatch(/"level":"fatal"|^\s+at /m)
  })

  test('systemd-nspawn: a service that hangs is restarted, and has everything', {
    timeout: 10 * MINUTE,
  }, async () => {
    await changeUnit('WatchdogSec=9')
    await run('systemctl restart arraydrop')
    await run('pkill -STOP -f lib/server.ts')
    const restarts = () => run('systemctl show arraydrop -p NRestarts --value')
    await vi.waitFor(async () => expect(await restarts()).toBe('1\n'), { timeout: 3 * MINUTE, interval: 500 })
    await untilActive()
    expect(await run('journalctl -u arraydrop --no-pager')).toContain('Watchdog timeout')
    expect(
      await run('arraydrop admin create-user you@example.org --role owner --if-missing --json'),
    ).toContain('"existing":true')
    await changeUnit()
    await run('systemctl restart arraydrop')
  })

  test('systemd-nspawn: behind Caddy, the journey succeeds, and no log holds a token', {
    timeout: 10 * MINUTE,
  }, async () => {
    const signed = step('sh caddy').replace(
      'systemctl reload',
      `sed -i '0,/^{/s//{\\n\\tlocal_certs/' /etc/caddy/Caddyfile; systemctl reload`,
    )
    await run(signed)
    await vi.waitFor(() => run('cat /var/lib/caddy/.local/share/caddy/pki/authorities/local/root.crt'), {
      timeout: MINUTE,
      interval: 500,
    })
    await run(
      `cat /var/lib/caddy/.local/share/caddy/pki/authorities/local/root.crt >> ${machine.certificates}`,
    )
    await vi.waitFor(async () => expect(await https('/api/health/ready')).toBe('200'), {
      timeout: MINUTE,
      interval: 500,
    })
    await journey()
    await expectNoTokenLogged('caddy')
    await run('systemctl disable --now caddy')
  })

  test('systemd-nspawn: behind nginx, the same; its log is rotated', { timeout: 10 * MINUTE }, async () => {
    const live = `/etc/letsencrypt/live/${NAME}`
    await run(`mkdir -p ${live} && cd ${live} && openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=${NAME} \
      -addext subjectAltName=DNS:${NAME} -keyout privkey.pem -out fullchain.pem && cat fullchain.pem >> ${machine.certificates}`)
    await run(step('sh nginx').replace(/^certbot .*\n/m, ''))
    await vi.waitFor(async () => expect(await https('/api/health/ready')).toBe('200'), {
      timeout: MINUTE,
      interval: 500,
    })
    expect(await run(`curl -s -o /dev/null -w '%{http_code} %{redirect_url}' http://${NAME}/console`)).toBe(
      `301 https://${NAME}/console`,
    )
    await journey()
    await expectNoTokenLogged('nginx')
    expect(
      await run('apt-get install -y logrotate >/dev/null; logrotate -d /etc/logrotate.conf 2>&1'),
    ).toMatch(/considering log \/var\/log\/nginx\/arraydrop\.log/)
  })

  test("systemd-nspawn: metrics are scraped by the manual's lines", { timeout: 10 * MINUTE }, async () => {
    await run('apt-get install -y --no-install-recommends prometheus')
    writeFileSync(path.join(machine.root, 'etc/prometheus/prometheus.yml'), step('yaml'))
    await run('promtool check config /etc/prometheus/prometheus.yml')
    await run(
      'echo OTEL_METRICS_EXPORTER=prometheus >> /etc/arraydrop.env; systemctl restart arraydrop prometheus',
    )
    const up = () => run(`curl -s 'http://127.0.0.1:9090/api/v1/query?query=up\\{job="arraydrop"\\}'`)
    await vi.waitFor(async () => expect(await up()).toMatch(/"1"\]/), {
      timeout: 3 * MINUTE,
      interval: 1_000,
    })
    expect(await run('curl -s http://127.0.0.1:9464/metrics')).toMatch(
      /^arraydrop_process_role\{role="worker"/m,
    )
  })

  test('systemd-nspawn: a backup is made, and an upgrade and the way back work', {
    timeout: 20 * MINUTE,
  }, async () => {
    await run(step('sh backup'))
    expect(await run('ls /var/backups/arraydrop/*')).toMatch(/database|files/)
    const [before] = (
      await run('git -C /opt/arraydrop -c safe.directory=/opt/arraydrop rev-parse HEAD')
    ).split('\n')
    await run(step('sh upgrade'))
    await journey()
    await run(step('sh upgrade').replace('checkout v0.2.0', `checkout ${before}`))
    await journey()
  })
})
