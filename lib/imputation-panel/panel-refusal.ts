/** The input of a panel cannot be used; the message says where and why. It quotes no sample and no id. */
export class PanelRefusal extends Error {}
