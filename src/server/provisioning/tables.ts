// biome-ignore lint/suspicious/noEmptyInterface: filled by the feature's own migration
export interface ProvisioningTables {}
