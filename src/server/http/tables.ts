export interface HttpTables {
  /** First answers of commands by their Idempotency-Key; written in the transaction of the effect. */
  idempotency: {
    actor: string;
    route: string;
    key: string;
    /** SHA-256 of the parsed input, hex. */
    inputHash: string;
    /** Sealed JSON; null for an empty answer. */
    response: string | null;
    createdAt: Date;
  };
}
