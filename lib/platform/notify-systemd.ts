import { execFile } from 'node:child_process'
import { systemdEnv } from './env.ts'

/** Missed notices that systemd forgives before it restarts the service. */
const NOTICES_IN_TIME = 3

/**
 * Call once the process works. Under a systemd unit with `Type=notify` it says so, and then, for `WatchdogSec=`, that its
 * event loop still turns, three times as often as asked for. Elsewhere, and where `systemd-notify` is missing, nothing
 * happens. Node has no datagram sockets by path, so systemd's own program sends them (`NotifyAccess=all`).
 */
export function notifySystemd({ NOTIFY_SOCKET, WATCHDOG_USEC, PATH } = systemdEnv()): void {
  if (!NOTIFY_SOCKET) return
  const notify = (state: string) => {
    // A notice that is lost is followed by the next; systemd decides when too many are. Node reports some failures to
    // the callback and throws others, such as too little memory, which must not end a process that works.
    try {
      execFile('systemd-notify', [state], { env: { NODE_ENV: 'production', NOTIFY_SOCKET, PATH } }, () => {})
    } catch {}
  }
  notify('READY=1')
  const everyMs = Number(WATCHDOG_USEC) / 1_000 / NOTICES_IN_TIME
  if (everyMs > 0) setInterval(() => notify('WATCHDOG=1'), everyMs).unref()
}
