/** Whether the host of a parsed URL, in whose form 127.1 counts too, is this machine, without a look at the network. */
export const isThisMachine = (hostname: string): boolean =>
  /^(?:localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
