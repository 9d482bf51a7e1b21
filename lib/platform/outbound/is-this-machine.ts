/** Whether the host of a parsed URL is this machine by its name or address, without a look at the network. */
export const isThisMachine = (hostname: string): boolean =>
  /^(?:localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
