/** Whether a socket's remote address is this machine: 127.0.0.0/8 or ::1, also written as a mapped address. */
export const isLoopbackAddress = (address: string | undefined): boolean =>
  /^(?:::ffff:)?127\.|^::1$/.test(address ?? '')
